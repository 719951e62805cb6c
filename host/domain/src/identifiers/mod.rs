//! The identifiers of the field: each parses, checks and prints itself.

pub mod case_number;
pub mod credit_code;
pub mod digest;
pub mod division_code;
pub mod organisation_code;
pub mod person_name;
pub mod phone;
pub mod resident_id;
pub mod unit_id;
pub mod visible;

/// Serde as text through `FromStr` and `Display`.
macro_rules! text_serde {
    ($name:ty) => {
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
                let read: Result<$name, _> = text.parse();
                read.map_err(|fault| serde::de::Error::custom(fault.text().to_carry()))
            }
        }
    };
}
use text_serde;
