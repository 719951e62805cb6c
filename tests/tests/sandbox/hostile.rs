use hejie_runtime::{Limits, Outcome};
use hejie_testkit::{Sandbox, Scenario};
use hejie_tests::package;
use rstest::rstest;
use serde_json::json;

fn sandbox() -> Sandbox {
    let limits = Limits {
        fuel: 50_000_000,
        ..Limits::default()
    };
    Sandbox::with_limits(package("hostile").unwrap(), limits).unwrap()
}

fn scenario(behaviour: &str) -> Scenario {
    Scenario::opened("food", 100, &json!({ "behaviour": behaviour }))
}

#[rstest]
#[case("loop", "out_of_fuel")]
#[case("panic", "trapped")]
#[case("recurse", "stack_overflow")]
#[case("memory", "out_of_memory")]
#[case("output", "output_too_large")]
#[case("memory-blob", "memory_blob_too_large")]
#[case("control", "invalid_output")]
#[case("amount", "invalid_output")]
#[case("form", "invalid_output")]
#[case("list", "output_too_large")]
#[case("actions", "invalid_output")]
#[case("wait", "out_of_fuel")]
#[case("sleep", "answered")]
#[case("log", "answered")]
#[case("well", "answered")]
fn every_end_has_its_name(#[case] behaviour: &str, #[case] outcome: &str) {
    let record = sandbox().run("run-1", &scenario(behaviour)).unwrap();
    assert_eq!(record.outcome.name(), outcome, "{:?}", record.outcome);
    assert_eq!(record.decision.is_some(), outcome == "answered");
}

#[test]
fn time_ends_what_fuel_does_not() {
    let limits = Limits {
        fuel: u64::MAX,
        time_ms: 50,
        ..Limits::default()
    };
    let sandbox = Sandbox::with_limits(package("hostile").unwrap(), limits).unwrap();
    let record = sandbox.run("run-1", &scenario("loop")).unwrap();
    assert_eq!(record.outcome, Outcome::OutOfTime);
}

/// With the limits of production: fuel is the bound that counts, on any machine.
#[rstest]
#[case("loop")]
#[case("wait")]
fn fuel_ends_a_run_long_before_time_does(#[case] behaviour: &str) {
    let sandbox = Sandbox::of(package("hostile").unwrap()).unwrap();
    let record = sandbox.run("run-1", &scenario(behaviour)).unwrap();
    assert_eq!(record.outcome, Outcome::OutOfFuel);
}

#[test]
fn a_flood_of_log_lines_is_cut_and_counted() {
    let record = sandbox().run("run-1", &scenario("log")).unwrap();
    let limits = Limits::default();
    assert_eq!(record.log.len(), limits.log_lines);
    assert_eq!(record.log_dropped, 10_000 - limits.log_lines as u64);
}

#[test]
fn long_log_lines_are_cut_by_their_bytes() {
    let record = sandbox().run("run-1", &scenario("log-bytes")).unwrap();
    let kept: usize = record.log.iter().map(|line| line.line.len()).sum();
    assert_eq!((kept, record.log_dropped), (15_000, 1));
}

#[test]
fn a_sleeper_wakes_at_once_and_every_time_the_same() {
    let sandbox = sandbox();
    let started = std::time::Instant::now();
    let record = sandbox.run("run-1", &scenario("sleep")).unwrap();
    assert!(started.elapsed().as_secs() < 30, "it slept");
    assert!(record.output.as_ref().unwrap().contains("awake"));
    assert!(sandbox.replay(&scenario("sleep"), &record).unwrap().same);
}

/// The pool of the test kit has four places.
#[test]
fn more_threads_than_places_wait_for_one() {
    let sandbox = sandbox();
    std::thread::scope(|scope| {
        for turn in 0..24 {
            let sandbox = &sandbox;
            scope.spawn(move || {
                let record = sandbox.run(&turn.to_string(), &scenario("well")).unwrap();
                assert_eq!(record.outcome, Outcome::Answered);
                let record = sandbox.run(&turn.to_string(), &scenario("loop")).unwrap();
                assert_eq!(record.outcome, Outcome::OutOfFuel);
            });
        }
    });
}

#[test]
fn every_run_is_a_fresh_instance() {
    let sandbox = sandbox();
    let first = sandbox.decide(&scenario("count")).unwrap();
    for _ in 0..3 {
        assert_eq!(sandbox.decide(&scenario("count")).unwrap(), first);
    }
}

/// The pool keeps pages from one run to the next: what was in them must be gone,
/// in those it keeps and in those it gives back.
#[test]
fn no_run_finds_what_another_left_in_memory() {
    let sandbox = sandbox();
    for _ in 0..6 {
        let record = sandbox.run("residue", &scenario("residue")).unwrap();
        assert!(record.peak_memory > 10 << 20, "{}", record.peak_memory);
        let output = record.output.unwrap();
        assert!(output.contains("\"zh\":\"0\""), "{output}");
    }
}

#[test]
fn nothing_ambient_reaches_a_guest() {
    let sandbox = sandbox();
    let run = |id: &str| sandbox.run(id, &scenario("ambient")).unwrap();
    let (first, again, other) = (run("a"), run("a"), run("b"));
    assert_eq!(first.output, again.output, "the same run sees the same");
    assert_ne!(
        first.output, other.output,
        "randomness comes from the run's id"
    );
    let output = first.output.unwrap();
    // The clock stands at zero; no variables, no files. (A network does not even link.)
    assert!(output.contains("\"zh\":\"0 "), "{output}");
    assert!(output.contains(" 0 false"), "{output}");
}

#[test]
fn a_run_made_again_gives_the_same_bytes_and_fuel() {
    let sandbox = sandbox();
    for behaviour in ["well", "panic", "loop", "memory", "control"] {
        let scenario = scenario(behaviour);
        let record = sandbox.run("run-7", &scenario).unwrap();
        let replay = sandbox.replay(&scenario, &record).unwrap();
        assert!(replay.same, "{behaviour}: {:?}", replay.differences);
    }
}

#[test]
fn other_versions_around_the_same_bytes_are_notes_and_no_differences() {
    let sandbox = sandbox();
    let scenario = scenario("well");
    let mut record = sandbox.run("run-7", &scenario).unwrap();
    record.engine = "wasmtime 47.0.0".into();
    record.calendar = "another".into();
    let replay = sandbox.replay(&scenario, &record).unwrap();
    assert!(replay.same, "{:?}", replay.differences);
    let notes: Vec<&str> = replay.notes.iter().map(|one| one.what.as_str()).collect();
    assert_eq!(notes, ["engine", "calendar"]);
}

#[test]
fn a_run_that_the_wall_clock_ended_cannot_be_decided_again() {
    let limits = Limits {
        fuel: u64::MAX,
        time_ms: 50,
        ..Limits::default()
    };
    let sandbox = Sandbox::with_limits(package("hostile").unwrap(), limits).unwrap();
    let record = sandbox.run("run-1", &scenario("loop")).unwrap();
    let replay = sandbox.replay(&scenario("loop"), &record).unwrap();
    assert!(!replay.same && replay.differences.is_empty(), "{replay:?}");
    assert!(replay.undecided.unwrap().contains("wall clock"));
}

#[test]
fn a_difference_is_named_precisely() {
    let sandbox = sandbox();
    let scenario = scenario("well");
    let mut record = sandbox.run("run-7", &scenario).unwrap();
    record.output = record.output.map(|output| output.replace("你好", "您好"));
    record.fuel += 1;
    let replay = sandbox.replay(&scenario, &record).unwrap();
    let what: Vec<&str> = replay
        .differences
        .iter()
        .map(|one| one.what.as_str())
        .collect();
    assert_eq!(what, ["fuel", "output/Resolver/actions/0/Say/body/en"]);
}
