//! Live changes of a case by server-sent events. `Last-Event-ID` goes on where a
//! lost connection ended; nothing is missed, because entries come from the ledger.
//! Who loses the token or the case loses the stream.

use std::collections::{BTreeSet, VecDeque};
use std::convert::Infallible;
use std::time::Duration;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Sse;
use axum::response::sse::{Event, KeepAlive};
use futures_util::{Stream, stream};
use hejie_domain::case::time::civil_date;
use hejie_domain::text::Text;
use hejie_store::{Committed, Entry, StoreError};
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::watch;

use super::show::entry_number;
use super::{view, visible};
use crate::address::Path;
use crate::app::App;
use crate::auth::{Principal, Token, may_see};
use crate::problem::Problem;

/// How long a change made by another process may stay unseen.
const LOOK_AGAIN: Duration = Duration::from_secs(2);

/// The entries of a case as they come.
#[utoipa::path(get, path = "/cases/{number}/live", tag = "cases",
    params(("number" = String, Path, description = "The case number"),
           ("Last-Event-ID" = Option<u64>, Header, description = "The last entry that was seen")),
    responses((status = 200, content_type = "text/event-stream", description = "Entries")))]
pub async fn live(
    State(app): State<App>,
    token: Token,
    principal: Principal,
    Path(number): Path<String>,
    headers: HeaderMap,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Problem> {
    // Listen before reading, so that no commit falls in between.
    let changes = app.store().subscribe();
    let loaded = visible(&app, &principal, &number).await?;
    let seen = last_event(&headers)?;
    let follower = Follower {
        stopping: app.stopping(),
        app,
        token,
        hidden: view::hidden_clocks(&loaded.file, &principal),
        principal,
        case_id: loaded.id,
        seen,
        changes,
        ready: VecDeque::new(),
    };
    let events = stream::unfold(follower, |mut follower| async move {
        follower.next().await.map(|event| (Ok(event), follower))
    });
    Ok(Sse::new(events).keep_alive(KeepAlive::default()))
}

/// What the reader has seen already; nothing where it says nothing.
fn last_event(headers: &HeaderMap) -> Result<u64, Problem> {
    let mut given = headers.get_all("last-event-id").iter();
    let wrong = || Problem::header("Last-Event-ID", Text::new("invalid-entry-number"));
    match (given.next(), given.next()) {
        (None, _) => Ok(0),
        (Some(value), None) => {
            let text = value.to_str().map_err(|_| wrong())?;
            entry_number(text).ok_or_else(wrong)
        }
        _ => Err(wrong()),
    }
}

struct Follower {
    app: App,
    token: Token,
    principal: Principal,
    /// Clocks that are not for this reader.
    hidden: BTreeSet<u32>,
    case_id: String,
    seen: u64,
    changes: Receiver<Committed>,
    ready: VecDeque<Entry>,
    stopping: watch::Receiver<bool>,
}

impl Follower {
    /// The next event that is for this reader; none once the server stops.
    async fn next(&mut self) -> Option<Event> {
        loop {
            if *self.stopping.borrow() {
                return None;
            }
            if let Some(entry) = self.ready.pop_front() {
                self.seen = entry.seq;
                match self.event(&entry) {
                    Some(event) => return Some(event),
                    None => continue,
                }
            }
            let entries = self.entries().await.ok()?;
            if !self.may_still(!entries.is_empty()).await {
                return None;
            }
            if entries.is_empty() {
                self.wait().await?;
            }
            self.ready.extend(entries);
        }
    }

    async fn entries(&self) -> Result<Vec<Entry>, StoreError> {
        let store = self.app.store();
        store.entries(&self.case_id, self.seen, 100).await
    }

    /// A token may be revoked and a case may pass out of its reader's sight while
    /// the stream is open. Only the case's own entries change who may see it,
    /// and the end of an agent's term, after which nothing more reaches him.
    async fn may_still(&mut self, moved: bool) -> bool {
        let unit = self.principal.unit();
        let holder = self.app.principal_of(&self.token, unit.as_ref()).await;
        if !matches!(holder, Ok(holder) if holder == self.principal) {
            return false;
        }
        if !moved {
            return true;
        }
        let case = self.app.case(&self.case_id).await;
        let Ok(Some(loaded)) = case else {
            return false;
        };
        self.hidden = view::hidden_clocks(&loaded.file, &self.principal);
        let today = civil_date(self.app.clock().now());
        may_see(&self.principal, &loaded.file, today)
    }

    fn event(&self, entry: &Entry) -> Option<Event> {
        let data = view::entry(entry, &self.principal, &self.hidden)?;
        Some(
            Event::default()
                .id(entry.seq.to_string())
                .event(&entry.kind)
                .data(data.to_string()),
        )
    }

    async fn wait(&mut self) -> Option<()> {
        loop {
            tokio::select! {
                change = self.changes.recv() => match change {
                    Ok(committed) if committed.case_id != self.case_id => {}
                    Err(RecvError::Closed) => return None,
                    Ok(_) | Err(RecvError::Lagged(_)) => return Some(()),
                },
                _ = tokio::time::sleep(LOOK_AGAIN) => return Some(()),
                _ = self.stopping.wait_for(|stop| *stop) => return None,
            }
        }
    }
}
