//! Numbers that canonical JSON (RFC 8785) can hold: it writes doubles, so a
//! greater integer would be kept as another number than was said.

use serde_json::Value;

use crate::error::StoreError;

/// The greatest integer up to which doubles hold every one: 2^53 - 1.
const GREATEST: u64 = (1 << 53) - 1;

/// Fails on the first number that would be changed, with its JSON Pointer.
pub(crate) fn check(value: &Value) -> Result<(), StoreError> {
    match first_lost(value) {
        None => Ok(()),
        Some((pointer, number)) => Err(StoreError::Number { pointer, number }),
    }
}

fn first_lost(value: &Value) -> Option<(String, String)> {
    let within = |key: String, value: &Value| {
        first_lost(value).map(|(pointer, number)| (format!("/{key}{pointer}"), number))
    };
    match value {
        Value::Number(number) if !is_exact(number) => Some((String::new(), number.to_string())),
        Value::Array(values) => {
            let mut places = values.iter().enumerate();
            places.find_map(|(place, value)| within(place.to_string(), value))
        }
        Value::Object(fields) => fields
            .iter()
            .find_map(|(name, value)| within(name.replace('~', "~0").replace('/', "~1"), value)),
        _ => None,
    }
}

fn is_exact(number: &serde_json::Number) -> bool {
    if let Some(natural) = number.as_u64() {
        return natural <= GREATEST;
    }
    if let Some(integer) = number.as_i64() {
        return integer.unsigned_abs() <= GREATEST;
    }
    number.as_f64().is_some_and(f64::is_finite)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_number_that_would_be_kept_as_another_is_named_with_its_place() {
        let fault = check(&json!({"a/b": [1, 9_007_199_254_740_993_u64]})).unwrap_err();
        assert_eq!(
            fault.to_string(),
            "the number 9007199254740993 at /a~1b/1 cannot be kept exactly: write it as text"
        );
        for number in [
            json!(u64::MAX),
            json!(i64::MIN),
            json!(-9_007_199_254_740_992_i64),
        ] {
            assert!(check(&number).is_err(), "{number}");
        }
    }

    #[test]
    fn numbers_that_doubles_hold_pass() {
        for number in [
            json!(GREATEST),
            json!(-(GREATEST as i64)),
            json!(0.5),
            json!(1e300),
        ] {
            assert!(check(&number).is_ok(), "{number}");
        }
    }
}
