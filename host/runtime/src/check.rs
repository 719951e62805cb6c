//! Checks of a decision that need no case: sizes, characters, dates, amounts,
//! forms, and that every reason explains an action. What the case forbids is
//! decided where all commands are.

use hejie_domain::form::{Form, MAX_BYTES};
use hejie_domain::money::Fen;
use jiff::civil::Date;
use serde_json::Value;

use crate::contract::{MediatorAction, Opinion, ResolverAction, ReviewerAction, Terms, Text};
use crate::contract::{actions, values};
use crate::decision::Decision;
use crate::limits::Limits;

const MAX_TEXT: usize = 4_000;
const MAX_LIST: usize = 64;

/// Where a decision is not as it must be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutputFault {
    /// JSON Pointer within the decision.
    pub field: String,
    pub why: String,
}

type Checked = Result<(), OutputFault>;

fn fault<T>(field: &str, why: impl Into<String>) -> Result<T, OutputFault> {
    Err(OutputFault {
        field: field.to_owned(),
        why: why.into(),
    })
}

/// Checks a decision of any role.
pub(crate) fn check(decision: &Decision, limits: &Limits) -> Checked {
    if decision.actions() > limits.actions {
        return fault("/actions", format!("more than {} actions", limits.actions));
    }
    let at = |index: usize| format!("/actions/{index}");
    match decision {
        Decision::Resolver(decision) => {
            each(&decision.actions, |index, action| {
                resolver(&at(index), action)
            })?;
        }
        Decision::Reviewer(decision) => {
            each(&decision.actions, |index, action| {
                reviewer(&at(index), action)
            })?;
        }
        Decision::Mediator(decision) => {
            each(&decision.actions, |index, action| {
                mediator(&at(index), action)
            })?;
        }
    }
    reasons(decision)
}

fn each<T>(items: &[T], check: impl Fn(usize, &T) -> Checked) -> Checked {
    items
        .iter()
        .enumerate()
        .try_for_each(|(index, item)| check(index, item))
}

fn resolver(at: &str, action: &ResolverAction) -> Checked {
    match action {
        ResolverAction::Say(say) => text(at, &say.body),
        ResolverAction::Ask(ask) => question(at, ask),
        ResolverAction::RequestEvidence(request) => {
            key(at, &request.key)?;
            text(at, &request.prompt)
        }
        ResolverAction::LookUp(look_up) => {
            key(at, &look_up.name)?;
            key(at, &look_up.key)?;
            path(at, &look_up.path)
        }
        ResolverAction::Propose(propose) => proposal(at, propose),
        ResolverAction::Accept(_) => Ok(()),
        ResolverAction::Decline(decline) => text(at, &decline.note),
        ResolverAction::SetTimer(timer) => key(at, &timer.key),
        ResolverAction::CancelTimer(name) => key(at, name),
        ResolverAction::RecordPerformance(performance) => {
            date(at, &performance.performed_on)?;
            text(at, &performance.note)
        }
        ResolverAction::HandOver(why) | ResolverAction::Escalate(why) => text(at, why),
        ResolverAction::Note(note) => line(at, note),
    }
}

fn mediator(at: &str, action: &MediatorAction) -> Checked {
    match action {
        MediatorAction::Say(say) => text(at, &say.body),
        MediatorAction::Ask(ask) => question(at, ask),
        MediatorAction::Propose(propose) => proposal(at, propose),
        MediatorAction::SetTimer(timer) => key(at, &timer.key),
        MediatorAction::CancelTimer(name) => key(at, name),
        MediatorAction::HandOver(why) => text(at, why),
        MediatorAction::Note(note) => line(at, note),
    }
}

fn reviewer(at: &str, action: &ReviewerAction) -> Checked {
    match action {
        ReviewerAction::Opine(opinion) => self::opinion(at, opinion),
        ReviewerAction::Note(note) => line(at, note),
    }
}

fn opinion(at: &str, opinion: &Opinion) -> Checked {
    text(at, &opinion.summary)?;
    list(at, opinion.findings.len())?;
    each(&opinion.findings, |index, finding| {
        let at = format!("{at}/findings/{index}");
        key(&at, &finding.entitlement)?;
        text(&at, &finding.article)?;
        amount(&at, finding.short_by)?;
        text(&at, &finding.explanation)
    })
}

fn question(at: &str, ask: &actions::Ask) -> Checked {
    key(at, &ask.key)?;
    text(at, &ask.prompt)?;
    let at = format!("{at}/form");
    if ask.form.len() > MAX_BYTES {
        return fault(&at, "the form is longer than 16 KiB");
    }
    let form: Value = match serde_json::from_str(&ask.form) {
        Ok(form) => form,
        Err(broken) => return fault(&at, format!("the form is no JSON: {broken}")),
    };
    match Form::read(&form) {
        Ok(_) => Ok(()),
        Err(broken) => fault(&at, format!("the form is not taken: {broken}")),
    }
}

fn proposal(at: &str, propose: &actions::Propose) -> Checked {
    terms(&format!("{at}/terms"), &propose.terms)?;
    text(at, &propose.note)
}

fn terms(at: &str, terms: &Terms) -> Checked {
    if terms.remedies.is_empty() {
        return fault(at, "terms without a remedy");
    }
    list(at, terms.remedies.len())?;
    list(at, terms.conditions.len())?;
    each(&terms.remedies, |index, remedy: &values::Remedy| {
        amount(
            &format!("{at}/remedies/{index}"),
            remedy.amount.unwrap_or(0),
        )
    })?;
    each(&terms.conditions, |index, condition| {
        line(&format!("{at}/conditions/{index}"), condition)
    })?;
    terms
        .perform_by
        .as_ref()
        .map_or(Ok(()), |day| date(at, day))
}

fn reasons(decision: &Decision) -> Checked {
    list("/reasons", decision.reasons().len())?;
    each(decision.reasons(), |index, reason| {
        let at = format!("/reasons/{index}");
        if reason.action as usize >= decision.actions() {
            return fault(&at, format!("there is no action {}", reason.action));
        }
        list(&at, reason.facts.len())?;
        each(&reason.facts, |_, fact| text(&at, fact))?;
        text(&at, &reason.rule)
    })
}

fn text(at: &str, text: &Text) -> Checked {
    if is_plainly_fine(&text.zh) && is_plainly_fine(&text.en) {
        return Ok(());
    }
    line(&format!("{at}/zh"), &text.zh)?;
    line(&format!("{at}/en"), &text.en)
}

/// A quick look at the bytes, which most texts pass: short, not blank at its
/// beginning (no white space of Unicode begins with 0xE4 or more in UTF-8), and no
/// control character (the C1 ones are 0xC2 and a byte below 0xA0).
fn is_plainly_fine(text: &str) -> bool {
    let first = text.bytes().next().unwrap_or(b' ');
    if text.len() > MAX_TEXT || !(first.is_ascii_graphic() || first >= 0xE4) {
        return false;
    }
    let mut before = 0;
    text.bytes().all(|byte| {
        let c1 = before == 0xC2 && byte < 0xA0;
        before = byte;
        byte >= b' ' && byte != 0x7F && !c1
    })
}

fn line(at: &str, text: &str) -> Checked {
    if text.trim().is_empty() {
        return fault(at, "an empty text");
    }
    if text.chars().count() > MAX_TEXT {
        return fault(at, format!("longer than {MAX_TEXT} characters"));
    }
    if text.chars().any(|c| c.is_control() && c != '\n') {
        return fault(at, "a control character");
    }
    Ok(())
}

fn key(at: &str, key: &str) -> Checked {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_.".contains(c);
    if key.is_empty() || key.len() > 64 || !key.chars().all(plain) {
        return fault(
            at,
            "a key is 1 to 64 characters of a-z, 0-9, '-', '_' and '.'",
        );
    }
    Ok(())
}

fn path(at: &str, path: &str) -> Checked {
    let sound = path.len() <= 500 && path.is_ascii() && !path.contains(char::is_whitespace);
    if !sound || path.contains("..") || path.contains("//") || path.chars().any(char::is_control) {
        return fault(
            at,
            "a path is at most 500 characters, percent-encoded, without '..'",
        );
    }
    Ok(())
}

fn date(at: &str, date: &str) -> Checked {
    match date.parse::<Date>() {
        Ok(_) => Ok(()),
        Err(_) => fault(at, format!("{date:?} is no date")),
    }
}

fn amount(at: &str, fen: u64) -> Checked {
    match Fen::new(fen) {
        Ok(_) => Ok(()),
        Err(too_large) => fault(at, too_large.to_string()),
    }
}

fn list(at: &str, length: usize) -> Checked {
    if length > MAX_LIST {
        fault(at, format!("more than {MAX_LIST} entries"))
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn blank_and_control_characters_never_look_fine() {
        for text in [
            "",
            " a",
            "\u{3000}",
            "\u{a0}",
            "\u{85}x",
            "好\u{9f}",
            "好\u{7f}",
            "a\u{7}",
        ] {
            assert!(!is_plainly_fine(text), "{text:?}");
        }
        assert!(is_plainly_fine("我们退还¥12.90。") && is_plainly_fine("We refund."));
    }

    proptest! {
        #[test]
        fn what_looks_fine_is_fine(text in any::<String>()) {
            prop_assert!(!is_plainly_fine(&text) || line("", &text).is_ok());
        }
    }
}
