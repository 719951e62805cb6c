//! Document numbers (发文字号, GB/T 9704-2012, 7.2.5): the issuer's abbreviation, the
//! year in hexagonal brackets, the serial number without leading zeros.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Longest abbreviation, in characters.
const MAX_ISSUER: usize = 30;
const YEARS: std::ops::RangeInclusive<i16> = 1949..=9999;

/// `鄂武昌市监投受〔2026〕12号`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct DocumentNumber {
    issuer: String,
    year: i16,
    serial: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NumberError {
    #[error("a document number is like 鄂武昌市监投受〔2026〕12号")]
    Malformed,
    #[error("the issuer is 1 to {MAX_ISSUER} Chinese or Latin letters")]
    Issuer,
    #[error("the year is between 1949 and 9999")]
    Year,
    #[error("numbers of a year start with 1")]
    Serial,
}

impl DocumentNumber {
    /// `issuer` is the unit's abbreviation with the sign of the kind of document.
    pub fn new(issuer: &str, year: i16, serial: u32) -> Result<DocumentNumber, NumberError> {
        let length = issuer.chars().count();
        if length == 0 || length > MAX_ISSUER || !issuer.chars().all(char::is_alphabetic) {
            return Err(NumberError::Issuer);
        }
        if !YEARS.contains(&year) {
            return Err(NumberError::Year);
        }
        if serial == 0 {
            return Err(NumberError::Serial);
        }
        Ok(DocumentNumber {
            issuer: issuer.to_owned(),
            year,
            serial,
        })
    }

    pub fn issuer(&self) -> &str {
        &self.issuer
    }

    pub fn year(&self) -> i16 {
        self.year
    }

    pub fn serial(&self) -> u32 {
        self.serial
    }
}

impl FromStr for DocumentNumber {
    type Err = NumberError;

    /// Takes the one way of writing, and `第12号` as the forms of 2026 print it.
    fn from_str(text: &str) -> Result<DocumentNumber, NumberError> {
        let parts = || {
            let (issuer, rest) = text.split_once('〔')?;
            let (year, rest) = rest.split_once('〕')?;
            let serial = rest.strip_prefix('第').unwrap_or(rest).strip_suffix('号')?;
            let plain = |digits: &str| digits.bytes().all(|b| b.is_ascii_digit());
            let written = plain(year) && plain(serial) && !serial.starts_with('0');
            written.then_some((issuer, year.parse().ok()?, serial.parse().ok()?))
        };
        let (issuer, year, serial) = parts().ok_or(NumberError::Malformed)?;
        DocumentNumber::new(issuer, year, serial)
    }
}

impl fmt::Display for DocumentNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}〔{}〕{}号", self.issuer, self.year, self.serial)
    }
}

impl TryFrom<String> for DocumentNumber {
    type Error = NumberError;

    fn try_from(text: String) -> Result<DocumentNumber, NumberError> {
        text.parse()
    }
}

impl From<DocumentNumber> for String {
    fn from(number: DocumentNumber) -> String {
        number.to_string()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    #[test]
    fn a_number_is_composed_and_read_back() {
        let number = DocumentNumber::new("鄂武昌市监投受", 2026, 12).unwrap();
        assert_eq!(number.to_string(), "鄂武昌市监投受〔2026〕12号");
        assert_eq!("鄂武昌市监投受〔2026〕12号".parse(), Ok(number.clone()));
        assert_eq!("鄂武昌市监投受〔2026〕第12号".parse(), Ok(number));
    }

    #[rstest]
    #[case("鄂武昌市监投受(2026)12号", NumberError::Malformed)]
    #[case("鄂武昌市监投受〔2026〕012号", NumberError::Malformed)]
    #[case("鄂武昌市监投受〔2026〕+1号", NumberError::Malformed)]
    #[case("鄂武昌市监投受〔2026〕号", NumberError::Malformed)]
    #[case("鄂武昌市监投受〔2026〕99999999999号", NumberError::Malformed)]
    #[case("鄂武昌市监投受〔26〕12号", NumberError::Year)]
    #[case("〔2026〕12号", NumberError::Issuer)]
    #[case("鄂 武〔2026〕12号", NumberError::Issuer)]
    fn what_is_no_number_is_refused(#[case] text: &str, #[case] why: NumberError) {
        assert_eq!(text.parse::<DocumentNumber>(), Err(why));
    }

    proptest! {
        #[test]
        fn every_number_is_read_back(issuer in "[一-龥]{1,30}", year in 1949i16..=9999, serial in 1u32..) {
            let number = DocumentNumber::new(&issuer, year, serial).unwrap();
            prop_assert_eq!(number.to_string().parse(), Ok(number));
        }
    }
}
