//! Organisation codes: eight characters and a check character (GB 11714-1997).

use std::fmt;
use std::str::FromStr;

use crate::text::Text;

/// Positional weights of the eight leading characters.
const WEIGHTS: [u32; 8] = [3, 7, 9, 10, 5, 8, 4, 2];

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OrganisationCode(String);

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OrganisationCodeError {
    #[error("an organisation code has 9 characters, 0-9 and A-Z; the last is a digit or X")]
    Malformed,
    #[error("position {position} holds the small letter {found:?}: write the code in capitals")]
    SmallLetter { position: usize, found: char },
    #[error("the check character is {found} where {expected} is right")]
    Check { expected: char, found: char },
}

impl OrganisationCodeError {
    /// The sentence for a person.
    pub fn text(&self) -> Text {
        match self {
            OrganisationCodeError::Malformed => Text::new("code-organisation-form"),
            OrganisationCodeError::SmallLetter { position, found } => {
                Text::new("code-small-letter")
                    .arg("position", *position as u64)
                    .arg("found", found.to_string())
            }
            OrganisationCodeError::Check { expected, found } => {
                super::credit_code::checked("code-check", *expected, *found)
            }
        }
    }
}

/// The check character of eight leading characters; `None` where one is not 0-9, A-Z.
pub(super) fn check_character(leading: &[u8]) -> Option<char> {
    let mut sum = 0;
    for (byte, weight) in leading.iter().zip(WEIGHTS) {
        sum += char::from(*byte)
            .to_digit(36)
            .filter(|_| !byte.is_ascii_lowercase())?
            * weight;
    }
    match 11 - sum % 11 {
        10 => Some('X'),
        11 => Some('0'),
        value => char::from_digit(value, 10),
    }
}

impl FromStr for OrganisationCode {
    type Err = OrganisationCodeError;

    /// Takes the nine characters, with or without the hyphen before the check.
    fn from_str(text: &str) -> Result<Self, OrganisationCodeError> {
        let plain: String = text.chars().filter(|c| *c != '-').collect();
        let hyphens = text.len() - plain.len();
        let hyphenated = hyphens == 1 && text.as_bytes().get(8) == Some(&b'-');
        if plain.len() != 9 || !plain.is_ascii() || !(hyphens == 0 || hyphenated) {
            return Err(OrganisationCodeError::Malformed);
        }
        let mut characters = plain.chars().enumerate();
        if let Some((index, found)) = characters.find(|(_, c)| c.is_ascii_lowercase()) {
            let position = index + 1;
            return Err(OrganisationCodeError::SmallLetter { position, found });
        }
        let found = plain
            .chars()
            .next_back()
            .filter(|c| c.is_ascii_digit() || *c == 'X');
        let found = found.ok_or(OrganisationCodeError::Malformed)?;
        let expected =
            check_character(&plain.as_bytes()[..8]).ok_or(OrganisationCodeError::Malformed)?;
        if found != expected {
            return Err(OrganisationCodeError::Check { expected, found });
        }
        Ok(OrganisationCode(plain))
    }
}

/// With the hyphen, as certificates print it.
impl fmt::Display for OrganisationCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", &self.0[..8], &self.0[8..])
    }
}

super::text_serde!(OrganisationCode);

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_known_code_is_right_and_its_neighbour_is_not() {
        assert!("55138508-2".parse::<OrganisationCode>().is_ok());
        assert_eq!(
            "551385083".parse::<OrganisationCode>(),
            Err(OrganisationCodeError::Check {
                expected: '2',
                found: '3'
            })
        );
        assert_eq!(
            "5513-85082".parse::<OrganisationCode>(),
            Err(OrganisationCodeError::Malformed)
        );
        assert_eq!(
            "55138508é".parse::<OrganisationCode>(),
            Err(OrganisationCodeError::Malformed)
        );
        assert_eq!(
            "5513850x2".parse::<OrganisationCode>(),
            Err(OrganisationCodeError::SmallLetter {
                position: 8,
                found: 'x'
            })
        );
    }

    proptest! {
        #[test]
        fn printing_and_parsing_are_inverse(leading in "[0-9A-Z]{8}") {
            let check = check_character(leading.as_bytes()).unwrap();
            let code: OrganisationCode = format!("{leading}{check}").parse().unwrap();
            prop_assert_eq!(code.to_string().parse(), Ok(code));
        }
    }
}
