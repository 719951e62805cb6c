//! From a command to events, or to the reason why not: of an inquiry.

use super::state::{Inquiry, InquiryFiling, InquiryPhase};
use crate::case::actor::Side;
use crate::case::clocks::periods;
use crate::case::decide::direct::check_channel;
use crate::case::decide::{Decided, authority, clocks, dispatch, only, room, shared};
use crate::case::refusal::Invalid;
use crate::case::{Actor, Command, Context, Event, Refusal, validate};
use crate::identifiers::unit_id::UnitId;

const MAX_TEXT: usize = 2_000;
const MAX_ANSWER: usize = 5_000;
const MAX_QUESTIONS: usize = 5;

/// Opens an inquiry's file: the one command that needs none.
pub fn receive(command: Command, context: &Context) -> Decided {
    let Command::Inquire {
        number,
        asker,
        filing,
    } = command
    else {
        return Err(Refusal::Unknown {
            what: "inquiry",
            id: command.name().to_owned(),
        });
    };
    let herself = matches!(context.actor, Actor::Reporter { token: Some(own) } if *own == asker);
    let taken_down = matches!(context.actor, Actor::Officer { .. } | Actor::Partner { .. });
    if !herself && !taken_down {
        return Err(Refusal::NotAllowed { action: "inquire" });
    }
    authority::of_role("inquire", context)?;
    let unit = check(&filing, context)?;
    let today = context.today();
    let procedure = clocks::procedure_on(today, context)?.version.clone();
    let period = filing.kind.period();
    let mut events = vec![Event::InquiryReceived {
        number,
        asker,
        received_on: today,
        procedure: procedure.clone(),
        filing,
        unit,
    }];
    events.extend(clocks::start(1, period, &procedure, context));
    Ok(events)
}

/// The unit that is asked.
fn check(filing: &InquiryFiling, context: &Context) -> Result<UnitId, Refusal> {
    filing
        .channel
        .map_or(Ok(()), |it| check_channel(it, context))?;
    validate::prose("/text", &filing.text, MAX_TEXT)?;
    let categories = context.rules.categories();
    if let Some(category) = &filing.category
        && categories.object(category).is_none()
    {
        return Err(Refusal::invalid("/category", Invalid::UnknownValue));
    }
    let unit = UnitId::of(&filing.division);
    match context.rules.units().get(&unit) {
        Some(_) => Ok(unit),
        None => Err(Refusal::invalid("/division", Invalid::UnknownValue)),
    }
}

impl Inquiry {
    /// What follows from `command`.
    pub(super) fn follow(&self, command: Command, context: &Context) -> Decided {
        let action = command.name();
        let is_hers = |token: Option<&str>| token == Some(&self.asker);
        shared::check_belongs(self, is_hers, action, context)?;
        match command {
            Command::AnswerInquiry { text, knowledge } => answer(self, text, knowledge, context),
            Command::RedirectInquiry { reason, route } => redirect(self, reason, route, context),
            Command::AskAgain { text } => ask_again(self, text, context),
            other => shared::follow(self, other, context),
        }
    }

    fn asked(&self, action: &'static str) -> Result<(), Refusal> {
        match self.phase {
            InquiryPhase::Asked => Ok(()),
            InquiryPhase::Closed => Err(Refusal::WrongPhase {
                action,
                phase: self.phase.name(),
            }),
        }
    }

    /// What ends with the file: the period of the answer is met, the rest lapses but for
    /// what a superior asked.
    fn ended(&self) -> impl Iterator<Item = Event> {
        let period = self.filing.kind.period();
        clocks::ending(self).map(move |clock| {
            match clock.is_of(period) || clock.is_of(periods::REPORT_BACK) {
                true => Event::ClockMet { clock: clock.seq },
                false => Event::ClockStopped { clock: clock.seq },
            }
        })
    }
}

fn answer(
    inquiry: &Inquiry,
    text: String,
    knowledge: Option<String>,
    context: &Context,
) -> Decided {
    const ACTION: &str = "answer-inquiry";
    authority::handles(inquiry, ACTION, context)?;
    inquiry.asked(ACTION)?;
    validate::prose("/text", &text, MAX_ANSWER)?;
    if let Some(id) = &knowledge {
        validate::key("/knowledge", id)?;
    }
    let mut events = vec![Event::InquiryAnswered { text, knowledge }];
    events.extend(inquiry.ended());
    events.extend(dispatch::decided_at_intake(inquiry, context));
    Ok(events)
}

/// Art. 44: what is no matter of this procedure is told its right way.
fn redirect(inquiry: &Inquiry, reason: String, route: String, context: &Context) -> Decided {
    const ACTION: &str = "redirect-inquiry";
    authority::handles(inquiry, ACTION, context)?;
    inquiry.asked(ACTION)?;
    validate::prose("/reason", &reason, MAX_TEXT)?;
    validate::prose("/route", &route, 500)?;
    let mut events = vec![Event::InquiryRedirected { reason, route }];
    events.extend(inquiry.ended());
    events.extend(dispatch::decided_at_intake(inquiry, context));
    Ok(events)
}

/// The answer was not enough: a new period begins.
fn ask_again(inquiry: &Inquiry, text: String, context: &Context) -> Decided {
    const ACTION: &str = "ask-again";
    // Or the unit takes down what she asks by telephone.
    if authority::handles(inquiry, ACTION, context).is_err() {
        only(ACTION, context, &[Side::Consumer])?;
    }
    if inquiry.phase != InquiryPhase::Closed {
        return Err(Refusal::WrongPhase {
            action: ACTION,
            phase: inquiry.phase.name(),
        });
    }
    room("questions", inquiry.questions.len(), MAX_QUESTIONS)?;
    validate::prose("/text", &text, MAX_TEXT)?;
    let mut events = vec![Event::InquiryAskedAgain { text }];
    let period = inquiry.filing.kind.period();
    clocks::start_next(&mut events, inquiry, period, &inquiry.procedure, context);
    Ok(events)
}
