//! The timeline of files whose persons stand behind tokens, for officers: without the tokens.

use hejie_domain::case::{Actor, Event};
use hejie_store::Entry;
use serde_json::{Value, json};

use super::access::{Personal, for_officers, is_told_days, to_days};
use super::cases::show::After;
use super::reports::view::told_of;
use crate::app::App;
use crate::auth::Principal;
use crate::members::without;
use crate::problem::Problem;

/// Entries that are told at a time.
const MOST: u32 = 500;

/// What happened, in order, as exactly as the reader may know.
pub async fn timeline<F: Personal>(
    app: &App,
    principal: &Principal,
    number: &str,
    page: After,
) -> Result<Vec<Value>, Problem> {
    let loaded = for_officers::<F>(app, principal, number).await?;
    let after = page.after.unwrap_or(0);
    let entries = app.store().entries(&loaded.id, after, MOST).await?;
    let mut told: Vec<Value> = entries.iter().filter_map(entry).collect();
    if is_told_days(&loaded.file, principal) {
        told.iter_mut().for_each(to_days);
    }
    Ok(told)
}

/// An entry; `None` where it cannot be read.
fn entry(entry: &Entry) -> Option<Value> {
    let actor: Actor = serde_json::from_value(entry.actor.clone()).ok()?;
    let event = Event::read(&entry.kind, entry.version, entry.payload.clone()).ok()?;
    let mut data = entry.payload.clone();
    match &event {
        Event::ReportReceived { reporter, .. } => data["reporter"] = told_of(reporter),
        Event::InquiryReceived { .. } => without(&mut data, &["asker"]),
        _ => {}
    }
    let mut by = entry.actor.clone();
    if matches!(actor, Actor::Reporter { .. }) {
        without(&mut by, &["token"]);
    }
    Some(json!({
        "seq": entry.seq,
        "at": entry.at,
        "by": by,
        "type": entry.kind,
        "data": data,
    }))
}
