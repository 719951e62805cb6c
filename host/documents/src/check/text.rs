//! What a text may hold: characters that show on paper. Others can turn a sentence
//! round, hide a word or make two names look the same.

use unicode_general_category::{GeneralCategory, get_general_category};

use super::FaultKind;

/// One line of text.
pub(super) fn line(text: &str, max: usize) -> Result<(), FaultKind> {
    check(text, max, |_| false)
}

/// Text of several lines.
pub(super) fn prose(text: &str, max: usize) -> Result<(), FaultKind> {
    check(text, max, |c| matches!(c, '\n' | '\r' | '\t'))
}

/// True where nobody wrote anything.
pub(super) fn blank(text: &str) -> bool {
    text.chars().all(char::is_whitespace)
}

fn check(text: &str, max: usize, allowed: impl Fn(char) -> bool) -> Result<(), FaultKind> {
    if text.chars().count() > max {
        return Err(FaultKind::TooLong { max });
    }
    let hidden = |c: char| !(shows(c) || joins(c) || allowed(c));
    match text.chars().position(hidden) {
        Some(at) => Err(FaultKind::DoesNotShow { at }),
        None => Ok(()),
    }
}

fn shows(c: char) -> bool {
    use GeneralCategory::{Control, Format, LineSeparator, ParagraphSeparator, PrivateUse};
    let category = get_general_category(c);
    let hidden = matches!(
        category,
        Control | Format | LineSeparator | ParagraphSeparator | PrivateUse
    );
    !hidden && !is_noncharacter(c)
}

/// The zero-width joiners, which some scripts and emoji are written with.
fn joins(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}')
}

/// The 66 code points that Unicode keeps out of texts for ever.
fn is_noncharacter(c: char) -> bool {
    matches!(c, '\u{fdd0}'..='\u{fdef}') || u32::from(c) & 0xfffe == 0xfffe
}
