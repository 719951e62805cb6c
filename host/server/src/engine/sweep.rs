//! What time alone does: clocks that run out, offers that lapse, performance that
//! falls due. Each is a command like any other.

use hejie_domain::case::{Actor, Case, Command};
use jiff::Timestamp;

use crate::act::ActError;
use crate::app::App;
use crate::commit::Extras;

const BATCH: u32 = 200;

/// Does all that is due; how many commands that were.
pub async fn sweep_once(app: &App) -> Result<usize, ActError> {
    let mut done = 0;
    loop {
        let due = app.store().due(app.clock().now(), BATCH).await?;
        let mut moved = 0;
        for id in due {
            moved += sweep_case(app, &id).await?;
        }
        done += moved;
        if moved == 0 {
            return Ok(done);
        }
    }
}

async fn sweep_case(app: &App, id: &str) -> Result<usize, ActError> {
    let mut done = 0;
    while let Some(loaded) = app.case(id).await? {
        let Some(command) = due(&loaded.case, app.clock().now()) else {
            break;
        };
        match app
            .act(loaded, &Actor::Platform, command, |_| Extras::default())
            .await
        {
            Ok(_) => done += 1,
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
    if let Some(offer) = case.open_offers().find(|offer| past(offer.expires_at)) {
        return Some(Command::ExpireOffer { offer: offer.seq });
    }
    past(case.performance_due()).then_some(Command::NotePerformanceDue)
}
