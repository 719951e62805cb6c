//! Why a command is not carried out. Nothing of a refused command is kept.

use jiff::civil::Date;

use crate::money::Fen;
use crate::text::Text;

/// A command that the rules forbid, or input that is not what the field takes.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Refusal {
    /// A field of the command is wrong; `field` is a JSON Pointer (RFC 6901).
    #[error("{field}: {problem}")]
    Invalid { field: String, problem: Invalid },
    /// This actor may never do this.
    #[error("{action} is not for this actor")]
    NotAllowed { action: &'static str },
    /// Of this officer's unit, but not of the role she has there.
    #[error("{action} is not for the role {role}")]
    OtherRole {
        action: &'static str,
        role: &'static str,
    },
    /// Not in the phase the case is in.
    #[error("{action} is not possible while the case is {phase}")]
    WrongPhase {
        action: &'static str,
        phase: &'static str,
    },
    /// What the command names is not in the case.
    #[error("no {what} {id} in this case")]
    Unknown { what: &'static str, id: String },
    /// What the command names is no longer open.
    #[error("{what} {id} is no longer open")]
    NotOpen { what: &'static str, id: String },
    /// Accepting one's own offer, or answering for the other side.
    #[error("an offer is accepted by the side it was made to")]
    OwnOffer,
    /// A clock that still runs.
    #[error("the clock {period} has not run out")]
    NotExpired { period: String },
    /// Something that must come first has not.
    #[error("this needs {what} first")]
    Needs { what: &'static str },
    /// An agent acts on a day on which his power of attorney is not in force.
    #[error("the power of attorney runs from {from} to {until}")]
    OutsideTerm { from: Date, until: Date },
    /// An ordinary power does not dispose of the request.
    #[error("the power of attorney does not extend to {action}")]
    NoPower { action: &'static str },
    /// Somebody who is represented has not agreed to this very act. Names are for the
    /// reader, and in no log.
    #[error("{action} needs the consent of complainants {}", numbers(.missing))]
    ConsentMissing {
        action: &'static str,
        missing: Vec<MissingConsent>,
    },
    /// No rule pack is in force for the day of receipt.
    #[error("no rule pack is in force on {day}")]
    NoRules { day: String },
    /// The respondent's place gives no authority.
    #[error("no authority found: {why}")]
    NoAuthority { why: String },
    /// The same thing again.
    #[error("{what} {id} exists already")]
    Repeated { what: &'static str, id: String },
    /// More of something than a case may hold.
    #[error("a case holds at most {limit} {what}")]
    Full { what: &'static str, limit: usize },
    /// The ground is not in the rule pack of the case.
    #[error("{ground} is not a ground of {pack}")]
    NoSuchGround { ground: String, pack: String },
}

/// A complainant who has not agreed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissingConsent {
    pub person: u32,
    pub name: String,
}

fn numbers(missing: &[MissingConsent]) -> String {
    let numbers = missing.iter().map(|it| it.person.to_string());
    numbers.collect::<Vec<_>>().join(", ")
}

/// What is wrong with a field.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Invalid {
    #[error("is needed")]
    Missing,
    #[error("is longer than {limit} characters")]
    TooLong { limit: usize },
    #[error("has more than {limit} entries")]
    TooMany { limit: usize },
    #[error("holds a control character at position {position}")]
    ControlCharacter { position: usize },
    #[error("must be more than zero")]
    NotPositive,
    #[error("takes no amount: the remedy is not money")]
    NotMoney,
    #[error("comes to more than {limit}")]
    TooMuch { limit: Fen },
    #[error("is longer than {limit} days")]
    TooManyDays { limit: u32 },
    #[error("is given only where it is decided collectively")]
    NotCollective,
    #[error("is answered by adding evidence")]
    AnsweredByEvidence,
    #[error("is answered by its form")]
    AnsweredByForm,
    #[error("has no negotiation to wait for: the respondent does not resolve disputes here")]
    NoNegotiation,
    #[error("is there twice")]
    Repeated,
    #[error("must not be before {earliest}")]
    TooEarly { earliest: String },
    #[error("must not be after {latest}")]
    TooLate { latest: String },
    #[error("is not one of the known values")]
    UnknownValue,
    #[error("is as it was before")]
    Unchanged,
    #[error("does not fit its form: {detail}")]
    Form { detail: String },
    #[error("{detail}")]
    Malformed { detail: String },
    /// What another part of the domain found wrong, as a message of the catalogue.
    #[error("{}", .why.id)]
    Explained { why: Text },
}

impl Refusal {
    pub(crate) fn invalid(field: &str, problem: Invalid) -> Refusal {
        Refusal::Invalid {
            field: field.to_owned(),
            problem,
        }
    }

    /// A field whose problem has a sentence of its own in the catalogue.
    pub(crate) fn explained(field: &str, sentence: &'static str) -> Refusal {
        let why = Text::new(sentence);
        Refusal::invalid(field, Invalid::Explained { why })
    }

    /// A stable word for programs; also the message id after `refusal-`.
    pub fn code(&self) -> &'static str {
        match self {
            Refusal::Invalid { .. } => "invalid-field",
            Refusal::NotAllowed { .. } => "not-allowed",
            Refusal::OtherRole { .. } => "other-role",
            Refusal::WrongPhase { .. } => "wrong-phase",
            Refusal::Unknown { .. } => "unknown",
            Refusal::NotOpen { .. } => "not-open",
            Refusal::OwnOffer => "own-offer",
            Refusal::NotExpired { .. } => "not-expired",
            Refusal::Needs { .. } => "needs",
            Refusal::OutsideTerm { .. } => "outside-term",
            Refusal::NoPower { .. } => "no-power",
            Refusal::ConsentMissing { .. } => "consent-missing",
            Refusal::NoRules { .. } => "no-rules",
            Refusal::NoAuthority { .. } => "no-authority",
            Refusal::Repeated { .. } => "repeated",
            Refusal::Full { .. } => "full",
            Refusal::NoSuchGround { .. } => "no-such-ground",
        }
    }

    /// The sentence for a person.
    pub fn text(&self) -> Text {
        match self {
            Refusal::Invalid { problem, .. } => problem.text(),
            Refusal::NotAllowed { action } => {
                Text::new("refusal-not-allowed").term("action", "action", action)
            }
            Refusal::OtherRole { action, role } => Text::new("refusal-other-role")
                .term("action", "action", action)
                .term("role", "role", role),
            Refusal::WrongPhase { action, phase } => Text::new("refusal-wrong-phase")
                .term("action", "action", action)
                .term("phase", "phase", phase),
            Refusal::Unknown { what, id } => Text::new("refusal-unknown")
                .term("what", "thing", what)
                .arg("id", id.as_str()),
            Refusal::NotOpen { what, id } => Text::new("refusal-not-open")
                .term("what", "thing", what)
                .arg("id", id.as_str()),
            Refusal::OwnOffer => Text::new("refusal-own-offer"),
            Refusal::NotExpired { period } => match period.strip_prefix("offer-") {
                Some(offer) => Text::new("refusal-offer-not-expired").arg("offer", offer),
                None => Text::new("refusal-not-expired").term("period", "period", period),
            },
            Refusal::Needs { what } => Text::new("refusal-needs").term("what", "need", what),
            Refusal::OutsideTerm { from, until } => Text::new("refusal-outside-term")
                .arg("from", from.to_string())
                .arg("until", until.to_string()),
            Refusal::NoPower { action } => {
                Text::new("refusal-no-power").term("action", "action", action)
            }
            Refusal::ConsentMissing { action, missing } => {
                let names = missing.iter().map(|it| it.name.as_str());
                Text::new("refusal-consent-missing")
                    .term("action", "action", action)
                    .arg("names", names.collect::<Vec<_>>().join("、"))
            }
            Refusal::NoRules { day } => Text::new("refusal-no-rules").arg("day", day.as_str()),
            // `why` is for logs; the sentence says what helps, in the reader's language.
            Refusal::NoAuthority { .. } => Text::new("refusal-no-authority"),
            Refusal::Repeated { what, id } => Text::new("refusal-repeated")
                .term("what", "thing", what)
                .arg("id", id.as_str()),
            Refusal::Full { what, limit } => Text::new("refusal-full")
                .term("what", "thing", what)
                .arg("limit", *limit as u64),
            Refusal::NoSuchGround { ground, pack } => Text::new("refusal-no-such-ground")
                .arg("ground", ground.as_str())
                .arg("pack", pack.as_str()),
        }
    }
}

impl Invalid {
    /// The sentence for a person.
    pub fn text(&self) -> Text {
        match self {
            Invalid::Missing => Text::new("invalid-missing"),
            Invalid::TooLong { limit } => Text::new("invalid-too-long").arg("limit", *limit as u64),
            Invalid::TooMany { limit } => Text::new("invalid-too-many").arg("limit", *limit as u64),
            Invalid::ControlCharacter { position } => {
                Text::new("invalid-control-character").arg("position", *position as u64)
            }
            Invalid::NotPositive => Text::new("invalid-not-positive"),
            Invalid::NotMoney => Text::new("invalid-not-money"),
            Invalid::TooMuch { limit } => {
                Text::new("invalid-too-much").arg("limit", limit.to_string())
            }
            Invalid::TooManyDays { limit } => {
                Text::new("invalid-too-many-days").arg("limit", u64::from(*limit))
            }
            Invalid::NotCollective => Text::new("invalid-not-collective"),
            Invalid::AnsweredByEvidence => Text::new("invalid-answered-by-evidence"),
            Invalid::AnsweredByForm => Text::new("invalid-answered-by-form"),
            Invalid::NoNegotiation => Text::new("invalid-no-negotiation"),
            Invalid::Repeated => Text::new("invalid-repeated"),
            Invalid::TooEarly { earliest } => {
                Text::new("invalid-too-early").arg("earliest", earliest.as_str())
            }
            Invalid::TooLate { latest } => {
                Text::new("invalid-too-late").arg("latest", latest.as_str())
            }
            Invalid::UnknownValue => Text::new("invalid-unknown-value"),
            Invalid::Unchanged => Text::new("invalid-unchanged"),
            Invalid::Form { detail } => Text::new("invalid-form").arg("detail", detail.as_str()),
            Invalid::Malformed { detail } => {
                Text::new("invalid-malformed").arg("detail", detail.as_str())
            }
            Invalid::Explained { why } => why.clone(),
        }
    }
}
