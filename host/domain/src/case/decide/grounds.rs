//! The grounds for refusal as a checklist: what speaks for each and against it, before the
//! complaint is accepted or refused (Order 121 art. 15-16), and where one shows afterwards.

use super::{Context, Decided, authority};
use crate::case::complaint::GroundFinding;
use crate::case::event::Event;
use crate::case::phase::Phase;
use crate::case::refusal::{Invalid, Refusal};
use crate::case::state::Case;
use crate::case::validate;

const MAX_PROSE: usize = 2_000;

pub(super) fn weigh(
    case: &Case,
    ground: String,
    finding: GroundFinding,
    context: &Context,
) -> Decided {
    const ACTION: &str = "weigh-ground";
    authority::handles(case, ACTION, context)?;
    // What shows only later ends the mediation (art. 23(6)).
    case.in_phase(ACTION, |phase| {
        matches!(phase, Phase::Registered | Phase::Accepted)
    })?;
    if !shows_later(case, &ground, context) {
        is_known(case, &ground, context)?;
    }
    validate::prose("/finding/reason", &finding.reason, MAX_PROSE)?;
    check_evidence(case, &finding)?;
    Ok(vec![Event::GroundWeighed { ground, finding }])
}

/// Of an accepted complaint what only ends a mediation can be found as well (art. 42).
fn shows_later(case: &Case, ground: &str, context: &Context) -> bool {
    let procedure = context.rules.procedure(case.complaint_pack());
    let known = procedure.is_some_and(|it| it.later_grounds.iter().any(|it| it.id == ground));
    known && case.phase == Phase::Accepted
}

/// A ground for refusal of the version by which the complaint is handled.
pub(super) fn is_known(case: &Case, ground: &str, context: &Context) -> Result<(), Refusal> {
    let pack = case.complaint_pack();
    let procedure = context.rules.procedure(pack);
    let known = procedure.is_some_and(|it| it.refusal_grounds.iter().any(|it| it.id == ground));
    known.then_some(()).ok_or_else(|| Refusal::NoSuchGround {
        ground: ground.to_owned(),
        pack: pack.to_owned(),
    })
}

/// Each piece is in the file, and speaks for the ground or against it.
fn check_evidence(case: &Case, finding: &GroundFinding) -> Result<(), Refusal> {
    let lists = [
        ("/finding/speaks_for", &finding.speaks_for),
        ("/finding/speaks_against", &finding.speaks_against),
    ];
    let mut seen = Vec::new();
    for (field, list) in lists {
        for (index, seq) in list.iter().enumerate() {
            let problem = if !case.evidence.iter().any(|it| it.seq == *seq) {
                Invalid::UnknownValue
            } else if seen.contains(seq) {
                Invalid::Repeated
            } else {
                seen.push(*seq);
                continue;
            };
            return Err(Refusal::invalid(&format!("{field}/{index}"), problem));
        }
    }
    Ok(())
}

/// Nothing is accepted against a finding: the finding is changed first, with its reason.
pub(super) fn may_accept(case: &Case) -> Result<(), Refusal> {
    let mut weighed = case.complaint.iter().flat_map(|it| &it.weighed);
    match weighed.any(|it| it.finding.applies == Some(true)) {
        true => Err(Refusal::Needs {
            what: "no-ground-that-applies",
        }),
        false => Ok(()),
    }
}

/// Nor is anything refused on a ground that was found not to apply.
pub(super) fn may_refuse(case: &Case, ground: &str) -> Result<(), Refusal> {
    let complaint = case.complaint.as_ref();
    match complaint.and_then(|it| it.applies(ground)) {
        Some(false) => Err(Refusal::Needs {
            what: "ground-that-applies",
        }),
        _ => Ok(()),
    }
}
