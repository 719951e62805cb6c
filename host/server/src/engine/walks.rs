//! Walks over cases, some at each tick, that go on after a stop: clocks are
//! read anew after a calendar was published, and a respondent's cases are told of
//! other settings.

use hejie_domain::case::{Actor, Case, Command};
use hejie_domain::file::FileKind;
use hejie_domain::inquiry::Inquiry;
use hejie_domain::report::Report;
use hejie_faults::{FaultPoint, pass};
use hejie_store::Walk;

use crate::act::ActError;
use crate::app::App;
use crate::commit::Extras;
use crate::kept::Kept;

/// Cases of a tick and a walk.
const STEP: u32 = 500;

pub async fn step(app: &App) -> Result<(), ActError> {
    for (walk, from) in app.store().walks().await? {
        let ids = match command(app, &walk) {
            Some(command) => visit(app, &walk, &from, command).await?,
            // The plugin was suspended meanwhile: there is nobody to tell.
            None => Vec::new(),
        };
        app.store().advance(walk, from, ids.last().cloned()).await?;
    }
    Ok(())
}

/// What is done in each case.
fn command(app: &App, walk: &Walk) -> Option<Command> {
    match walk {
        Walk::RecomputeClocks => Some(Command::RecomputeClocks),
        Walk::TellSettings {
            organisation,
            plugin,
        } => {
            let plugin = app.registry().find(organisation, plugin)?.identity();
            Some(Command::NoteSettingsChanged { plugin })
        }
    }
}

async fn visit(
    app: &App,
    walk: &Walk,
    from: &str,
    command: Command,
) -> Result<Vec<String>, ActError> {
    let found = app.store().walked_cases(walk, from, STEP).await?;
    for (id, kind) in &found {
        let command = command.clone();
        let acted = match FileKind::named(kind) {
            Some(FileKind::Report) => act::<Report>(app, id, command).await,
            Some(FileKind::Inquiry) => act::<Inquiry>(app, id, command).await,
            // It has no period that a calendar counts.
            Some(FileKind::Incident) => Ok(()),
            Some(FileKind::Dispute) | None => act::<Case>(app, id, command).await,
        };
        match acted {
            Err(fault) if fault.is_outage() => return Err(fault),
            // One case that cannot be read does not hold up the rest.
            Err(fault) => tracing::error!(case = id, %fault, "a walk passed a case by"),
            Ok(()) => pass(FaultPoint::FileWalked),
        }
    }
    Ok(found.into_iter().map(|(id, _)| id).collect())
}

async fn act<F: Kept>(app: &App, id: &str, command: Command) -> Result<(), ActError> {
    let Some(loaded) = app.file::<F>(id).await? else {
        return Ok(());
    };
    app.act(loaded, &Actor::Platform, command, |_| Extras::default())
        .await
        .map(drop)
}
