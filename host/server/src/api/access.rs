//! Who comes to a file whose person stands behind a token, and as whom: an officer of the
//! handling unit or of one above, of one that has a part or is said to be competent, or
//! the person herself. To all others it is as if it were not there.

use hejie_domain::case::Actor;
use hejie_domain::case::joint::Part;
use hejie_domain::case::time::begin_of_day;
use hejie_domain::identifiers::case_number::CaseNumber;
use hejie_domain::identifiers::unit_id::UnitId;
use hejie_domain::inquiry::Inquiry;
use hejie_domain::report::Report;
use hejie_store::Ownership;
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::act::Loaded;
use crate::app::App;
use crate::auth::{Principal, has_part, in_subtree, is_of};
use crate::kept::Kept;
use crate::problem::Problem;

/// A file whose person stands behind a token.
pub trait Personal: Kept {
    /// Whether all but the handling unit are told the day of what happened and not the hour.
    const TELLS_DAYS: bool = false;

    fn unit(&self) -> &UnitId;

    /// What other units have to do in it.
    fn parts(&self) -> &[Part];

    /// The authority that is said to be competent instead (Order 121 art. 33).
    fn asked(&self) -> Option<&UnitId> {
        None
    }

    /// The person as she acts, by the token that is hers.
    fn person(&self, token: String) -> Actor;
}

impl Personal for Report {
    /// A filing may be a complaint besides, which was received in the same moment and has a
    /// name: who handles neither is not to tell from the clock whose report it is (art. 37).
    const TELLS_DAYS: bool = true;

    fn unit(&self) -> &UnitId {
        &self.unit
    }

    fn parts(&self) -> &[Part] {
        &self.parts
    }

    fn asked(&self) -> Option<&UnitId> {
        self.dispute.as_ref().map(|dispute| &dispute.with)
    }

    fn person(&self, token: String) -> Actor {
        let named = self.reporter.is_named();
        Actor::Reporter {
            token: named.then_some(token),
        }
    }
}

impl Personal for Inquiry {
    fn unit(&self) -> &UnitId {
        &self.unit
    }

    fn parts(&self) -> &[Part] {
        &self.parts
    }

    fn person(&self, token: String) -> Actor {
        Actor::Reporter { token: Some(token) }
    }
}

/// How a principal shows that a file is her own; `None` of who has none.
pub fn ownership(principal: &Principal) -> Option<Ownership> {
    match principal {
        Principal::Consumer { .. } => Some(Ownership::Owner(principal.key())),
        Principal::Reporter { token } => Some(Ownership::Token(token.clone())),
        _ => None,
    }
}

/// The file, and the actor that the caller is in it.
pub async fn reached<F: Personal>(
    app: &App,
    principal: &Principal,
    number: &str,
) -> Result<(Loaded<F>, Actor), Problem> {
    let number: CaseNumber = number.parse().map_err(|_| Problem::not_found())?;
    let found = app.file_by_number::<F>(&number.to_string()).await?;
    let loaded = found.ok_or_else(Problem::not_found)?;
    let file = &loaded.file;
    let is_theirs = in_subtree(principal, file.unit())
        || has_part(principal, file.parts())
        || file.asked().is_some_and(|asked| is_of(principal, asked));
    if is_theirs {
        return Ok((loaded, principal.actor()));
    }
    let ownership = ownership(principal).ok_or_else(Problem::not_found)?;
    let own = app.store().identity_of(&loaded.id, &ownership).await?;
    let token = own.ok_or_else(Problem::not_found)?;
    let actor = loaded.file.person(token);
    Ok((loaded, actor))
}

/// The file, for officers alone.
pub async fn for_officers<F: Personal>(
    app: &App,
    principal: &Principal,
    number: &str,
) -> Result<Loaded<F>, Problem> {
    match reached(app, principal, number).await? {
        (loaded, Actor::Officer { .. }) => Ok(loaded),
        _ => Err(Problem::forbidden()),
    }
}

/// Whether this reader is told the days of what happened in a file and not the hours.
pub fn is_told_days<F: Personal>(file: &F, principal: &Principal) -> bool {
    F::TELLS_DAYS && !is_of(principal, file.unit())
}

/// Puts the beginning of its day in the place of each moment.
pub fn to_days(told: &mut Value) {
    match told {
        Value::Array(items) => items.iter_mut().for_each(to_days),
        Value::Object(members) => members.values_mut().for_each(to_days),
        Value::String(text) => {
            if let Ok(moment) = text.parse::<Timestamp>() {
                *told = json!(begin_of_day(moment));
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_told_by_their_day_wherever_they_stand_and_nothing_else_changes() {
        let mut told = json!({"at": "2026-05-18T01:02:03.456Z", "due": "2026-05-20", "n": 3,
            "moves": [{"at": "2026-05-17T16:00:00Z", "why": "2026年5月18日"}]});
        to_days(&mut told);
        assert_eq!(
            told,
            json!({"at": "2026-05-17T16:00:00Z", "due": "2026-05-20", "n": 3,
                "moves": [{"at": "2026-05-17T16:00:00Z", "why": "2026年5月18日"}]})
        );
    }
}
