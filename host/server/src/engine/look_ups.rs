//! Look-ups made for plugins: tried a few times, then answered either way.

use hejie_domain::case::entries::LookUpOutcome;
use hejie_domain::case::{Actor, Command, Refusal};
use hejie_faults::{FaultPoint, pass};
use hejie_runtime::look_up::{LookUpError, Response};
use hejie_store::Job;
use jiff::SignedDuration;

use super::plan::LookUpJob;
use crate::act::ActError;
use crate::app::App;
use crate::commit::Extras;

const TRIES: u32 = 3;

pub async fn carry_out(app: &App, job: &Job, look_up: LookUpJob) -> Result<(), ActError> {
    let outcome = match fetch(app, &look_up).await {
        Ok(Response { status, body }) => LookUpOutcome::Answered { status, body },
        Err(fault) if fault.may_pass() && job.attempts + 1 < TRIES => {
            let wait = SignedDuration::from_secs(1 << job.attempts);
            let again = app.clock().now().checked_add(wait).unwrap_or(job.run_at);
            return Ok(app
                .store()
                .retry_job(job.lease.clone(), again, fault.to_string())
                .await?);
        }
        Err(fault) if fault.may_pass() => LookUpOutcome::Failed {
            why: format!("{fault}, {TRIES} times"),
        },
        Err(fault) => LookUpOutcome::Failed {
            why: fault.to_string(),
        },
    };
    pass(FaultPoint::LookedUp);
    let Some(loaded) = app.case(&job.case_id).await? else {
        return Ok(app.store().finish_job(job.lease.clone()).await?);
    };
    let command = Command::AnswerLookUp {
        key: look_up.key,
        requester: look_up.requester,
        outcome,
    };
    let extras = |_: &_| Extras {
        finish_job: Some(job.lease.clone()),
        ..Extras::default()
    };
    match app.act(loaded, &Actor::Platform, command, extras).await {
        // It was answered before: nothing is left to do.
        Err(ActError::Refused(Refusal::Unknown { .. })) => {
            Ok(app.store().finish_job(job.lease.clone()).await?)
        }
        other => other.map(drop),
    }
}

async fn fetch(app: &App, look_up: &LookUpJob) -> Result<Response, LookUpError> {
    let LookUpJob {
        requester,
        name,
        path,
        ..
    } = look_up;
    let gone = || LookUpError::NoAnswer("the plugin is no longer active".to_owned());
    let plugin = app
        .registry()
        .find(&requester.organisation, &requester.id)
        .ok_or_else(gone)?;
    let rule = plugin.manifest().look_up(name).ok_or(LookUpError::NoBase)?;
    let secret = rule
        .secret
        .as_ref()
        .and_then(|name| plugin.secrets.get(name));
    app.look_ups()
        .fetch(rule, &plugin.settings, secret.map(String::as_str), path)
        .await
}
