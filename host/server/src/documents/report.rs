//! What a report's documents say. Nothing that is kept has the name of who reports: a
//! document is issued, hashed and served without it, and drawn again with it for who
//! looks the person up, each time with a reason (Order 121 art. 37).

use hejie_documents::Document;
use hejie_domain::case::actor::Side;
use hejie_domain::case::document::forms;
use hejie_domain::report::{
    EnforcementOutcome, EnforcementResult, Report, ReportClosing, Reporter,
};
use hejie_domain::text::Text;
use serde_json::{Value, json};

use super::prefill::{Desk, Source, chinese, dispatch, name, registrar, services, subject};

impl Source for Report {
    fn known(form: &str, key: &str, desk: &Desk<Report>) -> Option<Value> {
        let registered = (form == forms::REPORT_REGISTRATION).then(|| registration(key, desk));
        reporter(form, key, desk.file)
            .or_else(|| registered.flatten())
            .or_else(|| of_the_file(key, desk))
            .or_else(|| match form {
                forms::DISPATCH_NOTICE => sent_down(key, desk),
                forms::RESULT_NOTICE => result(key, desk.file),
                forms::NO_CASE_NOTICE => decision(key, desk.file),
                forms::SERVICE_RECORD => service(key, desk.file),
                _ => None,
            })
    }

    fn is_withheld(key: &str) -> bool {
        const PERSON: [&str; 4] = [
            "reporter_phone",
            "reporter_address",
            "reporter_id_number",
            "recipient_phone",
        ];
        PERSON.contains(&key)
    }
}

/// The reporter, without who she is.
fn reporter(form: &str, key: &str, report: &Report) -> Option<Value> {
    let words = |id: &str| Some(json!(chinese(&Text::new(id))));
    match key {
        "reporter_name" => words(match report.reporter {
            Reporter::Named { .. } => "document-reporter-apart",
            Reporter::Anonymous => "document-reporter-anonymous",
            Reporter::Authority { .. } => "document-reporter-authority",
        }),
        "filer" | "recipient" => words(match report.reporter {
            Reporter::Named { .. } => "document-reporter",
            Reporter::Anonymous => "document-reporter-anonymous",
            Reporter::Authority { .. } => "document-reporter-authority",
        }),
        "addressee" if form != forms::DISPATCH_NOTICE => words("document-reporter"),
        "recipient_address" => words("document-kept-apart"),
        _ => None,
    }
}

fn of_the_file(key: &str, desk: &Desk<Report>) -> Option<Value> {
    let filing = &desk.file.filing;
    match key {
        "reported_name" => Some(json!(filing.reported.name)),
        "reported_address" => filing.reported.address.as_ref().map(|it| json!(it)),
        "lead" => Some(json!(filing.lead)),
        "registered_on" | "filed_on" => Some(json!(desk.file.received_on)),
        "subject" | "case_subject" => {
            let breach = desk.rules.categories().breach(&filing.breach)?;
            Some(json!(subject(&filing.reported.name, &breach.name.zh)))
        }
        "officer" | "server" => name(desk.officer),
        _ => None,
    }
}

fn registration(key: &str, desk: &Desk<Report>) -> Option<Value> {
    match key {
        "officer" => registrar(desk.file.taken_down_by.as_ref(), desk),
        _ => None,
    }
}

fn sent_down(key: &str, desk: &Desk<Report>) -> Option<Value> {
    match key {
        "track" => Some(json!("report")),
        _ => dispatch(key, &desk.file.moves, desk.rules),
    }
}

/// As it was told before, where that was not before the end; else what the file has of it.
fn result(key: &str, report: &Report) -> Option<Value> {
    let told = report.notices.last();
    let told = told.filter(|it| report.closed_at.is_none_or(|end| it.at >= end));
    let told = told.map(|notice| notice.result.clone());
    match key {
        "result" => told.or_else(|| decided(report)).map(|it| json!(it)),
        _ => None,
    }
}

fn decided(report: &Report) -> Option<String> {
    let enforced = report
        .enforcement
        .as_ref()
        .and_then(|it| it.result.as_ref());
    if let Some(result) = enforced {
        return Some(enforced_so(result));
    }
    let text = match (&report.closing, &report.verification) {
        (Some(ReportClosing::Declined { reason, route }), _) => {
            Text::new("document-report-declined")
                .arg("reason", reason.as_str())
                .arg("route", route.as_str())
        }
        (Some(ReportClosing::Repeated { of }), _) => {
            Text::new("document-report-repeated").arg("of", of.to_string())
        }
        (_, Some(verified)) => Text::new(match verified.opens {
            true => "document-report-opened",
            false => "document-report-not-opened",
        })
        .arg("reason", verified.reason.as_str()),
        _ => return None,
    };
    Some(chinese(&text))
}

fn enforced_so(result: &EnforcementResult) -> String {
    let outcome = match result.outcome {
        EnforcementOutcome::Penalty => "document-enforced-penalty",
        EnforcementOutcome::NoPenalty => "document-enforced-no-penalty",
        EnforcementOutcome::NotEstablished => "document-enforced-not-established",
        EnforcementOutcome::Transferred => "document-enforced-transferred",
    };
    let parts = [
        Some(chinese(&Text::new(outcome))),
        result.decision.clone(),
        Some(result.summary.clone()),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join("；")
}

fn decision(key: &str, report: &Report) -> Option<Value> {
    match key {
        "reason" => report.verification.as_ref().map(|it| json!(it.reason)),
        _ => None,
    }
}

fn service(key: &str, report: &Report) -> Option<Value> {
    match key {
        "services" => Some(services(&report.documents, Side::Consumer)),
        _ => None,
    }
}

/// The document with the reporter in it, as her identity is kept.
pub fn identified(mut document: Document, identity: &Value) -> Document {
    let fields: &[(&str, &str)] = match forms::purpose(&document.form) {
        forms::REPORT_REGISTRATION => &[
            ("reporter_name", "name"),
            ("reporter_phone", "phone"),
            ("reporter_address", "address"),
        ],
        forms::RESULT_NOTICE | forms::CASE_NOTICE | forms::NO_CASE_NOTICE => {
            &[("addressee", "name")]
        }
        _ => &[],
    };
    for (field, known) in fields {
        if let Some(Value::String(text)) = identity.get(known) {
            document.values.insert((*field).to_owned(), json!(text));
        }
    }
    document
}
