//! The order: asked for by reference, read from the order system's answer.

use hejie_sdk::Answer;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::{Memory, words};

/// What of the order system's answer matters; other members are passed over.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Order {
    pub reference: String,
    pub price_fen: u64,
    /// `YYYY-MM-DD`; absent while it is under way.
    pub received_on: Option<String>,
}

/// Asks the host to fetch an order.
pub fn look_up(reference: String) -> Answer {
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
