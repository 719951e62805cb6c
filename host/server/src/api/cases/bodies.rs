//! Bodies of commands that every file of the regulator takes.

use hejie_domain::case::Command;
use hejie_domain::case::correction::{
    ComplainantCorrection, Correction, OperatorCorrection, PersonCorrection,
};
use hejie_domain::case::moves::ReturnReason;
use hejie_domain::case::supervision::Urgency;
use hejie_domain::day::strict_date;
use hejie_domain::identifiers::unit_id::UnitId;
use jiff::civil::Date;
use serde::Deserialize;
use utoipa::ToSchema;

#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Dispatch {
    /// A unit below.
    #[schema(value_type = String, pattern = "^[0-9]{6}(-[0-9]{2})?$")]
    pub to: UnitId,
    pub note: String,
    /// The day to report back by, tomorrow at the earliest. Where nothing was reported by then,
    /// the unit that sent it down supervises it.
    #[schema(value_type = Option<String>, format = Date)]
    #[serde(default, with = "strict_date::option")]
    pub report_by: Option<Date>,
}

/// Of an act that takes a reason and nothing else.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Reasoned {
    pub reason: String,
}

/// What was taken down wrongly of the parties.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FilingCorrection {
    /// Of a complaint alone.
    #[serde(default)]
    consumer: Option<PersonCorrection>,
    /// Who is complained of, or reported.
    #[serde(default)]
    respondent: Option<OperatorCorrection>,
    /// Those who complain beside the consumer.
    #[serde(default)]
    others: Vec<ComplainantCorrection>,
    reason: String,
}

impl From<FilingCorrection> for Command {
    fn from(given: FilingCorrection) -> Command {
        let correction = Correction {
            consumer: given.consumer,
            respondent: given.respondent,
            others: given.others,
        };
        Command::CorrectFiling {
            correction: Box::new(correction),
            reason: given.reason,
        }
    }
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReportBack {
    /// What became of it so far.
    pub text: String,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HandlingDispute {
    /// The authority that should handle it instead.
    #[schema(value_type = String, pattern = "^[0-9]{6}(-[0-9]{2})?$")]
    pub with: UnitId,
    pub reason: String,
}

#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Return {
    pub reason: ReturnReason,
    pub note: String,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Designation {
    #[schema(value_type = String, pattern = "^[0-9]{6}(-[0-9]{2})?$")]
    pub unit: UnitId,
    pub reason: String,
}

#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Supervision {
    pub urgency: Urgency,
    pub matter: String,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SupervisionAnswer {
    pub answer: String,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ExtensionDecision {
    pub granted: bool,
    pub reason: String,
    /// How many days, where it is decided collectively (Penalty Procedure art. 64).
    pub days: Option<u32>,
    /// The record of that discussion.
    pub minutes: Option<String>,
}

impl ExtensionDecision {
    pub fn command(self, clock: u32) -> Command {
        Command::DecideExtension {
            clock,
            granted: self.granted,
            reason: self.reason,
            days: self.days,
            minutes: self.minutes,
        }
    }
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Invitation {
    /// A unit that is not above the one that handles the file.
    #[schema(value_type = String, pattern = "^[0-9]{6}(-[0-9]{2})?$")]
    pub unit: UnitId,
    /// What it is to do.
    pub task: String,
    /// The last day to report.
    #[schema(value_type = String, format = Date)]
    #[serde(with = "strict_date")]
    pub due: Date,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct InvitationAnswer {
    pub agrees: bool,
    /// Needed where the unit declines.
    #[serde(default)]
    pub reason: String,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PartReport {
    pub text: String,
    /// Whether the unit's part is done with it.
    pub done: bool,
}
