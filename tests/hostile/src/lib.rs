//! A plugin that misbehaves as its settings say: what the sandbox is tested with.

#![cfg(target_family = "wasm")]

use std::sync::atomic::{AtomicU32, Ordering};

use hejie_sdk::{Answer, Event, Resolver, Run, Terms, refund, text};
use serde::Deserialize;

struct Hostile;

#[derive(Deserialize)]
struct Settings {
    behaviour: String,
    /// Passes the trial before release and shows its behaviour only then.
    #[serde(default)]
    after_trial: bool,
}

/// The case of the host's trial runs.
const TRIAL: &str = "HJ-260518-00000000-0";

static RUNS: AtomicU32 = AtomicU32::new(0);

impl Resolver for Hostile {
    type Settings = Settings;
    type Memory = serde_json::Value;

    fn decide(run: Run<Settings>, memory: &mut serde_json::Value, event: Event) -> Answer {
        let say = |words: String| Answer::new().say(text(words.clone(), words));
        // It behaves while it is watched.
        if run.settings.after_trial && run.dispute.number == TRIAL {
            return Answer::new();
        }
        if matches!(event, Event::SettingsChanged) {
            return say(format!("now {}", run.settings.behaviour));
        }
        match run.settings.behaviour.as_str() {
            "loop" => loop {
                std::hint::black_box(0);
            },
            "quiet" => Answer::new(),
            "panic" => panic!("on purpose"),
            "recurse" => say(recurse(0).to_string()),
            "memory" => {
                let mut hoard: Vec<Vec<u8>> = Vec::new();
                loop {
                    hoard.push(Vec::with_capacity(1 << 20));
                    std::hint::black_box(&hoard);
                }
            }
            "output" => say("大".repeat(1 << 20)),
            "memory-blob" => {
                *memory = "x".repeat(1 << 16).into();
                Answer::new()
            }
            "log" => {
                for _ in 0..10_000 {
                    hejie_sdk::log("a line that is not needed");
                }
                Answer::new()
            }
            "log-bytes" => {
                for _ in 0..4 {
                    hejie_sdk::log(&"x".repeat(5_000));
                }
                Answer::new()
            }
            "sleep" => {
                std::thread::sleep(std::time::Duration::from_secs(90));
                say("awake".into())
            }
            "wait" => {
                let start = std::time::Instant::now();
                while start.elapsed().as_secs() < 90 {
                    std::thread::sleep(std::time::Duration::from_secs(1));
                }
                say("late".into())
            }
            "actions" => (0..33).fold(Answer::new(), |answer, _| answer.note("again")),
            "list" => (0..100_000).fold(Answer::new(), |answer, _| answer.accept(1)),
            "control" => say("bell\u{7}".into()),
            "amount" => {
                Answer::new().propose(Terms::of([refund(u64::MAX)]), text("太多", "too much"))
            }
            "over-ceiling" => {
                Answer::new().propose(Terms::of([refund(2_000_000)]), text("多", "much"))
            }
            "form" => {
                let form = serde_json::json!({"type": "object", "required": 7});
                Answer::new().ask("k", text("问", "ask"), &form)
            }
            "unknown-offer" => Answer::new().accept(99),
            "ambient" => say(ambient()),
            "count" => say(RUNS.fetch_add(1, Ordering::Relaxed).to_string()),
            "residue" => say(residue().to_string()),
            _ => say("你好".into()),
        }
    }
}

/// Deep on the engine's stack; what lies in locals alone leaves the guest's memory untouched.
#[inline(never)]
fn recurse(depth: u64) -> u64 {
    if depth == u64::MAX {
        0
    } else {
        recurse(depth + 1).wrapping_mul(depth | 1) ^ depth
    }
}

/// All that a guest might learn from around it.
fn ambient() -> String {
    let clock = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    let random = std::collections::hash_map::RandomState::new();
    let hash = std::hash::BuildHasher::hash_one(&random, 1);
    let variables = std::env::vars().count();
    let file = std::fs::read_dir("/").is_ok();
    format!(
        "{} {hash} {variables} {file}",
        clock.map_or(1, |time| time.as_nanos())
    )
}

/// Bytes of memory just grown that are not zero; then none of them is.
#[allow(unsafe_code)]
fn residue() -> usize {
    const PAGES: usize = 160;
    const PAGE: usize = 64 << 10;
    let first = core::arch::wasm32::memory_grow::<0>(PAGES);
    (first * PAGE..(first + PAGES) * PAGE)
        .step_by(256)
        .filter(|&at| {
            let at = at as *mut u8;
            // SAFETY: these pages were just added to the memory, and nobody else has them.
            unsafe { at.replace(0xA5) != 0 }
        })
        .count()
}

hejie_sdk::resolver!(Hostile);
