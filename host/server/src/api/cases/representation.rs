//! Who acts for whom, as a reader may see it: with names and powers for everybody, with
//! contacts and papers for the complainants and the authority alone.

use hejie_domain::case::Case;
use hejie_domain::case::representation::Representation;
use serde_json::{Value, json};

use super::view::hides_contact;
use crate::auth::Principal;
use crate::members::without;

/// Who complains by which number, what papers lack, and who agreed to what.
pub fn view(case: &Case, principal: &Principal) -> Value {
    match case.representation() {
        Some(given) if !hides_contact(principal) => json!({
            "complainants": case.complainants(),
            "lacking": given.lacking(),
            "consents": case.act_consents,
        }),
        _ => Value::Null,
    }
}

/// The other side and mediators need no more of them than of the consumer.
pub fn hide(shown: &mut Value, given: &Representation) {
    if let Some(agent) = &given.agent {
        let hidden = ["address", "account", "power_of_attorney", "identity_proof"];
        without(&mut shown["agent"], &hidden);
        shown["agent"]["phone"] = json!(agent.phone.masked());
    }
    if let Some(joint) = &given.joint {
        without(&mut shown["joint"], &["election"]);
        for (index, other) in joint.others.iter().enumerate() {
            let shown = &mut shown["joint"]["others"][index];
            without(shown, &["address", "account"]);
            shown["phone"] = json!(other.phone.masked());
        }
    }
}
