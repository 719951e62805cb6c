//! The plugin contract as Rust types, made from `schemas/wit`. The types that the
//! three worlds share exist once.

#![allow(missing_docs, clippy::all)]

pub(crate) mod resolver {
    wasmtime::component::bindgen!({
        path: "../../schemas/wit",
        world: "hejie:plugin/resolver",
        additional_derives: [serde::Serialize, serde::Deserialize, PartialEq],
    });
}

pub(crate) mod reviewer {
    wasmtime::component::bindgen!({
        path: "../../schemas/wit",
        world: "hejie:plugin/reviewer",
        additional_derives: [serde::Serialize, serde::Deserialize, PartialEq],
        with: {
            "hejie:plugin/values@1.0.0": super::resolver::hejie::plugin::values,
            "hejie:plugin/dispute@1.0.0": super::resolver::hejie::plugin::dispute,
            "hejie:plugin/events@1.0.0": super::resolver::hejie::plugin::events,
            "hejie:plugin/actions@1.0.0": super::resolver::hejie::plugin::actions,
            "hejie:plugin/run@1.0.0": super::resolver::hejie::plugin::run,
            "hejie:plugin/calendar@1.0.0": super::resolver::hejie::plugin::calendar,
            "hejie:plugin/money@1.0.0": super::resolver::hejie::plugin::money,
            "hejie:plugin/log@1.0.0": super::resolver::hejie::plugin::log,
        },
    });
}

pub(crate) mod mediator {
    wasmtime::component::bindgen!({
        path: "../../schemas/wit",
        world: "hejie:plugin/mediator",
        additional_derives: [serde::Serialize, serde::Deserialize, PartialEq],
        with: {
            "hejie:plugin/values@1.0.0": super::resolver::hejie::plugin::values,
            "hejie:plugin/dispute@1.0.0": super::resolver::hejie::plugin::dispute,
            "hejie:plugin/events@1.0.0": super::resolver::hejie::plugin::events,
            "hejie:plugin/actions@1.0.0": super::resolver::hejie::plugin::actions,
            "hejie:plugin/run@1.0.0": super::resolver::hejie::plugin::run,
            "hejie:plugin/calendar@1.0.0": super::resolver::hejie::plugin::calendar,
            "hejie:plugin/money@1.0.0": super::resolver::hejie::plugin::money,
            "hejie:plugin/log@1.0.0": super::resolver::hejie::plugin::log,
        },
    });
}

pub use mediator::exports::hejie::plugin::mediate::Decision as MediatorDecision;
pub use resolver::exports::hejie::plugin::resolve::Decision as ResolverDecision;
pub use resolver::hejie::plugin::{actions, dispute, events, values};
pub use resolver::hejie::plugin::{calendar, log, money, run};
pub use reviewer::exports::hejie::plugin::review::Decision as ReviewerDecision;

pub use actions::{
    MediatorAction, Opinion, Reason, ResolverAction, ReviewerAction, Subject as OpinionSubject,
};
pub use dispute::{CaseView, ClockView, Entitlement};
pub use events::Event;
pub use run::Context;
pub use values::{Remedy, RemedyKind, Side, Terms, Text};

/// The version of the contract this host speaks.
pub const VERSION: &str = "1.0.0";
