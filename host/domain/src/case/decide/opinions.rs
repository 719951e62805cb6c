//! A reviewer's opinion on the claim or on an offer. It binds nobody.

use super::talk::check_bilingual;
use super::{Context, Decided, room};
use crate::case::entries::{Finding, Floor, Subject};
use crate::case::event::Event;
use crate::case::refusal::Refusal;
use crate::case::state::Case;
use crate::case::validate;
use crate::text::Bilingual;

const MAX_OPINIONS: usize = 300;
const MAX_FINDINGS: usize = 40;
const MAX_CHARS: usize = 1_000;

pub(super) struct Given {
    pub subject: Subject,
    pub floor: Floor,
    pub findings: Vec<Finding>,
    pub summary: Bilingual,
}

pub(super) fn give(case: &Case, given: Given, context: &Context) -> Decided {
    if !context.actor.is_reviewer() {
        return Err(Refusal::NotAllowed {
            action: "give-opinion",
        });
    }
    room("opinions", case.opinions.len(), MAX_OPINIONS)?;
    if let Subject::Offer(seq) = given.subject {
        case.offer(seq).ok_or(Refusal::Unknown {
            what: "offer",
            id: seq.to_string(),
        })?;
    }
    check_bilingual("/summary", &given.summary, MAX_CHARS)?;
    validate::count("/findings", given.findings.len(), MAX_FINDINGS)?;
    for (index, finding) in given.findings.iter().enumerate() {
        let field = format!("/findings/{index}");
        validate::key(&format!("{field}/entitlement"), &finding.entitlement)?;
        check_bilingual(&format!("{field}/article"), &finding.article, MAX_CHARS)?;
        check_bilingual(
            &format!("{field}/explanation"),
            &finding.explanation,
            MAX_CHARS,
        )?;
    }
    let Given {
        subject,
        floor,
        findings,
        summary,
    } = given;
    Ok(vec![Event::OpinionGiven {
        subject,
        floor,
        findings,
        summary,
    }])
}
