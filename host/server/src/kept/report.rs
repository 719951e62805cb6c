//! Reports: their projection and what others are told. Nothing here knows who reported.

use hejie_domain::case::clocks::CaseClock;
use hejie_domain::case::time::{begin_of, civil_date, end_of_day};
use hejie_domain::case::{Event, Recorded};
use hejie_domain::file::File;
use hejie_domain::indicators::ReportFacts;
use hejie_domain::report::Report;
use hejie_store::{CaseRow, FactRow, Likeness, NewMessage, Trait, WorkRow};
use jiff::Timestamp;
use serde_json::json;

use super::{Kept, awaited, json_of};
use crate::act::ActError;

impl Kept for Report {
    /// The columns by which parties find their disputes stay empty: a report is in no
    /// list of the operator it is about, nor under its reporter's account.
    fn row(&self, id: &str, updated_at: Timestamp) -> Result<CaseRow, ActError> {
        Ok(CaseRow {
            kind: Report::KIND.name(),
            case_id: id.to_owned(),
            number: self.number.to_string(),
            snapshot: json_of(id, self)?,
            phase: self.phase.name(),
            consumer_id: String::new(),
            accounts: None,
            involved: None,
            respondent: None,
            division: None,
            unit: Some(self.unit.to_string()),
            category: self.filing.category.clone(),
            mediation: false,
            delegated: None,
            awaits_calendar: self.clocks.iter().any(CaseClock::awaits_calendar),
            next_deadline: self.next_deadline(),
            updated_at,
            origin: None,
            facts: Some(facts(id, self)?),
            likeness: Some(likeness(self)),
            parts: awaited(
                self,
                &self.clocks,
                self.dispute.as_ref(),
                self.closed_at.is_some(),
            ),
            work: listed(self),
        })
    }

    /// Neither who reported nor who is reported: only that a unit has something to do.
    fn message(&self, recorded: &Recorded) -> Option<NewMessage> {
        let topic = match recorded.event {
            Event::ReportReceived { .. } => "report.received",
            Event::FileDispatched { .. }
            | Event::FileReturned { .. }
            | Event::HandlingAgreed { .. }
            | Event::HandlingDesignated { .. }
            | Event::FileTakenUp { .. } => "report.moved",
            Event::HandlingDisputed { .. } => "report.disputed",
            Event::DispatchReported { .. } => "report.reported_back",
            Event::ReportVerified { .. } => "report.verified",
            Event::EnforcementDecided { .. } => "report.decided",
            Event::SupervisionOpened { .. } => "report.supervised",
            Event::SupervisionRaised { .. } => "report.supervision_raised",
            Event::UnitInvited { .. } => "report.part",
            Event::ExtensionRequested { .. } => "report.extension_requested",
            Event::PeriodExtended { .. } => "report.extended",
            Event::ReportDeclined { .. }
            | Event::ReportRepeated { .. }
            | Event::ReportMerged { .. } => "report.closed",
            _ => return None,
        };
        let payload = json!({
            "number": self.number,
            "phase": self.phase.name(),
            "unit": self.unit,
        });
        // A filing may be a complaint besides, of which others are told in the same moment
        // (Order 121 art. 37): this one is told by its day, and on the next.
        let is_first = matches!(recorded.event, Event::ReportReceived { .. });
        let day = civil_date(recorded.at);
        Some(NewMessage {
            topic,
            payload: payload.to_string(),
            at: begin_of(day).filter(|_| is_first).unwrap_or(recorded.at),
            discreet: end_of_day(day).filter(|_| is_first),
        })
    }
}

/// By what a report is alike to others: whom it is about and what for, never by whom.
pub fn likeness(report: &Report) -> Likeness {
    let reported = &report.filing.reported;
    let code = reported.credit_code.as_ref().map(ToString::to_string);
    let operator = code.unwrap_or_else(|| reported.name.clone());
    let breach = Likeness::value(&[&operator, &report.filing.breach]);
    Likeness {
        filed_on: report.received_on,
        traits: vec![
            (Trait::Reported, Likeness::value(&[&operator])),
            (Trait::ReportedBreach, breach),
        ],
    }
}

fn facts(id: &str, report: &Report) -> Result<FactRow, ActError> {
    let facts = ReportFacts::of(report);
    Ok(FactRow {
        unit: Some(facts.unit.to_string()),
        category: facts.category.clone(),
        respondent: None,
        respondent_name: facts.reported_name.clone(),
        respondent_code: facts
            .reported_credit_code
            .as_ref()
            .map(|code| code.to_string()),
        counted_on: facts.received_on.to_string(),
        ended_on: None,
        place: None,
        facts: json_of(id, &facts)?,
    })
}

/// A report waits for its unit until it is closed. It is found by what it says and by whom it
/// is about, never by whom it is from.
fn listed(report: &Report) -> Option<WorkRow> {
    // What a superior asked, and the notice to the reporter, is owed after its end too.
    let due = report.binding();
    let filing = &report.filing;
    let mut texts = vec![filing.lead.clone()];
    texts.extend(report.supplements.iter().map(|it| it.text.clone()));
    Some(WorkRow {
        unit: report.unit.to_string(),
        period: due.map(|clock| clock.period.clone()),
        due_on: due.and_then(|clock| clock.reading.work_to()),
        over_on: report.closed_at.filter(|_| due.is_none()).map(civil_date),
        received_on: report.received_on,
        consumer_name: String::new(),
        respondent_name: filing.reported.name.clone(),
        texts,
        phones: Vec::new(),
    })
}
