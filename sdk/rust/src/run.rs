//! What a plugin is given.

use serde::de::DeserializeOwned;

use crate::bindings::types::hejie::plugin::run::Context;
use crate::dispute::{CaseView, ClockView, Entitlement, OfferState, OfferView};
use crate::values::{RemedyKind, Side};

/// The context of a run, its settings read.
pub struct Run<S> {
    pub settings: S,
    /// The civil date in Shanghai.
    pub today: String,
    /// Milliseconds since 1970 UTC.
    pub now: u64,
    pub dispute: CaseView,
    pub clocks: Vec<ClockView>,
    pub entitlements: Vec<Entitlement>,
}

impl<S> Run<S> {
    /// The money claimed as a refund, in fen.
    pub fn claimed_refund(&self) -> u64 {
        self.claimed(RemedyKind::Refund)
    }

    /// The money claimed as one kind of remedy, in fen.
    pub fn claimed(&self, kind: RemedyKind) -> u64 {
        let claim = self.dispute.claim.iter().flat_map(|claim| &claim.remedies);
        claim
            .filter(|remedy| remedy.kind == kind)
            .filter_map(|remedy| remedy.amount)
            .sum()
    }

    /// All the money claimed, in fen.
    pub fn claimed_money(&self) -> u64 {
        let claim = self.dispute.claim.iter().flat_map(|claim| &claim.remedies);
        claim.filter_map(|remedy| remedy.amount).sum()
    }

    /// Whether the claim names a remedy.
    pub fn claims(&self, kind: RemedyKind) -> bool {
        self.dispute
            .claim
            .iter()
            .flat_map(|claim| &claim.remedies)
            .any(|r| r.kind == kind)
    }

    /// The facts as the consumer stated them in fields.
    pub fn facts<T: DeserializeOwned>(&self) -> Option<T> {
        serde_json::from_str(&self.dispute.facts.as_ref()?.stated).ok()
    }

    /// The most that the law gives unconditionally on the stated facts, in fen.
    pub fn floor(&self) -> u64 {
        let unconditional = self.entitlements.iter().filter(|one| one.unconditional);
        unconditional
            .filter_map(|one| one.remedy.amount)
            .max()
            .unwrap_or(0)
    }

    /// The open offer of a side.
    pub fn open_offer(&self, by: Side) -> Option<&OfferView> {
        self.dispute
            .offers
            .iter()
            .rev()
            .find(|o| o.by == by && o.state == OfferState::Open)
    }

    pub(crate) fn of(context: Context, settings: S) -> Run<S> {
        Run {
            settings,
            today: context.today,
            now: context.now,
            dispute: context.dispute,
            clocks: context.clocks,
            entitlements: context.entitlements,
        }
    }
}
