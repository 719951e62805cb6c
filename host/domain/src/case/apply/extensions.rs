//! Extensions, folded.

use jiff::Timestamp;

use super::moves::step_of;
use crate::case::Actor;
use crate::case::event::Event;
use crate::case::extension::ExtensionRequest;

/// What an event does to the extensions that wait for an approval.
pub(crate) fn fold_extension(
    extensions: &mut Vec<ExtensionRequest>,
    at: Timestamp,
    by: &Actor,
    event: &Event,
) {
    match event {
        Event::ExtensionRequested { clock, reason } => extensions.push(ExtensionRequest {
            clock: *clock,
            reason: reason.clone(),
            by: by.person().unwrap_or_default().to_owned(),
        }),
        // A clock that has ended is not extended any more.
        Event::ExtensionDenied { clock, .. }
        | Event::PeriodExtended { clock, .. }
        | Event::ClockMet { clock }
        | Event::ClockStopped { clock }
        | Event::ClockExpired { clock, .. } => extensions.retain(|it| it.clock != *clock),
        // Who would have approved it no longer has the file.
        moved if step_of(at, moved).is_some() => extensions.clear(),
        _ => {}
    }
}
