//! What an operator does beside the service: bring the store up to date, verify
//! the ledger, make projections anew, make a decision again.

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context, Result};
use hejie_store::{Fault, Store};
use metrics_exporter_prometheus::PrometheusBuilder;
use serde_json::json;

use super::Output;
use super::serve::store_of;
use crate::api;
use crate::app::{App, Setup};
use crate::clock::Clock;
use crate::exchange::Identity;
use crate::identity::{Checksum, IdentitySecret};
use crate::meaning::Cases;
use crate::node::Node;
use crate::visits;

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

    async fn open_existing(&self) -> Result<Store> {
        let place = match &self.store {
            Some(_) => "the store that was named".to_owned(),
            None => self.data.display().to_string(),
        };
        let opened = Store::open_existing(&self.url()).await;
        opened.with_context(|| format!("{place} cannot be opened"))
    }
}

pub async fn migrate(place: Place) -> Result<()> {
    place.open().await?.close().await;
    println!("up to date");
    Ok(())
}

/// Fails where anything is not as it was written; makes nothing.
pub async fn verify(place: Place, output: Output) -> Result<ExitCode> {
    let store = place.open_existing().await?;
    let (cases, faults) = store.verify(&Cases).await?;
    let mut lines = lines(&faults);
    let again = visits::check_all(&store).await?.into_iter();
    lines.extend(again.map(|id| format!("draw {id}: repeated, it does not come out the same")));
    if output.json {
        println!("{:#}", json!({"cases": cases, "faults": lines}));
    } else {
        lines.iter().for_each(|line| println!("{line}"));
        println!("{cases} cases, {} faults", lines.len());
    }
    Ok(code(&lines))
}

/// Fails where a case had to be left as it is. No server may have the folder.
pub async fn rebuild(place: Place) -> Result<ExitCode> {
    let store = place.open_existing().await?;
    std::fs::create_dir_all(&place.data)
        .with_context(|| format!("{} cannot be made", place.data.display()))?;
    let _node = Node::take(&place.data)?;
    let rebuilt = store.rebuild(Arc::new(Cases)).await?;
    let faults = lines(&rebuilt.faults);
    faults.iter().for_each(|line| println!("{line}"));
    println!(
        "{} cases rebuilt, {} rows without a ledger removed, {} faults",
        rebuilt.cases,
        rebuilt.removed,
        faults.len()
    );
    store.close().await;
    Ok(code(&faults))
}

fn lines(faults: &[Fault]) -> Vec<String> {
    faults.iter().map(ToString::to_string).collect()
}

fn code(faults: &[String]) -> ExitCode {
    if faults.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// Fails where the bytes differ.
pub async fn replay(place: Place, run: String, output: Output) -> Result<ExitCode> {
    let app = App::open(Setup {
        store: place.url(),
        cache: place.data.join("compiled"),
        concurrent_runs: 1,
        look_up_hosts: Vec::new(),
        // It verifies nobody.
        identity_secret: IdentitySecret::random(),
        verifier: Box::new(Checksum),
        partner_hosts: Vec::new(),
        identity: Identity::nobody(),
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
