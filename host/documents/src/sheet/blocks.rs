//! From a form's blocks to the parts of a sheet.

use serde_json::Value;

use super::{Cell, Item, Part, Rows, Run, Shown, Signature, words};
use crate::document::Document;
use crate::form::{Block, Field, Form, Group, Indent, Kind, Person, Stretch, stretches};

pub(super) fn parts(form: &Form, document: &Document) -> Vec<Part> {
    let filled = Filled { form, document };
    let parts = form.blocks.iter().filter_map(|block| filled.part(block));
    parts.collect()
}

/// A form beside its values.
struct Filled<'a> {
    form: &'a Form,
    document: &'a Document,
}

impl Filled<'_> {
    /// None where a block names no field, which no form that was read does.
    fn part(&self, block: &Block) -> Option<Part> {
        Some(match block {
            Block::Heading { text } => Part::Heading { text: text.clone() },
            Block::Table { groups } => Part::Table {
                groups: groups.iter().map(|group| self.group(group)).collect(),
            },
            Block::Paragraph { text, style } => Part::Paragraph {
                flush: *style == Indent::Flush,
                runs: self.runs(text),
            },
            Block::Checklist { field } => {
                let (field, value) = self.field(field)?;
                Part::Checklist {
                    label: field.label.zh.clone(),
                    items: items(field, value),
                }
            }
            Block::Area { field } => {
                let (field, value) = self.field(field)?;
                Part::Area {
                    label: field.label.zh.clone(),
                    lines: words::lines(&field.kind, value),
                    room: room(&field.kind),
                }
            }
            Block::Rows { field } => self.rows(field)?,
            Block::Signatures { people } => Part::Signatures {
                people: people.iter().map(|one| self.signature(one)).collect(),
            },
            Block::Seal => Part::Seal,
            Block::Notes { items } => Part::Notes {
                items: items.clone(),
            },
        })
    }

    fn field(&self, key: &str) -> Option<(&Field, Option<&Value>)> {
        let field = self.form.field(key)?;
        Some((field, self.document.values.get(key)))
    }

    fn group(&self, group: &Group) -> Rows {
        let cells = |keys: &Vec<String>| -> Vec<Cell> {
            let found = keys.iter().filter_map(|key| self.field(key));
            found.map(|(field, value)| cell(field, value)).collect()
        };
        Rows {
            label: group.label.as_ref().map(|label| label.zh.clone()),
            rows: group.rows.iter().map(cells).collect(),
        }
    }

    fn runs(&self, text: &str) -> Vec<Run> {
        let (mut before, mut is_whole) = (None, false);
        let run = |stretch| match stretch {
            Stretch::Words(words) => {
                before = words.chars().next_back();
                let after = words.strip_prefix('条').filter(|_| is_whole);
                Run {
                    filled: false,
                    text: after.unwrap_or(words).to_owned(),
                }
            }
            Stretch::Field(key) => {
                let text = match (before, self.in_words(Some(key))) {
                    (Some('《'), title) => unmarked(title),
                    (Some('第'), article) => numbered(&article),
                    (_, value) => value,
                };
                // It says itself which article it is, and of that which paragraph.
                is_whole = before == Some('第') && text.contains('条');
                Run { filled: true, text }
            }
        };
        stretches(text).into_iter().map(run).collect()
    }

    fn signature(&self, person: &Person) -> Signature {
        Signature {
            label: person.label.zh.clone(),
            name: self.in_words(person.name.as_deref()),
            day: self.in_words(person.day.as_deref()),
        }
    }

    /// A value in a line of text; nothing where it is missing.
    fn in_words(&self, key: Option<&str>) -> String {
        let found = key.and_then(|key| self.field(key));
        found.map_or_else(String::new, |(field, value)| {
            words::inline(&field.kind, value)
        })
    }

    fn rows(&self, key: &str) -> Option<Part> {
        let (field, value) = self.field(key)?;
        let Kind::Rows { columns, .. } = &field.kind else {
            return None;
        };
        let rows = value.and_then(Value::as_array).into_iter().flatten();
        let row = |row: &Value| -> Vec<String> {
            let cells = columns.iter();
            cells
                .map(|column| words::label(&column.kind, row.get(&column.key)))
                .collect()
        };
        Some(Part::Rows {
            label: field.label.zh.clone(),
            columns: columns.iter().map(|one| one.label.zh.clone()).collect(),
            rows: rows.map(row).collect(),
        })
    }
}

fn cell(field: &Field, value: Option<&Value>) -> Cell {
    let shown = if field.kind.choices().is_empty() {
        Shown::Lines {
            lines: words::lines(&field.kind, value),
            room: room(&field.kind),
        }
    } else {
        Shown::Boxes {
            items: items(field, value),
        }
    };
    Cell {
        label: field.label.zh.clone(),
        shown,
    }
}

fn items(field: &Field, value: Option<&Value>) -> Vec<Item> {
    let item = |choice: &crate::form::Choice| Item {
        ticked: words::ticked(value, &choice.id),
        number: choice.item.clone().unwrap_or_default(),
        text: choice.label.zh.clone(),
    };
    field.kind.choices().iter().map(item).collect()
}

fn room(kind: &Kind) -> u8 {
    match kind {
        Kind::LongText { lines, .. } => *lines,
        _ => 1,
    }
}

/// A title without marks of its own, where the form has them.
fn unmarked(title: String) -> String {
    let bare = title.trim().strip_prefix('《');
    match bare.and_then(|it| it.strip_suffix('》')) {
        Some(bare) => bare.to_owned(),
        None => title,
    }
}

/// The number of an article behind the form's own 第.
fn numbered(article: &str) -> String {
    let article = article.trim();
    article.strip_prefix('第').unwrap_or(article).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_has_the_marks_of_the_form_and_no_others() {
        assert_eq!(unmarked("《食品安全法》".to_owned()), "食品安全法");
        for kept in ["食品安全法", "《食品安全法", ""] {
            assert_eq!(unmarked(kept.to_owned()), kept);
        }
        assert_eq!(numbered("第三十六条第二款"), "三十六条第二款");
        assert_eq!(numbered("三十六"), "三十六");
    }
}
