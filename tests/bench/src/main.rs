//! The benchmark: figures measured side by side in one run, with their targets.

mod bare;
mod crowd;
mod disputes;
mod figure;
mod peer;
mod sandbox;

use std::path::PathBuf;

use anyhow::Result;
use clap::Parser;
use figure::Figure;
use hejie_bench_lists::Kind;

#[derive(Parser)]
struct Args {
    /// Writes every figure as JSON to this file.
    #[arg(long)]
    json: Option<PathBuf>,
    /// Cases that lie in the crowded store before its disputes begin, and files that
    /// wait where lists are measured.
    #[arg(long, default_value_t = 1_000_000)]
    cases: u32,
    /// The peer's plugin: `extism_returns.wasm`.
    #[arg(long)]
    peer: PathBuf,
}

#[tokio::main]
async fn main() -> Result<()> {
    let args = Args::parse();
    let mut figures = sandbox::measure(&std::fs::read(&args.peer)?)?;
    figures.extend(disputes::measure(args.cases).await?);
    let kinds = [Kind::Sqlite, Kind::Postgres];
    for timing in hejie_bench_lists::measure(args.cases, &kinds).await? {
        figures.push(Figure::of(
            format!("{}, p50", timing.name),
            timing.p50,
            "ms",
        ));
        let p99 = Figure::of(format!("{}, p99", timing.name), timing.p99, "ms");
        figures.push(p99.at_most(hejie_bench_lists::TARGET));
        figures.push(Figure::of(
            format!("{}, longest", timing.name),
            timing.longest,
            "ms",
        ));
    }
    print!("{}", figure::table(&figures));
    if let Some(file) = args.json {
        std::fs::write(file, figure::json(&figures)?)?;
    }
    Ok(())
}
