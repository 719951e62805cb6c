//! `cargo xtask bench`: the benchmark, optimised, with the peer it measures against.

use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;

use crate::build::{self, add_target, cargo, root};

#[derive(clap::Args)]
pub struct Args {
    /// Writes every figure as JSON: name, value, unit, target, met.
    #[arg(long)]
    json: Option<PathBuf>,
    /// Cases in the crowded store.
    #[arg(long, default_value_t = 1_000_000)]
    cases: u32,
}

const PEER_TARGET: &str = "wasm32-unknown-unknown";

pub fn run(args: Args) -> Result<()> {
    build::plugins()?;
    let release = ["build", "--release"];
    let programs = ["--package", "hejie-server", "--package", "order-system"];
    cargo(&[&release[..], &programs].concat())?;
    let peer = peer()?;
    let mut bench = bench(&["run", "--release", "--package", "hejie-bench", "--"]);
    bench.arg("--peer").arg(peer);
    bench.arg("--cases").arg(args.cases.to_string());
    if let Some(file) = args.json {
        bench.arg("--json").arg(std::path::absolute(file)?);
    }
    build::run(&mut bench)
}

/// Builds the peer's plugin; where it lies.
fn peer() -> Result<PathBuf> {
    add_target(PEER_TARGET)?;
    build::run(&mut bench(&[
        "build",
        "--profile",
        "plugin",
        "--target",
        PEER_TARGET,
        "--package",
        "extism-returns",
    ]))?;
    let folder = hejie_tests::target_folder().join(PEER_TARGET);
    Ok(folder.join("plugin/extism_returns.wasm"))
}

/// A cargo command in the benchmark's own workspace, with the project's target folder.
fn bench(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO"));
    let (name, rest) = args.split_first().unwrap_or((&"", &[]));
    command
        .arg(name)
        .arg("--manifest-path")
        .arg(root().join("tests/bench/Cargo.toml"))
        .args(rest)
        .env("CARGO_TARGET_DIR", hejie_tests::target_folder());
    command
}
