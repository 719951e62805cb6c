//! `cargo xtask demo`: real disputes, answered by real plugins in the sandbox,
//! driven to every kind of end; then an account, and a host that stays up.

mod account;
mod files;
mod neighbour;
mod papers;
mod paths;
mod people;
mod workflow;

use std::path::PathBuf;

use anyhow::{Context, Result};
use hejie_tests::{Host, Place, Shop};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::build::root;
use neighbour::Neighbour;
use people::People;

#[derive(clap::Args)]
pub struct Args {
    /// End after the account instead of staying up.
    #[arg(long)]
    exit: bool,
    /// The folder for the demo's data; emptied at the start.
    #[arg(long, default_value = "demo-data")]
    data: PathBuf,
    /// Where to listen; port 0 takes a free one.
    #[arg(long, default_value = "127.0.0.1:8315")]
    listen: String,
}

/// A dispute of the demo and the way it goes.
#[derive(Deserialize)]
pub struct Dispute {
    path: String,
    /// What she asks for in her counter-offer.
    ask_fen: Option<u64>,
    filing: Value,
}

/// A dispute on its way.
pub struct Filed {
    pub dispute: Dispute,
    pub number: String,
}

pub async fn run(args: Args) -> Result<()> {
    if args.data.exists() {
        std::fs::remove_dir_all(&args.data)
            .with_context(|| format!("{} cannot be emptied", args.data.display()))?;
    }
    let shop = Shop::start(&root().join("plugins/order-system/data/orders.json"))?;
    let place = Place {
        listen: if args.exit {
            "127.0.0.1:0".to_owned()
        } else {
            args.listen
        },
        ..Place::in_folder(&args.data)
    };
    let host = Host::start(&place)?;
    let people = People::settle(&host, &shop).await?;
    let text = std::fs::read_to_string(root().join("tests/demo/disputes.json"))?;
    let disputes: Vec<Dispute> = serde_json::from_str(&text)?;
    let mut filed = Vec::new();
    for dispute in disputes {
        let receipt = people
            .consumer
            .post("/cases", dispute.filing.clone())
            .await?
            .good()?;
        let number = receipt["number"].as_str().context("no number")?.to_owned();
        filed.push(Filed { dispute, number });
    }
    for case in &filed {
        paths::walk(&people, case)
            .await
            .with_context(|| format!("{} ({})", case.number, case.dispute.path))?;
    }
    let others = files::handle(&people).await?;
    let neighbour = Neighbour::start(&args.data, &host).await?;
    // Sixteen days on: the ten working days of negotiation are over.
    host.operator
        .post("/clock", json!({"seconds": 16 * 86_400}))
        .await?
        .good()?;
    neighbour.pass(16).await?;
    workflow::handle(&people, &host, &neighbour).await?;
    account::tell_others(&people, &others).await?;
    account::tell(&people, &filed).await?;
    if args.exit {
        return Ok(());
    }
    account::stay(&host, &people);
    tokio::signal::ctrl_c().await?;
    Ok(())
}
