//! What goes into a run and what comes out, whatever the role.

use serde::{Deserialize, Serialize};

use crate::contract::{Context, Event, MediatorDecision, ResolverDecision, ReviewerDecision};

/// All that a plugin may know. Its canonical JSON (RFC 8785) is the recorded input.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Input {
    pub context: Context,
    pub event: Event,
}

/// What a plugin of one of the three roles answers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Decision {
    Resolver(ResolverDecision),
    Reviewer(ReviewerDecision),
    Mediator(MediatorDecision),
}

impl Decision {
    /// The memory the plugin wants back next time.
    pub fn memory(&self) -> &[u8] {
        match self {
            Decision::Resolver(decision) => &decision.memory,
            Decision::Reviewer(decision) => &decision.memory,
            Decision::Mediator(decision) => &decision.memory,
        }
    }

    pub fn reasons(&self) -> &[crate::contract::Reason] {
        match self {
            Decision::Resolver(decision) => &decision.reasons,
            Decision::Reviewer(decision) => &decision.reasons,
            Decision::Mediator(decision) => &decision.reasons,
        }
    }

    /// How many actions there are.
    pub fn actions(&self) -> usize {
        match self {
            Decision::Resolver(decision) => decision.actions.len(),
            Decision::Reviewer(decision) => decision.actions.len(),
            Decision::Mediator(decision) => decision.actions.len(),
        }
    }
}
