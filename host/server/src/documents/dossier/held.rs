//! What the file holds: evidence, periods, opinions, documents.

use hejie_documents::long_date;
use hejie_domain::case::clocks::{CaseClock, ClockState};
use hejie_domain::case::document::IssuedDocument;
use hejie_domain::case::entries::{Evidence, Opinion, Subject};
use hejie_domain::case::run::{CaseRun, RunReason};
use hejie_domain::case::time::civil_date;
use hejie_domain::clock::explain;
use hejie_domain::text::Text;
use serde_json::{Value, json};

use super::words::{Words, minute, said, side, word};
use crate::documents::prefill;
use crate::documents::prefill::chinese;

pub(super) fn evidence(evidence: &[Evidence]) -> Value {
    let row = |it: &Evidence| {
        json!({"index": it.seq, "name": it.reference.name, "by": side(it.by), "at": minute(it.at),
               "size": it.reference.size.to_string(), "digest": it.reference.sha256})
    };
    evidence.iter().map(row).collect()
}

/// Each period with its arithmetic in words.
pub(super) fn clocks(clocks: &[CaseClock]) -> Value {
    let row = |clock: &CaseClock| {
        let lines: Vec<String> = explain(&clock.reading).iter().map(chinese).collect();
        let mut row = json!({"name": said(&format!("period-{}", clock.period)),
            "started_on": clock.start, "state": state(clock),
            "explanation": lines.join("\n")});
        if let Some(day) = clock.reading.ends_on() {
            row["ends_on"] = json!(day);
        }
        row
    };
    clocks.iter().map(row).collect()
}

fn state(clock: &CaseClock) -> String {
    said(match clock.state {
        ClockState::Running => "dossier-clock-running",
        ClockState::Met { at } if clock.expires_at().is_some_and(|end| end <= at) => {
            "dossier-clock-met-late"
        }
        ClockState::Met { .. } => "dossier-clock-met",
        ClockState::Expired { .. } => "dossier-clock-expired",
        ClockState::Stopped { .. } => "dossier-clock-stopped",
    })
}

pub(super) fn opinions(opinions: &[Opinion], words: &Words) -> Value {
    let row = |it: &Opinion| {
        let subject = match it.subject {
            Subject::Claim => said("dossier-subject-claim"),
            Subject::Offer(seq) => chinese(&Text::new("dossier-subject-offer").arg("number", seq)),
        };
        let found = it.findings.iter();
        let found = found.map(|it| format!("{}：{}", it.article.zh, it.explanation.zh));
        let lines: Vec<String> = [it.summary.zh.clone()].into_iter().chain(found).collect();
        json!({"at": minute(it.at), "by": words.actor(&it.by), "subject": subject,
               "floor": word("dossier-floor", &it.floor), "summary": lines.join("\n")})
    };
    opinions.iter().map(row).collect()
}

/// Each run of a program with its reasons, and the hash of its whole record.
pub(super) fn automated(runs: &[CaseRun], words: &Words) -> Value {
    let row = |run: &CaseRun| {
        let reasons: Vec<String> = run.summary.reasons.iter().map(reason).collect();
        json!({"at": minute(run.at), "by": words.program(&run.summary.plugin),
               "outcome": words.outcome(&run.summary.outcome), "reasons": reasons.join("\n"),
               "digest": run.summary.record})
    };
    runs.iter().map(row).collect()
}

fn reason(reason: &RunReason) -> String {
    let facts: Vec<&str> = reason.facts.iter().map(|fact| fact.zh.as_str()).collect();
    let text = Text::new("dossier-reason")
        .arg("rule", reason.rule.zh.as_str())
        .arg("facts", facts.join("；"));
    chinese(&text)
}

pub(super) fn documents(documents: &[IssuedDocument]) -> Value {
    let row = |it: &IssuedDocument| {
        let served = it.services.iter().map(|service| {
            let text = Text::new("dossier-served")
                .arg("to", side(service.to))
                .arg("on", long_date(civil_date(service.at)))
                .arg("outcome", word("dossier-service", &service.outcome));
            chinese(&text)
        });
        let served: Vec<String> = served.collect();
        json!({"title": title(it), "number": it.number, "issued_on": it.issued_on,
               "services": served.join("\n"), "digest": it.content.pdf})
    };
    documents.iter().map(row).collect()
}

pub(super) fn title(document: &IssuedDocument) -> String {
    prefill::title(&document.form)
}
