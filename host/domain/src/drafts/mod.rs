//! Filings that an officer has begun for a person: any part of a complaint, a report or a
//! question, kept until it is filed or discarded, and handed on in the middle of a call.

mod content;
mod identity;

pub use content::{FIELDS, FILING_FIELDS, INQUIRY_FIELDS, REPORT_FIELDS};
pub use identity::DraftIdentity;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::case::{Actor, Refusal};
use crate::identifiers::unit_id::UnitId;
use crate::officers::OfficerRole;

/// The act a draft is made for.
const ACTION: &str = "file-complaint";
const MAX_TURNS: usize = 200;

/// An officer as she was when she had the draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DraftHolder {
    pub id: String,
    pub name: String,
}

/// What was done with a draft besides writing in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum DraftTurn {
    Begun,
    TakenOver,
    Filed,
    Discarded,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DraftRecord {
    pub turn: DraftTurn,
    pub by: DraftHolder,
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub at: Timestamp,
}

/// A filing that was begun. Once it is filed or discarded it keeps no content.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Draft {
    pub id: String,
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub unit: UnitId,
    /// Who writes in it; others of the unit read it, and take it over.
    pub holder: DraftHolder,
    /// Any part of a filing.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub content: Value,
    /// Whose identity was confirmed while it grew.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub identities: Vec<DraftIdentity>,
    pub turns: Vec<DraftRecord>,
    /// The number of the file it became.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
}

impl Draft {
    /// Begins a draft in the officer's unit.
    pub fn begin(
        id: String,
        content: Value,
        actor: &Actor,
        at: Timestamp,
    ) -> Result<Draft, Refusal> {
        let (unit, agent) = clerk(actor)?;
        content::check(&content)?;
        let mut draft = Draft {
            id,
            unit,
            holder: agent,
            content,
            identities: Vec::new(),
            turns: Vec::new(),
            number: None,
        };
        draft.turn(DraftTurn::Begun, at);
        Ok(draft)
    }

    /// Its unit's officers see it, and nobody else.
    pub fn is_visible_to(&self, actor: &Actor) -> bool {
        clerk(actor).is_ok_and(|(unit, _)| unit == self.unit)
    }

    pub fn is_open(&self) -> bool {
        let last = self.turns.last().map(|record| record.turn);
        !matches!(last, Some(DraftTurn::Filed | DraftTurn::Discarded))
    }

    /// Puts other content in the place of what it holds.
    pub fn save(&mut self, content: Value, actor: &Actor) -> Result<(), Refusal> {
        self.held_by(actor)?;
        content::check(&content)?;
        self.content = content;
        Ok(())
    }

    /// Another officer of the unit goes on with it.
    pub fn take_over(&mut self, actor: &Actor, at: Timestamp) -> Result<(), Refusal> {
        self.open()?;
        let (_, agent) = clerk(actor)?;
        if agent.id == self.holder.id {
            return Err(Refusal::Repeated {
                what: "draft",
                id: self.id.clone(),
            });
        }
        if self.turns.len() >= MAX_TURNS {
            return Err(Refusal::Full {
                what: "turns",
                limit: MAX_TURNS,
            });
        }
        self.holder = agent;
        self.turn(DraftTurn::TakenOver, at);
        Ok(())
    }

    pub fn discard(&mut self, actor: &Actor, at: Timestamp) -> Result<(), Refusal> {
        self.held_by(actor)?;
        self.end(DraftTurn::Discarded, at);
        Ok(())
    }

    /// It became this case.
    pub fn filed(&mut self, number: String, at: Timestamp) {
        self.number = Some(number);
        self.end(DraftTurn::Filed, at);
    }

    /// Only who holds it writes in it and files it.
    pub fn held_by(&self, actor: &Actor) -> Result<(), Refusal> {
        self.open()?;
        let (_, agent) = clerk(actor)?;
        if agent.id != self.holder.id {
            return Err(Refusal::Needs { what: "take-over" });
        }
        Ok(())
    }

    fn open(&self) -> Result<(), Refusal> {
        if self.is_open() {
            return Ok(());
        }
        Err(Refusal::NotOpen {
            what: "draft",
            id: self.id.clone(),
        })
    }

    /// The ledger has what was filed, and nobody needs what was discarded.
    fn end(&mut self, turn: DraftTurn, at: Timestamp) {
        self.content = Value::Null;
        self.identities.clear();
        self.turn(turn, at);
    }

    fn turn(&mut self, turn: DraftTurn, at: Timestamp) {
        let by = self.holder.clone();
        self.turns.push(DraftRecord { turn, by, at });
    }
}

/// The unit and the person, where an officer enters filings.
fn clerk(actor: &Actor) -> Result<(UnitId, DraftHolder), Refusal> {
    let not_allowed = Refusal::NotAllowed { action: ACTION };
    let Actor::Officer {
        id,
        unit,
        name,
        role,
    } = actor
    else {
        return Err(not_allowed);
    };
    enters(*role)?;
    let unit = unit.parse().map_err(|_| not_allowed)?;
    let (id, name) = (id.clone(), name.clone());
    Ok((unit, DraftHolder { id, name }))
}

fn enters(role: OfficerRole) -> Result<(), Refusal> {
    match role.does(ACTION) {
        true => Ok(()),
        false => Err(Refusal::OtherRole {
            action: ACTION,
            role: role.name(),
        }),
    }
}

#[cfg(test)]
mod tests;
