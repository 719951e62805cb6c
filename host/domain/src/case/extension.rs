//! A period that is to be extended, if whoever may approve it does.

use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExtensionRequest {
    pub clock: u32,
    pub reason: String,
    /// Who asked: another decides.
    pub by: String,
}
