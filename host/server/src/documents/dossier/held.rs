//! What was decided, and what the file holds: evidence, periods, opinions, documents.

use hejie_documents::long_date;
use hejie_domain::case::clocks::{CaseClock, ClockState};
use hejie_domain::case::complaint::{Complaint, ComplaintDecision};
use hejie_domain::case::document::IssuedDocument;
use hejie_domain::case::entries::{Evidence, Opinion, Subject};
use hejie_domain::case::mediation::Ending;
use hejie_domain::case::run::{CaseRun, RunReason};
use hejie_domain::case::time::civil_date;
use hejie_domain::clock::explain;
use hejie_domain::identifiers::unit_id::UnitId;
use hejie_domain::rules::{Ground, Procedure};
use hejie_domain::text::Text;
use serde_json::{Value, json};

use super::words::{Words, minute, said, side, word};
use crate::documents::prefill;
use crate::documents::prefill::chinese;

/// Whose complaint it is and why, whether it was accepted, and how mediation ended.
pub(super) fn decided(complaint: &Complaint, words: &Words) -> Value {
    let mut rows = vec![power(complaint, words)];
    let procedure = words.rules.procedure(&complaint.procedure);
    match &complaint.decision {
        Some(ComplaintDecision::Accepted { by }) => rows.push(json!({
            "decision": said("dossier-decision-accepted"), "by": words.actor(by)})),
        Some(ComplaintDecision::Refused { by, ground, reason }) => {
            let ground = named(procedure.map(|it| &it.refusal_grounds), procedure, ground);
            rows.push(json!({"decision": said("dossier-decision-refused"),
                "by": words.actor(by), "ground": ground, "reason": reason}));
        }
        None => {}
    }
    let mediation = complaint.mediation.as_ref();
    match mediation.and_then(|it| it.ending.as_ref()) {
        Some(Ending::Agreed) => rows.push(json!({"decision": said("dossier-decision-agreed")})),
        Some(Ending::Terminated {
            ground, reason, by, ..
        }) => {
            let ground = named(
                procedure.map(|it| &it.termination_grounds),
                procedure,
                ground,
            );
            rows.push(json!({"decision": said("dossier-decision-terminated"),
                "by": words.actor(by), "ground": ground, "reason": reason.clone().unwrap_or_default()}));
        }
        None => {}
    }
    Value::Array(rows)
}

/// Which authority has handling power by the rules, and why.
fn power(complaint: &Complaint, words: &Words) -> Value {
    let found = &complaint.jurisdiction;
    let article = found.article.article().unwrap_or_default();
    let ground = Text::new("dossier-ground")
        .arg("law", found.article.law.zh.as_str())
        .arg("article", article);
    let steps: Vec<String> = found.steps.iter().map(chinese).collect();
    let competent = words.unit(&UnitId::of(&found.division));
    json!({"decision": said("dossier-decision-power"), "by": competent,
           "ground": chinese(&ground), "reason": steps.join("\n")})
}

/// A ground with its article, in the words of the procedure; one it does not know by its id.
pub(super) fn named(
    grounds: Option<&Vec<Ground>>,
    procedure: Option<&Procedure>,
    id: &str,
) -> String {
    let found = grounds.and_then(|all| all.iter().find(|it| it.id == id));
    let (Some(ground), Some(procedure)) = (found, procedure) else {
        return id.to_owned();
    };
    let law = ground.law.as_ref().unwrap_or(&procedure.law);
    let text = Text::new("dossier-ground")
        .arg("law", law.zh.as_str())
        .arg("article", ground.article.as_str());
    format!("{}\n{}", chinese(&text), ground.text.zh)
}

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
