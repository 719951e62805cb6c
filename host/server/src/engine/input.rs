//! What a plugin sees of a case: only the fields its manifest asked for.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hejie_domain::case::Case;
use hejie_domain::case::actor::Side;
use hejie_domain::case::clocks::periods;
use hejie_domain::case::entries::{MessageBody, Offer, OfferState};
use hejie_domain::case::terms::{Remedy, Terms};
use hejie_domain::case::time::civil_date;
use hejie_domain::entitlements::{Assessment, Entitlement, assess};
use hejie_domain::money::Fen;
use hejie_domain::remedy::RemedyKind;
use hejie_domain::rules::RuleBook;
use hejie_runtime::contract::{self, dispute as wit};
use hejie_runtime::{Field, Input, Manifest};
use jiff::Timestamp;

use super::registry::ActivePlugin;

/// The input of one run.
pub fn build(
    case: &Case,
    plugin: &ActivePlugin,
    event: contract::Event,
    rules: &RuleBook,
    now: Timestamp,
) -> Input {
    let manifest = plugin.manifest();
    let memory = case.memories.get(&plugin.identity().key());
    let memory = memory
        .and_then(|text| STANDARD.decode(text).ok())
        .unwrap_or_default();
    Input {
        context: contract::Context {
            contract: contract::VERSION.to_owned(),
            now: millis(now),
            today: civil_date(now).to_string(),
            settings: plugin.settings_text.clone(),
            memory,
            dispute: dispute(case, manifest),
            clocks: if manifest.sees(Field::Clocks) {
                clocks(case)
            } else {
                Vec::new()
            },
            entitlements: entitlements(case, manifest, rules),
        },
        event,
    }
}

fn millis(at: Timestamp) -> u64 {
    u64::try_from(at.as_millisecond()).unwrap_or(0)
}

fn dispute(case: &Case, manifest: &Manifest) -> wit::CaseView {
    let filing = &case.filing;
    let sees = |field| manifest.sees(field);
    wit::CaseView {
        number: case.number.to_string(),
        version: case.version,
        category: filing.category.clone(),
        problem: filing.problem.clone(),
        received_on: case.received_on.to_string(),
        consumer: consumer(case, manifest),
        respondent: sees(Field::Respondent).then(|| wit::RespondentView {
            name: filing.respondent.name.clone(),
            credit_code: filing
                .respondent
                .credit_code
                .as_ref()
                .map(ToString::to_string),
        }),
        claim: sees(Field::Claim).then(|| wit::ClaimView {
            remedies: remedies(&filing.claim.remedies),
            reason: filing.claim.reason.clone(),
        }),
        facts: sees(Field::Facts).then(|| wit::FactsView {
            statement: filing.statement.clone(),
            stated: serde_jcs::to_string(&filing.facts).unwrap_or_default(),
        }),
        order: if sees(Field::Order) {
            order(case)
        } else {
            None
        },
        evidence: if sees(Field::Evidence) {
            evidence(case)
        } else {
            Vec::new()
        },
        messages: if sees(Field::Messages) {
            messages(case)
        } else {
            Vec::new()
        },
        questions: if sees(Field::Questions) {
            questions(case)
        } else {
            Vec::new()
        },
        offers: if sees(Field::Offers) {
            case.offers.iter().map(offer).collect()
        } else {
            Vec::new()
        },
    }
}

fn consumer(case: &Case, manifest: &Manifest) -> Option<wit::ConsumerView> {
    let consumer = &case.filing.consumer;
    let view = wit::ConsumerView {
        name: manifest
            .sees(Field::ConsumerName)
            .then(|| consumer.name.clone()),
        phone: manifest
            .sees(Field::ConsumerPhone)
            .then(|| consumer.phone.to_string()),
        address: consumer
            .address
            .clone()
            .filter(|_| manifest.sees(Field::ConsumerAddress)),
    };
    let empty = view.name.is_none() && view.phone.is_none() && view.address.is_none();
    (!empty).then_some(view)
}

fn order(case: &Case) -> Option<wit::OrderView> {
    let order = case.filing.order.as_ref()?;
    Some(wit::OrderView {
        reference: order.reference.clone(),
        price: case.filing.facts.price.map(Fen::get),
        ordered_on: order.ordered_on.map(|day| day.to_string()),
        received_on: case.filing.facts.received_on.map(|day| day.to_string()),
    })
}

fn evidence(case: &Case) -> Vec<wit::EvidenceView> {
    // The papers that an authority asked her for are no plugin's.
    let shown = case.evidence.iter().filter(|it| !it.for_authority);
    shown
        .map(|evidence| wit::EvidenceView {
            sha256: evidence.reference.sha256.to_string(),
            media_type: evidence.reference.media_type.clone(),
            size: evidence.reference.size,
            name: evidence.reference.name.clone(),
            by: side(evidence.by),
        })
        .collect()
}

fn messages(case: &Case) -> Vec<wit::MessageView> {
    case.messages
        .iter()
        .map(|message| wit::MessageView {
            seq: message.seq,
            by: side(message.by.side()),
            at: millis(message.at),
            body: body(&message.body),
        })
        .collect()
}

fn questions(case: &Case) -> Vec<wit::QuestionView> {
    case.questions
        .iter()
        .map(|question| wit::QuestionView {
            seq: question.seq,
            prompt: text(&question.prompt),
            answer: question.answer.as_ref().map(ToString::to_string),
        })
        .collect()
}

fn offer(offer: &Offer) -> wit::OfferView {
    wit::OfferView {
        seq: offer.seq,
        by: side(offer.by.side()),
        terms: terms(&offer.terms),
        state: match offer.state {
            OfferState::Open => wit::OfferState::Open,
            OfferState::Accepted => wit::OfferState::Accepted,
            OfferState::Declined => wit::OfferState::Declined,
            OfferState::Withdrawn => wit::OfferState::Withdrawn,
            OfferState::Expired => wit::OfferState::Expired,
            OfferState::Superseded => wit::OfferState::Superseded,
        },
        made_at: millis(offer.at),
        expires_at: offer.expires_at.map(millis),
        in_reply_to: offer.in_reply_to,
    }
}

fn clocks(case: &Case) -> Vec<wit::ClockView> {
    case.clocks
        .iter()
        .filter(|clock| clock.is_running() && !periods::is_among_authorities(&clock.period))
        .map(|clock| wit::ClockView {
            period: clock.period.clone(),
            started_on: clock.start.to_string(),
            ends_on: clock.reading.ends_on().map(|day| day.to_string()),
        })
        .collect()
}

fn entitlements(case: &Case, manifest: &Manifest, rules: &RuleBook) -> Vec<wit::Entitlement> {
    if !manifest.sees(Field::Entitlements) {
        return Vec::new();
    }
    let Assessment {
        unconditional,
        conditional,
        ..
    } = assess(
        &case.filing.facts,
        case.received_on,
        rules.entitlement_packs(),
    );
    unconditional
        .iter()
        .chain(&conditional)
        .map(entitlement)
        .collect()
}

fn entitlement(one: &Entitlement) -> wit::Entitlement {
    let article = &one.article;
    wit::Entitlement {
        id: one.id.clone(),
        article: contract::Text {
            zh: format!("{}第{}条", article.law.zh, article.article),
            en: format!("{} art. {}", article.law.en, article.article),
        },
        unconditional: one.condition.is_none(),
        remedy: contract::Remedy {
            kind: kind(one.remedy),
            amount: one.amount.map(Fen::get),
        },
        summary: text(&one.summary),
    }
}

pub fn side(side: Side) -> contract::Side {
    match side {
        Side::Consumer => contract::Side::Consumer,
        Side::Respondent => contract::Side::Respondent,
        Side::Mediator => contract::Side::Mediator,
        Side::Officer => contract::Side::Officer,
        Side::Platform => contract::Side::Platform,
    }
}

pub fn terms(terms: &Terms) -> contract::Terms {
    contract::Terms {
        remedies: remedies(&terms.remedies),
        perform_by: terms.perform_by.map(|day| day.to_string()),
        conditions: terms.conditions.clone(),
    }
}

/// A message as plugins read it: the Chinese half where there are two.
pub fn body(body: &MessageBody) -> String {
    match body {
        MessageBody::Written(text) => text.clone(),
        MessageBody::Said(text) => text.zh.clone(),
    }
}

fn remedies(remedies: &[Remedy]) -> Vec<contract::Remedy> {
    remedies
        .iter()
        .map(|remedy| contract::Remedy {
            kind: kind(remedy.kind),
            amount: remedy.amount.map(Fen::get),
        })
        .collect()
}

fn text(text: &hejie_domain::text::Bilingual) -> contract::Text {
    contract::Text {
        zh: text.zh.clone(),
        en: text.en.clone(),
    }
}

fn kind(kind: RemedyKind) -> contract::RemedyKind {
    match kind {
        RemedyKind::Repair => contract::RemedyKind::Repair,
        RemedyKind::Redo => contract::RemedyKind::Redo,
        RemedyKind::Replace => contract::RemedyKind::Replace,
        RemedyKind::ReturnGoods => contract::RemedyKind::ReturnGoods,
        RemedyKind::MakeUpQuantity => contract::RemedyKind::MakeUpQuantity,
        RemedyKind::Refund => contract::RemedyKind::Refund,
        RemedyKind::Compensation => contract::RemedyKind::Compensation,
        RemedyKind::Apology => contract::RemedyKind::Apology,
    }
}
