//! JSON that means one thing to every reader (I-JSON, RFC 7493): no member twice,
//! no number that another reader would round, no endless nesting.

use std::fmt;

use axum::http::StatusCode;
use hejie_domain::text::Text;
use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::error::Category;
use serde_json::{Map, Number, Value};

use super::fault::at;
use crate::problem::Problem;

/// How deep arrays and objects may lie in each other.
const MAX_DEPTH: usize = 32;
/// Up to here every whole number is a double (RFC 8785 section 3.2.2.3).
const MAX_WHOLE: u64 = 1 << 53;

/// The value of a whole text.
pub fn read(bytes: &[u8]) -> Result<Value, Problem> {
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let mut place = Place::default();
    let value = Strict(&mut place).deserialize(&mut reader);
    let value = value.map_err(|fault| told(&fault, &place))?;
    reader.end().map_err(|fault| not_json(&fault))?;
    Ok(value)
}

/// Where the reader is, and what it found wrong there.
#[derive(Default)]
struct Place {
    path: Vec<String>,
    wrong: Option<&'static str>,
}

fn told(fault: &serde_json::Error, place: &Place) -> Problem {
    // The grammar allows a number beyond all doubles; no reader can hold it.
    let beyond = fault.to_string().starts_with("number out of range");
    let wrong = place.wrong.or(beyond.then_some("invalid-number"));
    match (wrong, fault.classify()) {
        (Some(wrong), _) => Problem::invalid(at(&place.path), Text::new(wrong)),
        (None, Category::Data) => Problem::invalid(
            at(&place.path),
            Text::new("invalid-malformed").arg("detail", "JSON"),
        ),
        _ => not_json(fault),
    }
}

fn not_json(fault: &serde_json::Error) -> Problem {
    let detail = Text::new("problem-not-json-detail")
        .arg("line", fault.line() as u64)
        .arg("column", fault.column() as u64);
    Problem::new(StatusCode::BAD_REQUEST, "not-json").detail(detail)
}

/// Reads one value. The path is left where a fault was found.
struct Strict<'a>(&'a mut Place);

impl Strict<'_> {
    fn wrong<E: serde::de::Error>(self, what: &'static str) -> E {
        self.0.wrong = Some(what);
        E::custom(what)
    }

    fn whole<E: serde::de::Error>(self, size: u64, number: Number) -> Result<Value, E> {
        match size <= MAX_WHOLE {
            true => Ok(Value::Number(number)),
            false => Err(self.wrong("invalid-number")),
        }
    }
}

impl<'de> DeserializeSeed<'de> for Strict<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<Value, D::Error> {
        reader.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Strict<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_u64<E: serde::de::Error>(self, value: u64) -> Result<Value, E> {
        self.whole(value, value.into())
    }

    fn visit_i64<E: serde::de::Error>(self, value: i64) -> Result<Value, E> {
        self.whole(value.unsigned_abs(), value.into())
    }

    /// `1.0` is the number 1 (RFC 8785 writes it so), and `-0` is 0.
    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<Value, E> {
        if value.fract() == 0.0 && value.abs() <= MAX_WHOLE as f64 {
            return Ok(Value::Number((value as i64).into()));
        }
        if value.abs() > MAX_WHOLE as f64 {
            return Err(self.wrong("invalid-number"));
        }
        Ok(Number::from_f64(value).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(Value::String(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        if self.0.path.len() >= MAX_DEPTH {
            return Err(self.wrong("invalid-too-deep"));
        }
        let mut read = Vec::new();
        loop {
            self.0.path.push(read.len().to_string());
            let item = items.next_element_seed(Strict(self.0))?;
            self.0.path.pop();
            match item {
                Some(item) => read.push(item),
                None => return Ok(Value::Array(read)),
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        if self.0.path.len() >= MAX_DEPTH {
            return Err(self.wrong("invalid-too-deep"));
        }
        let mut read = Map::new();
        while let Some(name) = members.next_key::<String>()? {
            self.0.path.push(name.clone());
            if read.contains_key(&name) {
                self.0.wrong = Some("invalid-repeated");
                return Err(A::Error::custom("twice"));
            }
            let value = members.next_value_seed(Strict(self.0))?;
            self.0.path.pop();
            read.insert(name, value);
        }
        Ok(Value::Object(read))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use hejie_texts::Language;
    use serde_json::json;

    fn fault(text: &str) -> (u16, String) {
        let body = read(text.as_bytes()).unwrap_err().body(Language::English);
        let field = body.errors.first().map(|error| error.place().to_owned());
        (body.status, field.unwrap_or_default())
    }

    #[test]
    fn a_member_twice_is_named() {
        assert_eq!(fault(r#"{"a":1,"a":1}"#), (422, "/a".to_owned()));
        assert_eq!(
            fault(r#"{"a":[{},{"b/c":1,"b/c":1}]}"#),
            (422, "/a/1/b~1c".to_owned())
        );
    }

    #[test]
    fn a_number_that_would_be_rounded_is_named() {
        for number in [
            "9007199254740993",
            "-9007199254740993",
            "1e999",
            "18446744073709551616",
            "1e300",
        ] {
            let text = format!(r#"{{"a":[0,{number}]}}"#);
            assert_eq!(fault(&text), (422, "/a/1".to_owned()), "{number}");
        }
        assert_eq!(
            read(b"[1.0, 1e2, -0.0, 0.5]").unwrap(),
            json!([1, 100, 0, 0.5])
        );
    }

    #[test]
    fn nesting_has_an_end() {
        let deep = |levels: usize| "[".repeat(levels) + &"]".repeat(levels);
        assert!(read(deep(32).as_bytes()).is_ok());
        assert_eq!(fault(&deep(33)), (422, "/0".repeat(32)));
    }

    #[test]
    fn what_is_no_json_is_a_bad_request() {
        for text in [
            "{",
            "",
            "[1] x",
            "nan",
            "01",
            "{\"a\":\"\\ud800\"}",
            "\u{feff}1",
        ] {
            assert_eq!(fault(text).0, 400, "{text}");
        }
    }
}
