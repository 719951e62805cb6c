//! Names of units: an authority carries the code of its division (`420106`), a
//! grassroots station its authority's and a number of its own (`420106-03`).

use std::fmt;
use std::str::FromStr;

use crate::text::Text;

use super::division_code::DivisionCode;

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnitId(String);

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a unit is six digits, and for a station a hyphen and two more")]
pub struct UnitIdError;

impl UnitIdError {
    /// The sentence for a person.
    pub fn text(self) -> Text {
        Text::new("code-unit-form")
    }
}

/// Length of a division's code.
const DIVISION: usize = 6;

impl UnitId {
    /// The authority of a division.
    pub fn of(division: &DivisionCode) -> UnitId {
        UnitId(division.as_str().to_owned())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub fn is_station(&self) -> bool {
        self.0.len() > DIVISION
    }

    /// The authority that acts: a station acts in the name of its county's.
    pub fn authority(&self) -> UnitId {
        UnitId(self.0[..DIVISION].to_owned())
    }
}

impl FromStr for UnitId {
    type Err = UnitIdError;

    fn from_str(text: &str) -> Result<UnitId, UnitIdError> {
        let digits = |part: &str, length| {
            part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit())
        };
        let well_formed = match text.split_once('-') {
            None => digits(text, DIVISION),
            Some((division, number)) => {
                digits(division, DIVISION) && digits(number, 2) && number != "00"
            }
        };
        if well_formed {
            Ok(UnitId(text.to_owned()))
        } else {
            Err(UnitIdError)
        }
    }
}

impl fmt::Display for UnitId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

super::text_serde!(UnitId);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_authority_or_one_of_its_stations() {
        let station: UnitId = "420106-03".parse().unwrap();
        assert!(station.is_station());
        assert_eq!(station.authority(), "420106".parse().unwrap());
        for wrong in [
            "42010",
            "420106-",
            "420106-3",
            "420106-00",
            "420106-a1",
            "４２０１０６",
        ] {
            assert_eq!(wrong.parse::<UnitId>(), Err(UnitIdError), "{wrong}");
        }
    }
}
