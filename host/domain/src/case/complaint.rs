//! The complaint that an escalated case became, at the unit with handling power.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::actor::Actor;
use super::correction::Correction;
use super::filing::Consents;
use super::mediation::{Ending, Mediation, Notice};
use super::moves::{HandlingDispute, MaterialRequest, Move};
use super::phase::Phase;
use super::representation::Mandate;
use super::transfer::Transfer;
use crate::identifiers::case_number::CaseNumber;
use crate::identifiers::digest::Digest;
use crate::identifiers::unit_id::UnitId;
use crate::jurisdiction::Jurisdiction;

/// Why a case went to the regulator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EscalationCause {
    /// The consumer asked.
    Wish,
    /// The negotiation clock ran out, and she had said she wants it then.
    Expiry,
    /// A plugin proposed it and she agreed.
    Proposal,
    /// It came straight to the authority and was never negotiated here.
    Direct,
    /// Another authority transferred the file.
    Transfer,
}

/// What the consumer says when she hands her case over: the contents that Order
/// 121 art. 10 wants and her filing may not have had.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct EscalationRequest {
    /// Absent: as in the filing.
    #[serde(default)]
    pub consents: Option<Consents>,
    #[serde(default)]
    pub reason: Option<String>,
    /// Her address; needed where the filing has none.
    #[serde(default)]
    pub consumer_address: Option<String>,
    /// The respondent's address; needed where the filing has none.
    #[serde(default)]
    pub respondent_address: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Complaint {
    pub cause: EscalationCause,
    /// The unit that handles it.
    pub unit: UnitId,
    pub received_on: Date,
    /// The procedure version in force on the day of receipt.
    pub procedure: String,
    pub jurisdiction: Jurisdiction,
    /// The sealed dossier, once it is attached.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dossier: Option<Digest>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<ComplaintDecision>,
    /// That the complainant was told of the decision.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub told: Option<Notice>,
    /// Its way between units, the latest step last.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub moves: Vec<Move>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dispute: Option<HandlingDispute>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub material: Option<MaterialRequest>,
    /// What was asked for before that.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub earlier_material: Vec<MaterialRequest>,
    /// Who was named agent meanwhile, and that one was dismissed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub agents: Vec<AgentNamed>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mediation: Option<Mediation>,
    /// To other authorities, the latest last.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub transfers: Vec<Transfer>,
    /// What was found of the grounds for refusal, ground by ground.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub weighed: Vec<WeighedGround>,
    /// How often it was handled once more.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub reopenings: u32,
    /// What its authority decided or recorded, and took back: each had it handled once more.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub revoked: Vec<Revoked>,
    /// Complaints of the same dispute that were merged into it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub taken_in: Vec<TakenIn>,
    /// The complaint into which it was merged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub merged_into: Option<CaseNumber>,
    /// The ends that a follow-up visit had handled once more.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub redone: Vec<Redone>,
    /// What was put right of the parties.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub corrected: Vec<Corrected>,
}

fn is_zero(count: &u32) -> bool {
    *count == 0
}

impl Complaint {
    /// Whether a ground applies, as far as that was found.
    pub fn applies(&self, ground: &str) -> Option<bool> {
        let mut weighed = self.weighed.iter();
        weighed.find(|it| it.ground == ground)?.finding.applies
    }

    /// The ground on which it was refused, or its mediation terminated.
    pub fn ground(&self) -> Option<&str> {
        let ending = self.mediation.as_ref().and_then(|it| it.ending.as_ref());
        match (&self.decision, ending) {
            (_, Some(Ending::Terminated { ground, .. }))
            | (Some(ComplaintDecision::Refused { ground, .. }), _) => Some(ground),
            _ => None,
        }
    }

    /// Who refused it, or terminated its mediation, and why.
    pub fn ended_by(&self) -> Option<(&Actor, Option<&str>)> {
        let ending = self.mediation.as_ref().and_then(|it| it.ending.as_ref());
        match (&self.decision, ending) {
            (_, Some(Ending::Terminated { by, reason, .. })) => Some((by, reason.as_deref())),
            (Some(ComplaintDecision::Refused { by, reason, .. }), _) => Some((by, Some(reason))),
            _ => None,
        }
    }

    /// How often a follow-up visit had it handled once more.
    pub fn visited_again(&self) -> u32 {
        let revoked = u32::try_from(self.revoked.len()).unwrap_or(u32::MAX);
        self.reopenings.saturating_sub(revoked)
    }

    /// The unit handles it, or another says that this one should.
    pub fn is_of(&self, unit: &UnitId) -> bool {
        self.unit == *unit || self.dispute.as_ref().is_some_and(|it| it.with == *unit)
    }
}

/// The same dispute, as it stood under another number.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TakenIn {
    pub at: Timestamp,
    pub by: Actor,
    pub from: CaseNumber,
    pub statement: String,
}

/// An end that was not the last.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Redone {
    /// When it was handled once more.
    pub at: Timestamp,
    /// When it had ended; older projections do not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended_at: Option<Timestamp>,
    /// The ground it had, where it had one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ground: Option<String>,
    /// Who had ended it, and why; none where the parties did, or time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<Actor>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Whether it was a refusal; else the end of a mediation.
    pub refused: bool,
}

/// A decision that no longer stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Revoked {
    pub at: Timestamp,
    pub by: Actor,
    pub reason: String,
    /// The phase it had led to.
    pub phase: Phase,
    /// The ground it had, where it had one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ground: Option<String>,
}

/// That another agent acts from then on, by another power, or none.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AgentNamed {
    pub at: Timestamp,
    pub by: Actor,
    /// By which power he acts now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub now: Option<Mandate>,
    /// Who acted until then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
}

/// That something of the parties was put right.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Corrected {
    pub at: Timestamp,
    pub by: Actor,
    pub reason: String,
    /// What was replaced, as it was; nothing where there was nothing.
    #[serde(default)]
    pub before: Correction,
}

/// What an officer found of a ground for refusal (Order 121 art. 16).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct GroundFinding {
    /// Absent where it is still to be seen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub applies: Option<bool>,
    pub reason: String,
    /// Numbers of the evidence that speaks for the ground.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub speaks_for: Vec<u32>,
    /// Numbers of the evidence that speaks against it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub speaks_against: Vec<u32>,
}

/// The latest finding on a ground, and whose it is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WeighedGround {
    pub ground: String,
    #[serde(flatten)]
    pub finding: GroundFinding,
    pub by: Actor,
    pub at: Timestamp,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "decision", rename_all = "snake_case")]
pub enum ComplaintDecision {
    Accepted {
        by: Actor,
    },
    Refused {
        by: Actor,
        ground: String,
        reason: String,
    },
}
