//! Case numbers: `HJ`, the day of receipt as `yymmdd`, eight characters that no
//! outsider can guess, and a check character, so that a slip on the phone shows.
//!
//! The eight are Crockford Base32 (no I, L, O, U); the check is ISO/IEC 7064
//! MOD 37-2 over all that follows `HJ`. Written in groups: `HJ-260518-7K3M9QAB-4`.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;

use crate::text::Text;

const BASE32: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Check characters of ISO/IEC 7064 MOD 37-2, in the order of their values.
const CHECKS: &[u8; 37] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ*";

#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CaseNumber(String);

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CaseNumberError {
    #[error("a case number is like HJ-260518-7K3M9QAB-4")]
    Malformed,
    #[error("the case number's check character does not fit: a character is wrong")]
    Check,
    #[error("the case number's date {0} is no day of the calendar")]
    Date(String),
}

impl CaseNumberError {
    /// The sentence for a person.
    pub fn text(&self) -> Text {
        match self {
            CaseNumberError::Malformed => Text::new("code-case-number-form"),
            CaseNumberError::Check => Text::new("code-case-number-check"),
            CaseNumberError::Date(date) => {
                Text::new("code-case-number-date").arg("date", date.as_str())
            }
        }
    }
}

impl CaseNumber {
    /// The number of a case received on `day`; the lowest 40 bits of `entropy` count.
    /// One whose check character would be `*` gives way to the next: nobody says a
    /// star on the telephone, and no file is named by one.
    pub fn compose(day: Date, entropy: u64) -> CaseNumber {
        let (year, month, day) = (day.year() % 100, day.month(), day.day());
        let mut entropy = entropy;
        loop {
            let body = format!("{year:02}{month:02}{day:02}{}", base32(entropy));
            match check_character(&body) {
                '*' => entropy = entropy.wrapping_add(1),
                check => return CaseNumber(format!("{body}{check}")),
            }
        }
    }
}

fn base32(entropy: u64) -> String {
    let groups = (0..8).rev().map(|group| entropy >> (group * 5) & 31);
    groups
        .map(|value| char::from(BASE32[value as usize]))
        .collect()
}

/// ISO/IEC 7064: hybrid-free pure system, modulus 37, radix 2.
fn check_character(body: &str) -> char {
    let fold = |sum: usize, byte: u8| (sum + value(byte)) * 2 % 37;
    let sum = body.bytes().fold(0, fold);
    char::from(CHECKS[(38 - sum) % 37])
}

fn value(byte: u8) -> usize {
    CHECKS.iter().position(|known| *known == byte).unwrap_or(0)
}

/// Whether six digits are a day of this century, as `yymmdd`.
fn is_date(digits: &str) -> bool {
    let (year, rest) = digits.split_at(2);
    let (month, day) = rest.split_at(2);
    crate::day::parse(&format!("20{year}-{month}-{day}")).is_ok()
}

impl FromStr for CaseNumber {
    type Err = CaseNumberError;

    /// Takes the number in any grouping and case.
    fn from_str(text: &str) -> Result<CaseNumber, CaseNumberError> {
        if text.len() > 32 {
            return Err(CaseNumberError::Malformed);
        }
        let plain: String = text
            .chars()
            .filter(|c| *c != '-')
            .map(|c| c.to_ascii_uppercase())
            .collect();
        let rest = plain
            .strip_prefix("HJ")
            .filter(|rest| rest.is_ascii() && rest.len() == 15);
        let rest = rest.ok_or(CaseNumberError::Malformed)?;
        let (body, check) = rest.split_at(14);
        let (day, random) = body.split_at(6);
        let well_formed = day.bytes().all(|byte| byte.is_ascii_digit())
            && random.bytes().all(|byte| BASE32.contains(&byte));
        if !well_formed {
            return Err(CaseNumberError::Malformed);
        }
        if !check.starts_with(check_character(body)) {
            return Err(CaseNumberError::Check);
        }
        if !is_date(day) {
            return Err(CaseNumberError::Date(day.to_owned()));
        }
        Ok(CaseNumber(rest.to_owned()))
    }
}

impl fmt::Display for CaseNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "HJ-{}-{}-{}",
            &self.0[..6],
            &self.0[6..14],
            &self.0[14..]
        )
    }
}

impl fmt::Debug for CaseNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CaseNumber({self})")
    }
}

super::text_serde!(CaseNumber);

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    #[test]
    fn the_check_is_the_standards() {
        // ISO/IEC 7064 MOD 37-2, the worked example of blood donation numbers (ISBT 128).
        assert_eq!(check_character("G123498654321"), 'H');
    }

    #[test]
    fn a_number_is_read_as_people_write_it() {
        let number = CaseNumber::compose(date(2026, 5, 18), 0x12_3456_789A);
        let written = number.to_string();
        assert_eq!(
            written.to_lowercase().replace('-', "").parse(),
            Ok(number.clone())
        );
        assert!(written.starts_with("HJ-260518-"));
    }

    #[test]
    fn a_date_that_never_comes_is_no_date_of_a_case() {
        for day in ["999999", "260230", "261301", "260500"] {
            let body = format!("{day}00000000");
            let number = format!("HJ{body}{}", check_character(&body));
            assert_eq!(
                number.parse::<CaseNumber>(),
                Err(CaseNumberError::Date(day.to_owned()))
            );
        }
    }

    proptest! {
        #[test]
        fn printing_and_parsing_are_inverse_and_one_slip_shows(entropy: u64, at in 0usize..14) {
            let number = CaseNumber::compose(date(2026, 11, 23), entropy);
            prop_assert_eq!(number.to_string().parse(), Ok(number.clone()));
            prop_assert!(!number.to_string().contains('*'));
            let mut slip = number.0.clone().into_bytes();
            slip[at] = if slip[at] == b'7' { b'8' } else { b'7' };
            let slip = format!("HJ{}", String::from_utf8(slip).unwrap());
            prop_assert_eq!(slip.parse::<CaseNumber>(), Err(CaseNumberError::Check));
        }
    }
}
