//! What is wrong with a document, and where.

use std::fmt;

use crate::number::NumberError;

/// One thing at fault.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{pointer}: {kind}")]
pub struct Fault {
    /// A JSON Pointer (RFC 6901) into the document, such as `/values/reason`.
    pub pointer: String,
    pub kind: FaultKind,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FaultKind {
    #[error("is required")]
    Missing,
    #[error("is no field of this form")]
    Unknown,
    #[error("is not {wanted}")]
    WrongType { wanted: &'static str },
    #[error("is longer than {max} characters")]
    TooLong { max: usize },
    #[error("has more than {max} rows")]
    TooMany { max: usize },
    /// Counted in characters from 0.
    #[error("has a character at {at} that does not show on paper")]
    DoesNotShow { at: usize },
    #[error("is not written as {wanted}")]
    Malformed { wanted: &'static str },
    #[error("is beyond what the form can hold")]
    OutOfRange,
    #[error("is no choice of the form")]
    NoChoice,
    #[error("is chosen twice")]
    Repeated,
    #[error("{0}")]
    Number(NumberError),
    #[error("the document is of another form than {wanted}")]
    OtherForm { wanted: String },
}

/// All faults of a document, in the order of its form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Faults(pub Vec<Fault>);

impl std::error::Error for Faults {}

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let all: Vec<String> = self.0.iter().map(Fault::to_string).collect();
        f.write_str(&all.join("; "))
    }
}

impl Fault {
    pub(crate) fn new(pointer: &str, kind: FaultKind) -> Fault {
        Fault {
            pointer: pointer.to_owned(),
            kind,
        }
    }
}

/// The pointer of a member; `~` and `/` in its name are escaped.
pub(super) fn below(pointer: &str, member: &str) -> String {
    format!("{pointer}/{}", member.replace('~', "~0").replace('/', "~1"))
}
