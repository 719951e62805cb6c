//! Unified social credit codes (GB 32100-2015): 18 characters, the organisation
//! code with its own check in positions 9 to 17, a check over all in 18.

use std::fmt;
use std::str::FromStr;

use super::organisation_code;
use crate::text::Text;

/// Digits and capitals without I, O, S, V, Z; a character's value is its index.
const ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
/// 3^(i-1) mod 31 for positions 1 to 17.
const WEIGHTS: [usize; 17] = [
    1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28,
];

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CreditCode(String);

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CreditCodeError {
    #[error("a unified social credit code has 18 characters, this has {0}")]
    Length(usize),
    #[error("position {position} holds {found:?}, which the code does not use")]
    Character { position: usize, found: char },
    #[error("position {position} holds the small letter {found:?}: write the code in capitals")]
    SmallLetter { position: usize, found: char },
    #[error("positions 3 to 8 are the division of registration: six digits")]
    Division,
    #[error("the organisation code in positions 9 to 17 ends in {found} where {expected} is right")]
    OrganisationCheck { expected: char, found: char },
    #[error("the check character is {found} where {expected} is right")]
    Check { expected: char, found: char },
}

impl CreditCodeError {
    /// The sentence for a person.
    pub fn text(&self) -> Text {
        match self {
            CreditCodeError::Length(length) => {
                Text::new("code-credit-length").arg("length", *length as u64)
            }
            CreditCodeError::Character { position, found } => Text::new("code-credit-character")
                .arg("position", *position as u64)
                .arg("found", found.escape_debug().to_string()),
            CreditCodeError::SmallLetter { position, found } => Text::new("code-small-letter")
                .arg("position", *position as u64)
                .arg("found", found.to_string()),
            CreditCodeError::Division => Text::new("code-credit-division"),
            CreditCodeError::OrganisationCheck { expected, found } => {
                checked("code-credit-organisation-check", *expected, *found)
            }
            CreditCodeError::Check { expected, found } => checked("code-check", *expected, *found),
        }
    }
}

/// A sentence on a check character.
pub(super) fn checked(id: &str, expected: char, found: char) -> Text {
    Text::new(id)
        .arg("expected", expected.to_string())
        .arg("found", found.to_string())
}

fn value(character: u8) -> Option<usize> {
    ALPHABET.iter().position(|known| *known == character)
}

/// The check character over 17 leading characters.
fn check_character(leading: &[u8]) -> Option<char> {
    let mut sum = 0;
    for (byte, weight) in leading.iter().zip(WEIGHTS) {
        sum += value(*byte)? * weight;
    }
    Some(char::from(ALPHABET[(31 - sum % 31) % 31]))
}

impl FromStr for CreditCode {
    type Err = CreditCodeError;

    fn from_str(text: &str) -> Result<CreditCode, CreditCodeError> {
        let length = text.chars().count();
        if length != 18 {
            return Err(CreditCodeError::Length(length));
        }
        for (index, found) in text.chars().enumerate() {
            let known = u8::try_from(found).ok().and_then(value).is_some();
            let position = index + 1;
            if found.is_ascii_lowercase() {
                return Err(CreditCodeError::SmallLetter { position, found });
            }
            if !known {
                return Err(CreditCodeError::Character { position, found });
            }
        }
        let bytes = text.as_bytes();
        if !bytes[2..8].iter().all(u8::is_ascii_digit) {
            return Err(CreditCodeError::Division);
        }
        check_organisation(bytes)?;
        let found = char::from(bytes[17]);
        match check_character(&bytes[..17]) {
            Some(expected) if expected != found => Err(CreditCodeError::Check { expected, found }),
            _ => Ok(CreditCode(text.to_owned())),
        }
    }
}

fn check_organisation(bytes: &[u8]) -> Result<(), CreditCodeError> {
    let found = char::from(bytes[16]);
    match organisation_code::check_character(&bytes[8..16]) {
        Some(expected) if expected != found => {
            Err(CreditCodeError::OrganisationCheck { expected, found })
        }
        _ => Ok(()),
    }
}

impl fmt::Display for CreditCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

super::text_serde!(CreditCode);

/// Builds the code of a registration: for data that must be valid, such as demos.
pub fn compose(registration: &str, organisation: &str) -> Option<CreditCode> {
    let organisation = format!(
        "{organisation}{}",
        organisation_code::check_character(organisation.as_bytes())?
    );
    let leading = format!("{registration}{organisation}");
    let check = check_character(leading.as_bytes())?;
    format!("{leading}{check}").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    #[rstest]
    #[case("91350100M000100Y43")]
    #[case("91512081MA62K0260E")]
    #[case("9111000071093123XX")]
    #[case("91110108551385082Q")]
    fn published_codes_are_valid(#[case] code: &str) {
        assert_eq!(code.parse::<CreditCode>().unwrap().to_string(), code);
    }

    #[rstest]
    #[case("91350100M000100Y4Z", CreditCodeError::Character { position: 18, found: 'Z' })]
    #[case("91350100M000100Y44", CreditCodeError::Check { expected: '3', found: '4' })]
    #[case("91110108551385083Q", CreditCodeError::OrganisationCheck { expected: '2', found: '3' })]
    #[case("9135010", CreditCodeError::Length(7))]
    #[case("91350100m000100Y43", CreditCodeError::SmallLetter { position: 9, found: 'm' })]
    #[case("91350100M000100Y4\n", CreditCodeError::Character { position: 18, found: '\n' })]
    #[case("91A50100M000100Y43", CreditCodeError::Division)]
    fn a_wrong_code_says_what_is_wrong(#[case] code: &str, #[case] fault: CreditCodeError) {
        assert_eq!(code.parse::<CreditCode>(), Err(fault));
    }

    proptest! {
        #[test]
        fn a_composed_code_is_valid_and_any_changed_digit_is_not(
            division in "[0-9]{6}", organisation in "[0-9A-HJ-NPQRTUWXY]{8}", at in 0usize..17,
        ) {
            let code = compose(&format!("91{division}"), &organisation);
            prop_assume!(code.is_some());
            let code = code.unwrap().to_string();
            let mut changed = code.clone().into_bytes();
            changed[at] = if changed[at] == b'1' { b'2' } else { b'1' };
            let changed = String::from_utf8(changed).unwrap();
            prop_assert!(changed.parse::<CreditCode>().is_err());
        }
    }
}
