//! Whose a file is: the unit that handles it, and those above.

use super::{Context, joint, only};
use crate::case::actor::{Actor, Side};
use crate::case::handled::Handled;
use crate::case::refusal::Refusal;
use crate::case::state::Case;
use crate::identifiers::unit_id::UnitId;
use crate::officers::OfficerRole;

/// Only an officer of the very unit that handles the file.
pub(crate) fn handles(
    file: &impl Handled,
    action: &'static str,
    context: &Context,
) -> Result<(), Refusal> {
    only(action, context, &[Side::Officer])?;
    let own = unit_of(context.actor);
    match (own, file.unit()) {
        (Some(own), Some(handling)) if own == *handling => Ok(()),
        _ => Err(Refusal::NotAllowed { action }),
    }
}

/// Only an officer of a unit above the one that handles it; that unit.
pub(crate) fn superior(
    file: &impl Handled,
    action: &'static str,
    context: &Context,
) -> Result<UnitId, Refusal> {
    only(action, context, &[Side::Officer])?;
    let own = unit_of(context.actor);
    match (own, file.unit()) {
        (Some(own), Some(handling)) if context.rules.units().is_below(handling, &own) => Ok(own),
        _ => Err(Refusal::NotAllowed { action }),
    }
}

/// An officer of the handling unit, or of one above, who approves what another asked for.
pub(crate) fn approves(
    file: &impl Handled,
    action: &'static str,
    context: &Context,
) -> Result<(), Refusal> {
    handles(file, action, context).or_else(|_| superior(file, action, context).map(drop))
}

/// Only the head of an authority; a station acts in its authority's name and has none.
pub(crate) fn is_head(action: &'static str, context: &Context) -> Result<(), Refusal> {
    if unit_of(context.actor).is_some_and(|own| own.is_station()) {
        return Err(Refusal::NotAllowed { action });
    }
    match context.actor {
        Actor::Officer {
            role: OfficerRole::Head,
            ..
        } => Ok(()),
        Actor::Officer { role, .. } => Err(Refusal::OtherRole {
            action,
            role: role.name(),
        }),
        _ => Err(Refusal::NotAllowed { action }),
    }
}

/// An officer of a unit that has a part in the file.
pub(crate) fn assists(file: &impl Handled, context: &Context) -> bool {
    unit_of(context.actor).is_some_and(|own| joint::takes_part(file, &own))
}

/// An officer of the unit that handles the complaint or of one above, of one that has a
/// part in it, or of one that is said to be competent instead.
pub(super) fn is_concerned(case: &Case, context: &Context) -> bool {
    let (Some(own), Some(complaint)) = (unit_of(context.actor), &case.complaint) else {
        return false;
    };
    complaint.is_of(&own)
        || context.rules.units().is_below(&complaint.unit, &own)
        || joint::takes_part(case, &own)
}

/// An officer does what is of her role; whose the file is was asked before.
pub(crate) fn of_role(action: &'static str, context: &Context) -> Result<(), Refusal> {
    match context.actor {
        Actor::Officer { role, .. } if !role.does(action) => Err(Refusal::OtherRole {
            action,
            role: role.name(),
        }),
        _ => Ok(()),
    }
}

/// An officer's unit; a name that is no unit's gives none.
pub(crate) fn unit_of(actor: &Actor) -> Option<UnitId> {
    match actor {
        Actor::Officer { unit, .. } => unit.parse().ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::RuleBook;

    #[test]
    fn the_head_of_a_station_is_not_the_head_of_its_authority() {
        let rules = RuleBook::builtin().unwrap();
        let head = |unit: &str| {
            let actor = Actor::Officer {
                id: "o-1".into(),
                unit: unit.into(),
                name: "周".into(),
                role: OfficerRole::Head,
            };
            let context = Context {
                now: "2026-05-18T01:00:00Z".parse().unwrap(),
                actor: &actor,
                rules: &rules,
            };
            is_head("decide-extension", &context)
        };
        assert_eq!(head("420106"), Ok(()));
        let refused = head("420106-01").unwrap_err();
        assert!(matches!(refused, Refusal::NotAllowed { .. }));
    }
}
