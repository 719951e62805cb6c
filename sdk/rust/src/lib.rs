//! The SDK for Hejie plugins in Rust.
//!
//! A plugin is a pure step: it gets a context and an event, and answers with
//! actions, each with its reason. This is a whole resolver:
//!
//! ```
//! use hejie_sdk::{Answer, Event, Resolver, Run, Terms, refund, text};
//!
//! struct Generous;
//!
//! impl Resolver for Generous {
//!     type Settings = ();
//!     type Memory = ();
//!
//!     fn decide(run: Run<()>, _: &mut (), event: Event) -> Answer {
//!         let asked = run.claimed_refund();
//!         match event {
//!             Event::CaseOpened if asked > 0 => Answer::new()
//!                 .propose(Terms::of([refund(asked)]), text("全额退款", "A full refund"))
//!                 .because([text("消费者要求退款", "The consumer asks for a refund")],
//!                          text("本店政策：有求必应", "House policy: whatever is asked")),
//!             _ => Answer::new(),
//!         }
//!     }
//! }
//!
//! hejie_sdk::resolver!(Generous);
//!
//! // What the host does, here natively.
//! let context = serde_json::from_value(serde_json::json!({
//!     "contract": "1.0.0", "now": 0, "today": "2026-05-18", "settings": "{}", "memory": [],
//!     "dispute": {"number": "HJ-1", "version": 1, "category": "clothing", "problem": "after-sales",
//!         "received_on": "2026-05-18", "consumer": null, "respondent": null, "facts": null,
//!         "claim": {"remedies": [{"kind": "Refund", "amount": 12_900}], "reason": "too large"},
//!         "order": null, "evidence": [], "messages": [], "questions": [], "offers": []},
//!     "clocks": [], "entitlements": []
//! }))?;
//! let (answer, _memory) = hejie_sdk::resolve::<Generous>(context, Event::CaseOpened);
//! let (actions, reasons) = answer.into_parts();
//! assert_eq!((actions.len(), reasons.len()), (1, 1));
//! # Ok::<(), serde_json::Error>(())
//! ```
//!
//! Build it with `cargo build --profile plugin --target wasm32-wasip2`, and put
//! its manifest inside: `hejie plugin package plugin.wasm manifest.json -o
//! package.wasm`. The test kit (`hejie-testkit`) runs a decision natively and in
//! the host's own sandbox.
//! There is no clock, no network and no random: `run.today` is a value, and
//! [`Answer::look_up`] asks the host to fetch.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

mod answer;
#[allow(missing_docs, unsafe_code, clippy::all)]
pub mod bindings;
mod calendar;
mod guest;
mod money;
mod proposal;
mod review;
mod run;
mod words;

pub use actions::{Finding, Floor, Opinion, Subject};
pub use answer::Answer;
pub use bindings::types::hejie::plugin::run::Context;
pub use bindings::types::hejie::plugin::{actions, dispute, events, values};
#[cfg(any(not(target_arch = "wasm32"), feature = "standalone"))]
pub use calendar::{Calendar, install_calendar};
pub use calendar::{Unknown, add_days, add_working_days, days_between, working_days_between};
pub use dispute::{CaseView, Entitlement};
pub use events::{Event, LookUpOutcome};
pub use guest::{Mediator, Resolver, Reviewer, mediate, resolve, review};
pub use money::{format_fen, ratio};
pub use proposal::Proposal;
pub use review::Review;
pub use run::Run;
pub use values::{Remedy, RemedyKind, Side, Terms, Text};
pub use words::{Level, compensation, log, log_at, refund, remedy, text};
