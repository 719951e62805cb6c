//! Mainland phone numbers: mobiles of eleven digits, landlines with area code.

use std::fmt;
use std::str::FromStr;

use crate::text::Text;

/// Digits only, without the country code.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Phone(String);

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "a phone number is a mobile of 11 digits (1xx...) or a landline with its area code (0xx...)"
)]
pub struct PhoneError;

impl PhoneError {
    /// The sentence for a person.
    pub fn text(self) -> Text {
        Text::new("code-phone-form")
    }
}

impl Phone {
    /// The number with its middle hidden: first three and last four digits.
    pub fn masked(&self) -> String {
        let hidden = self.0.len().saturating_sub(7);
        format!(
            "{}{}{}",
            &self.0[..3],
            "*".repeat(hidden),
            &self.0[self.0.len() - 4..]
        )
    }
}

impl FromStr for Phone {
    type Err = PhoneError;

    /// Takes spaces and hyphens between the digits, and `+86` before them.
    fn from_str(text: &str) -> Result<Phone, PhoneError> {
        let national = text.trim().strip_prefix("+86").unwrap_or(text.trim());
        let digits: String = national
            .chars()
            .filter(|c| !matches!(c, ' ' | '-'))
            .collect();
        if !digits.bytes().all(|byte| byte.is_ascii_digit()) || text.len() > 24 {
            return Err(PhoneError);
        }
        let mobile = digits.len() == 11 && matches!(digits.as_bytes(), [b'1', b'3'..=b'9', ..]);
        let landline = (10..=12).contains(&digits.len())
            && matches!(digits.as_bytes(), [b'0', b'1'..=b'9', ..]);
        if mobile || landline {
            Ok(Phone(digits))
        } else {
            Err(PhoneError)
        }
    }
}

impl fmt::Display for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

super::text_serde!(Phone);

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_are_kept_as_digits() {
        let written: Phone = "+86 138-0013-8000".parse().unwrap();
        assert_eq!(written.to_string(), "13800138000");
        assert_eq!(written.masked(), "138****8000");
        assert_eq!(
            "027-87654321".parse::<Phone>().unwrap().masked(),
            "027****4321"
        );
    }

    #[test]
    fn other_texts_are_no_numbers() {
        for wrong in [
            "",
            "12345",
            "12800138000",
            "1380013800",
            "138001380001",
            "1380013800x",
        ] {
            assert_eq!(wrong.parse::<Phone>(), Err(PhoneError), "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn printing_and_parsing_are_inverse(number in "1[3-9][0-9]{9}|0[1-9][0-9]{8,10}") {
            let phone: Phone = number.parse().unwrap();
            prop_assert_eq!(phone.to_string().parse(), Ok(phone));
        }
    }
}
