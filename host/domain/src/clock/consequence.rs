//! What starts and meets a period and what its end causes, as a rule pack says it.

use serde::{Deserialize, Serialize};

use crate::case::Event;

/// What the expiry of a period causes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OnExpiry {
    /// The case becomes a complaint, where the consumer wished that beforehand.
    EscalateIfWished,
    /// The delay is brought before whoever supervises the unit; nothing is decided.
    Supervise,
    /// The mediation ends.
    Terminate,
    /// The common superior of two authorities says which of them handles the case.
    SuperiorDesignates,
    /// Whoever sent the file down asks what became of it.
    SenderSupervises,
    /// The supervision goes up a level: nobody answered it.
    RaiseSupervision,
    /// The settlement was not performed in time; the consumer may go on.
    NoteOverdue,
    /// The case is closed with an outcome that nobody confirmed.
    CloseUnconfirmed,
    Nothing,
}

/// The kind of an event that starts or meets a period: one that exists.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct EventKind(String);

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no kind of event")]
pub struct UnknownKind(String);

impl EventKind {
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it is the kind of this event.
    pub fn is_of(&self, event: &Event) -> bool {
        self.0 == event.kind()
    }
}

impl TryFrom<String> for EventKind {
    type Error = UnknownKind;

    fn try_from(kind: String) -> Result<EventKind, UnknownKind> {
        if Event::KINDS.contains(&kind.as_str()) {
            Ok(EventKind(kind))
        } else {
            Err(UnknownKind(kind))
        }
    }
}

impl From<EventKind> for String {
    fn from(kind: EventKind) -> String {
        kind.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;
    use serde_json::json;

    use crate::rules::{RuleBook, schema_of};

    #[rstest]
    #[case("odr-negotiation", OnExpiry::EscalateIfWished)]
    #[case("acceptance", OnExpiry::Supervise)]
    #[case("mediation", OnExpiry::Terminate)]
    #[case("handling-dispute", OnExpiry::SuperiorDesignates)]
    #[case("performance", OnExpiry::NoteOverdue)]
    #[case("confirmation", OnExpiry::CloseUnconfirmed)]
    #[case("reopening", OnExpiry::Nothing)]
    fn every_pack_says_what_an_expiry_causes(#[case] period: &str, #[case] expected: OnExpiry) {
        let book = RuleBook::builtin().unwrap();
        for pack in book.procedures() {
            assert_eq!(pack.periods[period].on_expiry, expected, "{}", pack.version);
        }
    }

    #[test]
    fn a_kind_that_no_event_has_is_refused() {
        let read = |kind: &str| serde_json::from_value::<EventKind>(json!(kind));
        assert_eq!(read("case_filed").unwrap().as_str(), "case_filed");
        assert!(read("report_received").is_ok());
        let fault = read("case_field").unwrap_err().to_string();
        assert!(fault.contains("case_field"), "{fault}");
        assert!(serde_json::from_value::<OnExpiry>(json!("shrug")).is_err());
    }

    #[test]
    fn the_schema_lists_kinds_that_exist() {
        let schema = schema_of("procedure").unwrap();
        let listed = schema["$defs"]["event"]["enum"].as_array().unwrap().clone();
        assert!(!listed.is_empty());
        for kind in listed {
            serde_json::from_value::<EventKind>(kind).unwrap();
        }
    }
}
