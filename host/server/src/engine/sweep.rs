//! What time alone does: clocks that run out, offers that lapse, performance that
//! falls due. Each is a command like any other.

use hejie_domain::case::{Actor, Case};
use hejie_domain::file::FileKind;
use hejie_domain::incident::Incident;
use hejie_domain::inquiry::Inquiry;
use hejie_domain::report::Report;
use hejie_faults::{FaultPoint, pass};

use crate::act::ActError;
use crate::app::App;
use crate::commit::Extras;
use crate::kept::Kept;

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
        for (id, kind) in due {
            let swept = match FileKind::named(&kind) {
                Some(FileKind::Report) => sweep_file::<Report>(app, &id).await,
                Some(FileKind::Inquiry) => sweep_file::<Inquiry>(app, &id).await,
                Some(FileKind::Incident) => sweep_file::<Incident>(app, &id).await,
                Some(FileKind::Dispute) | None => sweep_file::<Case>(app, &id).await,
            };
            match swept {
                Ok(0) => stuck += 1,
                Ok(moved) => {
                    done += moved;
                    pass(FaultPoint::FileSwept);
                }
                Err(fault) if fault.is_outage() => return Err(fault),
                Err(fault) => {
                    tracing::error!(case = id, %fault, "what fell due could not be done");
                    stuck += 1;
                }
            }
        }
    }
}

async fn sweep_file<F: Kept>(app: &App, id: &str) -> Result<usize, ActError> {
    let mut done = 0;
    while let Some(loaded) = app.file::<F>(id).await? {
        let Some(command) = loaded.file.due(app.clock().now()) else {
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
