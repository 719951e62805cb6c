//! What time alone does: clocks that run out, offers that lapse, performance that
//! falls due. Each is a command like any other.

use hejie_domain::case::{Actor, Case, Command};
use jiff::Timestamp;

use crate::act::ActError;
use crate::app::App;
use crate::commit::Extras;

const BATCH: u32 = 200;

/// Does all that is due; how many commands that were. A case that cannot be moved
/// is left where it is and holds up no other.
pub async fn sweep_once(app: &App) -> Result<usize, ActError> {
    let (mut done, mut stuck) = (0, 0);
    loop {
        let due = app.store().due(app.clock().now(), stuck, BATCH).await?;
        if due.is_empty() {
            return Ok(done);
        }
        for id in due {
            match sweep_case(app, &id).await {
                Ok(0) => stuck += 1,
                Ok(moved) => done += moved,
                Err(fault) if fault.is_outage() => return Err(fault),
                Err(fault) => {
                    tracing::error!(case = id, %fault, "what fell due could not be done");
                    stuck += 1;
                }
            }
        }
    }
}

async fn sweep_case(app: &App, id: &str) -> Result<usize, ActError> {
    let mut done = 0;
    while let Some(loaded) = app.case(id).await? {
        let Some(command) = due(&loaded.case, app.clock().now()) else {
            break;
        };
        let acted = app.act(loaded, &Actor::Platform, command, |_| Extras::default());
        match acted.await {
            Ok(moved) if !moved.recorded.is_empty() => done += 1,
            Ok(_) => break,
            Err(ActError::Refused(refusal)) => {
                tracing::warn!(case = id, %refusal, "what fell due was refused");
                break;
            }
            Err(fault) => return Err(fault),
        }
    }
    Ok(done)
}

/// The next thing that time asks of a case.
fn due(case: &Case, now: Timestamp) -> Option<Command> {
    let past = |at: Option<Timestamp>| at.is_some_and(|at| at <= now);
    let clock = case
        .clocks
        .iter()
        .find(|clock| clock.is_running() && past(clock.expires_at()));
    if let Some(clock) = clock {
        return Some(Command::ExpireClock { clock: clock.seq });
    }
    let mut running = case.clocks.iter().filter(|clock| clock.is_running());
    if let Some(clock) = running.find(|clock| past(clock.reminds_at())) {
        return Some(Command::RemindClock { clock: clock.seq });
    }
    if let Some(offer) = case.open_offers().find(|offer| past(offer.expires_at)) {
        return Some(Command::ExpireOffer { offer: offer.seq });
    }
    past(case.performance_due()).then_some(Command::NotePerformanceDue)
}
