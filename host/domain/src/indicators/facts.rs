//! The facts of one case that figures are made of: no word of what was said, and
//! nothing of the consumer.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::case::phase::{Closing, Confirmation, Phase};
use crate::case::visit::Satisfaction;
use crate::identifiers::case_number::CaseNumber;
use crate::identifiers::credit_code::CreditCode;
use crate::identifiers::division_code::DivisionCode;
use crate::identifiers::unit_id::UnitId;

/// One row. Days are civil days in Shanghai; what has not happened is `None`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CaseFacts {
    pub number: CaseNumber,
    pub received_on: Date,
    /// The day by which a period of time picks the case: its registration as a
    /// complaint, or where it is none, its receipt.
    pub counted_on: Date,
    pub category: String,
    pub problem: String,
    /// The respondent's organisation here, where it resolves disputes online.
    pub respondent: Option<String>,
    pub respondent_name: String,
    pub respondent_credit_code: Option<CreditCode>,
    pub settled_in_negotiation_on: Option<Date>,
    /// The unit that has the complaint now.
    pub unit: Option<UnitId>,
    pub registered_on: Option<Date>,
    pub decision: Option<Decision>,
    pub refusal_ground: Option<String>,
    pub decided_on: Option<Date>,
    /// Whether the last authority decided within its period; `None` while that runs. One
    /// that was to send the complaint on and decided it has had it since it came.
    pub acceptance_in_time: Option<bool>,
    /// Periods of acceptance that ran out, also of deciding once more, at whichever authority.
    pub acceptance_periods_missed: u32,
    pub mediation_end: Option<MediationEnd>,
    pub termination_ground: Option<String>,
    pub mediation_ended_on: Option<Date>,
    pub mediation_in_time: Option<bool>,
    /// On whosever terms: those of the parties' own end a mediation by art. 23(1).
    pub settled_in_mediation_on: Option<Date>,
    /// The authority was done with it: refused, mediation ended, or withdrawn before.
    pub complaint_ended_on: Option<Date>,
    /// Days from registration to that end.
    pub cycle_days: Option<u32>,
    /// What she says now of what was agreed.
    pub outcome: Option<Confirmation>,
    pub phase: Phase,
    pub closing: Option<Closing>,
    pub closed_on: Option<Date>,
    /// What she said when she was last visited and answered.
    #[serde(default)]
    pub satisfaction: Option<Satisfaction>,
    /// By which way it came: `negotiation` where it was negotiated here first, `transfer`
    /// from another authority, else the channel of its intake. Empty in rows that are
    /// older than the column.
    #[serde(default)]
    pub channel: String,
    /// Where the operator is: whose authority guides it where it resolves disputes online.
    /// `None` in rows that are older than the column.
    #[serde(default)]
    pub operator_place: Option<DivisionCode>,
    /// The money of a settlement that she says is solved.
    #[serde(default)]
    pub recovered_fen: Option<u64>,
}

/// The decision on acceptance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    Accepted,
    Refused,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MediationEnd {
    /// Both sides accepted what the authority or its mediator proposed.
    Agreed,
    /// On a ground of Order 121 art. 23.
    Terminated,
}
