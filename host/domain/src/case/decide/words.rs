//! An officer records what a party said by telephone, by letter or at the window, as with
//! the answers to a mediation: the act is the party's, and is decided as its own.

use super::{Context, Decided, authority, material, mediation, offers, outcome, talk};
use crate::case::actor::{Actor, Side};
use crate::case::entries::MessageBody;
use crate::case::event::Event;
use crate::case::mediation::Means;
use crate::case::refusal::{Invalid, Refusal};
use crate::case::state::Case;
use crate::case::word::Word;

pub(super) fn record(
    case: &Case,
    side: Side,
    means: Means,
    word: Word,
    context: &Context,
) -> Decided {
    authority::handles(case, "record-word", context)?;
    // What is said on the platform is said by the party itself.
    if means == Means::Platform {
        return Err(Refusal::invalid("/means", Invalid::UnknownValue));
    }
    let party = party(case, side)?;
    let spoken = Context {
        actor: &party,
        ..*context
    };
    let mut events = vec![Event::WordRecorded { side, means }];
    let said = follow(case, word, &spoken).map_err(|refusal| within("/word", refusal))?;
    events.extend(said);
    Ok(events)
}

/// The fields of the act are those of the word in the command.
fn within(outer: &str, refusal: Refusal) -> Refusal {
    match refusal {
        Refusal::Invalid { field, problem } => Refusal::Invalid {
            field: format!("{outer}{field}"),
            problem,
        },
        other => other,
    }
}

fn follow(case: &Case, word: Word, context: &Context) -> Decided {
    match word {
        Word::AcceptOffer { offer } => offers::accept(case, offer, context),
        Word::DeclineOffer { offer, note } => {
            offers::decline(case, offer, note.map(MessageBody::Written), context)
        }
        Word::RecordPerformance { performed_on } => {
            outcome::record_performance(case, performed_on, None, context)
        }
        Word::Confirm { confirmation } => outcome::confirm(case, confirmation, context),
        Word::Reopen { reason } => outcome::reopen(case, reason, context),
        Word::ReviseClaim { claim } => {
            talk::revise_claim(case, claim, context).map_err(|refusal| within("/claim", refusal))
        }
        Word::Withdraw => outcome::withdraw(case, context),
        Word::ProvideMaterial { note } => material::provide(case, note, context),
        Word::RequestRecusal { mediator, reason } => {
            mediation::request_recusal(case, mediator, reason, context)
        }
    }
}

/// The party as it would act here; its account where it has one.
fn party(case: &Case, side: Side) -> Result<Actor, Refusal> {
    match side {
        Side::Consumer => Ok(Actor::Consumer {
            id: case.consumer_id.clone().unwrap_or_default(),
        }),
        Side::Respondent => {
            let respondent = &case.filing.respondent;
            Ok(Actor::Agent {
                id: String::new(),
                organisation: respondent.organisation.clone().unwrap_or_default(),
                name: respondent.name.clone(),
            })
        }
        _ => Err(Refusal::invalid("/side", Invalid::UnknownValue)),
    }
}
