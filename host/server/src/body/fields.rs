//! From a JSON value to a type. Unlike serde_json's own reader this one takes no
//! array for an object, and names the very field that is missing, unknown or wrong.

use serde::de::value::{BorrowedStrDeserializer, StrDeserializer};
use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, Expected, MapAccess, SeqAccess, Visitor,
};
use serde::forward_to_deserialize_any;
use serde_json::{Map, Value};

use super::fault::{Fault, at};
use crate::problem::Problem;

/// Reads a value as `T`.
pub fn read<T: DeserializeOwned>(value: &Value) -> Result<T, Problem> {
    T::deserialize(Field(value)).map_err(|fault| {
        let fault = sharpened::<T>(value, fault);
        Problem::invalid(at(&fault.path()), fault.text)
    })
}

/// A tagged enum is read as a whole, so serde loses the field at fault. It is the
/// one without which the fault is another.
fn sharpened<T: DeserializeOwned>(value: &Value, fault: Fault) -> Fault {
    let path = fault.path();
    let Some(Value::Object(members)) = value.pointer(&at(&path)) else {
        return fault;
    };
    if !fault.of_value {
        return fault;
    }
    let guilty = members
        .keys()
        .find(|name| is_guilty::<T>(value, &path, name, &fault));
    match guilty {
        Some(name) => fault.inside(name),
        None => fault,
    }
}

fn is_guilty<T: DeserializeOwned>(
    value: &Value,
    path: &[String],
    name: &str,
    fault: &Fault,
) -> bool {
    let with = |change: &dyn Fn(&mut Map<String, Value>)| {
        let mut changed = value.clone();
        if let Some(Value::Object(members)) = changed.pointer_mut(&at(path)) {
            change(members);
        }
        T::deserialize(Field(&changed)).err()
    };
    let without = with(&|members| drop(members.remove(name)));
    // The tag is read by itself: a wrong one is named already.
    let emptied = with(&|members| drop(members.insert(name.to_owned(), Value::Null)));
    let own_path: Vec<&str> = path.iter().map(String::as_str).chain([name]).collect();
    let is_tag = emptied.is_some_and(|fault| fault.path() == own_path);
    without.as_ref() != Some(fault) && !is_tag
}

/// A value on its way into a type.
#[derive(Clone, Copy)]
struct Field<'de>(&'de Value);

impl<'de> Field<'de> {
    fn wrong_type(self, expected: &dyn Expected) -> Fault {
        let found = match self.0 {
            Value::Null => "null",
            Value::Bool(_) => "boolean",
            Value::Number(_) => "number",
            Value::String(_) => "string",
            Value::Array(_) => "array",
            Value::Object(_) => "object",
        };
        Fault::wrong_type(found, expected)
    }

    fn object<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.0 {
            Value::Object(members) => visitor.visit_map(Members::of(members)),
            _ => Err(self.wrong_type(&visitor)),
        }
    }
}

impl<'de> Deserializer<'de> for Field<'de> {
    type Error = Fault;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.0 {
            Value::Null => visitor.visit_unit(),
            Value::Bool(value) => visitor.visit_bool(*value),
            Value::Number(number) => match (number.as_u64(), number.as_i64()) {
                (Some(number), _) => visitor.visit_u64(number),
                (_, Some(number)) => visitor.visit_i64(number),
                _ => visitor.visit_f64(number.as_f64().unwrap_or_default()),
            },
            Value::String(text) => visitor.visit_borrowed_str(text),
            Value::Array(_) if is_tagged(&visitor) => Err(self.wrong_type(&visitor)),
            Value::Array(items) => visitor.visit_seq(Items { items, next: 0 }),
            Value::Object(members) => visitor.visit_map(Members::of(members)),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.0 {
            Value::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        self.object(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.object(visitor)
    }

    /// The API's enums without a tag are words.
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        match self.0 {
            Value::String(word) => visitor.visit_enum(StrDeserializer::new(word)),
            _ => Err(self.wrong_type(&visitor)),
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes
        byte_buf unit unit_struct seq tuple tuple_struct identifier ignored_any
    }
}

/// serde would take `["tag", …]` for a tagged enum.
fn is_tagged(expected: &dyn Expected) -> bool {
    expected.to_string().starts_with("internally tagged enum")
}

struct Items<'de> {
    items: &'de [Value],
    next: usize,
}

impl<'de> SeqAccess<'de> for Items<'de> {
    type Error = Fault;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Fault> {
        let index = self.next;
        let Some(item) = self.items.get(index) else {
            return Ok(None);
        };
        self.next += 1;
        let read = seed.deserialize(Field(item));
        read.map(Some)
            .map_err(|fault| fault.within(index.to_string()))
    }
}

struct Members<'de> {
    rest: serde_json::map::Iter<'de>,
    value: Option<(&'de str, &'de Value)>,
}

impl<'de> Members<'de> {
    fn of(members: &'de Map<String, Value>) -> Members<'de> {
        Members {
            rest: members.iter(),
            value: None,
        }
    }
}

impl<'de> MapAccess<'de> for Members<'de> {
    type Error = Fault;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Fault> {
        let Some((name, value)) = self.rest.next() else {
            return Ok(None);
        };
        self.value = Some((name, value));
        seed.deserialize(BorrowedStrDeserializer::new(name))
            .map(Some)
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, Fault> {
        let Some((name, value)) = self.value.take() else {
            return Err(serde::de::Error::custom("a value without a name"));
        };
        seed.deserialize(Field(value))
            .map_err(|fault| fault.within(name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use hejie_domain::jurisdiction::Operator;
    use hejie_texts::Language;
    use serde::Deserialize;
    use serde_json::json;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[allow(dead_code)]
    struct Outer {
        inner: Vec<Inner>,
        #[serde(default)]
        operator: Option<Operator>,
        #[serde(default)]
        free: Value,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[allow(dead_code)]
    struct Inner {
        amount: u32,
        word: Option<Word>,
    }

    #[derive(Debug, Deserialize)]
    #[serde(rename_all = "snake_case")]
    enum Word {
        Yes,
    }

    fn fault(value: Value) -> String {
        match read::<Outer>(&value) {
            Ok(_) => "taken".to_owned(),
            Err(problem) => problem.body(Language::English).errors[0].place().to_owned(),
        }
    }

    #[test]
    fn a_wrong_type_names_its_place() {
        for wrong in [
            json!("x"),
            json!(-1),
            json!(1.5),
            json!(1_u64 << 40),
            json!([]),
            json!(null),
        ] {
            let inner = json!({"inner": [{"amount": 1}, {"amount": wrong}]});
            assert_eq!(fault(inner), "/inner/1/amount", "{wrong}");
            let word = json!({"inner": [{"amount": 1, "word": wrong}]});
            let named = if wrong.is_null() {
                "taken"
            } else {
                "/inner/0/word"
            };
            assert_eq!(fault(word), named, "{wrong}");
        }
    }

    #[test]
    fn a_missing_and_an_unknown_field_name_themselves() {
        assert_eq!(fault(json!({})), "/inner");
        assert_eq!(fault(json!({"inner": [{}]})), "/inner/0/amount");
        assert_eq!(fault(json!({"inner": [], "o/ther": 1})), "/o~1ther");
    }

    #[test]
    fn an_array_is_no_object() {
        assert_eq!(fault(json!([[]])), "");
        assert_eq!(fault(json!({"inner": [[1, null]]})), "/inner/0");
        let operator = json!(["platform", "420106"]);
        assert_eq!(
            fault(json!({"inner": [], "operator": operator})),
            "/operator"
        );
    }

    #[test]
    fn a_tagged_value_names_its_inner_field() {
        let operator = |changed: Value| {
            let mut operator = json!({"kind": "in_platform_seller", "platform": "P",
                "platform_domicile": "420106", "reachable_there": true});
            for (name, value) in changed.as_object().unwrap() {
                operator[name] = value.clone();
            }
            fault(json!({"inner": [], "operator": operator}))
        };
        assert_eq!(operator(json!({})), "taken");
        for (field, wrong) in [
            ("kind", json!("spaceship")),
            ("kind", json!(7)),
            ("kind", json!(null)),
            ("platform", json!(7)),
            ("platform_domicile", json!("42")),
            ("platform_domicile", json!({})),
            ("published_address", json!(true)),
            ("reachable_there", json!("x")),
            ("reachable_there", json!(null)),
            ("unheard", json!(1)),
        ] {
            let named = operator(json!({field: wrong}));
            assert_eq!(named, format!("/operator/{field}"), "{wrong}");
        }
        let missing = json!({"inner": [], "operator": {"kind": "platform"}});
        assert_eq!(fault(missing), "/operator/domicile");
        assert_eq!(
            fault(json!({"inner": [], "operator": {}})),
            "/operator/kind"
        );
    }

    #[test]
    fn free_json_stays_as_it_is() {
        let free = json!({"a": [1, {"b": null}], "c": 0.5});
        let read: Outer = read(&json!({"inner": [], "free": free})).unwrap();
        assert_eq!(read.free, free);
    }
}
