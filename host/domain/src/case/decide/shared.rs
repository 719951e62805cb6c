//! What is done alike with every file that units handle: moving it, urging it on,
//! keeping its time.

use super::dispatch::Moving;
use super::{
    Context, Decided, authority, clocks, dispatch, extension, joint, plugins, report_back,
    supervision,
};
use crate::case::actor::Actor;
use crate::case::command::Command;
use crate::case::refusal::Refusal;
use crate::clock::OnExpiry;

/// What follows from a command that no kind of file has for itself.
pub(crate) fn follow(file: &impl Moving, command: Command, context: &Context) -> Decided {
    let action = command.name();
    match command {
        Command::Dispatch {
            to,
            note,
            report_by,
        } => dispatch::dispatch(file, to, note, report_by, context),
        Command::ReturnToIntake { reason, note } => {
            dispatch::send_back(file, reason, note, context)
        }
        Command::ReportBack { text } => report_back::report(file, text, context),
        Command::Designate { unit, reason } => dispatch::designate(file, unit, reason, context),
        Command::TakeUp { reason } => dispatch::take_up(file, reason, context),
        Command::Supervise { urgency, matter } => {
            if file.reach().is_none() {
                let phase = file.phase_name();
                return Err(Refusal::WrongPhase { action, phase });
            }
            supervision::supervise(file, urgency, matter, context)
        }
        Command::AnswerSupervision {
            supervision,
            answer,
        } => supervision::answer(file, supervision, answer, context),
        Command::AddNote { body } => {
            if !dispatch::is_asked(file, context) {
                authority::handles(file, action, context)?;
            }
            plugins::note(body)
        }
        Command::InviteUnit { unit, task, due } => joint::invite(file, unit, task, due, context),
        Command::AnswerInvitation {
            part,
            agrees,
            reason,
        } => joint::answer(file, part, agrees, reason, context),
        Command::ReportPart { part, text, done } => joint::report(file, part, text, done, context),
        Command::EndPart { part, reason } => joint::end(file, part, reason, context),
        Command::NotePartOverdue { part } => joint::note_overdue(file, part, context),
        Command::RequestExtension { clock, reason } => {
            extension::request(file, clock, reason, context)
        }
        Command::DecideExtension {
            clock,
            granted,
            reason,
            days,
            minutes,
        } => extension::decide(
            file,
            extension::Decision {
                clock,
                granted,
                reason,
                days,
                minutes,
            },
            context,
        ),
        Command::RemindClock { clock } => supervision::remind(file, clock, context),
        Command::ExpireClock { clock } => expire(file, clock, context),
        Command::RecomputeClocks => clocks::recompute(file, context),
        // What is done with other kinds of files.
        _ => Err(Refusal::NotAllowed { action }),
    }
}

/// An expiry that decides nothing: whoever supervises is told.
fn expire(file: &impl Moving, seq: u32, context: &Context) -> Decided {
    let (clock, expired) = clocks::expired(file, seq, context)?;
    let mut events = vec![expired];
    match clocks::on_expiry(clock, context) {
        OnExpiry::Supervise => events.extend(supervision::overdue(file, clock, context)),
        OnExpiry::SuperiorDesignates => {
            events.extend(supervision::undecided(file, clock, context));
        }
        OnExpiry::SenderSupervises => {
            events.extend(supervision::unreported(file, clock, context));
        }
        OnExpiry::RaiseSupervision => events.extend(supervision::raised(file, clock, context)),
        _ => {}
    }
    Ok(events)
}

/// Of a file whose person stands behind a token: she herself, the unit that handles it or
/// is said to be competent instead, those above it, and time.
pub(crate) fn check_belongs(
    file: &impl Moving,
    is_hers: impl Fn(Option<&str>) -> bool,
    action: &'static str,
    context: &Context,
) -> Result<(), Refusal> {
    let belongs = match context.actor {
        Actor::Reporter { token } => is_hers(token.as_deref()),
        Actor::Officer { .. } => {
            authority::handles(file, action, context).is_ok()
                || authority::superior(file, action, context).is_ok()
                || authority::assists(file, context)
                || dispatch::is_asked(file, context)
        }
        Actor::Platform => true,
        _ => false,
    };
    if !belongs {
        return Err(Refusal::NotAllowed { action });
    }
    authority::of_role(action, context)
}
