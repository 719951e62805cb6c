//! Lists of work over a store with many files that wait or are over, on both kinds of store:
//! how long a page takes, in milliseconds.

mod files;
mod lists;
mod words;

use anyhow::Result;
use clap::ValueEnum;
use futures_util::future::try_join_all;
use hejie_postgres::{Postgres, psql};
use hejie_store::Store;

use words::WordIndex;

/// What one kind of list took, of many calls one after another.
pub struct Timing {
    pub name: String,
    pub p50: f64,
    pub p99: f64,
    /// The longest, which mostly is the first: what it reads is not in memory yet.
    pub longest: f64,
}

/// The target of every list, in milliseconds.
pub const TARGET: f64 = 200.0;

/// The value that so many of a hundred are not above, by the nearest rank.
pub fn percentile(each: &mut [f64], percent: usize) -> f64 {
    each.sort_by(f64::total_cmp);
    let rank = (each.len() * percent).div_ceil(100);
    each[rank.clamp(1, each.len()) - 1]
}

/// A kind of store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Kind {
    Sqlite,
    Postgres,
}

impl Kind {
    fn of(url: &str) -> Kind {
        match url.starts_with("sqlite:") {
            true => Kind::Sqlite,
            false => Kind::Postgres,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Kind::Sqlite => "SQLite",
            Kind::Postgres => "PostgreSQL",
        }
    }
}

/// Fills a store of each of these kinds with so many files, at once, and
/// measures their lists one after the other.
pub async fn measure(files: u32, kinds: &[Kind]) -> Result<Vec<Timing>> {
    let folder = tempfile::tempdir()?;
    let server = match kinds.contains(&Kind::Postgres) {
        true => Some(Postgres::start()?),
        false => None,
    };
    let urls: Vec<String> = kinds
        .iter()
        .map(|kind| match (kind, &server) {
            (Kind::Postgres, Some(server)) => server.url(),
            _ => format!("sqlite:{}", folder.path().join("hejie.db").display()),
        })
        .collect();
    try_join_all(urls.iter().map(|url| fill_at(url, files))).await?;
    let mut timings = Vec::new();
    for url in urls {
        timings.extend(measure_at(&url).await?);
    }
    Ok(timings)
}

/// Fills a new store with so many files.
pub async fn fill_at(url: &str, files: u32) -> Result<()> {
    let store = Store::open(url).await?;
    let kind = Kind::of(url);
    match kind {
        Kind::Sqlite => files::fill(&store, files, kind).await?,
        Kind::Postgres => {
            let index = WordIndex::put_away(url)?;
            files::fill(&store, files, kind).await?;
            index.make_again()?;
            // It learns what its tables hold, as it does by itself in time.
            psql(url, "VACUUM ANALYZE")?;
        }
    }
    store.close().await;
    Ok(())
}

/// Measures the lists of a store that was filled before.
pub async fn measure_at(url: &str) -> Result<Vec<Timing>> {
    let store = Store::open_existing(url).await?;
    let timings = lists::measure(&store, Kind::of(url).name()).await;
    store.close().await;
    timings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentile_is_a_value_by_the_nearest_rank() {
        let mut each: Vec<f64> = (1..=100).rev().map(f64::from).collect();
        assert_eq!(percentile(&mut each, 99), 99.0);
        assert_eq!(percentile(&mut each, 50), 50.0);
        assert_eq!(percentile(&mut [7.0, 3.0], 99), 7.0);
        assert_eq!(percentile(&mut [7.0, 3.0], 50), 3.0);
    }
}
