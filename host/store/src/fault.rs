//! What is not as it was written, and where.

use std::fmt;

/// Where a fault lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    Case {
        id: String,
    },
    Entry {
        id: String,
        seq: u64,
    },
    /// A version of a plugin.
    Plugin {
        organisation: String,
        digest: String,
    },
    /// The table of all commits.
    Commits,
    /// The work list as a whole.
    Work,
    /// A draw of follow-up visits.
    Draw {
        id: String,
    },
    /// The chain of draws.
    Draws,
}

/// Something that is not as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    pub place: Place,
    pub what: String,
}

impl Fault {
    pub(crate) fn of_case(id: &str, what: impl Into<String>) -> Fault {
        let place = Place::Case { id: id.to_owned() };
        let what = what.into();
        Fault { place, what }
    }

    pub(crate) fn of_entry(id: &str, seq: u64, what: impl Into<String>) -> Fault {
        let id = id.to_owned();
        let place = Place::Entry { id, seq };
        let what = what.into();
        Fault { place, what }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.place {
            Place::Case { id } => write!(f, "case {id}: {}", self.what),
            Place::Entry { id, seq } => write!(f, "case {id} entry {seq}: {}", self.what),
            Place::Plugin {
                organisation,
                digest,
            } => write!(f, "plugin {digest} of {organisation}: {}", self.what),
            Place::Commits => write!(f, "commits: {}", self.what),
            Place::Work => write!(f, "work list: {}", self.what),
            Place::Draw { id } => write!(f, "draw {id}: {}", self.what),
            Place::Draws => write!(f, "draws: {}", self.what),
        }
    }
}
