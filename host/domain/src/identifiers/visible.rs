//! What a reader sees of a text. Characters that do not show can turn a sentence
//! round, hide a word or make two names look the same.

use unicode_general_category::{GeneralCategory, get_general_category};

/// True for a character that stands for itself on paper, or is a plain space.
pub fn shows(c: char) -> bool {
    use GeneralCategory::{Control, Format, LineSeparator, ParagraphSeparator, PrivateUse};
    let category = get_general_category(c);
    let hidden = matches!(
        category,
        Control | Format | LineSeparator | ParagraphSeparator | PrivateUse
    );
    !hidden && !is_noncharacter(c)
}

/// True for what leaves a line empty: spaces, what does not show, and the few
/// letters and marks that are drawn as nothing.
pub fn is_blank(c: char) -> bool {
    let drawn_as_nothing = matches!(c,
        '\u{34f}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{2800}' | '\u{3164}'
        | '\u{ffa0}' | '\u{180b}'..='\u{180f}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}');
    c.is_whitespace() || drawn_as_nothing || !shows(c)
}

/// True for the zero-width joiner and non-joiner, which form its neighbours.
pub fn joins(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}')
}

/// The 66 code points that Unicode keeps out of texts for ever.
fn is_noncharacter(c: char) -> bool {
    matches!(c, '\u{fdd0}'..='\u{fdef}') || u32::from(c) & 0xfffe == 0xfffe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_marks_signs_and_spaces_show() {
        for c in [
            '王',
            'a',
            '\u{301}',
            '，',
            ' ',
            '\u{3000}',
            '😀',
            '𠮷',
            '\u{e0100}',
        ] {
            assert!(shows(c), "{c:?}");
        }
    }

    #[test]
    fn a_noncharacter_of_any_plane_does_not_show() {
        for c in [
            '\u{fffe}',
            '\u{ffff}',
            '\u{1fffe}',
            '\u{10ffff}',
            '\u{fdef}',
        ] {
            assert!(!shows(c), "{c:?}");
        }
    }
}
