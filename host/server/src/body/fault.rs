//! What is wrong with a value, and where: serde's error for [`super::fields`].

use std::fmt;

use hejie_domain::case::validate::escaped;
use hejie_domain::text::Text;
use serde::de::{Expected, Unexpected};

/// The longest word that a library may add to a sentence of ours.
const MAX_DETAIL: usize = 200;

#[derive(Debug, Clone, PartialEq)]
pub struct Fault {
    /// From the inside out: a place is added by each container on the way up.
    path: Vec<String>,
    pub text: Text,
    /// True where the value itself is wrong, so that a field may yet be found.
    pub of_value: bool,
}

impl Fault {
    fn of_value(text: Text) -> Fault {
        Fault {
            path: Vec::new(),
            text,
            of_value: true,
        }
    }

    fn of_member(name: &str, id: &str) -> Fault {
        Fault {
            path: vec![name.to_owned()],
            text: Text::new(id),
            of_value: false,
        }
    }

    pub fn wrong_type(found: &'static str, expected: &dyn Expected) -> Fault {
        let text = Text::new("invalid-type")
            .arg("found", found)
            .arg("wanted", kind(&expected.to_string()));
        Fault::of_value(text)
    }

    /// The fault as its container sees it.
    pub fn within(mut self, place: impl Into<String>) -> Fault {
        self.path.push(place.into());
        self
    }

    /// The fault of a member of the value it was found in.
    pub fn inside(mut self, member: &str) -> Fault {
        self.path.insert(0, member.to_owned());
        self
    }

    /// The path from the outside in.
    pub fn path(&self) -> Vec<String> {
        self.path.iter().rev().cloned().collect()
    }
}

/// A path as JSON Pointer (RFC 6901).
pub fn at(path: &[String]) -> String {
    path.iter()
        .map(|step| format!("/{}", escaped(step)))
        .collect()
}

/// The kind of JSON that serde's words for a Rust type mean.
fn kind(expected: &str) -> String {
    let known = match expected {
        "a string" | "a borrowed string" | "string" => "string",
        "a boolean" => "boolean",
        "a sequence" | "an array" => "array",
        "a map" => "object",
        "i8" | "i16" | "i32" | "i64" | "u8" | "u16" | "u32" | "u64" | "usize" => "whole-number",
        text if text.starts_with("struct ") || text.starts_with("internally tagged enum") => {
            "object"
        }
        text if text.starts_with("enum ") || text.starts_with("variant ") => "string",
        text if text.contains("string") || text == "a character" => "string",
        _ => "other",
    };
    known.to_owned()
}

fn found(unexpected: Unexpected) -> &'static str {
    match unexpected {
        Unexpected::Bool(_) => "boolean",
        Unexpected::Unsigned(_) | Unexpected::Signed(_) | Unexpected::Float(_) => "number",
        Unexpected::Str(_) | Unexpected::Char(_) => "string",
        Unexpected::Unit | Unexpected::Option => "null",
        Unexpected::Seq => "array",
        Unexpected::Map => "object",
        _ => "other",
    }
}

impl serde::de::Error for Fault {
    fn custom<T: fmt::Display>(message: T) -> Fault {
        let message = message.to_string();
        if let Some(text) = Text::carried(&message) {
            return Fault::of_value(text);
        }
        // Moments are read by a library that knows no catalogue.
        if ["failed to", "parsed ", "expected "]
            .iter()
            .any(|it| message.starts_with(it))
        {
            return Fault::of_value(Text::new("invalid-time-form"));
        }
        let shown = |c: &char| hejie_domain::identifiers::visible::shows(*c);
        let detail: String = message.chars().filter(shown).take(MAX_DETAIL).collect();
        Fault::of_value(Text::new("invalid-malformed").arg("detail", detail))
    }

    fn invalid_type(unexpected: Unexpected, expected: &dyn Expected) -> Fault {
        Fault::wrong_type(found(unexpected), expected)
    }

    fn invalid_value(_: Unexpected, _: &dyn Expected) -> Fault {
        Fault::of_value(Text::new("invalid-out-of-range"))
    }

    fn unknown_variant(_: &str, known: &'static [&'static str]) -> Fault {
        Fault::of_value(Text::new("invalid-one-of").arg("known", known.join(", ")))
    }

    fn unknown_field(name: &str, _: &'static [&'static str]) -> Fault {
        Fault::of_member(name, "invalid-unknown-field")
    }

    fn missing_field(name: &'static str) -> Fault {
        Fault::of_member(name, "invalid-missing")
    }

    fn duplicate_field(name: &'static str) -> Fault {
        Fault::of_member(name, "invalid-repeated")
    }
}

impl std::error::Error for Fault {}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", at(&self.path()), self.text.id)
    }
}
