//! How a run ended.

use serde::{Deserialize, Serialize};

/// Every end has a name; all but the first go to a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Outcome {
    Answered,
    Trapped {
        why: String,
    },
    OutOfFuel,
    OutOfTime,
    OutOfMemory,
    OutOfTable,
    StackOverflow,
    OutputTooLarge {
        bytes: usize,
    },
    MemoryBlobTooLarge {
        bytes: usize,
    },
    InvalidOutput {
        field: String,
        why: String,
    },
    /// The host could not start the instance: nothing that the plugin did.
    NotStarted {
        why: String,
    },
}

impl Outcome {
    pub fn name(&self) -> &'static str {
        match self {
            Outcome::Answered => "answered",
            Outcome::Trapped { .. } => "trapped",
            Outcome::OutOfFuel => "out_of_fuel",
            Outcome::OutOfTime => "out_of_time",
            Outcome::OutOfMemory => "out_of_memory",
            Outcome::OutOfTable => "out_of_table",
            Outcome::StackOverflow => "stack_overflow",
            Outcome::OutputTooLarge { .. } => "output_too_large",
            Outcome::MemoryBlobTooLarge { .. } => "memory_blob_too_large",
            Outcome::InvalidOutput { .. } => "invalid_output",
            Outcome::NotStarted { .. } => "not_started",
        }
    }

    /// Whether the end is the host's doing and says nothing about the plugin.
    pub fn is_hosts(&self) -> bool {
        matches!(self, Outcome::NotStarted { .. })
    }

    pub fn is_answered(&self) -> bool {
        *self == Outcome::Answered
    }
}
