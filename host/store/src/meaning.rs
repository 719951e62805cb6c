//! What the store must be told of entries, because it does not know what they mean.

use hejie_domain::identifiers::digest::Digest;

use crate::cases::CaseRow;
use crate::entry::Entry;

/// What entries mean to who wrote them.
pub trait Meaning: Send + Sync {
    /// The projection that all of a case's entries lead to, or why they do not.
    fn fold(&self, case_id: &str, entries: &[Entry]) -> Result<CaseRow, String>;

    /// What an entry names that lies elsewhere in the store.
    fn names(&self, entry: &Entry) -> Names;
}

/// Things named by their digests.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Names {
    /// Attachments of the case, with their media types.
    pub documents: Vec<(Digest, &'static str)>,
    /// Plugin versions.
    pub components: Vec<Digest>,
    /// Tokens of persons whose names are kept apart.
    pub persons: Vec<String>,
}
