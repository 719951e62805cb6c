//! Canonical JSON (RFC 8785) of inputs, decisions and records.
//!
//! The same bytes as `serde_jcs` gives (a property test compares), many times
//! faster: it is part of every run. Everything goes into one text; the members of
//! an object are written as they come and put in order once it ends.

mod object;
mod text;

use serde::Serialize;
use serde::ser::{self, Error as _};

use object::{Members, Object};

type Error = serde_json::Error;

/// Beyond this a JSON number is a double (RFC 8785 section 3.2.2.3).
const EXACT: u64 = 1 << 53;
/// Bytes that most inputs need.
const CAPACITY: usize = 4 << 10;

/// The canonical JSON of a value. Fails where the value has no JSON form: numbers
/// that are not finite, members whose names are no text.
pub(crate) fn to_string<T: Serialize + ?Sized>(value: &T) -> Result<String, Error> {
    let mut writer = Writer {
        text: String::with_capacity(CAPACITY),
        members: Members::for_bytes(CAPACITY),
    };
    value.serialize(&mut writer)?;
    Ok(writer.text)
}

/// The text so far, and the members of the objects that are still open.
struct Writer {
    text: String,
    members: Members,
}

impl Writer {
    /// A variant that carries something: an object of one member, left open.
    fn open_variant(&mut self, variant: &str) {
        self.text.push('{');
        text::quoted(&mut self.text, variant);
        self.text.push(':');
    }

    fn integer(&mut self, sign: &str, size: u64) {
        self.text.push_str(sign);
        self.text.push_str(itoa::Buffer::new().format(size));
    }
}

impl<'a> ser::Serializer for &'a mut Writer {
    type Ok = ();
    type Error = Error;
    type SerializeSeq = List<'a>;
    type SerializeTuple = List<'a>;
    type SerializeTupleStruct = List<'a>;
    type SerializeTupleVariant = List<'a>;
    type SerializeMap = Object<'a>;
    type SerializeStruct = Object<'a>;
    type SerializeStructVariant = Object<'a>;

    fn serialize_bool(self, value: bool) -> Result<(), Error> {
        self.text.push_str(if value { "true" } else { "false" });
        Ok(())
    }

    fn serialize_i8(self, value: i8) -> Result<(), Error> {
        self.serialize_i64(value.into())
    }

    fn serialize_i16(self, value: i16) -> Result<(), Error> {
        self.serialize_i64(value.into())
    }

    fn serialize_i32(self, value: i32) -> Result<(), Error> {
        self.serialize_i64(value.into())
    }

    fn serialize_i64(self, value: i64) -> Result<(), Error> {
        let size = value.unsigned_abs();
        if size > EXACT {
            return self.serialize_f64(value as f64);
        }
        self.integer(if value < 0 { "-" } else { "" }, size);
        Ok(())
    }

    fn serialize_u8(self, value: u8) -> Result<(), Error> {
        self.serialize_u64(value.into())
    }

    fn serialize_u16(self, value: u16) -> Result<(), Error> {
        self.serialize_u64(value.into())
    }

    fn serialize_u32(self, value: u32) -> Result<(), Error> {
        self.serialize_u64(value.into())
    }

    fn serialize_u64(self, value: u64) -> Result<(), Error> {
        if value > EXACT {
            return self.serialize_f64(value as f64);
        }
        self.integer("", value);
        Ok(())
    }

    fn serialize_f32(self, value: f32) -> Result<(), Error> {
        self.serialize_f64(value.into())
    }

    fn serialize_f64(self, value: f64) -> Result<(), Error> {
        if !value.is_finite() {
            return Err(Error::custom("a number that is not finite"));
        }
        self.text.push_str(&serde_jcs::to_string(&value)?);
        Ok(())
    }

    fn serialize_char(self, value: char) -> Result<(), Error> {
        self.serialize_str(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, value: &str) -> Result<(), Error> {
        text::quoted(&mut self.text, value);
        Ok(())
    }

    fn serialize_bytes(self, value: &[u8]) -> Result<(), Error> {
        self.collect_seq(value)
    }

    fn serialize_none(self) -> Result<(), Error> {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Error> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Error> {
        self.text.push_str("null");
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Error> {
        self.serialize_unit()
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<(), Error> {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), Error> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<(), Error> {
        self.open_variant(variant);
        value.serialize(&mut *self)?;
        self.text.push('}');
        Ok(())
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<List<'a>, Error> {
        Ok(List::open(self, "]"))
    }

    fn serialize_tuple(self, _: usize) -> Result<List<'a>, Error> {
        Ok(List::open(self, "]"))
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<List<'a>, Error> {
        Ok(List::open(self, "]"))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<List<'a>, Error> {
        self.open_variant(variant);
        Ok(List::open(self, "]}"))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Object<'a>, Error> {
        Ok(Object::open(self, "}"))
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Object<'a>, Error> {
        Ok(Object::open(self, "}"))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Object<'a>, Error> {
        self.open_variant(variant);
        Ok(Object::open(self, "}}"))
    }
}

/// An array being written.
struct List<'a> {
    writer: &'a mut Writer,
    is_empty: bool,
    close: &'static str,
}

impl<'a> List<'a> {
    fn open(writer: &'a mut Writer, close: &'static str) -> List<'a> {
        writer.text.push('[');
        List {
            writer,
            is_empty: true,
            close,
        }
    }

    fn item<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        if !std::mem::take(&mut self.is_empty) {
            self.writer.text.push(',');
        }
        value.serialize(&mut *self.writer)
    }

    fn close(self) {
        self.writer.text.push_str(self.close);
    }
}

impl ser::SerializeSeq for List<'_> {
    type Ok = ();
    type Error = Error;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        self.item(value)
    }

    fn end(self) -> Result<(), Error> {
        self.close();
        Ok(())
    }
}

impl ser::SerializeTuple for List<'_> {
    type Ok = ();
    type Error = Error;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        self.item(value)
    }

    fn end(self) -> Result<(), Error> {
        self.close();
        Ok(())
    }
}

impl ser::SerializeTupleStruct for List<'_> {
    type Ok = ();
    type Error = Error;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        self.item(value)
    }

    fn end(self) -> Result<(), Error> {
        self.close();
        Ok(())
    }
}

impl ser::SerializeTupleVariant for List<'_> {
    type Ok = ();
    type Error = Error;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        self.item(value)
    }

    fn end(self) -> Result<(), Error> {
        self.close();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::{Value, json};

    fn values() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<u64>().prop_map(Value::from),
            any::<f64>()
                .prop_filter("finite", |number| number.is_finite())
                .prop_map(Value::from),
            any::<String>().prop_map(Value::from),
            "[a-c\u{e9}\u{ff5e}\u{1f600}\"\\\\\n]{0,4}".prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 64, 6, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
                prop::collection::vec(("[a-c\u{e9}\u{ff5e}\u{1f600}\"\\\\\n]{0,4}", inner), 0..6)
                    .prop_map(|members| Value::Object(members.into_iter().collect())),
            ]
        })
    }

    /// Members in the order they are given, which a map would not keep.
    struct AsGiven(Vec<(&'static str, u8)>);

    impl Serialize for AsGiven {
        fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.collect_map(self.0.iter().map(|(name, value)| (name, value)))
        }
    }

    #[test]
    fn members_stand_in_the_order_of_utf_16() {
        // RFC 8785 section 3.2.3: a surrogate pair comes before U+FB33.
        let given = AsGiven(vec![
            ("\u{fb33}", 7),
            ("\u{1f600}", 6),
            ("ab", 2),
            ("\u{20ac}", 5),
            ("a", 1),
            ("b", 3),
            ("\u{f6}", 4),
        ]);
        let text = to_string(&given).unwrap();
        let order: Vec<u8> = text.bytes().filter(u8::is_ascii_digit).collect();
        assert_eq!(order, b"1234567");
        assert_eq!(text, serde_jcs::to_string(&given).unwrap());
    }

    #[test]
    fn numbers_are_written_as_doubles_are() {
        let numbers = json!([1.0, -0.0, 1e21, 9_007_199_254_740_993u64, i64::MIN, 0.1]);
        let text = to_string(&numbers).unwrap();
        assert_eq!(text, serde_jcs::to_string(&numbers).unwrap());
    }

    #[test]
    fn what_has_no_json_form_is_refused() {
        assert!(to_string(&f64::NAN).is_err());
        assert!(to_string(&std::collections::BTreeMap::from([(1, 2)])).is_err());
    }

    /// Every shape that serde knows.
    #[derive(Serialize)]
    enum Shape {
        Unit,
        Newtype(i8),
        Tuple(u16, char),
        Struct { z: Option<Unit>, a: (f32, bool) },
    }

    #[derive(Serialize)]
    struct Unit;

    #[test]
    fn every_shape_is_written_as_the_library_writes_it() {
        let shapes = [
            Shape::Unit,
            Shape::Newtype(-3),
            Shape::Tuple(7, '"'),
            Shape::Struct {
                z: Some(Unit),
                a: (0.5, true),
            },
            Shape::Struct {
                z: None,
                a: (-0.0, false),
            },
        ];
        assert_eq!(
            to_string(&shapes).unwrap(),
            serde_jcs::to_string(&shapes).unwrap()
        );
    }

    proptest! {
        #[test]
        fn the_bytes_are_those_of_the_library(value in values()) {
            prop_assert_eq!(to_string(&value).unwrap(), serde_jcs::to_string(&value).unwrap());
        }
    }
}
