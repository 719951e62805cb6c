//! Resident identity numbers (GB 11643-1999): division, day of birth, serial and a check
//! character (ISO 7064, MOD 11-2). A number is read, turned into a token and forgotten:
//! it has no way into JSON, a log or an error.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;

use crate::text::Text;

/// 2^(18-i) mod 11 for positions 1 to 17.
const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
/// The check character by the weighted sum modulo 11.
const CHECKS: &[u8; 11] = b"10X98765432";

#[derive(Clone, PartialEq, Eq)]
pub struct ResidentId(String);

/// What is wrong; never the number, nor a part of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ResidentIdError {
    #[error("a resident identity number has 17 digits and a check character")]
    Form,
    #[error("positions 7 to 14 are no day of the calendar")]
    Birth,
    #[error("the check character does not fit")]
    Check,
}

impl ResidentIdError {
    /// The sentence for a person.
    pub fn text(self) -> Text {
        Text::new(match self {
            ResidentIdError::Form => "invalid-resident-id-form",
            ResidentIdError::Birth => "invalid-resident-id-birth",
            ResidentIdError::Check => "invalid-resident-id-check",
        })
    }
}

impl ResidentId {
    /// For the token, and for who verifies.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl FromStr for ResidentId {
    type Err = ResidentIdError;

    /// Takes a small `x` for the check character.
    fn from_str(text: &str) -> Result<ResidentId, ResidentIdError> {
        let number = text.to_ascii_uppercase();
        let bytes = number.as_bytes();
        let digits = bytes.len() == 18 && bytes[..17].iter().all(u8::is_ascii_digit);
        if !digits || !CHECKS.contains(&bytes[17]) {
            return Err(ResidentIdError::Form);
        }
        birth(&number).ok_or(ResidentIdError::Birth)?;
        let weighed = bytes.iter().zip(WEIGHTS);
        let sum: u32 = weighed
            .map(|(digit, weight)| u32::from(digit - b'0') * weight)
            .sum();
        match CHECKS.get(sum as usize % CHECKS.len()) {
            Some(check) if *check == bytes[17] => Ok(ResidentId(number)),
            _ => Err(ResidentIdError::Check),
        }
    }
}

fn birth(number: &str) -> Option<Date> {
    let part = |from: usize, to: usize| number.get(from..to)?.parse::<i16>().ok();
    let (month, day) = (part(10, 12)?, part(12, 14)?);
    Date::new(
        part(6, 10)?,
        i8::try_from(month).ok()?,
        i8::try_from(day).ok()?,
    )
    .ok()
}

/// A number never reaches a log.
impl fmt::Debug for ResidentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ResidentId(hidden)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the standard.
    const KNOWN: &str = "11010519491231002X";

    fn fault(text: &str) -> Option<ResidentIdError> {
        text.parse::<ResidentId>().err()
    }

    #[test]
    fn a_number_is_taken_by_its_check_character() {
        assert_eq!(fault(KNOWN), None);
        assert_eq!(fault("440524188001010014"), None);
        assert_eq!(fault("11010519491231002x"), None);
        for other in "0123456789".chars() {
            let wrong = KNOWN.replace('X', &other.to_string());
            assert_eq!(fault(&wrong), Some(ResidentIdError::Check), "{other}");
        }
        let turned = "11010519491213002X";
        assert_eq!(fault(turned), Some(ResidentIdError::Check));
    }

    #[test]
    fn it_has_its_form_and_a_day_of_birth() {
        for wrong in [
            "",
            "1101051949123100",
            "1101051949123100２X",
            "A1010519491231002X",
        ] {
            assert_eq!(fault(wrong), Some(ResidentIdError::Form), "{wrong}");
        }
        assert_eq!(fault("110105194902300020"), Some(ResidentIdError::Birth));
        assert_eq!(fault("110105194913010020"), Some(ResidentIdError::Birth));
    }

    #[test]
    fn nothing_of_it_shows() {
        let number: ResidentId = KNOWN.parse().unwrap();
        assert_eq!(format!("{number:?}"), "ResidentId(hidden)");
    }
}
