//! The binary `hejie`: the service and the small commands around it.

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};
use hejie_server::cli::operate::Place;
use hejie_server::cli::{
    Output, code, entitlements, explain_clock, jurisdiction, operate, plugin, rules, serve,
};
use tracing_subscriber::EnvFilter;

/// 和解: online dispute resolution.
#[derive(Parser)]
#[command(version)]
struct Cli {
    #[command(flatten)]
    output: Output,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Runs the service.
    Serve(serve::Args),
    /// Brings the store up to date.
    Migrate(#[command(flatten)] Place),
    /// The ledger of all cases.
    #[command(subcommand)]
    Ledger(Ledger),
    /// Automated decisions.
    #[command(subcommand)]
    Decision(Decision),
    /// Legal periods.
    #[command(subcommand)]
    Clock(Clock),
    /// Plugins, for their authors.
    #[command(subcommand)]
    Plugin(Plugin),
    /// Identifiers.
    #[command(subcommand)]
    Code(Code),
    /// Rule packs.
    #[command(subcommand)]
    Rules(Rules),
    /// Handling power.
    #[command(subcommand)]
    Jurisdiction(Jurisdiction),
    /// What the law gives.
    #[command(subcommand)]
    Entitlements(Entitlements),
    /// Prints the OpenAPI description.
    Openapi,
}

#[derive(Subcommand)]
enum Ledger {
    /// Checks every byte and chain; names what was changed.
    Verify(#[command(flatten)] Place),
    /// Makes all projections anew from the ledger.
    Rebuild(#[command(flatten)] Place),
}

#[derive(Subcommand)]
enum Decision {
    /// Makes a recorded run again and compares byte for byte.
    Replay {
        /// The run's id, NUMBER.N.
        run: String,
        #[command(flatten)]
        place: Place,
    },
}

#[derive(Subcommand)]
enum Clock {
    /// Counts a period aloud.
    Explain(explain_clock::Args),
}

#[derive(Subcommand)]
enum Plugin {
    /// Puts a manifest into a component and checks the package.
    Package(plugin::PackageArgs),
}

#[derive(Subcommand)]
enum Code {
    /// Checks codes, a line each.
    Check(code::Args),
}

#[derive(Subcommand)]
enum Rules {
    /// Lists the packs with their dates.
    List(rules::Args),
}

#[derive(Subcommand)]
enum Jurisdiction {
    /// Says which authority handles a complaint, and why.
    Explain(jurisdiction::Args),
}

#[derive(Subcommand)]
enum Entitlements {
    /// Says what the law gives on stated facts.
    Explain(entitlements::Args),
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    if let Err(fault) = hejie_faults::arm() {
        eprintln!("hejie: {fault}");
        return ExitCode::from(2);
    }
    let filter = EnvFilter::try_from_env("HEJIE_LOG").unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .init();
    match run(cli) {
        Ok(code) => code,
        Err(fault) => {
            eprintln!("hejie: {fault:#}");
            ExitCode::from(2)
        }
    }
}

fn run(cli: Cli) -> Result<ExitCode> {
    let output = cli.output;
    match cli.command {
        Command::Clock(Clock::Explain(args)) => explain_clock::run(args, output)?,
        Command::Code(Code::Check(args)) => return code::run(args, output),
        Command::Plugin(Plugin::Package(args)) => plugin::package(args, output)?,
        Command::Rules(Rules::List(args)) => rules::run(args, output)?,
        Command::Jurisdiction(Jurisdiction::Explain(args)) => jurisdiction::run(args, output)?,
        Command::Entitlements(Entitlements::Explain(args)) => entitlements::run(args, output)?,
        Command::Openapi => print!("{}", hejie_server::api::description()?),
        command => {
            let runtime = tokio::runtime::Builder::new_multi_thread()
                .enable_all()
                .build()?;
            return runtime.block_on(run_async(command, output));
        }
    }
    Ok(ExitCode::SUCCESS)
}

async fn run_async(command: Command, output: Output) -> Result<ExitCode> {
    match command {
        Command::Serve(args) => serve::run(args).await?,
        Command::Migrate(place) => operate::migrate(place).await?,
        Command::Ledger(Ledger::Verify(place)) => return operate::verify(place, output).await,
        Command::Ledger(Ledger::Rebuild(place)) => return operate::rebuild(place).await,
        Command::Decision(Decision::Replay { run, place }) => {
            return operate::replay(place, run, output).await;
        }
        // The other commands need no runtime.
        _ => {}
    }
    Ok(ExitCode::SUCCESS)
}
