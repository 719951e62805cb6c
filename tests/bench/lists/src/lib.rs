//! Lists of work over a store with many files that wait, on both kinds of store:
//! how long a page takes, in milliseconds.

mod files;
mod lists;

use anyhow::Result;
use clap::ValueEnum;
use futures_util::future::try_join_all;
use hejie_postgres::Postgres;
use hejie_store::Store;

/// What one kind of list took, of many calls.
pub struct Timing {
    pub name: String,
    pub p50: f64,
    pub p99: f64,
}

/// The target of every list, in milliseconds.
pub const TARGET: f64 = 200.0;

/// Measures the lists of a store that was filled before.
pub async fn measure_at(url: &str) -> Result<Vec<Timing>> {
    let store = Store::open_existing(url).await?;
    let timings = lists::measure(&store, "as it is").await;
    store.close().await;
    timings
}

/// A kind of store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Kind {
    Sqlite,
    Postgres,
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Kind::Sqlite => "SQLite",
            Kind::Postgres => "PostgreSQL",
        }
    }
}

/// Fills a store of each of these kinds with so many waiting files, at once, and
/// measures their lists one after the other.
pub async fn measure(files: u32, kinds: &[Kind]) -> Result<Vec<Timing>> {
    let folder = tempfile::tempdir()?;
    let server = match kinds.contains(&Kind::Postgres) {
        true => Some(Postgres::start()?),
        false => None,
    };
    let mut stores = Vec::new();
    for kind in kinds {
        let url = match (kind, &server) {
            (Kind::Postgres, Some(server)) => server.url(),
            _ => format!("sqlite:{}", folder.path().join("hejie.db").display()),
        };
        stores.push((*kind, Store::open(&url).await?));
    }
    try_join_all(
        stores
            .iter()
            .map(|(kind, store)| files::fill(store, files, *kind)),
    )
    .await?;
    if let Some(server) = &server {
        server.analyze()?;
    }
    let mut timings = Vec::new();
    for (kind, store) in stores {
        timings.extend(lists::measure(&store, kind.name()).await?);
        store.close().await;
    }
    Ok(timings)
}
