//! What a complaint's documents say, in the words of the forms.

use std::collections::BTreeMap;

use hejie_domain::case::Case;
use hejie_domain::case::actor::Side;
use hejie_domain::case::clocks::periods;
use hejie_domain::case::complaint::{Complaint, ComplaintDecision};
use hejie_domain::case::document::forms;
use hejie_domain::case::mediation::{Ending, Mode, Session};
use hejie_domain::case::representation::Mandate;
use hejie_domain::case::state::Settlement;
use hejie_domain::case::terms::total;
use hejie_domain::case::time::civil_date;
use hejie_domain::text::Text;
use jiff::civil::Date;
use serde_json::{Value, json};

use super::dossier;
use super::parties::{agreement, complainants, request, signer};
use super::prefill::{
    Desk, Source, chinese, dispatch, name, registrar, services, subject, title, to_the_minute,
};

impl Source for Case {
    fn whole(
        form: &str,
        desk: &Desk<Case>,
    ) -> Result<Option<BTreeMap<String, Value>>, serde_json::Error> {
        match form {
            forms::DOSSIER => dossier::whole(desk).map(Some),
            _ => Ok(None),
        }
    }

    fn known(form: &str, key: &str, desk: &Desk<Case>) -> Option<Value> {
        recipient(key, desk)
            .or_else(|| party(key, desk))
            .or_else(|| of_the_file(form, key, desk))
            .or_else(|| match form {
                forms::REFUSAL => refusal(key, desk),
                forms::TERMINATION => termination(key, desk),
                forms::MEDIATION_NOTICE => session(key, desk),
                forms::DISPATCH_NOTICE => sent_down(key, desk),
                forms::MEDIATION_AGREEMENT | forms::SETTLEMENT_AGREEMENT => settlement(key, desk),
                forms::DOSSIER_COVER => cover(key, desk),
                forms::SERVICE_RECORD => service(key, desk),
                forms::IDENTITY_NOTICE => material(key, desk),
                _ => None,
            })
    }
}

/// To whom documents were brought, of whom a record of service is.
fn recipient(key: &str, desk: &Desk<Case>) -> Option<Value> {
    let (consumer, respondent) = (&desk.file.filing.consumer, &desk.file.filing.respondent);
    match (key, desk.to) {
        ("recipient", Side::Respondent) => Some(json!(respondent.name)),
        ("recipient", _) => Some(json!(complainants(desk.file))),
        ("recipient_address", Side::Respondent) => respondent.address.as_ref().map(|it| json!(it)),
        ("recipient_address", _) => consumer.address.as_ref().map(|it| json!(it)),
        ("recipient_phone", Side::Respondent) => None,
        ("recipient_phone", _) => Some(json!(consumer.phone)),
        _ => None,
    }
}

/// The two sides; a respondent's telephone is not in a file.
fn party(key: &str, desk: &Desk<Case>) -> Option<Value> {
    let filing = &desk.file.filing;
    let tick = |yes: bool| Some(json!(if yes { "yes" } else { "no" }));
    match key {
        "complainant_name" | "complainant" | "filer" => Some(json!(complainants(desk.file))),
        "complainant_agent" => agent(desk).map(|it| json!(it.name)),
        "complainant_agent_phone" => agent(desk).map(|it| json!(it.phone)),
        "complainant_phone" => Some(json!(filing.consumer.phone)),
        "complainant_address" => filing.consumer.address.as_ref().map(|it| json!(it)),
        "respondent_name" | "respondent" => Some(json!(filing.respondent.name)),
        "respondent_address" | "premises" => filing.respondent.address.as_ref().map(|it| json!(it)),
        "may_publish" => tick(filing.consents.publication),
        "may_delegate" => tick(filing.consents.delegated_mediation),
        _ => None,
    }
}

/// Who acts for her on the day of the document.
fn agent<'a>(desk: &Desk<'a, Case>) -> Option<&'a Mandate> {
    let agent = desk.file.representation()?.agent.as_ref();
    agent.filter(|it| it.is_in_term(civil_date(desk.now)))
}

fn of_the_file(form: &str, key: &str, desk: &Desk<Case>) -> Option<Value> {
    let case = desk.file;
    match key {
        "addressee" if form != forms::DISPATCH_NOTICE => Some(json!(match desk.to {
            Side::Respondent => case.filing.respondent.name.clone(),
            _ => complainants(case),
        })),
        "subject" | "case_subject" => {
            let filing = &case.filing;
            Some(json!(subject(
                &filing.respondent.name,
                &filing.claim.reason
            )))
        }
        "received_on" if matches!(form, forms::ACCEPTANCE | forms::REFUSAL) => {
            received_on(case).map(|day| json!(day))
        }
        "received_on" | "registered_on" | "filed_on" => {
            complaint(desk).map(|it| json!(it.received_on))
        }
        "facts" | "dispute" => Some(json!(case.filing.statement)),
        "claim" if form == forms::MEDIATION_AGREEMENT => Some(json!(format!(
            "{}\n{}",
            case.filing.statement,
            request(case)
        ))),
        "request" | "claim" => Some(json!(request(case))),
        "amount" if form == forms::REGISTRATION => Some(json!(total(&case.filing.claim.remedies))),
        "officer" if form == forms::REGISTRATION => {
            registrar(case.entered.as_ref().map(|it| &it.by), desk)
        }
        "officer" | "handler" | "server" => name(desk.officer),
        _ => None,
    }
}

/// The day on which the authority that decides had it: its period runs from then (art. 15).
/// What intake decides itself it had from the day it was registered.
fn received_on(case: &Case) -> Option<Date> {
    let mut periods = case.clocks.iter().rev();
    let receipt = periods.find(|clock| clock.is_of(periods::ACCEPTANCE));
    let registered = case.complaint.as_ref().map(|it| it.received_on);
    receipt.map(|it| it.start).or(registered)
}

/// Only a complaint has documents.
fn complaint<'a>(desk: &Desk<'a, Case>) -> Option<&'a Complaint> {
    desk.file.complaint.as_ref()
}

fn refusal(key: &str, desk: &Desk<Case>) -> Option<Value> {
    let Some(ComplaintDecision::Refused { ground, reason, .. }) = &complaint(desk)?.decision else {
        return None;
    };
    match key {
        "ground" => Some(json!(ground)),
        "reason" => Some(json!(reason)),
        _ => None,
    }
}

fn termination(key: &str, desk: &Desk<Case>) -> Option<Value> {
    let mediation = complaint(desk)?.mediation.as_ref()?;
    let Some(Ending::Terminated { ground, reason, .. }) = &mediation.ending else {
        return None;
    };
    match key {
        "ground" => Some(json!(ground)),
        // Where nobody decided it, the law's own words.
        "reason" => reason
            .clone()
            .or_else(|| said(ground, desk))
            .map(|it| json!(it)),
        _ => None,
    }
}

fn said(ground: &str, desk: &Desk<Case>) -> Option<String> {
    let procedure = desk.rules.procedure(desk.file.complaint_pack())?;
    let mut grounds = procedure.termination_grounds.iter();
    grounds
        .find(|it| it.id == ground)
        .map(|it| it.text.zh.clone())
}

/// The mediation that was set last, of those that are to come.
fn session(key: &str, desk: &Desk<Case>) -> Option<Value> {
    let Session {
        at,
        mode,
        place,
        mediator,
        ..
    } = complaint(desk)?
        .mediation
        .as_ref()?
        .next_session(desk.now)?;
    match key {
        "held_at" => Some(json!(to_the_minute(*at))),
        "means" => Some(json!(match mode {
            Mode::OnSite => "on-site",
            Mode::Phone => "telephone",
            Mode::Video => "online",
            Mode::Internet | Mode::Audio => "internet",
        })),
        "place" => place.as_ref().map(|place| json!(place)),
        "mediator" => Some(json!(mediator)),
        _ => None,
    }
}

fn sent_down(key: &str, desk: &Desk<Case>) -> Option<Value> {
    match key {
        "track" => Some(json!("complaint")),
        _ => dispatch(key, &complaint(desk)?.moves, desk.rules),
    }
}

fn settlement(key: &str, desk: &Desk<Case>) -> Option<Value> {
    let Settlement {
        terms, at, offer, ..
    } = desk.file.settlement.as_ref()?;
    // Who said so elsewhere signs on paper: the line stays empty for the pen.
    let agreed = desk.file.offer(*offer);
    let here = |side| agreed.is_none_or(|it| !it.by_word.contains(&side));
    let signed = |side, name: &str| {
        let text = Text::new("document-signed").arg("name", name);
        here(side).then(|| json!(chinese(&text)))
    };
    // Who offered said so with the offer, who accepted then; of old files only the last is known.
    let said_at = |side| match agreed {
        Some(offer) if offer.by.side() == side => offer.at,
        Some(offer) => offer.accepted_at.get(&side).copied().unwrap_or(*at),
        None => *at,
    };
    let signed_on = |side| here(side).then(|| json!(civil_date(said_at(side))));
    match key {
        "agreement" | "terms" => Some(json!(agreement(terms))),
        "amount" => Some(json!(terms.money())),
        "perform_by" => {
            let by_rule = desk.file.running_clock(periods::PERFORMANCE);
            let by_rule = by_rule.and_then(|clock| clock.reading.ends_on());
            terms.perform_by.or(by_rule).map(|day| json!(day))
        }
        "complainant_signed" => {
            let who = agreed.and_then(|offer| offer.accepted_as.clone());
            signed(Side::Consumer, &who.unwrap_or_else(|| signer(desk.file)))
        }
        "respondent_signed" => signed(Side::Respondent, &desk.file.filing.respondent.name),
        "complainant_signed_on" => signed_on(Side::Consumer),
        "respondent_signed_on" => signed_on(Side::Respondent),
        "mediator" => mediated_by(desk).or_else(|| name(desk.officer)),
        _ => None,
    }
}

/// Who held the last session, an association's mediator as well; where none is recorded, for
/// whom the last was set whose time had come.
fn mediated_by(desk: &Desk<Case>) -> Option<Value> {
    let sessions = &complaint(desk)?.mediation.as_ref()?.sessions;
    let mut latest = sessions.iter().rev();
    let held = latest.find(|it| it.held.is_some() && it.cancelled.is_none());
    let begun = |it: &&Session| it.cancelled.is_none() && it.at <= desk.now;
    let session = held.or_else(|| sessions.iter().rev().find(begun))?;
    Some(json!(session.mediator))
}

fn cover(key: &str, desk: &Desk<Case>) -> Option<Value> {
    match key {
        "manifest" => Some(Value::Array(manifest(desk))),
        _ => None,
    }
}

/// Every document and every piece of evidence, in the order of the file.
fn manifest(desk: &Desk<Case>) -> Vec<Value> {
    let documents = desk.file.documents.iter().map(|it| {
        json!({"title": title(&it.form), "number": it.number, "made_on": it.issued_on,
               "digest": it.content.pdf.to_string()})
    });
    let evidence = desk.file.evidence.iter().map(|it| {
        json!({"title": it.reference.name, "made_on": civil_date(it.at),
               "digest": it.reference.sha256.to_string()})
    });
    let mut rows: Vec<Value> = documents.chain(evidence).collect();
    for (index, row) in rows.iter_mut().enumerate() {
        row["index"] = json!(index + 1);
    }
    rows
}

fn service(key: &str, desk: &Desk<Case>) -> Option<Value> {
    match key {
        "services" => Some(services(&desk.file.documents, desk.to)),
        _ => None,
    }
}

fn material(key: &str, desk: &Desk<Case>) -> Option<Value> {
    let request = complaint(desk)?.material.as_ref()?;
    match key {
        "due_on" => Some(json!(request.due)),
        "materials" => Some(json!(["other"])),
        "other_material" => Some(json!(request.items.join("\n"))),
        _ => None,
    }
}
