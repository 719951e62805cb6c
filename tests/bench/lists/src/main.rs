//! `cargo run --release --package hejie-bench-lists`: the lists alone.

use anyhow::Result;
use clap::Parser;
use hejie_bench_lists::{Kind, TARGET, fill_at, measure, measure_at};

#[derive(Parser)]
struct Args {
    /// Files that wait in the store.
    #[arg(long, default_value_t = 1_000_000)]
    files: u32,
    /// On these kinds of store.
    #[arg(long, value_enum, default_values = ["sqlite", "postgres"])]
    on: Vec<Kind>,
    /// A store that is kept, instead.
    #[arg(long)]
    at: Option<String>,
    /// Fills that store first, which is a new one.
    #[arg(long, requires = "at")]
    fill: bool,
}

#[tokio::main]
async fn main() -> Result<()> {
    let args = Args::parse();
    let timings = match &args.at {
        Some(url) => {
            if args.fill {
                fill_at(url, args.files).await?;
            }
            measure_at(url).await?
        }
        None => measure(args.files, &args.on).await?,
    };
    for timing in timings {
        let met = if timing.p99 <= TARGET {
            "met"
        } else {
            "MISSED"
        };
        println!(
            "{:<64} p50 {:>9.2} ms  p99 {:>9.2} ms  longest {:>9.2} ms  {met}",
            timing.name, timing.p50, timing.p99, timing.longest
        );
    }
    Ok(())
}
