//! What the file already says, field by field of a form: nothing is typed twice.

use std::collections::BTreeMap;

use hejie_documents::Form;
use hejie_domain::case::Actor;
use hejie_domain::case::actor::Side;
use hejie_domain::case::document::{Documented, IssuedDocument, forms};
use hejie_domain::case::mediation::Means;
use hejie_domain::case::moves::{Move, last_dispatch};
use hejie_domain::case::time::shanghai;
use hejie_domain::rules::RuleBook;
use hejie_domain::text::Text;
use hejie_domain::units::Unit;
use hejie_texts::{Language, render};
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::commit::Base;
use crate::kept::Kept;

/// Longest subject that a form takes, in characters.
const MAX_SUBJECT: usize = 100;

/// Longest proof of a service, in characters.
const MAX_PROOF: usize = 200;

/// Who fills in a document, and of what.
pub struct Desk<'a, F> {
    pub file: &'a F,
    pub issuer: &'a Issuer,
    pub rules: &'a RuleBook,
    pub officer: &'a Actor,
    /// What the ledger ends with.
    pub base: &'a Base,
    pub now: Timestamp,
    /// The side it is addressed to.
    pub to: Side,
}

/// Who issues a document, as it says.
pub struct Issuer {
    pub name: String,
    /// Before the sign and the year of a number.
    pub abbreviation: String,
}

impl Issuer {
    /// Units that the rules carry have an abbreviation; another's is its name.
    pub fn unit(unit: &Unit) -> Issuer {
        Issuer {
            name: unit.name.clone(),
            abbreviation: unit.abbreviation.as_ref().unwrap_or(&unit.name).clone(),
        }
    }

    /// What the parties draw up by themselves.
    pub fn parties() -> Issuer {
        let name = chinese(&Text::new("document-between-parties"));
        Issuer {
            abbreviation: name.clone(),
            name,
        }
    }
}

/// A kind of file that fills in its documents.
pub trait Source: Kept + Documented {
    /// What it says in a field of a form for a purpose; `None` where that is the officer's.
    fn known(form: &str, key: &str, desk: &Desk<Self>) -> Option<Value>;

    /// All of a form that tells of the whole file, of which nothing is the officer's.
    fn whole(
        _form: &str,
        _desk: &Desk<Self>,
    ) -> Result<Option<BTreeMap<String, Value>>, serde_json::Error> {
        Ok(None)
    }

    /// A field that stays empty in what is kept, whoever knows what it would say.
    fn is_withheld(_key: &str) -> bool {
        false
    }
}

/// All that is known; fields that are not in the map are the officer's.
pub fn values<F: Source>(form: &Form, desk: &Desk<F>) -> BTreeMap<String, Value> {
    let known = |key: &str| F::known(forms::purpose(&form.id), key, desk);
    let fields = form.fields.iter();
    fields
        .filter_map(|field| Some((field.key.clone(), known(&field.key)?)))
        .collect()
}

/// Who a file is about, and why, in one line; a long reason is cut, and says so.
pub(super) fn subject(respondent: &str, reason: &str) -> String {
    let whole = |reason: &str| {
        let text = Text::new("document-subject").arg("respondent", respondent);
        chinese(&text.arg("reason", reason))
    };
    let room = MAX_SUBJECT.saturating_sub(whole("").chars().count());
    match brief(reason, room) {
        reason if reason.is_empty() => brief(respondent, MAX_SUBJECT),
        reason => whole(&reason),
    }
}

/// A text in one line of at most so many characters; what is cut off is three dots.
pub(super) fn brief(text: &str, most: usize) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= most {
        return line;
    }
    let Some(kept) = most.checked_sub(1) else {
        return String::new();
    };
    line.chars().take(kept).chain(['…']).collect()
}

pub(super) fn name(officer: &Actor) -> Option<Value> {
    match officer {
        Actor::Officer { name, .. } => Some(json!(name)),
        _ => None,
    }
}

/// The officer of the unit that issues the form who took it down; of what came by itself, or
/// was taken down elsewhere, whoever draws up the form.
pub(super) fn registrar<F>(by: Option<&Actor>, desk: &Desk<F>) -> Option<Value> {
    let own = by.filter(|by| unit_of(by).is_some() && unit_of(by) == unit_of(desk.officer));
    own.and_then(name).or_else(|| name(desk.officer))
}

fn unit_of(officer: &Actor) -> Option<&str> {
    match officer {
        Actor::Officer { unit, .. } => Some(unit),
        _ => None,
    }
}

/// What the notice says of the last time that the file was sent down.
pub(super) fn dispatch(key: &str, moves: &[Move], rules: &RuleBook) -> Option<Value> {
    let sent = last_dispatch(moves)?;
    match key {
        "addressee" => rules.units().get(&sent.to).map(|unit| json!(unit.name)),
        "report_back_by" => sent.report_by.map(|day| json!(day)),
        "reason" => Some(json!(sent.note)),
        _ => None,
    }
}

/// How documents reached a side.
pub(super) fn services(documents: &[IssuedDocument], to: Side) -> Value {
    let rows = documents.iter().flat_map(|document| {
        let title = title(&document.form);
        let hers = document.services.iter().filter(move |it| it.to == to);
        hers.map(move |service| {
            let mut row = json!({"document": title, "document_number": document.number,
                   "served_at": to_the_minute(service.at), "means": means(service.means),
                   "outcome": service.outcome.name()});
            if let Some(note) = &service.note {
                row["proof"] = json!(brief(note, MAX_PROOF));
            }
            row
        })
    });
    Value::Array(rows.collect())
}

fn means(means: Means) -> &'static str {
    match means {
        Means::Platform | Means::Internet => "internet",
        Means::Phone => "telephone",
        Means::Sms => "sms",
        Means::Email => "e-mail",
        Means::Letter => "letter",
        Means::InPerson => "in-person",
    }
}

/// A form by its name.
pub(super) fn title(form: &str) -> String {
    chinese(&Text::new(format!("form-{form}")))
}

/// Documents are Chinese.
pub(super) fn chinese(text: &Text) -> String {
    render(text, Language::Chinese)
}

/// `2026-05-18T14:30` in Shanghai.
pub(super) fn to_the_minute(at: Timestamp) -> String {
    at.to_zoned_datetime(shanghai())
        .strftime("%Y-%m-%dT%H:%M")
        .to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subject_is_one_line_that_every_form_takes_and_closes_what_it_opens() {
        assert_eq!(
            subject("江汉百货", "第一行\n第二行"),
            "江汉百货（第一行 第二行）"
        );
        let long = subject("江汉百货", &"质量".repeat(200));
        assert_eq!(long.chars().count(), MAX_SUBJECT);
        assert!(long.ends_with("质…）"), "{long}");
        assert_eq!(subject(&"店".repeat(100), "质量"), "店".repeat(100));
        assert_eq!(subject(&"店".repeat(98), "质量"), "店".repeat(98));
    }
}
