//! Forms: what a plugin or a person asks to be filled in, and a plugin's settings.
//!
//! A form is written in a part of JSON Schema (`schemas/json/form.schema.json`)
//! that a page can draw and that a stranger cannot make costly: no references, no
//! combinations, patterns in a dialect that takes linear time (the `regex` crate's).

use std::sync::LazyLock;

use jsonschema::{PatternOptions, Validator};
use serde_json::Value;

use crate::rules::schema_of;

/// Bytes of a form as JSON text.
pub const MAX_BYTES: usize = 16 << 10;
/// Patterns in one form; each is compiled when the form is read.
const MAX_PATTERNS: usize = 20;
/// Bytes that one compiled pattern may take.
const PATTERN_BYTES: usize = 64 << 10;

/// A form that values can be checked against.
pub struct Form(Validator);

/// What is wrong with a form, or with a value for it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{pointer}: {why}")]
pub struct FormFault {
    /// A JSON Pointer (RFC 6901) into the form or the value.
    pub pointer: String,
    pub why: String,
}

static DIALECT: LazyLock<Result<Validator, String>> = LazyLock::new(|| {
    let schema = schema_of("form").map_err(|fault| fault.to_string())?;
    jsonschema::validator_for(&schema).map_err(|fault| fault.to_string())
});

impl Form {
    /// Reads a form; takes bounded time and memory whatever the form is.
    pub fn read(schema: &Value) -> Result<Form, FormFault> {
        if schema.to_string().len() > MAX_BYTES {
            return Err(fault("", format!("is longer than {MAX_BYTES} bytes")));
        }
        let dialect = DIALECT.as_ref().map_err(|why| fault("", why.clone()))?;
        check(dialect, schema)?;
        if patterns(schema) > MAX_PATTERNS {
            return Err(fault("", format!("has more than {MAX_PATTERNS} patterns")));
        }
        let linear = PatternOptions::regex().size_limit(PATTERN_BYTES);
        jsonschema::options()
            .with_pattern_options(linear)
            .should_validate_formats(true)
            .build(schema)
            .map(Form)
            .map_err(|broken| fault("", broken.to_string()))
    }

    /// Checks a value.
    pub fn check(&self, value: &Value) -> Result<(), FormFault> {
        check(&self.0, value)
    }
}

fn check(validator: &Validator, value: &Value) -> Result<(), FormFault> {
    validator
        .validate(value)
        .map_err(|broken| fault(broken.instance_path().as_str(), broken.to_string()))
}

fn fault(pointer: &str, why: String) -> FormFault {
    FormFault {
        pointer: pointer.to_owned(),
        why,
    }
}

fn patterns(schema: &Value) -> usize {
    match schema {
        Value::Object(members) => members
            .iter()
            .map(|(name, member)| usize::from(name == "pattern") + patterns(member))
            .sum(),
        Value::Array(items) => items.iter().map(patterns).sum(),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn why(schema: Value) -> String {
        Form::read(&schema)
            .err()
            .map_or_else(String::new, |fault| fault.to_string())
    }

    #[test]
    fn a_form_of_fields_is_read_and_its_answers_are_checked() {
        let form = Form::read(&json!({"type": "object", "required": ["size"],
            "additionalProperties": false,
            "properties": {"size": {"type": "integer", "minimum": 30, "title": "尺码"},
                           "day": {"type": "string", "format": "date"},
                           "code": {"type": "string", "pattern": "^[A-Z]{2}$"}}}))
        .unwrap();
        assert!(
            form.check(&json!({"size": 40, "day": "2026-05-18", "code": "AB"}))
                .is_ok()
        );
        for wrong in [
            json!({"size": 3}),
            json!({}),
            json!({"size": 40, "day": "soon"}),
            json!({"size": 40, "code": "ab"}),
            json!({"size": 40, "more": 1}),
        ] {
            assert!(form.check(&wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn what_could_be_made_costly_is_no_form() {
        let twice = json!([{"$ref": "#/$defs/b"}, {"$ref": "#/$defs/b"}]);
        for schema in [
            json!({"type": "object", "$defs": {"a": {"anyOf": twice}}}),
            json!({"type": "object", "properties": {"a": {"$ref": "#"}}}),
            json!({"type": "object", "properties": {"a": {"type": "string", "not": {}}}}),
            json!({"type": "object", "patternProperties": {".*": {}}}),
            json!({"type": "array"}),
            json!(["object"]),
        ] {
            assert_ne!(why(schema.clone()), "", "{schema}");
        }
    }

    #[test]
    fn patterns_are_few_and_small() {
        let with = |pattern: &str| json!({"type": "string", "pattern": pattern});
        let large = json!({"type": "object",
            "properties": {"a": with(r"(?:\w{200}\W{200}){20}")}});
        assert!(why(large).contains("regex"), "too much to compile");
        let many: serde_json::Map<String, Value> =
            (0..30).map(|n| (format!("f{n}"), with("^a$"))).collect();
        let many = json!({"type": "object", "properties": many});
        assert!(why(many).contains("more than 20 patterns"));
        let looking = json!({"type": "object", "properties": {"a": with("(?=a)b")}});
        assert_ne!(why(looking), "", "no look-around: it is not linear");
    }

    #[test]
    fn a_form_is_short() {
        let long: Vec<String> = (0..100)
            .map(|n| format!("{n}{}", "x".repeat(190)))
            .collect();
        let form = json!({"type": "object", "properties": {"a": {"type": "string", "enum": long}}});
        assert!(why(form).contains("longer"));
    }
}
