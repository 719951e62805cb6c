//! Six-digit codes of administrative divisions (GB/T 2260): province, prefecture
//! and county take two digits each; `000000` stands for the national tier.

use std::fmt;
use std::str::FromStr;

use crate::text::Text;

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DivisionCode(String);

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a division code has six digits")]
pub struct DivisionCodeError;

impl DivisionCodeError {
    /// The sentence for a person.
    pub fn text(&self) -> Text {
        Text::new("code-division-form")
    }
}

impl DivisionCode {
    /// The national tier, above all provinces.
    pub fn national() -> DivisionCode {
        DivisionCode("000000".to_owned())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether its first two digits are those of a province, an autonomous region, a
    /// municipality or a special administrative region (GB/T 2260).
    pub fn is_of_a_province(&self) -> bool {
        const PROVINCES: [&str; 34] = [
            "11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36",
            "37", "41", "42", "43", "44", "45", "46", "50", "51", "52", "53", "54", "61", "62",
            "63", "64", "65", "71", "81", "82",
        ];
        PROVINCES.contains(&&self.0[..2])
    }

    /// The province: `42` and four zeros for all of Hubei.
    pub fn province(&self) -> DivisionCode {
        DivisionCode(format!("{}0000", &self.0[..2]))
    }
}

impl FromStr for DivisionCode {
    type Err = DivisionCodeError;

    fn from_str(text: &str) -> Result<DivisionCode, DivisionCodeError> {
        let well_formed = text.len() == 6 && text.bytes().all(|byte| byte.is_ascii_digit());
        if well_formed {
            Ok(DivisionCode(text.to_owned()))
        } else {
            Err(DivisionCodeError)
        }
    }
}

impl fmt::Display for DivisionCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

super::text_serde!(DivisionCode);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn six_digits_and_nothing_else() {
        let wuchang: DivisionCode = "420106".parse().unwrap();
        assert_eq!(wuchang.province().as_str(), "420000");
        for wrong in ["42010", "4201066", "42010a", "４２０１０６", ""] {
            assert_eq!(
                wrong.parse::<DivisionCode>(),
                Err(DivisionCodeError),
                "{wrong}"
            );
        }
    }
}
