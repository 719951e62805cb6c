//! Texts for persons: a message with its arguments, put into words elsewhere, or
//! a text that a data file carries in both languages.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// A message of the catalogue and its arguments: plain values, words of the
/// catalogue ([`Text::term`]) or further messages ([`Text::text`]).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Text {
    pub id: String,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub args: BTreeMap<String, Value>,
}

/// No words begin with it: what a stranger wrote is shown without control characters.
const CARRIED: char = '\u{2}';

impl Text {
    pub fn new(id: impl Into<String>) -> Text {
        Text {
            id: id.into(),
            args: BTreeMap::new(),
        }
    }

    /// As an error that has only words passes it on; [`Text::carried`] reads it again.
    pub fn to_carry(&self) -> String {
        format!("{CARRIED}{}", json!(self))
    }

    /// The text in an error's words, where they are one.
    pub fn carried(words: &str) -> Option<Text> {
        serde_json::from_str(words.strip_prefix(CARRIED)?).ok()
    }

    /// With one more argument.
    pub fn arg(mut self, name: &str, value: impl Into<Value>) -> Text {
        self.args.insert(name.to_owned(), value.into());
        self
    }

    /// With a word of the catalogue as an argument, such as the phase `open`: its
    /// message is `{kind}-{word}`. A word the catalogue does not know is shown as it is.
    pub fn term(self, name: &str, kind: &str, word: &str) -> Text {
        self.arg(name, json!({ "kind": kind, "word": word }))
    }

    /// With another message as an argument.
    pub fn text(self, name: &str, text: Text) -> Text {
        self.arg(name, json!({ "text": text }))
    }
}

/// A text in both languages of the platform.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Bilingual {
    pub zh: String,
    pub en: String,
}

impl Bilingual {
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Bilingual {
        Bilingual {
            zh: zh.into(),
            en: en.into(),
        }
    }
}
