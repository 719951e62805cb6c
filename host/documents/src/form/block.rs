//! What stands on the paper, from top to bottom. A block names the fields it shows.

use serde::{Deserialize, Serialize};

use super::Bilingual;

/// One part of the sheet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "block", rename_all = "snake_case", deny_unknown_fields)]
pub enum Block {
    Heading {
        text: String,
    },
    /// Labelled fields, one or two to a row.
    Table {
        groups: Vec<Group>,
    },
    /// A sentence with `{key}` where a value stands.
    Paragraph {
        text: String,
        #[serde(default)]
        style: Indent,
    },
    /// Every choice of a field on a line of its own, with its box.
    Checklist {
        field: String,
    },
    /// A box for a long text.
    Area {
        field: String,
    },
    /// The rows of a field as a table.
    Rows {
        field: String,
    },
    /// Where people sign.
    Signatures {
        people: Vec<Person>,
    },
    /// The unit's name, its seal and the day of issue.
    Seal,
    /// What the form says about itself, under a rule.
    Notes {
        items: Vec<String>,
    },
}

/// Rows of a table that belong together, beside their common label.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<Bilingual>,
    pub rows: Vec<Vec<String>>,
}

/// How a paragraph begins.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Indent {
    /// Two characters in, as a sentence of a letter.
    #[default]
    Indented,
    /// At the margin, as whom a letter is for.
    Flush,
}

/// Somebody who signs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Person {
    pub label: Bilingual,
    /// The field with the name of who signed, where it was done on a screen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The field with the day; without one, room for a date by hand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub day: Option<String>,
}

impl Block {
    /// The keys of the fields this block shows.
    pub fn fields(&self) -> Vec<&str> {
        match self {
            Block::Heading { .. } | Block::Seal | Block::Notes { .. } => Vec::new(),
            Block::Table { groups } => {
                let rows = groups.iter().flat_map(|group| &group.rows);
                rows.flatten().map(String::as_str).collect()
            }
            Block::Paragraph { text, .. } => placeholders(text),
            Block::Checklist { field } | Block::Area { field } | Block::Rows { field } => {
                vec![field]
            }
            Block::Signatures { people } => {
                let named = people.iter().flat_map(|one| [&one.name, &one.day]);
                named.flatten().map(String::as_str).collect()
            }
        }
    }
}

/// A stretch of a paragraph.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Stretch<'a> {
    Words(&'a str),
    Field(&'a str),
}

/// A paragraph's words and placeholders in turn. A brace that is not closed is a word.
pub(crate) fn stretches(text: &str) -> Vec<Stretch<'_>> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((key, behind)) = after.split_once('}') else {
            break;
        };
        found.push(Stretch::Words(before));
        found.push(Stretch::Field(key));
        rest = behind;
    }
    found.push(Stretch::Words(rest));
    found.retain(|stretch| *stretch != Stretch::Words(""));
    found
}

fn placeholders(text: &str) -> Vec<&str> {
    let keys = stretches(text).into_iter().filter_map(|one| match one {
        Stretch::Field(key) => Some(key),
        Stretch::Words(_) => None,
    });
    keys.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paragraph_is_words_and_placeholders_in_turn() {
        assert_eq!(
            stretches("我局于{day}收到{what}。"),
            [
                Stretch::Words("我局于"),
                Stretch::Field("day"),
                Stretch::Words("收到"),
                Stretch::Field("what"),
                Stretch::Words("。"),
            ]
        );
        assert_eq!(stretches("{a}{b}").len(), 2);
        assert_eq!(stretches("no {end"), [Stretch::Words("no {end")]);
    }
}
