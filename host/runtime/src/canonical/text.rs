//! Texts as JSON writes them (RFC 8785 section 3.2.2.2).

/// Bytes looked at together.
const STRIDE: usize = 16;

/// Writes a text with its quotes. What needs no escape is copied in whole runs.
pub(super) fn quoted(to: &mut String, text: &str) {
    to.push('"');
    let mut rest = text;
    while let Some(at) = first_escaped(rest.as_bytes()) {
        let (plain, from) = rest.split_at(at);
        to.push_str(plain);
        let mut from = from.chars();
        if let Some(special) = from.next() {
            escape(to, special);
        }
        rest = from.as_str();
    }
    to.push_str(rest);
    to.push('"');
}

/// The first byte that must be escaped; such a byte is always a character of its own.
fn first_escaped(bytes: &[u8]) -> Option<usize> {
    let (strides, _) = bytes.as_chunks::<STRIDE>();
    // No early end within a stride: that lets the compiler take it at once.
    let dirty =
        |stride: &[u8; STRIDE]| stride.iter().fold(false, |found, byte| found | must(*byte));
    let clean = STRIDE * strides.iter().take_while(|stride| !dirty(stride)).count();
    let found = bytes[clean..].iter().position(|byte| must(*byte))?;
    Some(clean + found)
}

fn must(byte: u8) -> bool {
    byte < 0x20 || byte == b'"' || byte == b'\\'
}

fn escape(to: &mut String, special: char) {
    match special {
        '"' => to.push_str("\\\""),
        '\\' => to.push_str("\\\\"),
        '\u{8}' => to.push_str("\\b"),
        '\t' => to.push_str("\\t"),
        '\n' => to.push_str("\\n"),
        '\u{c}' => to.push_str("\\f"),
        '\r' => to.push_str("\\r"),
        control => {
            let digit = |nibble: u32| char::from_digit(nibble & 0xF, 16).unwrap_or('0');
            let code = u32::from(control);
            to.push_str("\\u00");
            to.push(digit(code >> 4));
            to.push(digit(code));
        }
    }
}
