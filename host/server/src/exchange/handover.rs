//! Sending to other authorities: a dossier that is acknowledged moves its file, and so
//! does one that is given up.

use hejie_domain::case::{Actor, Command};
use hejie_faults::{FaultPoint, pass};
use hejie_runtime::post::{PostError, Response};
use hejie_store::{Delivery, StoreError};

use super::partner::{
    DOSSIER, DOSSIER_TOPIC, DossierJob, Partner, STATUS, SUPPLEMENT, SUPPLEMENT_TOPIC, Taken,
};
use super::sending::Tried;
use crate::act::{ActError, Loaded};
use crate::app::App;
use crate::commit::Extras;

pub(super) async fn send(app: &App, delivery: &Delivery, code: &str) -> Result<Tried, ActError> {
    let Some(partner) = app.store().external_authority::<Partner>(code).await? else {
        return Ok(Tried::Refused(format!("{code} is not registered")));
    };
    let what = match delivery.topic.as_str() {
        DOSSIER_TOPIC => return dossier(app, delivery, &partner).await,
        SUPPLEMENT_TOPIC => SUPPLEMENT,
        _ => STATUS,
    };
    let answer = post(app, &partner, what, delivery.payload.as_bytes()).await?;
    Ok(answer.map_or_else(|tried| tried, |_| Tried::Delivered))
}

async fn dossier(app: &App, delivery: &Delivery, partner: &Partner) -> Result<Tried, ActError> {
    let job = read(delivery)?;
    let Some(loaded) = app.case(&delivery.case_id).await? else {
        return Ok(Tried::Delivered);
    };
    let transfer = loaded.file.current_transfer();
    if transfer.is_none_or(|it| it.seq != job.transfer || !it.is_under_way()) {
        // It was taken back, or a status told that it is there.
        return Ok(Tried::Delivered);
    }
    let body = app.store().attachment(&loaded.id, &job.digest).await?;
    let body = body.ok_or_else(|| StoreError::Corrupt(format!("no dossier {}", job.digest)))?;
    match post(app, partner, DOSSIER, body.as_bytes()).await? {
        Ok(answer) => match serde_json::from_str::<Taken>(&answer) {
            Ok(taken) if taken.digest == job.digest => {
                pass(FaultPoint::DossierSent);
                acknowledge(app, loaded, job, taken).await
            }
            _ => Ok(Tried::Failed("the answer is no receipt of it".to_owned())),
        },
        Err(tried) => Ok(tried),
    }
}

fn read(delivery: &Delivery) -> Result<DossierJob, ActError> {
    serde_json::from_str(&delivery.payload).map_err(|fault| ActError::Unreadable {
        id: delivery.message.clone(),
        why: fault.to_string(),
    })
}

async fn acknowledge(
    app: &App,
    loaded: Loaded,
    job: DossierJob,
    taken: Taken,
) -> Result<Tried, ActError> {
    let command = Command::AcknowledgeTransfer {
        transfer: job.transfer,
        number: taken.number,
    };
    let acted = app.act(loaded, &Actor::Platform, command, |_| Extras::default());
    match acted.await {
        Ok(_) => Ok(Tried::Delivered),
        Err(ActError::Refused(refusal)) => Ok(Tried::Failed(refusal.to_string())),
        Err(fault) => Err(fault),
    }
}

/// A dossier that is given up: a person is to say what becomes of its file.
pub(super) async fn given_up(app: &App, delivery: &Delivery, why: &str) -> Result<(), ActError> {
    if delivery.topic != DOSSIER_TOPIC {
        return Ok(());
    }
    let Some(loaded) = app.case(&delivery.case_id).await? else {
        return Ok(());
    };
    let command = Command::FailTransfer {
        transfer: read(delivery)?.transfer,
        why: why.to_owned(),
    };
    let acted = app.act(loaded, &Actor::Platform, command, |_| Extras::default());
    match acted.await {
        // It had failed before, or arrived after all.
        Ok(_) | Err(ActError::Refused(_)) => Ok(()),
        Err(fault) => Err(fault),
    }
}

/// The body of a good answer, or how the try ended otherwise.
async fn post(
    app: &App,
    partner: &Partner,
    what: (&str, &str),
    payload: &[u8],
) -> Result<Result<String, Tried>, ActError> {
    let post = partner.post(app.identity(), what, payload);
    let post = post.map_err(|fault| ActError::Unreadable {
        id: partner.code.clone(),
        why: fault.to_string(),
    })?;
    Ok(judge(app.posts().send(post).await))
}

/// What the other refuses it refuses again: only time-outs and overload pass.
fn judge(answer: Result<Response, PostError>) -> Result<String, Tried> {
    match answer {
        Ok(Response { status, body }) if (200..300).contains(&status) => Ok(body),
        Ok(Response { status, .. }) => {
            let why = format!("HTTP {status}");
            match status {
                408 | 425 | 429 => Err(Tried::Failed(why)),
                400..500 => Err(Tried::Refused(why)),
                _ => Err(Tried::Failed(why)),
            }
        }
        Err(fault) => Err(Tried::Failed(fault.to_string())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_other_refuses_is_not_tried_again_and_what_may_pass_is() {
        let answered = |status| {
            judge(Ok(Response {
                status,
                body: "{}".to_owned(),
            }))
        };
        assert_eq!(answered(201), Ok("{}".to_owned()));
        for status in [400, 403, 409, 413, 422] {
            assert!(
                matches!(answered(status), Err(Tried::Refused(_))),
                "{status}"
            );
        }
        for status in [302, 408, 425, 429, 500, 503] {
            assert!(
                matches!(answered(status), Err(Tried::Failed(_))),
                "{status}"
            );
        }
    }
}
