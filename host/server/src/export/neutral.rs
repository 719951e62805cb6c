//! Texts of strangers in a spreadsheet: a cell that begins like a formula would be
//! run by whoever opens the file.

/// Characters with which a spreadsheet takes a cell for a formula, those of full
/// width too, and the white space it skips before one (OWASP, CSV injection).
const STARTS: [char; 11] = [
    '=', '+', '-', '@', '\t', '\r', '\n', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}',
];

/// The text with an apostrophe before it where it begins like a formula; then a
/// spreadsheet shows it as it is. A program that reads the file takes one
/// apostrophe away where one of these characters follows it.
pub fn neutral(text: String) -> String {
    if text.starts_with(STARTS) {
        format!("'{text}")
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_begins_like_a_formula_is_text() {
        for hostile in [
            "=1+1", "+86", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", "＋1", "－1", "＠a",
        ] {
            assert_eq!(neutral(hostile.to_owned()), format!("'{hostile}"));
        }
        for plain in ["江汉百货", "", "1=1", "a@b", " =1"] {
            assert_eq!(neutral(plain.to_owned()), plain);
        }
    }
}
