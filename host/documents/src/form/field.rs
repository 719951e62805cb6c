//! What a form asks for.

use serde::{Deserialize, Serialize};

use super::Bilingual;

/// One thing to fill in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    /// The name of the value in a document.
    pub key: String,
    pub label: Bilingual,
    #[serde(flatten)]
    pub kind: Kind,
    #[serde(default)]
    pub required: bool,
    /// True where an officer may write in words of their own; anything else comes
    /// from the file.
    #[serde(default)]
    pub editable: bool,
}

/// The type of a value, and the JSON it is written in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Kind {
    /// A string of one line, of at most `max` characters.
    Text {
        #[serde(default = "Kind::line")]
        max: usize,
    },
    /// A string of several lines; `lines` is the room left for it on paper.
    LongText {
        #[serde(default = "Kind::prose")]
        max: usize,
        #[serde(default = "Kind::room")]
        lines: u8,
    },
    /// A civil date: `2026-05-18`.
    Date,
    /// A civil date and time to the minute: `2026-05-18T14:30`.
    DateTime,
    /// Integer fen.
    Money,
    /// A telephone number; digits may be masked by `*`.
    Phone,
    /// A whole number.
    Count,
    /// The id of one choice.
    Choice { choices: Vec<Choice> },
    /// An array of the ids of some choices.
    Checklist { choices: Vec<Choice> },
    /// An array of objects, a row each, whose members are the columns; at most `max`.
    Rows { columns: Vec<Field>, max: usize },
}

/// Something to tick.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// For a legal ground, the id that the procedure's rule pack gives it.
    pub id: String,
    pub label: Bilingual,
    /// The item's number as the article writes it, `（三）`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<String>,
}

impl Kind {
    fn line() -> usize {
        200
    }

    fn prose() -> usize {
        5000
    }

    fn room() -> u8 {
        3
    }

    /// What can be ticked; nothing for other types.
    pub fn choices(&self) -> &[Choice] {
        match self {
            Kind::Choice { choices } | Kind::Checklist { choices } => choices,
            _ => &[],
        }
    }
}
