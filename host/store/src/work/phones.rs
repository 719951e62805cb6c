//! Telephone numbers, found by any part of them that is long enough: they are indexed by
//! every few digits that follow one another.

use hejie_domain::words::{Token, phrases};

use super::marks;

/// Digits of each piece, and the fewest that a number is looked for by. With pairs, a word
/// of two digits would be in every tenth number.
const PIECE: usize = 4;

/// What is indexed of numbers that are digits alone.
pub(crate) fn tokens(phones: &[String]) -> Vec<Token> {
    let pieces = phones.iter().flat_map(|phone| pieces(phone));
    pieces
        .map(|text| Token {
            text,
            in_sequence: true,
        })
        .collect()
}

/// What a number must have for this to be a part of it; `None` where it is no number, or too
/// short. Signs between digits do not count.
pub(crate) fn sought(text: &str) -> Option<Vec<String>> {
    let digits = phrases(text).concat().concat();
    Some(pieces(&digits)).filter(|pieces| !pieces.is_empty())
}

fn pieces(digits: &str) -> Vec<String> {
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Vec::new();
    }
    let pieces = digits.as_bytes().windows(PIECE);
    pieces
        .map(|piece| marks::phone(&String::from_utf8_lossy(piece)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_cut_into_pieces_and_looked_for_by_those_of_a_part() {
        let tokens = tokens(&["13912345".to_owned()]);
        let texts: Vec<&str> = tokens.iter().map(|token| &*token.text).collect();
        assert_eq!(texts, ["t:1391", "t:3912", "t:9123", "t:1234", "t:2345"]);
        let part = |text| sought(text).unwrap_or_default();
        assert_eq!(part("91234"), ["t:9123", "t:1234"]);
        assert_eq!(part("91-23４"), ["t:9123", "t:1234"]);
        for other in ["912", "", "9123a", "退9123", "-"] {
            assert_eq!(sought(other), None, "{other}");
        }
    }
}
