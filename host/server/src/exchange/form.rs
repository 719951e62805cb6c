//! The forms of what authorities send each other, checked before anything is read.

use std::sync::LazyLock;

use hejie_domain::rules::schema_of;
use jsonschema::Validator;
use serde_json::Value;

/// A form by its schema, compiled once.
pub type Form = LazyLock<Result<Validator, String>>;

/// The version of the forms; a change of form raises it.
pub const VERSION: &str = "1.0.0";

/// Compiles `schemas/json/NAME.schema.json`.
pub fn compile(name: &str) -> Result<Validator, String> {
    let schema = schema_of(name).map_err(|fault| fault.to_string())?;
    jsonschema::validator_for(&schema).map_err(|fault| fault.to_string())
}

/// The place and the fault of what is not of the form; `None` where it is.
pub fn fault(form: &Form, value: &Value) -> Result<Option<(String, String)>, String> {
    let validator = form.as_ref().map_err(Clone::clone)?;
    let fault = validator.validate(value).err();
    Ok(fault.map(|fault| (fault.instance_path().to_string(), fault.to_string())))
}
