//! Statuses between authorities: `schemas/json/external-status.schema.json`.

use std::sync::LazyLock;

use hejie_domain::case::phase::{Closing, Phase};
use hejie_domain::case::transfer::{ExternalStatus, MAX_TOLD, Origin, Stage};
use hejie_domain::case::{Case, Event, FoldError, Recorded};
use hejie_domain::file::File;
use serde::{Deserialize, Serialize};

use super::form::{self, Form, VERSION};
use crate::documents::agreement;

/// What one authority tells another of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    form: String,
    /// The code of who tells.
    pub source: String,
    /// The number that the file has with who is told.
    pub number: String,
    #[serde(flatten)]
    pub status: ExternalStatus,
}

pub static FORM: Form = LazyLock::new(|| form::compile("external-status"));

/// What an event of a file that was received means to who handed it over; the
/// entry's number is the sequence number.
pub fn of(
    case: &Case,
    origin: &Origin,
    recorded: &Recorded,
    seq: u64,
    code: &str,
) -> Option<Report> {
    let status = status(case, recorded, seq)?;
    Some(Report::to(origin, status, code))
}

impl Report {
    /// What `code` tells whoever handed a file over.
    pub fn to(origin: &Origin, status: ExternalStatus, code: &str) -> Report {
        Report {
            form: VERSION.to_owned(),
            source: code.to_owned(),
            number: origin.number.clone(),
            status,
        }
    }
}

/// Everything that a file's ledger has to tell, oldest first.
pub fn all(ledger: Vec<Recorded>) -> Result<Vec<ExternalStatus>, FoldError> {
    let mut statuses = Vec::new();
    let mut file = None;
    for (recorded, seq) in ledger.iter().zip(1..) {
        let case = match &mut file {
            None => file.insert(Case::open(recorded)?),
            Some(case) => {
                case.apply(recorded)?;
                case
            }
        };
        statuses.extend(status(case, recorded, seq));
    }
    Ok(statuses)
}

fn status(case: &Case, recorded: &Recorded, sequence: u64) -> Option<ExternalStatus> {
    let (stage, ground, result, text) = told(case, &recorded.event)?;
    let [ground, result, text] = [ground, result, text].map(|it| it.map(short));
    Some(ExternalStatus {
        sequence,
        at: recorded.at,
        file_number: case.number.to_string(),
        stage,
        ground,
        result,
        text,
    })
}

type Told = (Stage, Option<String>, Option<String>, Option<String>);

fn told(case: &Case, event: &Event) -> Option<Told> {
    Some(match event {
        Event::ComplaintRegistered { .. } => (Stage::Received, None, None, None),
        Event::ComplaintAccepted => (Stage::Accepted, None, None, None),
        Event::ComplaintRefused { ground, reason } => (
            Stage::Refused,
            Some(ground.clone()),
            None,
            Some(reason.clone()),
        ),
        Event::MediationEnded => {
            let agreed = case.settlement.as_ref().map(|it| agreement(&it.terms));
            (Stage::MediationEnded, None, agreed, None)
        }
        Event::MediationTerminated { ground, reason } => (
            Stage::Terminated,
            Some(ground.clone()),
            None,
            reason.clone(),
        ),
        // It went on to another authority, whose word is passed on from then.
        Event::TransferredOut { name, .. } => {
            let gone = Some("transferred".to_owned());
            (Stage::Note, None, gone, Some(name.clone()))
        }
        // It is here again, and handled on.
        Event::TransferWithdrawn { .. } => {
            let back = Some("taken_back".to_owned());
            (Stage::Note, None, back, None)
        }
        // Of who has it: what others still say of it is nothing to go by.
        Event::ExternalStatusRecorded { transfer, status } if case.is_with(*transfer) => {
            passed_on(status)?
        }
        Event::CaseClosed {
            closing: Closing::ConcludedElsewhere,
        } => return None,
        // As the next authority tells itself.
        Event::ComplaintReopened if case.phase == Phase::Transferred => return None,
        Event::ComplaintReopened => (Stage::Reopened, None, None, None),
        Event::CaseClosed { closing } => {
            (Stage::Closed, None, Some(closing.name().to_owned()), None)
        }
        _ => return None,
    })
}

/// What the next authority tells; that it has the file was told as it went.
fn passed_on(status: &ExternalStatus) -> Option<Told> {
    let ExternalStatus {
        stage,
        ground,
        result,
        text,
        ..
    } = status.clone();
    (stage != Stage::Received).then_some((stage, ground, result, text))
}

/// No longer than the other takes it; what is cut off says so.
fn short(text: String) -> String {
    if text.chars().count() <= MAX_TOLD {
        return text;
    }
    let kept: String = text.chars().take(MAX_TOLD - 1).collect();
    kept + "…"
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    fn fault(report: &Value) -> Result<Option<(String, String)>, String> {
        form::fault(&FORM, report)
    }

    /// One event of every type, the filing first.
    const EVENTS: &str = include_str!("../../../domain/src/case/fixtures/events-v1.json");

    #[test]
    fn each_turn_of_a_file_is_told_with_its_ground_or_its_result_and_nothing_else_is() {
        let entries: Vec<Value> = serde_json::from_str(EVENTS).unwrap();
        let events = entries.iter().map(|entry| {
            let kind = entry["kind"].as_str().unwrap();
            Event::read(kind, 1, entry["payload"].clone()).unwrap()
        });
        let at = "2026-05-18T01:00:00Z".parse().unwrap();
        let by = hejie_domain::case::Actor::Platform;
        let mut recorded = events.map(|event| Recorded {
            at,
            by: by.clone(),
            event,
        });
        let mut case = Case::open(&recorded.next().unwrap()).unwrap();
        let mut all = Vec::new();
        let mut gone = None;
        for recorded in recorded {
            let kind = recorded.event.kind();
            if case.apply(&recorded).is_err() {
                // A file is opened once; the fixture has several forms of it.
                continue;
            }
            if kind == "transferred_out" {
                gone = Some(case.clone());
            }
            // The fixture takes its transfer back before the other speaks of it.
            if let Event::ExternalStatusRecorded { .. } = &recorded.event {
                assert_eq!(told(&case, &recorded.event), None);
                let told = told(gone.as_ref().unwrap(), &recorded.event);
                assert!(told.is_some_and(|(stage, ..)| stage == Stage::Refused));
            }
            if let Some((stage, ground, result, _)) = told(&case, &recorded.event) {
                all.push((kind, stage, ground.is_some(), result.is_some()));
            }
        }
        all.sort_by_key(|(kind, ..)| *kind);
        all.dedup();
        assert_eq!(
            all,
            [
                ("case_closed", Stage::Closed, false, true),
                ("complaint_accepted", Stage::Accepted, false, false),
                ("complaint_refused", Stage::Refused, true, false),
                ("complaint_registered", Stage::Received, false, false),
                ("complaint_reopened", Stage::Reopened, false, false),
                ("mediation_ended", Stage::MediationEnded, false, true),
                ("mediation_terminated", Stage::Terminated, true, false),
                ("transfer_withdrawn", Stage::Note, false, true),
                ("transferred_out", Stage::Note, false, true),
            ]
        );
    }

    #[test]
    fn what_the_next_authority_tells_is_passed_on_and_nothing_is_longer_than_the_other_takes() {
        let told = |stage| ExternalStatus {
            sequence: 3,
            at: "2026-05-18T01:00:00Z".parse().unwrap(),
            file_number: "沪1号".to_owned(),
            stage,
            ground: Some("no-power".to_owned()),
            result: None,
            text: Some("不属于本局职责".to_owned()),
        };
        let (stage, ground, _, text) = passed_on(&told(Stage::Refused)).unwrap();
        assert_eq!(stage, Stage::Refused);
        assert_eq!(ground.as_deref(), Some("no-power"));
        assert_eq!(text.as_deref(), Some("不属于本局职责"));
        assert_eq!(passed_on(&told(Stage::Received)), None);
        assert_eq!(short("终".repeat(MAX_TOLD)), "终".repeat(MAX_TOLD));
        let cut = short("终".repeat(MAX_TOLD + 1));
        assert_eq!(cut.chars().count(), MAX_TOLD);
        assert!(cut.ends_with('…'));
    }

    #[test]
    fn every_stage_has_a_report_that_fits_the_form_and_other_things_do_not() {
        let report = |stage| Report {
            form: VERSION.to_owned(),
            source: "hubei".to_owned(),
            number: "HJ-260518-7K3M9QAB-4".to_owned(),
            status: ExternalStatus {
                sequence: 3,
                at: "2026-05-18T01:00:00Z".parse().unwrap(),
                file_number: "鄂1号".to_owned(),
                stage,
                ground: Some("no-power".to_owned()),
                result: None,
                text: None,
            },
        };
        for stage in [
            Stage::Received,
            Stage::Accepted,
            Stage::Refused,
            Stage::MediationEnded,
            Stage::Terminated,
            Stage::Closed,
            Stage::Reopened,
            Stage::Note,
        ] {
            let json = serde_json::to_value(report(stage)).unwrap();
            assert_eq!(fault(&json), Ok(None), "{json}");
            assert_eq!(
                serde_json::from_value::<Report>(json).unwrap(),
                report(stage)
            );
        }
        let mut wrong = serde_json::to_value(report(Stage::Closed)).unwrap();
        wrong["stage"] = "gone".into();
        assert_eq!(fault(&wrong).unwrap().unwrap().0, "/stage");
        wrong["stage"] = "closed".into();
        wrong["sequence"] = 0.into();
        assert_eq!(fault(&wrong).unwrap().unwrap().0, "/sequence");
    }
}
