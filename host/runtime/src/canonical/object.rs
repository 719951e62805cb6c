//! Objects: members written as they come, then put in order (RFC 8785 section 3.2.3).

use std::cmp::Ordering;

use serde::Serialize;
use serde::ser::{self, Error as _};

use super::{Error, Writer, text};

/// A member as it stands in the text.
#[derive(Clone, Copy)]
struct Member {
    /// The first bytes of its name, which tell most names apart.
    head: u64,
    start: usize,
    /// After the closing quote of its name.
    name_end: usize,
    end: usize,
}

/// The members of all objects that are being written, the innermost last.
pub(super) struct Members {
    all: Vec<Member>,
    scratch: String,
}

impl Members {
    /// Room for texts of so many bytes.
    pub fn for_bytes(bytes: usize) -> Members {
        Members {
            all: Vec::with_capacity(64),
            scratch: String::with_capacity(bytes),
        }
    }
}

/// An object being written.
pub(super) struct Object<'a> {
    writer: &'a mut Writer,
    /// Where its members begin among all.
    first: usize,
    /// Whether its names came in order so far.
    in_order: bool,
    /// Whether all its names are of plain ASCII, in the order of their bytes.
    plain: bool,
    close: &'static str,
}

impl<'a> Object<'a> {
    pub fn open(writer: &'a mut Writer, close: &'static str) -> Object<'a> {
        writer.text.push('{');
        Object {
            first: writer.members.all.len(),
            in_order: true,
            plain: true,
            writer,
            close,
        }
    }

    fn member<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) -> Result<(), Error> {
        let start = self.next();
        text::quoted(&mut self.writer.text, name);
        self.named(start);
        self.value(value)
    }

    /// Where the next member begins.
    fn next(&mut self) -> usize {
        let Writer { text, members } = &mut *self.writer;
        if members.all.len() > self.first {
            text.push(',');
        }
        text.len()
    }

    /// Notes the member whose name stands at the end of the text.
    fn named(&mut self, start: usize) {
        let Writer { text, members } = &mut *self.writer;
        let mut member = Member {
            head: 0,
            start,
            name_end: text.len(),
            end: text.len(),
        };
        let name = member.name(text).as_bytes();
        member.head = head(name);
        self.plain &= name.iter().all(|byte| byte.is_ascii() && *byte != b'\\');
        if let Some(before) = members.all[self.first..].last() {
            self.in_order &= before.order(&member, text).is_lt();
        }
        members.all.push(member);
        text.push(':');
    }

    fn value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        value.serialize(&mut *self.writer)?;
        let Writer { text, members } = &mut *self.writer;
        match members.all.last_mut() {
            Some(member) => member.end = text.len(),
            None => return Err(Error::custom("a value without a name")),
        }
        Ok(())
    }

    fn close(mut self) {
        if !(self.in_order && self.plain) {
            self.put_in_order();
        }
        self.writer.members.all.truncate(self.first);
        self.writer.text.push_str(self.close);
    }

    fn put_in_order(&mut self) {
        let Writer { text, members } = &mut *self.writer;
        let Members { all, scratch } = members;
        let members = &mut all[self.first..];
        let Some(start) = members.first().map(|member| member.start) else {
            return;
        };
        if self.plain {
            members.sort_unstable_by(|a, b| a.order(b, text));
        } else {
            members.sort_by_cached_key(|member| member.units(text));
        }
        scratch.clear();
        for member in members {
            if !scratch.is_empty() {
                scratch.push(',');
            }
            scratch.push_str(&text[member.start..member.end]);
        }
        text.truncate(start);
        text.push_str(scratch);
    }
}

impl Member {
    fn name<'t>(&self, text: &'t str) -> &'t str {
        &text[self.start + 1..self.name_end - 1]
    }

    /// The order of plain names.
    fn order(&self, other: &Member, text: &str) -> Ordering {
        self.head
            .cmp(&other.head)
            .then_with(|| self.name(text).cmp(other.name(text)))
    }

    /// A name by UTF-16 code units.
    fn units(&self, text: &str) -> Vec<u16> {
        let quoted = &text[self.start..self.name_end];
        let name: String = serde_json::from_str(quoted).unwrap_or_default();
        name.encode_utf16().collect()
    }
}

/// The first eight bytes as a number of the same order.
fn head(name: &[u8]) -> u64 {
    match name.first_chunk() {
        Some(first) => u64::from_be_bytes(*first),
        None => name.iter().enumerate().fold(0, |head, (at, byte)| {
            head | u64::from(*byte) << (56 - 8 * at)
        }),
    }
}

impl ser::SerializeMap for Object<'_> {
    type Ok = ();
    type Error = Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, name: &T) -> Result<(), Error> {
        let start = self.next();
        name.serialize(&mut *self.writer)?;
        if self.writer.text.as_bytes().get(start) != Some(&b'"') {
            return Err(Error::custom("the name of a member that is no text"));
        }
        self.named(start);
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        self.value(value)
    }

    fn end(self) -> Result<(), Error> {
        self.close();
        Ok(())
    }
}

impl ser::SerializeStruct for Object<'_> {
    type Ok = ();
    type Error = Error;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<(), Error> {
        self.member(name, value)
    }

    fn end(self) -> Result<(), Error> {
        self.close();
        Ok(())
    }
}

impl ser::SerializeStructVariant for Object<'_> {
    type Ok = ();
    type Error = Error;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<(), Error> {
        self.member(name, value)
    }

    fn end(self) -> Result<(), Error> {
        self.close();
        Ok(())
    }
}
