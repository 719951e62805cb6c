//! The facts of one inquiry, and the figure made of such rows: nothing of who asked.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::columns::{day, maybe, text};
use super::derive::in_time;
use super::{Cell, Condition, Facts, Indicator, Located, Measure, PickedBy};
use crate::case::time::civil_date;
use crate::file::FileKind;
use crate::identifiers::case_number::CaseNumber;
use crate::identifiers::unit_id::UnitId;
use crate::inquiry::{Inquiry, InquiryClosing, InquiryKind, InquiryPhase};

/// One row. Days are civil days in Shanghai; what has not happened is `None`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InquiryFacts {
    pub number: CaseNumber,
    pub kind: InquiryKind,
    pub received_on: Date,
    pub unit: UnitId,
    pub category: Option<String>,
    /// Whether every answer came within its period; `None` while that of what was asked
    /// last runs and none was late.
    pub answered_in_time: Option<bool>,
    pub from_knowledge: bool,
    pub phase: InquiryPhase,
    pub closing: Option<String>,
    pub closed_on: Option<Date>,
}

impl InquiryFacts {
    pub fn of(inquiry: &Inquiry) -> InquiryFacts {
        let closing = inquiry.closing.as_ref().map(|it| match it {
            InquiryClosing::Answered => "answered".to_owned(),
            InquiryClosing::Redirected { .. } => "redirected".to_owned(),
        });
        InquiryFacts {
            number: inquiry.number.clone(),
            kind: inquiry.filing.kind,
            received_on: inquiry.received_on,
            unit: inquiry.unit.clone(),
            category: inquiry.filing.category.clone(),
            answered_in_time: answered_in_time(inquiry),
            from_knowledge: inquiry.answers.iter().any(|it| it.knowledge.is_some()),
            phase: inquiry.phase,
            closing,
            closed_on: inquiry.closed_at.map(civil_date),
        }
    }
}

/// A late answer stays one, whatever is asked after it.
fn answered_in_time(inquiry: &Inquiry) -> Option<bool> {
    let before = inquiry.clocks.iter();
    let mut before = before.filter(|clock| inquiry.answered_by.contains(&clock.seq));
    match before.any(|clock| in_time(clock) == Some(false)) {
        true => Some(false),
        false => inquiry.answer_clock().and_then(in_time),
    }
}

/// By the days of the service rules. Since the second version an answer that was late is not
/// made good by one to a further question, and what was extended counts.
const ANSWERED_ON_TIME: Indicator = Indicator {
    id: "inquiries-answered-on-time",
    version: 2,
    measure: Measure::Share {
        of: Condition::Filled("answered_in_time"),
        counted: Condition::Is("answered_in_time", "true"),
    },
};

impl Facts for InquiryFacts {
    const KIND: FileKind = FileKind::Inquiry;
    const TABLE: &'static str = "inquiries";

    const INDICATORS: &'static [Indicator] = &[ANSWERED_ON_TIME];

    const COLUMNS: &'static [&'static str] = &[
        "number",
        "kind",
        "received_on",
        "unit",
        "category",
        "answered_in_time",
        "from_knowledge",
        "phase",
        "closing",
        "closed_on",
    ];

    const PICKED_BY: PickedBy = PickedBy {
        located: Located::AtUnit,
        day: "received_on",
        category: "category",
        respondent: &[],
    };

    fn cells(&self) -> Vec<Cell> {
        vec![
            text(&self.number),
            text(self.kind.name()),
            text(self.received_on),
            text(&self.unit),
            maybe(self.category.as_ref()),
            maybe(self.answered_in_time),
            text(self.from_knowledge),
            text(self.phase.name()),
            maybe(self.closing.as_ref()),
            day(self.closed_on),
        ]
    }
}
