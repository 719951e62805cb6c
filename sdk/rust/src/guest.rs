//! The three roles, and what stands between them and the contract.

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::answer::Answer;
use crate::bindings::types::hejie::plugin::run::Context;
use crate::events::Event;
use crate::proposal::Proposal;
use crate::review::Review;
use crate::run::Run;

/// An enterprise's plugin, for its own cases.
pub trait Resolver {
    /// Valid under the manifest's settings schema.
    type Settings: DeserializeOwned;
    /// What the plugin remembers of a case from run to run.
    type Memory: DeserializeOwned + Serialize + Default;

    fn decide(run: Run<Self::Settings>, memory: &mut Self::Memory, event: Event) -> Answer;
}

/// An association's plugin: opinions on claims and offers.
pub trait Reviewer {
    type Settings: DeserializeOwned;

    fn review(run: Run<Self::Settings>, event: Event) -> Review;
}

/// An association's plugin: proposals to both sides.
pub trait Mediator {
    type Settings: DeserializeOwned;
    type Memory: DeserializeOwned + Serialize + Default;

    fn mediate(run: Run<Self::Settings>, memory: &mut Self::Memory, event: Event) -> Proposal;
}

/// Runs a resolver on the contract's own types: the answer and the new memory.
pub fn resolve<R: Resolver>(mut context: Context, event: Event) -> (Answer, Vec<u8>) {
    let mut memory = remembered(&context);
    let settings = settings(&mut context);
    let answer = R::decide(Run::of(context, settings), &mut memory, event);
    (answer, remember(&memory))
}

/// Runs a reviewer.
pub fn review<R: Reviewer>(mut context: Context, event: Event) -> Review {
    let settings = settings(&mut context);
    R::review(Run::of(context, settings), event)
}

/// Runs a mediator: the proposal and the new memory.
pub fn mediate<M: Mediator>(mut context: Context, event: Event) -> (Proposal, Vec<u8>) {
    let mut memory = remembered(&context);
    let settings = settings(&mut context);
    let proposal = M::mediate(Run::of(context, settings), &mut memory, event);
    (proposal, remember(&memory))
}

/// The host checked the settings against the schema; settings that the plugin's
/// type still does not take are a fault of the plugin, and a trap says so. A
/// plugin without settings has `()`, which an empty object is.
fn settings<S: DeserializeOwned>(context: &mut Context) -> S {
    let read = serde_json::from_str(&context.settings);
    let nothing = || serde_json::from_str("null").ok();
    let read = read.or_else(|fault| match context.settings.trim() {
        "{}" => nothing().ok_or(fault),
        _ => Err(fault),
    });
    match read {
        Ok(settings) => settings,
        Err(fault) => panic!("the settings do not fit the plugin: {fault}"),
    }
}

/// Memory of an older version that does not fit counts as none.
fn remembered<M: DeserializeOwned + Default>(context: &Context) -> M {
    serde_json::from_slice(&context.memory).unwrap_or_default()
}

fn remember<M: Serialize>(memory: &M) -> Vec<u8> {
    serde_json::to_vec(memory).unwrap_or_default()
}

impl Answer {
    /// The actions and reasons as the contract has them.
    pub fn into_parts(
        self,
    ) -> (
        Vec<crate::actions::ResolverAction>,
        Vec<crate::actions::Reason>,
    ) {
        (self.actions, self.reasons)
    }
}

impl Review {
    /// The actions and reasons as the contract has them.
    pub fn into_parts(
        self,
    ) -> (
        Vec<crate::actions::ReviewerAction>,
        Vec<crate::actions::Reason>,
    ) {
        (self.actions, self.reasons)
    }
}

impl Proposal {
    /// The actions and reasons as the contract has them.
    pub fn into_parts(
        self,
    ) -> (
        Vec<crate::actions::MediatorAction>,
        Vec<crate::actions::Reason>,
    ) {
        (self.actions, self.reasons)
    }
}

/// Exports a type as the component's resolver.
#[cfg(feature = "resolver")]
#[macro_export]
macro_rules! resolver {
    ($plugin:ty) => {
        const _: () = {
            use $crate::bindings::resolver::exports::hejie::plugin::resolve;

            struct Component;

            impl resolve::Guest for Component {
                fn decide(context: $crate::Context, event: $crate::Event) -> resolve::Decision {
                    let (answer, memory) = $crate::resolve::<$plugin>(context, event);
                    let (actions, reasons) = answer.into_parts();
                    resolve::Decision {
                        actions,
                        memory,
                        reasons,
                    }
                }
            }

            #[cfg(target_arch = "wasm32")]
            $crate::bindings::resolver::export_resolver!(
                Component with_types_in $crate::bindings::resolver
            );
        };
    };
}

/// Exports a type as the component's reviewer.
#[cfg(feature = "reviewer")]
#[macro_export]
macro_rules! reviewer {
    ($plugin:ty) => {
        const _: () = {
            use $crate::bindings::reviewer::exports::hejie::plugin::review;

            struct Component;

            impl review::Guest for Component {
                fn decide(context: $crate::Context, event: $crate::Event) -> review::Decision {
                    let (actions, reasons) = $crate::review::<$plugin>(context, event).into_parts();
                    review::Decision {
                        actions,
                        memory: Vec::new(),
                        reasons,
                    }
                }
            }

            #[cfg(target_arch = "wasm32")]
            $crate::bindings::reviewer::export_reviewer!(
                Component with_types_in $crate::bindings::reviewer
            );
        };
    };
}

/// Exports a type as the component's mediator.
#[cfg(feature = "mediator")]
#[macro_export]
macro_rules! mediator {
    ($plugin:ty) => {
        const _: () = {
            use $crate::bindings::mediator::exports::hejie::plugin::mediate;

            struct Component;

            impl mediate::Guest for Component {
                fn decide(context: $crate::Context, event: $crate::Event) -> mediate::Decision {
                    let (proposal, memory) = $crate::mediate::<$plugin>(context, event);
                    let (actions, reasons) = proposal.into_parts();
                    mediate::Decision {
                        actions,
                        memory,
                        reasons,
                    }
                }
            }

            #[cfg(target_arch = "wasm32")]
            $crate::bindings::mediator::export_mediator!(
                Component with_types_in $crate::bindings::mediator
            );
        };
    };
}
