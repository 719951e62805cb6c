//! The case: one dispute file with one number and one ledger.
//!
//! Commands go in at [`decide`], events come out, [`Case::apply`] folds them. That
//! is the only door to the state of a case, for persons, plugins, clocks and
//! partners alike.

pub mod actor;
mod apply;
mod authority;
pub mod clocks;
pub mod command;
pub mod complaint;
mod decide;
pub mod document;
pub mod entries;
pub mod event;
pub mod filing;
pub mod mediation;
pub mod milestones;
pub mod moves;
pub mod phase;
pub mod refusal;
pub mod run;
pub mod state;
pub mod supervision;
pub mod terms;
pub mod time;
pub mod transfer;
pub mod validate;
pub mod visit;

#[cfg(test)]
mod tests;

pub use actor::{Actor, PluginIdentity, PluginRole, Side};
pub use apply::FoldError;
pub use authority::AuthorityDue;
pub use command::Command;
pub use decide::{Context, file, may_issue};
pub use event::{Event, EventError, Recorded};
pub use filing::Filing;
pub use phase::Phase;
pub use refusal::Refusal;
pub use state::Case;

/// Carries out one command after another on a case, each on what the ones
/// before made of it: all of them, or none.
pub fn decide_all(
    case: &Case,
    commands: impl IntoIterator<Item = (Actor, Command)>,
    now: jiff::Timestamp,
    rules: &crate::rules::RuleBook,
) -> Result<(Case, Vec<Recorded>), Refusal> {
    let mut case = case.clone();
    let mut recorded = Vec::new();
    for (actor, command) in commands {
        let context = Context {
            now,
            actor: &actor,
            rules,
        };
        for event in case.decide(command, &context)? {
            let entry = Recorded {
                at: now,
                by: actor.clone(),
                event,
            };
            // Only a filing cannot be folded, and decide never returns one here.
            if case.apply(&entry).is_err() {
                return Err(Refusal::Repeated {
                    what: "case",
                    id: case.number.to_string(),
                });
            }
            recorded.push(entry);
        }
    }
    Ok((case, recorded))
}
