//! Canonical JSON (RFC 8785) of inputs, decisions and records.
//!
//! The same bytes as `serde_jcs` gives (a property test compares), several times
//! faster: it is part of every run. Members are written where they come and put in
//! order once their object ends, instead of each value having a buffer of its own.

use std::cell::RefCell;
use std::io;
use std::ops::Range;

use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter};

/// Beyond this a JSON number is a double (RFC 8785 section 3.2.2.3).
const EXACT: u64 = 1 << 53;
/// Bytes that most inputs need.
const CAPACITY: usize = 4 << 10;

/// The canonical JSON of a value. Fails where the value has no JSON form.
pub(crate) fn to_string<T: Serialize + ?Sized>(value: &T) -> Result<String, serde_json::Error> {
    let text = RefCell::new(Vec::with_capacity(CAPACITY));
    let ordered = Ordered {
        text: &text,
        members: Vec::with_capacity(64),
        open: Vec::with_capacity(16),
        scratch: Vec::with_capacity(CAPACITY),
    };
    let mut serializer = serde_json::Serializer::with_formatter(Shared(&text), ordered);
    value.serialize(&mut serializer)?;
    String::from_utf8(text.into_inner())
        .map_err(|fault| serde_json::Error::io(io::Error::new(io::ErrorKind::InvalidData, fault)))
}

/// The text, written to by the serializer and put in order by the formatter.
struct Shared<'a>(&'a RefCell<Vec<u8>>);

impl io::Write for Shared<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A member as it stands in the text: its name with the quotes, and all of it.
struct Member {
    name: Range<usize>,
    all: Range<usize>,
}

/// Puts the members of each object in order.
struct Ordered<'a> {
    text: &'a RefCell<Vec<u8>>,
    /// The members of all objects that are being written.
    members: Vec<Member>,
    /// Where the members of each of these objects begin, the innermost last.
    open: Vec<usize>,
    scratch: Vec<u8>,
}

impl Ordered<'_> {
    fn at(&self) -> usize {
        self.text.borrow().len()
    }

    fn member(&mut self) -> Option<&mut Member> {
        self.members.last_mut()
    }

    /// Ends the innermost object: its members, from the `first` on, are put in order.
    fn put_in_order(&mut self, first: usize) {
        let mut text = self.text.borrow_mut();
        let members = &mut self.members[first..];
        let Some(start) = members.first().map(|member| member.all.start) else {
            return;
        };
        if members.iter().all(|member| is_plain(&text, member)) {
            if members.is_sorted_by_key(|member| stem(&text, member)) {
                return;
            }
            members.sort_unstable_by(|a, b| stem(&text, a).cmp(stem(&text, b)));
        } else {
            members.sort_by_cached_key(|member| units(&text, member));
        }
        self.scratch.clear();
        for member in members {
            if !self.scratch.is_empty() {
                self.scratch.push(b',');
            }
            self.scratch.extend_from_slice(&text[member.all.clone()]);
        }
        text.truncate(start);
        text.extend_from_slice(&self.scratch);
    }
}

/// The name without its quotes, as it is written.
fn stem<'t>(text: &'t [u8], member: &Member) -> &'t [u8] {
    &text[member.name.start + 1..member.name.end - 1]
}

/// Names of plain ASCII are in the order of their bytes.
fn is_plain(text: &[u8], member: &Member) -> bool {
    let name = stem(text, member);
    name.iter().all(|byte| byte.is_ascii() && *byte != b'\\')
}

/// A name by UTF-16 code units, as RFC 8785 section 3.2.3 orders names.
fn units(text: &[u8], member: &Member) -> Vec<u16> {
    let name: String = serde_json::from_slice(&text[member.name.clone()]).unwrap_or_default();
    name.encode_utf16().collect()
}

/// A number as a double is written.
fn double<W: io::Write + ?Sized>(writer: &mut W, number: f64) -> io::Result<()> {
    writer.write_all(serde_jcs::to_string(&number)?.as_bytes())
}

impl Formatter for Ordered<'_> {
    fn write_u64<W: io::Write + ?Sized>(&mut self, writer: &mut W, value: u64) -> io::Result<()> {
        if value > EXACT {
            return double(writer, value as f64);
        }
        CompactFormatter.write_u64(writer, value)
    }

    fn write_i64<W: io::Write + ?Sized>(&mut self, writer: &mut W, value: i64) -> io::Result<()> {
        if value.unsigned_abs() > EXACT {
            return double(writer, value as f64);
        }
        CompactFormatter.write_i64(writer, value)
    }

    fn write_f32<W: io::Write + ?Sized>(&mut self, writer: &mut W, value: f32) -> io::Result<()> {
        double(writer, f64::from(value))
    }

    fn write_f64<W: io::Write + ?Sized>(&mut self, writer: &mut W, value: f64) -> io::Result<()> {
        double(writer, value)
    }

    fn begin_object<W: io::Write + ?Sized>(&mut self, writer: &mut W) -> io::Result<()> {
        self.open.push(self.members.len());
        writer.write_all(b"{")
    }

    fn begin_object_key<W: io::Write + ?Sized>(
        &mut self,
        writer: &mut W,
        first: bool,
    ) -> io::Result<()> {
        if !first {
            writer.write_all(b",")?;
        }
        let at = self.at();
        self.members.push(Member {
            name: at..at,
            all: at..at,
        });
        Ok(())
    }

    fn end_object_key<W: io::Write + ?Sized>(&mut self, _: &mut W) -> io::Result<()> {
        let at = self.at();
        if let Some(member) = self.member() {
            member.name.end = at;
        }
        Ok(())
    }

    fn end_object_value<W: io::Write + ?Sized>(&mut self, _: &mut W) -> io::Result<()> {
        let at = self.at();
        if let Some(member) = self.member() {
            member.all.end = at;
        }
        Ok(())
    }

    fn end_object<W: io::Write + ?Sized>(&mut self, writer: &mut W) -> io::Result<()> {
        if let Some(first) = self.open.pop() {
            self.put_in_order(first);
            self.members.truncate(first);
        }
        writer.write_all(b"}")
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

    proptest! {
        #[test]
        fn the_bytes_are_those_of_the_library(value in values()) {
            prop_assert_eq!(to_string(&value).unwrap(), serde_jcs::to_string(&value).unwrap());
        }
    }
}
