//! A consumer association's reviewer: what the law gives on the stated facts, and
//! an opinion on the claim and on each offer. What holds unconditionally and what
//! must first be established are never mixed.

#![cfg_attr(test, allow(clippy::unwrap_used))]

#[cfg(test)]
mod tests;

use hejie_sdk::{
    Entitlement, Event, Finding, Floor, Opinion, Review, Reviewer, Run, Subject, Text, format_fen,
    text,
};
use serde::Deserialize;

pub struct StatutoryFloor;

/// There is nothing to set.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {}

impl Reviewer for StatutoryFloor {
    type Settings = Settings;

    fn review(run: Run<Settings>, event: Event) -> Review {
        match event {
            Event::CaseOpened | Event::ClaimRevised => {
                opine(&run, Subject::Claim, run.claimed_money())
            }
            Event::OfferMade(offer) => opine(&run, Subject::Offer(offer.seq), offer.terms.money()),
            _ => Review::new(),
        }
    }
}

fn opine(run: &Run<Settings>, subject: Subject, money: u64) -> Review {
    let floor = floor(run, money);
    let findings = run
        .entitlements
        .iter()
        .map(|one| finding(one, money))
        .collect();
    let facts = [text(
        format!(
            "方案金额{}，法定无条件权益{}",
            format_fen(money),
            format_fen(run.floor())
        ),
        format!(
            "Terms {}, unconditional by law {}",
            format_fen(money),
            format_fen(run.floor())
        ),
    )];
    let summary = summary(floor, run.floor().saturating_sub(money));
    Review::new()
        .opine(Opinion {
            subject,
            floor,
            findings,
            summary,
        })
        .because(
            facts,
            text(
                "对照受理之日有效的规则包",
                "By the rule packs in force at receipt",
            ),
        )
}

fn floor(run: &Run<Settings>, money: u64) -> Floor {
    let mut unconditional = run
        .entitlements
        .iter()
        .filter(|one| one.unconditional)
        .peekable();
    if unconditional.peek().is_none() {
        return Floor::NoneApplies;
    }
    if unconditional.any(|one| one.remedy.amount.is_none()) {
        // An amount that the facts leave open cannot be compared.
        return Floor::Unclear;
    }
    if money >= run.floor() {
        Floor::Met
    } else {
        Floor::NotMet
    }
}

fn finding(entitlement: &Entitlement, money: u64) -> Finding {
    let due = entitlement.remedy.amount.unwrap_or(0);
    let short_by = if entitlement.unconditional {
        due.saturating_sub(money)
    } else {
        0
    };
    Finding {
        entitlement: entitlement.id.clone(),
        article: entitlement.article.clone(),
        unconditional: entitlement.unconditional,
        short_by,
        explanation: explanation(entitlement, due),
    }
}

fn explanation(entitlement: &Entitlement, due: u64) -> Text {
    let Text { zh, en } = &entitlement.summary;
    let amount = format_fen(due);
    match (entitlement.unconditional, due) {
        (_, 0) => entitlement.summary.clone(),
        (true, _) => text(format!("{zh}：{amount}"), format!("{en}: {amount}")),
        (false, _) => text(
            format!("{zh}。如经认定，可主张{amount}"),
            format!("{en}. If established, {amount} may be claimed"),
        ),
    }
}

fn summary(floor: Floor, short_by: u64) -> Text {
    let amount = format_fen(short_by);
    match floor {
        Floor::Met => text(
            "不低于法定无条件权益。",
            "Not less than the law gives unconditionally.",
        ),
        Floor::NotMet => text(
            format!("比法定无条件权益少{amount}。"),
            format!("{amount} less than the law gives unconditionally."),
        ),
        Floor::NoneApplies => text(
            "按所述事实，没有无条件的法定金额；附条件的权益见列表。",
            "On the stated facts no unconditional amount applies; see the conditional ones.",
        ),
        Floor::Unclear => text(
            "所述事实不足以比较金额。",
            "The stated facts do not allow a comparison.",
        ),
    }
}

hejie_sdk::reviewer!(StatutoryFloor);
