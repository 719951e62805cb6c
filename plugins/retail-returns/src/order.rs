//! The order: asked for by reference, read from the order system's answer.

use hejie_sdk::{Answer, Run};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::settings::Settings;
use crate::{Memory, words};

/// What of the order system's answer matters; other members are passed over.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Order {
    pub reference: String,
    pub price_fen: u64,
    #[serde(default)]
    pub ordered_on: Option<String>,
    /// `YYYY-MM-DD`; absent while it is under way.
    pub received_on: Option<String>,
}

/// What the consumer stated in fields, besides the order itself.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Stated {
    price_fen: Option<u64>,
    received_on: Option<String>,
}

impl Order {
    /// Whether this is the order she speaks of: the number that was asked for, and
    /// nothing in it other than what she stated.
    pub fn is_hers(&self, run: &Run<Settings>, memory: &Memory) -> bool {
        let view = run.dispute.order.as_ref();
        let stated: Stated = run.facts().unwrap_or_default();
        let asked_for = memory.reference.as_ref();
        let asked_for = asked_for.or(view.map(|view| &view.reference));
        agree(asked_for, Some(&self.reference))
            && agree(stated.price_fen.as_ref(), Some(&self.price_fen))
            && agree(stated.received_on.as_ref(), self.received_on.as_ref())
            && view.is_none_or(|view| {
                agree(view.price.as_ref(), Some(&self.price_fen))
                    && agree(view.ordered_on.as_ref(), self.ordered_on.as_ref())
                    && agree(view.received_on.as_ref(), self.received_on.as_ref())
            })
    }
}

/// What one of the two does not say contradicts nothing.
fn agree<T: PartialEq>(stated: Option<&T>, found: Option<&T>) -> bool {
    match (stated, found) {
        (Some(stated), Some(found)) => stated == found,
        _ => true,
    }
}

/// Asks the host to fetch an order.
pub fn look_up(reference: String, memory: &mut Memory) -> Answer {
    memory.reference = Some(reference.clone());
    let path = format!("orders/{}", encoded(&reference));
    Answer::new()
        .look_up("orders", "order", path)
        .because([words::reference(&reference)], words::check_rule())
}

/// Asks the consumer for the reference.
pub fn ask_reference(memory: &mut Memory) -> Answer {
    memory.asked_reference = true;
    let form = json!({
        "type": "object",
        "required": ["reference"],
        "additionalProperties": false,
        "properties": {"reference": {
            "type": "string", "minLength": 4, "maxLength": 64, "title": "订单号 / Order number"
        }}
    });
    Answer::new()
        .ask("order-reference", words::ask_reference(), &form)
        .because([words::no_order()], words::check_rule())
}

/// The reference in an answer to that question.
pub fn reference_in(answer: &str) -> String {
    let value: Value = serde_json::from_str(answer).unwrap_or_default();
    value
        .get("reference")
        .and_then(Value::as_str)
        .unwrap_or_default()
        .trim()
        .to_owned()
}

/// Percent-encoding of everything but unreserved characters (RFC 3986 section 2.3).
fn encoded(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'~' => out.push(byte.into()),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}
