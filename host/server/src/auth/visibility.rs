//! Least privilege: a party sees its own cases, a unit its own subtree.

use hejie_domain::case::Case;
use hejie_domain::case::joint::Part;
use hejie_domain::file::FileKind;
use hejie_domain::identifiers::unit_id::UnitId;
use hejie_store::CaseScope;
use jiff::civil::Date;

use super::Principal;

/// May this principal see this case on a day?
pub fn may_see(principal: &Principal, case: &Case, today: Date) -> bool {
    match principal {
        Principal::Consumer { id } => case.may_read(id, today),
        _ => has_to_do_with(principal, case),
    }
}

/// Has this principal to do with this case? Whom the case concerns learns why an act of his
/// is refused, and an agent whose term is over hands in the next power, unread.
pub fn has_to_do_with(principal: &Principal, case: &Case) -> bool {
    match principal {
        Principal::Consumer { id } => case.standing(id).is_some(),
        Principal::Agent { organisation, .. } => {
            case.filing.respondent.organisation.as_ref() == Some(organisation)
        }
        Principal::Mediator { organisation, .. } => case.is_mediated_by(organisation),
        Principal::Officer { unit, .. } => {
            let Some(complaint) = &case.complaint else {
                return false;
            };
            let asked = complaint.dispute.as_ref();
            complaint.unit.as_str().starts_with(subtree_of(unit))
                || asked.is_some_and(|dispute| is_of(principal, &dispute.with))
                || has_part(principal, &case.parts)
        }
        Principal::Operator { .. } => true,
        Principal::Reporter { .. } => false,
    }
}

/// An officer of this very unit.
pub fn is_of(principal: &Principal, unit: &UnitId) -> bool {
    matches!(principal, Principal::Officer { unit: own, .. } if unit.as_str() == own)
}

/// An officer of the unit that has a file, or of one above it.
pub fn in_subtree(principal: &Principal, unit: &UnitId) -> bool {
    match principal {
        Principal::Officer { unit: own, .. } => unit.as_str().starts_with(subtree_of(own)),
        _ => false,
    }
}

/// An officer of a unit that has a part in a file of another, or of one above it.
pub fn has_part(principal: &Principal, parts: &[Part]) -> bool {
    let mut seen = parts.iter().filter(|part| part.lets_see());
    seen.any(|part| in_subtree(principal, &part.unit))
}

/// The same rule as a filter of lists.
pub fn filter_of(principal: &Principal) -> CaseScope {
    match principal {
        Principal::Consumer { id } => CaseScope::Consumer(id.clone()),
        Principal::Agent { organisation, .. } => CaseScope::Respondent(organisation.clone()),
        Principal::Mediator { organisation, .. } => CaseScope::Mediation(organisation.clone()),
        Principal::Officer { unit, .. } => CaseScope::Division(subtree_of(unit).to_owned()),
        Principal::Operator { .. } => CaseScope::All,
        // It has no dispute, and no consumer has an empty id.
        Principal::Reporter { .. } => CaseScope::Nobody,
    }
}

/// Whose work somebody sees, by the leading digits of units; `None`: nobody's.
pub fn work_of(principal: &Principal) -> Option<&str> {
    match principal {
        Principal::Officer { unit, .. } => Some(subtree_of(unit)),
        Principal::Operator { .. } => Some(""),
        _ => None,
    }
}

/// Whether files of a kind are somebody's to know of at all, wherever they are: reports and
/// inquiries are the matter of their units, and not of who runs the platform (Order 121
/// art. 37).
pub fn knows_kind(principal: &Principal, kind: FileKind) -> bool {
    match principal {
        Principal::Officer { .. } => true,
        Principal::Operator { .. } => kind == FileKind::Dispute,
        _ => false,
    }
}

/// The leading digits that a unit's subtree shares: 42 for the province, 4201
/// for a city, all six for a county; nothing for the national tier.
pub fn subtree_of(unit: &str) -> &str {
    let mut digits = unit;
    while let Some(shorter) = digits.strip_suffix("00") {
        digits = shorter;
    }
    digits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subtree_is_the_code_without_its_empty_levels() {
        assert_eq!(subtree_of("420106"), "420106");
        assert_eq!(subtree_of("420100"), "4201");
        assert_eq!(subtree_of("420000"), "42");
        assert_eq!(subtree_of("000000"), "");
        assert_eq!(subtree_of("429004"), "429004");
    }
}
