//! Administrative mediation of an accepted complaint (Order 121 art. 18-24).

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::actor::{Actor, Side};

/// By what means a party was reached, or something was served (the note on the
/// official forms of 2026).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Means {
    /// On this platform.
    Platform,
    Internet,
    Phone,
    Sms,
    Email,
    Letter,
    InPerson,
}

/// How a mediation is held (art. 20).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// Time, place and mediator are told in advance.
    OnSite,
    Internet,
    Phone,
    Audio,
    Video,
}

/// Who chose the body that appraises (art. 22).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ChosenBy {
    Parties,
    /// The parties could not agree.
    Regulator,
}

/// A side's answer to the question whether it takes part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MediationAnswer {
    pub agrees: bool,
    /// Whether an association may be entrusted (art. 19).
    pub delegation: bool,
    pub means: Means,
    pub at: Timestamp,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EarlierAnswer {
    pub side: Side,
    #[serde(flatten)]
    pub answer: MediationAnswer,
}

/// An association was entrusted (art. 19), and how that ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delegation {
    pub association: String,
    pub at: Timestamp,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended: Option<DelegationEnd>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DelegationEnd {
    pub at: Timestamp,
    /// None where a side took back its consent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// A mediation that was set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// Counted from 1.
    pub seq: u32,
    pub mode: Mode,
    pub at: Timestamp,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    pub mediator: String,
    /// When it was set; older projections do not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub set_at: Option<Timestamp>,
    /// Who stayed away and what came of it, once it was held.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub held: Option<Held>,
    /// Why it does not take place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cancelled: Option<String>,
    /// Why what was recorded of it first was struck out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub struck: Vec<String>,
}

impl Session {
    /// Whether it was set before its time: who is asked to come may stay away.
    pub fn was_announced(&self) -> bool {
        self.set_at.is_none_or(|set| set < self.at)
    }

    /// It is still to be held.
    pub fn is_set(&self) -> bool {
        self.held.is_none() && self.cancelled.is_none()
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    pub absent: Vec<Side>,
    pub note: String,
}

/// A wish that another mediates (art. 21); while it is not decided, nothing goes on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recusal {
    pub by: Side,
    pub reason: String,
    /// Who was to mediate then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mediator: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub granted: Option<bool>,
    /// Who decided that, and why; older projections do not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<RecusalDecision>,
    /// When it was wished; older projections do not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Timestamp>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecusalDecision {
    pub by: Actor,
    pub at: Timestamp,
    pub reason: String,
}

/// An appraisal or a test; its days are not counted (art. 22).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Appraisal {
    pub body: String,
    pub chosen_by: ChosenBy,
    pub from: Date,
    /// When it began; older projections know the day alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Date>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub result: Option<String>,
}

/// How the mediation ended.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "ending", rename_all = "snake_case")]
pub enum Ending {
    /// Both sides accepted what the mediator or the authority proposed.
    Agreed,
    /// On a ground of the rule pack (art. 23).
    Terminated {
        ground: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
        by: Actor,
        /// When and how both sides were told.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        notified: Option<Notice>,
    },
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    pub at: Timestamp,
    pub means: Means,
}

/// All of a complaint's mediation.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Mediation {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consumer: Option<MediationAnswer>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub respondent: Option<MediationAnswer>,
    /// What a side had answered before it changed its mind.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub earlier_answers: Vec<EarlierAnswer>,
    pub sessions: Vec<Session>,
    /// All associations that mediated in the authority's name, the latest last.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub delegations: Vec<Delegation>,
    /// The association that mediates in the authority's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delegated_to: Option<String>,
    pub recusals: Vec<Recusal>,
    pub appraisals: Vec<Appraisal>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ending: Option<Ending>,
}

impl Mediation {
    /// The session that was set last, of those that are to come.
    pub fn next_session(&self, now: Timestamp) -> Option<&Session> {
        let mut sessions = self.sessions.iter().rev();
        sessions.find(|it| it.is_set() && it.at > now)
    }

    pub fn answer(&self, side: Side) -> Option<&MediationAnswer> {
        match side {
            Side::Consumer => self.consumer.as_ref(),
            Side::Respondent => self.respondent.as_ref(),
            _ => None,
        }
    }

    /// Both sides agreed to mediation (art. 18).
    pub fn is_consented(&self) -> bool {
        [Side::Consumer, Side::Respondent]
            .into_iter()
            .all(|side| self.answer(side).is_some_and(|answer| answer.agrees))
    }

    /// When the later of the two answers came.
    pub fn agreed_at(&self) -> Option<Timestamp> {
        let answers = [&self.consumer, &self.respondent].into_iter().flatten();
        answers.map(|answer| answer.at).max()
    }

    /// Both sides agreed that an association mediates (art. 19).
    pub fn may_be_delegated(&self) -> bool {
        let delegable = |answer: &MediationAnswer| answer.agrees && answer.delegation;
        [Side::Consumer, Side::Respondent]
            .into_iter()
            .all(|side| self.answer(side).is_some_and(delegable))
    }

    /// A recusal that nobody has decided on.
    pub fn open_recusal(&self) -> Option<&Recusal> {
        let mut recusals = self.recusals.iter();
        recusals.find(|recusal| recusal.granted.is_none())
    }

    pub fn is_suspended(&self) -> bool {
        self.open_recusal().is_some()
    }

    /// Somebody who does not mediate here any more, because a recusal was granted.
    pub fn is_recused(&self, mediator: &str) -> bool {
        let mut granted = self.recusals.iter().filter(|it| it.granted == Some(true));
        granted.any(|it| it.mediator.as_deref() == Some(mediator))
    }

    pub fn running_appraisal(&self) -> Option<&Appraisal> {
        self.appraisals
            .iter()
            .find(|appraisal| appraisal.to.is_none())
    }
}
