//! The worker that sends deliveries: receivers side by side, each with a bound of
//! its own; at least once, in order case by case, ever more slowly, and parked in
//! the end.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use hejie_faults::{FaultPoint, pass};
use hejie_runtime::post::{PostError, Response};
use hejie_store::{Delivery, DeliveryClaim, Ended, StoreError};
use jiff::{SignedDuration, Timestamp};
use tokio::task::JoinSet;
use uuid::Uuid;

use super::partner::{DOSSIER_TOPIC, authority};
use super::webhook::Webhook;
use super::{handover, pauses};
use crate::act::ActError;
use crate::app::App;
use crate::node::Node;

/// To one receiver at once: cases do not wait for each other, and it is not flooded.
const AT_ONCE: u32 = 8;
/// Longer than a try takes.
const LEASE: SignedDuration = SignedDuration::from_secs(60);
const IDLE: Duration = Duration::from_millis(500);
/// How long an operator sees what was delivered.
const DELIVERED_KEPT: SignedDuration = SignedDuration::from_hours(7 * 24);
const FORGET_EVERY: Duration = Duration::from_secs(60);

/// How a try ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Tried {
    Delivered,
    /// It may succeed later.
    Failed(String),
    /// It will not: it is not tried again.
    Refused(String),
}

/// Frees what this node had under way when it last ended, then starts the worker;
/// it ends when the app stops.
pub async fn start(app: &App, node: &Node, tasks: &mut JoinSet<()>) -> Result<(), StoreError> {
    let freed = app.store().release_deliveries(node.id()).await?;
    if freed > 0 {
        tracing::info!(freed, "deliveries of an earlier run go on");
    }
    tasks.spawn(work(app.clone(), node.id()));
    tasks.spawn(forget(app.clone()));
    Ok(())
}

/// Receivers that are being served.
type Busy = Arc<Mutex<HashSet<String>>>;

async fn work(app: App, node: Uuid) {
    let mut stopping = app.stopping();
    let busy = Busy::default();
    let mut under_way = JoinSet::new();
    while !*stopping.borrow() {
        let woken = app.woken();
        for receiver in due(&app).await {
            if taken(&busy).insert(receiver.clone()) {
                under_way.spawn(serve(app.clone(), node, receiver, busy.clone()));
            }
        }
        tokio::select! {
            _ = woken => {}
            _ = tokio::time::sleep(IDLE) => {}
            _ = stopping.wait_for(|stop| *stop) => {}
        }
        while under_way.try_join_next().is_some() {}
    }
    while under_way.join_next().await.is_some() {}
}

async fn due(app: &App) -> Vec<String> {
    let due = app.store().receivers_due(Timestamp::now()).await;
    due.unwrap_or_else(|fault| {
        tracing::error!(%fault, "no deliveries could be looked for");
        Vec::new()
    })
}

fn taken(busy: &Busy) -> std::sync::MutexGuard<'_, HashSet<String>> {
    busy.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Serves one receiver until nothing is due to it.
async fn serve(app: App, node: Uuid, receiver: String, busy: Busy) {
    // A task of its own: a panic must not leave the receiver busy for ever.
    let served = tokio::spawn(drain(app, node, receiver.clone())).await;
    if let Err(fault) = served {
        tracing::error!(receiver, %fault, "deliveries broke off");
    }
    taken(&busy).remove(&receiver);
}

async fn drain(app: App, node: Uuid, receiver: String) {
    let stopping = app.stopping();
    while !*stopping.borrow() {
        let claimed = match claim(&app, node, &receiver).await {
            Ok(claimed) => claimed,
            Err(fault) => {
                tracing::error!(receiver, %fault, "no deliveries could be claimed");
                return;
            }
        };
        if claimed.is_empty() {
            return;
        }
        let tries: JoinSet<()> = claimed
            .into_iter()
            .map(|delivery| attempt(app.clone(), delivery))
            .collect();
        tries.join_all().await;
    }
}

async fn claim(app: &App, node: Uuid, receiver: &str) -> Result<Vec<Delivery>, StoreError> {
    let now = Timestamp::now();
    let claim = DeliveryClaim {
        receiver: receiver.to_owned(),
        node,
        now,
        until: now.checked_add(LEASE).unwrap_or(now),
        limit: AT_ONCE,
    };
    app.store().claim_deliveries(claim).await
}

async fn attempt(app: App, delivery: Delivery) {
    pass(FaultPoint::DeliveryLeased);
    let tried = match send(&app, &delivery).await {
        Ok(tried) => tried,
        Err(fault) => Tried::Failed(fault.to_string()),
    };
    pass(FaultPoint::DeliverySent);
    let ended = noted(&app, &delivery, ended(&app, &delivery, tried)).await;
    let outcome = match &ended {
        Ended::Delivered => "delivered",
        Ended::Later(..) => "failed",
        Ended::Parked(_) => "parked",
        Ended::Refused(_) => "refused",
    };
    metrics::counter!("hejie_deliveries_total", "outcome" => outcome).increment(1);
    if let Ended::Parked(why) | Ended::Refused(why) = &ended {
        let (receiver, message) = (&delivery.receiver, &delivery.message);
        tracing::error!(
            receiver,
            message,
            why,
            outcome,
            "a delivery waits for an operator"
        );
    }
    if let Err(fault) = app.store().end_delivery(delivery.lease, ended).await {
        tracing::error!(%fault, "the end of a delivery could not be noted");
    }
}

/// What is given up may have to move its file; where that cannot be noted now, it is
/// given up later.
async fn noted(app: &App, delivery: &Delivery, ended: Ended) -> Ended {
    let Ended::Parked(why) = &ended else {
        return ended;
    };
    match handover::given_up(app, delivery, why).await {
        Ok(()) => ended,
        Err(fault) => later(delivery, fault.to_string()),
    }
}

fn ended(app: &App, delivery: &Delivery, tried: Tried) -> Ended {
    match tried {
        Tried::Delivered => Ended::Delivered,
        Tried::Failed(why) if delivery.tries + 1 >= app.identity().tries => Ended::Parked(why),
        Tried::Failed(why) => later(delivery, why),
        // Without its dossier the other knows of no file; what it is told of one may come in
        // any order.
        Tried::Refused(why) if delivery.topic == DOSSIER_TOPIC => Ended::Parked(why),
        Tried::Refused(why) => Ended::Refused(why),
    }
}

fn later(delivery: &Delivery, why: String) -> Ended {
    let now = Timestamp::now();
    let again = now.checked_add(pauses::after(delivery.tries));
    Ended::Later(again.unwrap_or(now), why)
}

async fn send(app: &App, delivery: &Delivery) -> Result<Tried, ActError> {
    if let Some(code) = authority(&delivery.receiver) {
        return handover::send(app, delivery, code).await;
    }
    let Some(webhook) = app.store().webhook::<Webhook>(&delivery.receiver).await? else {
        // It was removed while its delivery was under way.
        return Ok(Tried::Delivered);
    };
    Ok(
        match webhook.post(delivery, &app.identity().code, Timestamp::now()) {
            Ok(post) => judge(app.posts().send(post).await),
            Err(why) => Tried::Failed(why),
        },
    )
}

/// Only a 2xx says that the receiver has it.
fn judge(answer: Result<Response, PostError>) -> Tried {
    match answer {
        Ok(Response { status, .. }) if (200..300).contains(&status) => Tried::Delivered,
        Ok(Response { status, .. }) => Tried::Failed(format!("HTTP {status}")),
        Err(fault) => Tried::Failed(fault.to_string()),
    }
}

async fn forget(app: App) {
    let mut stopping = app.stopping();
    loop {
        let before = Timestamp::now().checked_sub(DELIVERED_KEPT);
        if let Ok(before) = before
            && let Err(fault) = app.store().forget_deliveries(before).await
        {
            tracing::error!(%fault, "old deliveries could not be forgotten");
        }
        tokio::select! {
            _ = tokio::time::sleep(FORGET_EVERY) => {}
            _ = stopping.wait_for(|stop| *stop) => return,
        }
    }
}
