//! Lists of work over a store with many files that wait, on both kinds of store:
//! how long a page takes, in milliseconds.

mod files;
mod lists;

use anyhow::Result;
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

/// Fills a store of each kind with so many waiting files and measures its lists.
pub async fn measure(files: u32, postgres: bool) -> Result<Vec<Timing>> {
    let folder = tempfile::tempdir()?;
    let url = format!("sqlite:{}", folder.path().join("hejie.db").display());
    let store = Store::open(&url).await?;
    files::fill(&store, files, "SQLite").await?;
    let mut timings = lists::measure(&store, "SQLite").await?;
    store.close().await;
    if postgres {
        let server = Postgres::start()?;
        let store = Store::open(&server.url()).await?;
        files::fill(&store, files, "PostgreSQL").await?;
        server.analyze()?;
        timings.extend(lists::measure(&store, "PostgreSQL").await?);
        store.close().await;
    }
    Ok(timings)
}
