//! Who acts for whom in a complaint: an agent by a power of attorney, and, of people who
//! complain together, those whom they elected (Order 121 art. 11 and 12).

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::actor::Actor;
use super::filing::{Claim, EvidenceReference};
use super::state::Case;
use super::terms::Terms;
use crate::day::strict_date;
use crate::identifiers::phone::Phone;

/// What disposes of a request: an agent needs a special power for it (特别授权), a
/// representative the consent of those whom he represents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ReservedAct {
    Settle,
    ChangeClaim,
    Withdraw,
}

/// Who acts for whom.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Representation {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agent: Option<Mandate>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub joint: Option<JointComplaint>,
}

/// An agent (代理人), and the power of attorney by which he acts (art. 11).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Mandate {
    pub name: String,
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub phone: Phone,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// His account here; who files with it files as the agent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
    /// What he is entrusted with (委托事项).
    pub matters: String,
    /// Empty: ordinary powers.
    pub special_powers: BTreeSet<ReservedAct>,
    #[serde(with = "strict_date")]
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub from: Date,
    /// The last day of the term.
    #[serde(with = "strict_date")]
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub until: Date,
    /// The day on which the complainant signed it.
    #[serde(with = "strict_date")]
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub signed_on: Date,
    /// The original; may be completed later.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub power_of_attorney: Option<EvidenceReference>,
    /// Proof of who the agent is; may be completed later.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub identity_proof: Option<EvidenceReference>,
}

/// Two or more people with the same dispute with the same operator (共同投诉, art. 12).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct JointComplaint {
    /// Those besides the consumer of the filing, who is number 1; they are counted from 2.
    pub others: Vec<JointComplainant>,
    /// All of them want to complain together.
    pub agreed: bool,
    /// The numbers of those whom they elected; none: number 1 acts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub representatives: Vec<u32>,
    /// The election in writing; may be completed later.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub election: Option<EvidenceReference>,
}

/// One who complains beside the consumer of the filing: what art. 10 wants of each.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct JointComplainant {
    pub name: String,
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub phone: Phone,
    pub address: String,
    /// Her account here, by which she sees the file and consents herself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
}

/// What somebody is asked to agree to, as it is put.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "act", rename_all = "snake_case", deny_unknown_fields)]
pub enum Consenting {
    /// To the terms of an open offer.
    AcceptOffer {
        offer: u32,
    },
    /// To terms that are to be offered.
    MakeOffer {
        terms: Terms,
    },
    ChangeClaim {
        claim: Claim,
    },
    Withdraw,
    /// To what the two settled between themselves, as it is told (Order 121 art. 23(1)).
    SettleElsewhere {
        note: String,
    },
}

/// What was agreed to: these very terms, this very claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case")]
pub enum Consented {
    Settle { terms: Terms },
    ChangeClaim { claim: Claim },
    Withdraw,
    SettleElsewhere { note: String },
}

/// A complainant's consent to what another does for her.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ActConsent {
    pub person: u32,
    pub to: Consented,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offer: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<EvidenceReference>,
    pub given_on: Date,
    pub by: Actor,
    pub at: Timestamp,
}

/// What an account is to a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// A complainant who acts, for herself and for those who elected her.
    Speaker(u32),
    Agent,
    /// A complainant for whom others act.
    Represented(u32),
}

/// A complainant by her number within the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Complainant<'a> {
    pub person: u32,
    pub name: &'a str,
    /// Others act for her.
    pub represented: bool,
}

impl Mandate {
    pub fn is_in_term(&self, day: Date) -> bool {
        self.from <= day && day <= self.until
    }
}

impl Representation {
    /// The papers that art. 11 and 12 want and the file does not have yet.
    pub fn lacking(&self) -> Vec<&'static str> {
        let agent = self.agent.iter().flat_map(|agent| {
            [
                ("power-of-attorney", agent.power_of_attorney.is_none()),
                ("agent-identity", agent.identity_proof.is_none()),
            ]
        });
        let joint = self.joint.iter().map(|joint| {
            let unproven = !joint.representatives.is_empty() && joint.election.is_none();
            ("election", unproven)
        });
        let lacks = agent.chain(joint).filter(|(_, lacks)| *lacks);
        lacks.map(|(paper, _)| paper).collect()
    }
}

impl Case {
    pub fn representation(&self) -> Option<&Representation> {
        self.filing.representation.as_deref()
    }

    pub(super) fn mandate(&self) -> Option<&Mandate> {
        self.representation()?.agent.as_ref()
    }

    pub(super) fn joint(&self) -> Option<&JointComplaint> {
        self.representation()?.joint.as_ref()
    }

    /// All who complain, in the order of their numbers.
    pub fn complainants(&self) -> Vec<Complainant<'_>> {
        let others = self.joint().into_iter().flat_map(|joint| &joint.others);
        let names = std::iter::once(&self.filing.consumer.name).chain(others.map(|it| &it.name));
        let numbered = names.zip(1..);
        numbered
            .map(|(name, person)| Complainant {
                person,
                name,
                represented: !self.speaks(person),
            })
            .collect()
    }

    fn speaks(&self, person: u32) -> bool {
        let elected = self.joint().map(|it| it.representatives.as_slice());
        match elected {
            None | Some([]) => person == 1,
            Some(elected) => elected.contains(&person),
        }
    }

    /// What an account is to this file; `None`: nothing.
    pub fn standing(&self, account: &str) -> Option<Standing> {
        let is = |held: &Option<String>| held.as_deref() == Some(account);
        if self.mandate().is_some_and(|agent| is(&agent.account)) {
            return Some(Standing::Agent);
        }
        let person = match is(&self.consumer_id) {
            true => 1,
            false => {
                let mut others = self.joint()?.others.iter().zip(2..);
                others.find(|(other, _)| is(&other.account))?.1
            }
        };
        Some(match self.speaks(person) {
            true => Standing::Speaker(person),
            false => Standing::Represented(person),
        })
    }

    /// Whether an account may read the file on a day: an agent no longer once the term of his
    /// power is over.
    pub fn may_read(&self, account: &str, on: Date) -> bool {
        match self.standing(account) {
            Some(Standing::Agent) => self.mandate().is_some_and(|agent| on <= agent.until),
            Some(Standing::Speaker(_) | Standing::Represented(_)) => true,
            None => false,
        }
    }

    /// The accounts besides the complainant's own that have to do with the file.
    pub fn other_accounts(&self) -> Vec<&str> {
        let agent = self.mandate().and_then(|agent| agent.account.as_deref());
        let others = self.joint().into_iter().flat_map(|joint| &joint.others);
        let others = others.filter_map(|other| other.account.as_deref());
        agent.into_iter().chain(others).collect()
    }
}
