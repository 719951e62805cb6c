//! An officer records what a party said by telephone, by letter or at the window, as with
//! the answers to a mediation: the act is the party's, and is decided as its own.

use super::{Context, Decided, authority, material, mediation, offers, outcome, talk, termination};
use crate::case::actor::{Actor, Side};
use crate::case::entries::MessageBody;
use crate::case::event::Event;
use crate::case::mediation::Means;
use crate::case::refusal::{Invalid, Refusal};
use crate::case::representation::Standing;
use crate::case::state::Case;
use crate::case::word::Word;

/// Who spoke, and by what means.
pub(super) struct Heard {
    pub side: Side,
    pub means: Means,
    /// She, and not the agent who acts for her.
    pub herself: bool,
}

pub(super) fn record(case: &Case, heard: Heard, word: Word, context: &Context) -> Decided {
    let Heard {
        side,
        means,
        herself,
    } = heard;
    authority::handles(case, "record-word", context)?;
    // What is said on the platform is said by the party itself.
    if means == Means::Platform {
        return Err(Refusal::invalid("/means", Invalid::UnknownValue));
    }
    if herself && side != Side::Consumer {
        return Err(Refusal::invalid("/herself", Invalid::UnknownValue));
    }
    // What she says herself needs no power of his (art. 11).
    let own = herself.then(|| without_agent(case));
    let case = own.as_ref().unwrap_or(case);
    let party = party(case, side)?;
    let spoken = Context {
        actor: &party,
        ..*context
    };
    let mut events = vec![Event::WordRecorded {
        side,
        means,
        herself,
    }];
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
        Word::SettleElsewhere { note } => termination::settled_elsewhere(case, note, context),
        Word::ProvideMaterial { note } => material::provide(case, note, context),
        Word::RequestRecusal { mediator, reason } => {
            mediation::request_recusal(case, mediator, reason, context)
        }
    }
}

fn without_agent(case: &Case) -> Case {
    let mut own = case.clone();
    let given = own.filing.representation.take();
    own.filing.representation = given.filter(|it| it.joint.is_some()).map(|mut it| {
        it.agent = None;
        it
    });
    own
}

/// The party as it would act here; its account where it has one.
fn party(case: &Case, side: Side) -> Result<Actor, Refusal> {
    match side {
        // Whoever speaks for the complainants: the account that filed where it is one of them.
        Side::Consumer => {
            let filer = case.consumer_id.as_deref();
            let speaks = |id: &&str| matches!(case.standing(id), Some(Standing::Speaker(_)));
            let id = filer.filter(speaks).unwrap_or_default().to_owned();
            Ok(Actor::Consumer { id })
        }
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
