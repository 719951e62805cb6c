//! Texts as the font can print them and lines can hold them.

use serde_json::Value;

/// Characters in a row without a place to break that a line of the sheet, or of a
/// table with many columns, still holds.
const LONGEST_WORD: usize = 20;
const LONGEST_WORD_IN_ROWS: usize = 7;
/// Zero width space (Unicode, General Punctuation): a place to break, and no more.
const BREAK: char = '\u{200b}';

/// A sheet with every text printable.
pub(super) fn printable(sheet: &Value, has: &impl Fn(char) -> bool) -> Value {
    texts(sheet, LONGEST_WORD, has)
}

fn texts(data: &Value, longest: usize, has: &impl Fn(char) -> bool) -> Value {
    match data {
        Value::String(text) => Value::String(words(text, longest, has)),
        Value::Array(all) => all.iter().map(|one| texts(one, longest, has)).collect(),
        Value::Object(members) => {
            let in_rows = members.get("part").is_some_and(|part| part == "rows");
            let longest = if in_rows {
                LONGEST_WORD_IN_ROWS
            } else {
                longest
            };
            let members = members.iter();
            let printed = members.map(|(name, value)| (name.clone(), texts(value, longest, has)));
            Value::Object(printed.collect())
        }
        other => other.clone(),
    }
}

/// A character that the font has not is named by its code point: on an official
/// paper nothing may disappear. A word too long for a line may break anywhere.
fn words(text: &str, longest: usize, has: &impl Fn(char) -> bool) -> String {
    let mut printed = String::with_capacity(text.len());
    for word in text.split_inclusive(breaks) {
        let long = word.chars().count() > longest;
        for (index, c) in word.chars().filter(|c| !drawn_as_nothing(*c)).enumerate() {
            if long && index > 0 {
                printed.push(BREAK);
            }
            // A cell of a table may have several lines.
            if has(c) || c == '\n' {
                printed.push(c);
            } else {
                printed.push_str(&format!("〔U+{:04X}〕", u32::from(c)));
            }
        }
    }
    printed
}

/// Joiners and selectors of a variant: they shape a neighbour and have no glyph.
fn drawn_as_nothing(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

/// True where a line may end after the character: spaces and Chinese.
fn breaks(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn print(text: &str) -> String {
        words(text, LONGEST_WORD, &|c| c != '😀')
    }

    #[test]
    fn a_character_without_a_glyph_is_named() {
        assert_eq!(print("好😀"), "好〔U+1F600〕");
        assert_eq!(print("好\u{fe0f}"), "好");
        assert_eq!(print("好\n的"), "好\n的");
    }

    #[test]
    fn a_long_word_can_break_and_prose_stays() {
        let link = "https://shop.example/item?id=0123456789";
        let printed = print(link);
        assert_eq!(printed.matches(BREAK).count(), link.len() - 1);
        assert_eq!(printed.replace(BREAK, ""), link);
        let prose = "一 short sentence，用中文写成的一句很长很长很长很长很长很长的话。";
        assert_eq!(print(prose), prose);
    }
}
