//! The trial before a version is released: it must answer a plain case within
//! its limits, and twice the same.

use std::sync::Arc;

use hejie_domain::rules::RuleBook;
use serde_json::{Value, json};

use crate::decision::Input;
use crate::engine::{Plugin, Runtime};
use crate::outcome::Outcome;
use crate::replay::Difference;
use crate::run::Run;

/// Why a version is not fit for release.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum TrialFault {
    #[error("the trial run ended as {}{}", .0.name(), explained(.0))]
    Ended(Outcome),
    #[error("the same run twice gave two answers: {}", .0.what)]
    Differs(Difference),
}

fn explained(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Trapped { why } | Outcome::NotStarted { why } => format!(": {why}"),
        Outcome::InvalidOutput { field, why } => format!(": {field} {why}"),
        _ => String::new(),
    }
}

/// The context of a plain case as JSON of the contract's types: a claim for a
/// refund, received on Monday 18 May 2026.
pub fn plain_context(category: &str, claimed_fen: u64, settings: &str) -> Value {
    json!({
        "contract": crate::contract::VERSION,
        "now": 1_779_066_000_000u64, "today": "2026-05-18",
        "settings": settings, "memory": [],
        "dispute": {
            "number": "HJ-260518-00000000-0", "version": 2, "category": category,
            "problem": "after-sales", "received_on": "2026-05-18",
            "consumer": null, "respondent": null,
            "claim": {"remedies": [{"kind": "Refund", "amount": claimed_fen}], "reason": "退款"},
            "facts": {"statement": "退款", "stated": "{}"}, "order": null,
            "evidence": [], "messages": [], "questions": [], "offers": []
        },
        "clocks": [], "entitlements": []
    })
}

impl Runtime {
    /// Runs a plugin twice on a plain case of its first category.
    pub fn try_out(
        &self,
        plugin: &Plugin,
        settings: &str,
        rules: &Arc<RuleBook>,
    ) -> Result<(), TrialFault> {
        let categories = &plugin.package.manifest.scope.categories;
        let category = categories.first().map_or("clothing", String::as_str);
        let context = plain_context(category, 10_000, settings);
        let not_started = |fault: serde_json::Error| {
            let why = fault.to_string();
            TrialFault::Ended(Outcome::NotStarted { why })
        };
        let input: Input =
            serde_json::from_value(json!({"context": context, "event": "CaseOpened"}))
                .map_err(not_started)?;
        let run = || Run {
            id: "trial".to_owned(),
            rules: rules.clone(),
            input: input.clone(),
        };
        let first = self.run(plugin, run());
        if !first.outcome.is_answered() {
            return Err(TrialFault::Ended(first.outcome));
        }
        let again = self.replay(plugin, run(), &first, first.output.as_deref());
        if again.undecided.is_some() {
            return Err(TrialFault::Ended(Outcome::OutOfTime));
        }
        again
            .differences
            .into_iter()
            .next()
            .map_or(Ok(()), |difference| Err(TrialFault::Differs(difference)))
    }
}
