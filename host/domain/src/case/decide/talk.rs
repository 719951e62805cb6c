//! Messages, questions, answers, evidence, a revised claim.

use serde_json::Value;

use super::filing::{check_claim, check_evidence};
use super::representation::Disposal;
use super::{
    Context, Decided, authority, material, next, only, only_asked_in, representation, room,
    while_automated,
};
use crate::case::actor::Side;
use crate::case::entries::{MessageBody, Question};
use crate::case::event::Event;
use crate::case::filing::{Claim, EvidenceReference};
use crate::case::phase::Phase;
use crate::case::refusal::{Invalid, Refusal};
use crate::case::state::Case;
use crate::case::validate;
use crate::form::Form;
use crate::text::Bilingual;

const MAX_MESSAGES: usize = 500;
const MAX_MESSAGE_CHARS: usize = 4_000;
const MAX_QUESTIONS: usize = 50;
pub(super) const MAX_EVIDENCE: usize = 100;
const MAX_PROMPT_CHARS: usize = 1_000;
const MAX_ANSWER_BYTES: usize = 16 * 1024;

pub(super) fn post_message(case: &Case, body: MessageBody, context: &Context) -> Decided {
    let sides = [
        Side::Consumer,
        Side::Respondent,
        Side::Mediator,
        Side::Officer,
    ];
    only("post-message", context, &sides)?;
    while_automated(case, "post-message", context)?;
    case.in_phase("post-message", |phase| phase != Phase::Closed)?;
    takes_message(case, "/body", &body)?;
    Ok(vec![Event::MessagePosted {
        seq: next(case.messages.len()),
        body,
    }])
}

/// Whether there is room for a message, and it is one; `field` is where it stands.
pub(super) fn takes_message(case: &Case, field: &str, body: &MessageBody) -> Result<(), Refusal> {
    room("messages", case.messages.len(), MAX_MESSAGES)?;
    check_body(field, body, MAX_MESSAGE_CHARS)
}

/// The same of a piece of evidence.
pub(super) fn takes_evidence(
    case: &Case,
    field: &str,
    reference: &EvidenceReference,
) -> Result<(), Refusal> {
    room("evidence", case.evidence.len(), MAX_EVIDENCE)?;
    check_evidence(field, reference)
}

pub(super) fn ask(
    case: &Case,
    key: String,
    prompt: Bilingual,
    form: Option<Value>,
    context: &Context,
) -> Decided {
    only("ask", context, &[Side::Respondent, Side::Mediator])?;
    only_asked_in(case, "ask", context)?;
    while_automated(case, "ask", context)?;
    case.in_phase("ask", Phase::is_between_parties)?;
    room("questions", case.questions.len(), MAX_QUESTIONS)?;
    validate::key("/key", &key)?;
    check_bilingual("/prompt", &prompt, MAX_PROMPT_CHARS)?;
    if let Some(form) = &form {
        check_form("/form", form)?;
    }
    let same_side = |question: &&Question| question.by.side() == context.side();
    if case
        .questions
        .iter()
        .filter(same_side)
        .any(|question| question.key == key)
    {
        return Err(Refusal::Repeated {
            what: "question",
            id: key,
        });
    }
    Ok(vec![Event::QuestionAsked {
        seq: next(case.questions.len()),
        key,
        prompt,
        form,
    }])
}

pub(super) fn answer(case: &Case, seq: u32, value: Value, context: &Context) -> Decided {
    only("answer", context, &[Side::Consumer])?;
    case.in_phase("answer", Phase::is_between_parties)?;
    let question = open_question(case, seq)?;
    let Some(form) = &question.form else {
        return Err(Refusal::invalid("/value", Invalid::AnsweredByEvidence));
    };
    if value.to_string().len() > MAX_ANSWER_BYTES {
        return Err(Refusal::invalid(
            "/value",
            Invalid::TooLong {
                limit: MAX_ANSWER_BYTES,
            },
        ));
    }
    check_strings("/value", &value)?;
    check_against_form(form, &value)?;
    Ok(vec![Event::QuestionAnswered {
        question: seq,
        key: question.key.clone(),
        value,
    }])
}

pub(super) fn add_evidence(
    case: &Case,
    question: Option<u32>,
    reference: EvidenceReference,
    context: &Context,
) -> Decided {
    // What came by letter or was brought to the window an officer puts into the file.
    if context.side() == Side::Officer {
        authority::handles(case, "add-evidence", context)?;
    } else {
        let sides = [Side::Consumer, Side::Respondent, Side::Mediator];
        only("add-evidence", context, &sides)?;
    }
    case.in_phase("add-evidence", |phase| phase != Phase::Closed)?;
    takes_evidence(case, "", &reference)?;
    if let Some(seq) = question {
        check_answers(case, seq, context)?;
    }
    Ok(vec![Event::EvidenceAdded {
        seq: next(case.evidence.len()),
        question,
        reference,
        for_authority: material::is_awaited(case, context.side()),
    }])
}

/// What was asked of the consumer only she answers, and a form is filled in.
fn check_answers(case: &Case, seq: u32, context: &Context) -> Result<(), Refusal> {
    only("answer", context, &[Side::Consumer])?;
    case.in_phase("answer", Phase::is_between_parties)?;
    match open_question(case, seq)?.form {
        Some(_) => Err(Refusal::invalid("/question", Invalid::AnsweredByForm)),
        None => Ok(()),
    }
}

pub(super) fn revise_claim(case: &Case, claim: Claim, context: &Context) -> Decided {
    const ACTION: &str = "revise-claim";
    only(ACTION, context, &[Side::Consumer])?;
    case.in_phase(ACTION, |phase| {
        phase.is_between_parties() || matches!(phase, Phase::Registered | Phase::Accepted)
    })?;
    check_claim("", &claim)?;
    if claim == case.filing.claim {
        return Err(Refusal::invalid("", Invalid::Unchanged));
    }
    representation::may(case, ACTION, Disposal::ChangeClaim(&claim), context)?;
    Ok(vec![Event::ClaimRevised { claim }])
}

fn open_question(case: &Case, seq: u32) -> Result<&Question, Refusal> {
    let question = case.question(seq).ok_or(Refusal::Unknown {
        what: "question",
        id: seq.to_string(),
    })?;
    match question.answer {
        Some(_) => Err(Refusal::NotOpen {
            what: "question",
            id: seq.to_string(),
        }),
        None => Ok(question),
    }
}

fn check_form(field: &str, form: &Value) -> Result<(), Refusal> {
    Form::read(form).map(drop).map_err(|fault| {
        let field = format!("{field}{}", fault.pointer);
        Refusal::invalid(&field, Invalid::Malformed { detail: fault.why })
    })
}

fn check_against_form(form: &Value, value: &Value) -> Result<(), Refusal> {
    let checked = Form::read(form).and_then(|form| form.check(value));
    checked.map_err(|fault| {
        let field = format!("/value{}", fault.pointer);
        Refusal::invalid(&field, Invalid::Form { detail: fault.why })
    })
}

/// No control characters anywhere inside an answer.
fn check_strings(field: &str, value: &Value) -> Result<(), Refusal> {
    match value {
        Value::String(text) if text.is_empty() => Ok(()),
        Value::String(text) => validate::prose(field, text, MAX_MESSAGE_CHARS),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .try_for_each(|(index, item)| check_strings(&format!("{field}/{index}"), item)),
        Value::Object(members) => members
            .iter()
            .try_for_each(|(name, member)| check_strings(&format!("{field}/{name}"), member)),
        _ => Ok(()),
    }
}

pub(super) fn check_body(field: &str, body: &MessageBody, limit: usize) -> Result<(), Refusal> {
    match body {
        MessageBody::Written(text) => validate::prose(field, text, limit),
        MessageBody::Said(text) => check_bilingual(field, text, limit),
    }
}

pub(super) fn check_bilingual(field: &str, text: &Bilingual, limit: usize) -> Result<(), Refusal> {
    validate::prose(&format!("{field}/zh"), &text.zh, limit)?;
    validate::prose(&format!("{field}/en"), &text.en, limit)
}
