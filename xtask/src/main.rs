//! The project's own commands: `cargo xtask demo`, `test`, `bench`, `build`.

mod bench;
mod build;
mod demo;
mod test;

use anyhow::Result;
use clap::{Parser, Subcommand};

#[derive(Parser)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Builds the host, the order system and the plugin packages.
    Build,
    /// Real disputes from filing to settlement or escalation, then a running host.
    Demo(demo::Args),
    /// All tests, on SQLite and on PostgreSQL.
    Test,
    /// Speed, as ratios measured side by side in one run.
    Bench(bench::Args),
}

fn main() -> Result<()> {
    match Cli::parse().command {
        Command::Build => build::all(),
        Command::Demo(args) => {
            build::all()?;
            let runtime = tokio::runtime::Builder::new_multi_thread()
                .enable_all()
                .build()?;
            runtime.block_on(demo::run(args))
        }
        Command::Test => test::run(),
        Command::Bench(args) => bench::run(args),
    }
}
