//! Reads running clocks anew after a calendar was published: a walk over the open
//! cases, some at each tick, that goes on after a stop.

use hejie_domain::case::{Actor, Command};
use hejie_store::Walk;

use crate::act::ActError;
use crate::app::App;
use crate::commit::Extras;

/// Cases of a tick.
const STEP: u32 = 500;

pub async fn step(app: &App) -> Result<(), ActError> {
    let store = app.store();
    let Some(from) = store.walk(Walk::RecomputeClocks).await? else {
        return Ok(());
    };
    let ids = store.open_cases(&from, STEP).await?;
    for id in &ids {
        match recompute(app, id).await {
            Err(fault) if fault.is_outage() => return Err(fault),
            // One case that cannot be read does not hold up the rest.
            Err(fault) => tracing::error!(case = id, %fault, "clocks stay as they were"),
            Ok(()) => {}
        }
    }
    let to = ids.last().cloned();
    Ok(store.advance(Walk::RecomputeClocks, from, to).await?)
}

async fn recompute(app: &App, id: &str) -> Result<(), ActError> {
    let Some(loaded) = app.case(id).await? else {
        return Ok(());
    };
    let command = Command::RecomputeClocks;
    app.act(loaded, &Actor::Platform, command, |_| Extras::default())
        .await
        .map(drop)
}
