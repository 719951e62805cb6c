//! Timers that plugins set.

use hejie_domain::case::{Actor, Command};
use hejie_store::Job;

use super::plan::TimerJob;
use crate::act::ActError;
use crate::app::App;
use crate::commit::Extras;

pub async fn carry_out(app: &App, job: &Job, timer: TimerJob) -> Result<(), ActError> {
    let Some(loaded) = app.case(&job.case_id).await? else {
        return Ok(app.store().finish_job(job.lease.clone()).await?);
    };
    let command = Command::FireTimer {
        key: timer.key,
        owner: timer.owner,
    };
    let extras = |_: &_| Extras {
        finish_job: Some(job.lease.clone()),
        ..Extras::default()
    };
    match app.act(loaded, &Actor::Platform, command, extras).await {
        // The timer was cancelled, or lost its object with the negotiation.
        Err(ActError::Refused(_)) => Ok(app.store().finish_job(job.lease.clone()).await?),
        other => other.map(drop),
    }
}
