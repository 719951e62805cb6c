//! One run of `retail-returns`: the whole of it, the same engine's bare call, a
//! plain wasmtime host on the same component, and Extism.

use std::hint::black_box;
use std::time::Instant;

use anyhow::{Context, Result, ensure};
use hejie_runtime::{Config, Input, Limits, Package, Plugin, Record, Run, Runtime};
use hejie_testkit::{Sandbox, Scenario};
use hejie_tests::package;
use serde_json::{Value, json};

use crate::bare::Bare;
use crate::figure::Figure;
use crate::peer::Peer;

/// Rounds in which all of them are measured in turn; the median round counts.
const ROUNDS: usize = 31;
/// Calls of each in a round.
const CALLS: usize = 400;

pub fn measure(peer: &[u8]) -> Result<Vec<Figure>> {
    let ours = Ours::new()?;
    let peer = Peer::of(peer)?;
    let text = serde_json::to_string(&ours.input)?;
    agree(&ours, &peer, &text)?;
    let failed = |fault: wasmtime::Error| anyhow::anyhow!("bare wasmtime: {fault:#}");
    let bare = Bare::of(&package("retail-returns")?, ours.rules.clone()).map_err(failed)?;
    let decision = bare.call(&ours.input).map_err(failed)?;
    ensure!(!decision.actions.is_empty(), "it decides nothing");
    let (mut whole, mut call, mut plain, mut extism) =
        (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        whole.push(ours.round(|run| {
            black_box(ours.runtime.run(&ours.plugin, run));
        }));
        call.push(ours.round(|run| {
            black_box(ours.runtime.call(&ours.plugin, &run)).ok();
        }));
        plain.push(ours.round(|run| {
            black_box(bare.call(&run.input)).ok();
        }));
        extism.push(ours.round(|_| {
            black_box(peer.call(&text)).ok();
        }));
    }
    let ratio = |a: &[f64], b: &[f64]| median(a.iter().zip(b).map(|(a, b)| a / b).collect());
    Ok(vec![
        Figure::of("input of a run", text.len() as f64, "bytes"),
        Figure::of("whole run", median(whole.clone()), "us"),
        Figure::of("bare wasmtime", median(plain.clone()), "us"),
        Figure::of("the call without its record", median(call.clone()), "us"),
        Figure::of("Extism, fresh plugin", median(extism.clone()), "us"),
        Figure::of("whole run over bare wasmtime", ratio(&whole, &plain), "x").at_most(1.3),
        Figure::of(
            "whole run over the call without its record",
            ratio(&whole, &call),
            "x",
        ),
        Figure::of("Extism over whole run", ratio(&extism, &whole), "x").at_least(5.0),
    ])
}

struct Ours {
    runtime: Runtime,
    plugin: Plugin,
    rules: std::sync::Arc<hejie_domain::rules::RuleBook>,
    input: Input,
    _cache: tempfile::TempDir,
}

impl Ours {
    fn new() -> Result<Ours> {
        let cache = tempfile::tempdir()?;
        let runtime = Runtime::new(Config {
            cache: cache.path().to_owned(),
            concurrent_runs: 4,
            limits: Limits::default(),
        })?;
        let bytes = package("retail-returns")?;
        let plugin = runtime.prepare(&Package::read(bytes.clone())?)?;
        let sandbox = Sandbox::of(bytes)?;
        let record = sandbox.run("bench", &scenario())?;
        ensure!(record.outcome.is_answered(), "{:?}", record.outcome);
        Ok(Ours {
            runtime,
            plugin,
            rules: sandbox.rules.clone(),
            input: Record::read_input(&record.input)?,
            _cache: cache,
        })
    }

    /// Microseconds a call; making the inputs is not counted.
    fn round(&self, call: impl Fn(Run)) -> f64 {
        let runs: Vec<Run> = (0..CALLS)
            .map(|turn| Run {
                id: format!("bench.{turn}"),
                rules: self.rules.clone(),
                input: self.input.clone(),
            })
            .collect();
        let start = Instant::now();
        for run in runs {
            call(run);
        }
        start.elapsed().as_secs_f64() * 1e6 / CALLS as f64
    }
}

/// The peer is only a peer if it decides the same.
fn agree(ours: &Ours, peer: &Peer, text: &str) -> Result<()> {
    let run = Run {
        id: "bench".to_owned(),
        rules: ours.rules.clone(),
        input: ours.input.clone(),
    };
    let output = ours.runtime.run(&ours.plugin, run).output;
    let ours: Value = serde_json::from_str(&output.context("no answer")?)?;
    let theirs: Value = serde_json::from_str(&peer.call(text)?)?;
    ensure!(ours["Resolver"] == theirs, "{ours:#}\n{theirs:#}");
    Ok(())
}

/// A case of some length: the order has come, and the plugin makes its offer.
fn scenario() -> Scenario {
    let settings = json!({"order_system": "http://orders", "return_window_days": 7,
        "amount_ceiling_fen": 50_000, "max_extra_percent": 10, "goodwill_percent": 20});
    let order = json!({"reference": "HB-1", "price_fen": 12_900, "received_on": "2026-05-12"});
    let messages: Vec<Value> = (1..=20u32)
        .map(|seq| {
            let by = if seq % 2 == 0 {
                "Respondent"
            } else {
                "Consumer"
            };
            json!({"seq": seq, "by": by, "at": 1_779_066_000_000u64,
                   "body": "外套的尺码偏大，想退货退款，请问怎么办理？"})
        })
        .collect();
    Scenario::opened("clothing", 12_900, &settings)
        .with("/dispute/messages", Value::Array(messages))
        .on(json!({"LookUpAnswered": {"key": "order",
            "outcome": {"Answered": {"status": 200, "body": order.to_string()}}}}))
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
