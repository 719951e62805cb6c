//! What an operator does beside the service: bring the store up to date, verify
//! the ledger, make projections anew, make a decision again.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result};
use hejie_domain::case::{Case, Event, Recorded};
use hejie_store::{CaseRow, Entry, Store};
use metrics_exporter_prometheus::PrometheusBuilder;
use serde_json::json;

use super::Output;
use super::serve::store_of;
use crate::act::ActError;
use crate::app::{App, Setup};
use crate::clock::Clock;
use crate::{api, commit};

#[derive(Debug, Clone, clap::Args)]
pub struct Place {
    /// The folder of the embedded store and of compiled plugins.
    #[arg(long, default_value = "hejie-data", env = "HEJIE_DATA")]
    data: PathBuf,
    /// `sqlite:PATH` or `postgres://…`; in the data folder where nothing is said.
    #[arg(long, env = "HEJIE_STORE")]
    store: Option<String>,
}

impl Place {
    fn url(&self) -> String {
        store_of(&self.data, self.store.as_deref())
    }

    async fn open(&self) -> Result<Store> {
        Ok(Store::open(&self.url()).await?)
    }
}

pub async fn migrate(place: Place) -> Result<()> {
    place.open().await?.close().await;
    println!("up to date");
    Ok(())
}

/// Fails where anything is not as it was written.
pub async fn verify(place: Place, output: Output) -> Result<ExitCode> {
    let (cases, faults) = place.open().await?.verify().await?;
    let lines: Vec<String> = faults.iter().map(ToString::to_string).collect();
    if output.json {
        println!("{:#}", json!({"cases": cases, "faults": lines}));
    } else {
        lines.iter().for_each(|line| println!("{line}"));
        println!("{cases} cases, {} faults", lines.len());
    }
    Ok(if faults.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

pub async fn rebuild(place: Place) -> Result<()> {
    let rebuilt = place.open().await?.rebuild(fold).await?;
    println!("{rebuilt} cases rebuilt");
    Ok(())
}

/// A case's projection from its entries.
pub fn fold(id: &str, entries: &[Entry]) -> Result<CaseRow, ActError> {
    let unreadable = |why: String| ActError::Unreadable {
        id: id.to_owned(),
        why,
    };
    let recorded = entries
        .iter()
        .map(|entry| {
            let event = Event::read(&entry.kind, entry.version, entry.payload.clone())
                .map_err(|fault| unreadable(fault.to_string()))?;
            let by = serde_json::from_value(entry.actor.clone())
                .map_err(|fault| unreadable(fault.to_string()))?;
            Ok(Recorded {
                at: entry.at,
                by,
                event,
            })
        })
        .collect::<Result<Vec<_>, ActError>>()?;
    let last = recorded.last().map(|entry| entry.at).unwrap_or_default();
    let case = Case::fold(recorded).map_err(|fault| unreadable(fault.to_string()))?;
    commit::row(id, &case, last)
}

/// Fails where the bytes differ.
pub async fn replay(place: Place, run: String, output: Output) -> Result<ExitCode> {
    let app = App::open(Setup {
        store: place.url(),
        cache: place.data.join("compiled"),
        concurrent_runs: 1,
        look_up_hosts: Vec::new(),
        clock: Clock::system(),
        metrics: PrometheusBuilder::new().build_recorder().handle(),
    })
    .await?;
    let (number, _) = run.rsplit_once('.').context("a run's id is NUMBER.N")?;
    let loaded = app
        .case_by_number(number)
        .await?
        .context("there is no such case")?;
    let replay = api::replay_run(&app, &loaded, &run)
        .await
        .map_err(|problem| anyhow::anyhow!(problem.body(output.language()).detail))?;
    if output.json {
        println!("{:#}", serde_json::to_value(&replay)?);
    } else {
        if replay.same {
            println!("{run}: the same bytes");
        }
        if let Some(why) = &replay.undecided {
            println!("{run}: {why}");
        }
        for one in replay.differences.iter().chain(&replay.notes) {
            println!("{}: recorded {}, now {}", one.what, one.recorded, one.now);
        }
    }
    Ok(if replay.same {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}
