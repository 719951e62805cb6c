//! Inquiries: their projection and what others are told.

use hejie_domain::case::clocks::CaseClock;
use hejie_domain::case::time::civil_date;
use hejie_domain::case::{Event, Recorded};
use hejie_domain::file::File;
use hejie_domain::indicators::InquiryFacts;
use hejie_domain::inquiry::Inquiry;
use hejie_store::{CaseRow, FactRow, NewMessage, WorkRow};
use jiff::Timestamp;
use serde_json::json;

use super::{Kept, awaited, json_of};
use crate::act::ActError;

impl Kept for Inquiry {
    fn row(&self, id: &str, updated_at: Timestamp) -> Result<CaseRow, ActError> {
        Ok(CaseRow {
            kind: Inquiry::KIND.name(),
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
            category: self.filing.category.clone().unwrap_or_default(),
            mediation: false,
            delegated: None,
            awaits_calendar: self.clocks.iter().any(CaseClock::awaits_calendar),
            next_deadline: self.next_deadline(),
            updated_at,
            origin: None,
            facts: Some(facts(id, self)?),
            likeness: None,
            parts: awaited(self, &self.clocks, None, self.closed_at.is_some()),
            work: listed(self),
        })
    }

    fn message(&self, recorded: &Recorded) -> Option<NewMessage> {
        let topic = match recorded.event {
            Event::InquiryReceived { .. } => "inquiry.received",
            Event::InquiryAnswered { .. } => "inquiry.answered",
            Event::InquiryRedirected { .. } => "inquiry.redirected",
            Event::FileDispatched { .. }
            | Event::FileReturned { .. }
            | Event::HandlingDesignated { .. }
            | Event::FileTakenUp { .. } => "inquiry.moved",
            Event::DispatchReported { .. } => "inquiry.reported_back",
            Event::SupervisionOpened { .. } => "inquiry.supervised",
            Event::SupervisionRaised { .. } => "inquiry.supervision_raised",
            Event::ExtensionRequested { .. } => "inquiry.extension_requested",
            _ => return None,
        };
        let payload = json!({
            "number": self.number,
            "phase": self.phase.name(),
            "kind": self.filing.kind,
            "unit": self.unit,
        });
        Some(NewMessage {
            topic,
            payload: payload.to_string(),
            at: recorded.at,
            discreet: None,
        })
    }
}

fn facts(id: &str, inquiry: &Inquiry) -> Result<FactRow, ActError> {
    let facts = InquiryFacts::of(inquiry);
    Ok(FactRow {
        unit: Some(facts.unit.to_string()),
        category: facts.category.clone().unwrap_or_default(),
        respondent: None,
        respondent_name: String::new(),
        respondent_code: None,
        counted_on: facts.received_on.to_string(),
        ended_on: None,
        place: None,
        facts: json_of(id, &facts)?,
    })
}

/// It waits until it is answered, beyond its days too. It is found by what is asked, never by
/// who asks.
fn listed(inquiry: &Inquiry) -> Option<WorkRow> {
    // What a superior asked is owed after the answer too.
    let clock = inquiry.binding();
    let mut texts = vec![inquiry.filing.text.clone()];
    texts.extend(inquiry.questions.iter().cloned());
    Some(WorkRow {
        unit: inquiry.unit.to_string(),
        period: clock.map(|clock| clock.period.clone()),
        due_on: clock.and_then(|clock| clock.reading.work_to()),
        over_on: inquiry
            .closed_at
            .filter(|_| clock.is_none())
            .map(civil_date),
        received_on: inquiry.received_on,
        consumer_name: String::new(),
        respondent_name: String::new(),
        texts,
        phones: Vec::new(),
    })
}
