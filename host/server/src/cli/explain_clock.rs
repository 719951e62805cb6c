//! `hejie clock explain`: a period counted aloud.

use anyhow::Result;
use hejie_domain::clock::{Pause, Period, explain, read};
use hejie_domain::day;
use hejie_domain::rules::{Procedure, RuleBook};
use hejie_domain::text::Text;
use jiff::ToSpan;
use jiff::civil::Date;
use serde_json::json;

use super::{Output, civil_date, one_line};

/// The longest pause that is believed, in years.
const LONGEST_PAUSE: i64 = 3;

#[derive(Debug, clap::Args)]
pub struct Args {
    /// The period, such as `acceptance` or `odr-negotiation`.
    period: String,
    /// The day it starts, `YYYY-MM-DD`.
    start: String,
    /// The rule pack; the one in force on the start where nothing is said.
    #[arg(long)]
    pack: Option<String>,
    /// Days on which the clock stood still, both included; without TO it still does.
    /// KIND is one the period lists, such as `appraisal`; its first where none is said.
    #[arg(long, value_name = "[KIND=]FROM..[TO]")]
    pause: Vec<String>,
}

pub fn run(args: Args, output: Output) -> Result<()> {
    let rules = RuleBook::builtin()?;
    let said = |text: Text| anyhow::anyhow!(output.say(&text));
    let start = civil_date(&args.start).map_err(said)?;
    let procedure = procedure(&rules, args.pack.as_deref(), start).map_err(said)?;
    let period = period(procedure, &args.period).map_err(said)?;
    let pauses = args.pause.iter().map(|text| pause(text, period, start));
    let pauses: Vec<Pause> = pauses.collect::<Result<_, _>>().map_err(said)?;
    let calendar = rules.calendar();
    let reading = read(period, &procedure.version, start, &pauses, calendar);
    let lines: Vec<String> = explain(&reading)
        .iter()
        .map(|line| output.say(line))
        .collect();
    if output.json {
        let answer =
            json!({"reading": reading, "ends_on": reading.ends_on(), "explanation": lines});
        println!("{answer:#}");
    } else {
        lines.iter().for_each(|line| println!("{line}"));
    }
    Ok(())
}

fn procedure<'a>(
    rules: &'a RuleBook,
    pack: Option<&str>,
    start: Date,
) -> Result<&'a Procedure, Text> {
    let found = match pack {
        Some(version) => rules.procedure(version),
        None => rules.procedure_on(start),
    };
    found.ok_or_else(|| {
        let known = rules.procedures().iter().map(|p| p.version.as_str());
        let wanted = pack.map_or_else(|| start.to_string(), one_line);
        Text::new("cli-no-pack")
            .arg("pack", wanted)
            .arg("known", known.collect::<Vec<_>>().join(", "))
    })
}

fn period<'a>(procedure: &'a Procedure, id: &str) -> Result<&'a Period, Text> {
    procedure.periods.get(id).ok_or_else(|| {
        let known: Vec<&str> = procedure.periods.keys().map(String::as_str).collect();
        Text::new("cli-no-period")
            .arg("pack", procedure.version.as_str())
            .arg("period", one_line(id))
            .arg("known", known.join(", "))
    })
}

/// Reads `[KIND=]FROM..[TO]` as a pause that the period takes.
fn pause(text: &str, period: &Period, start: Date) -> Result<Pause, Text> {
    let fault = |id: &str| Text::new(id).arg("pause", one_line(text));
    let (kind, days) = match text.split_once('=') {
        Some((kind, days)) => (Some(kind), days),
        None => (None, text),
    };
    let why = kind_of(kind, period)?;
    let (from, to) = span(days).ok_or_else(|| fault("cli-pause-form"))?;
    if to.is_some_and(|to| to < from) {
        return Err(fault("cli-pause-backwards"));
    }
    if from < start {
        return Err(fault("cli-pause-early").arg("start", start.to_string()));
    }
    let longest = from.saturating_add(LONGEST_PAUSE.years());
    if to.is_some_and(|to| to > longest) {
        return Err(fault("cli-pause-long").arg("years", LONGEST_PAUSE));
    }
    Ok(Pause { from, to, why })
}

fn kind_of(kind: Option<&str>, period: &Period) -> Result<String, Text> {
    let named = |id: &str| {
        Text::new(id)
            .arg("name_zh", period.name.zh.as_str())
            .arg("name_en", period.name.en.as_str())
    };
    let Some(first) = period.pauses.first() else {
        return Err(named("cli-no-pauses"));
    };
    match kind {
        None => Ok(first.clone()),
        Some(kind) if period.pauses.iter().any(|known| known == kind) => Ok(kind.to_owned()),
        Some(kind) => Err(named("cli-unknown-pause")
            .arg("kind", one_line(kind))
            .arg("known", period.pauses.join(", "))),
    }
}

fn span(text: &str) -> Option<(Date, Option<Date>)> {
    let (from, to) = text.split_once("..")?;
    let from = day::parse(from).ok()?;
    match to {
        "" => Some((from, None)),
        to => Some((from, Some(day::parse(to).ok()?))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const START: Date = date(2026, 6, 1);

    fn fault(text: &str, id: &str) -> Option<String> {
        let rules = RuleBook::builtin().expect("the built-in rules are good");
        let procedure = rules.procedure_on(START).expect("a pack is in force");
        let period = period(procedure, id).expect("the pack has the period");
        pause(text, period, START).err().map(|text| text.id)
    }

    #[test]
    fn a_pause_is_taken_where_the_period_lists_one() {
        for taken in [
            "2026-06-10..2026-06-19",
            "2026-06-01..",
            "appraisal=2026-06-10..2029-06-10",
        ] {
            assert_eq!(fault(taken, "mediation"), None, "{taken}");
        }
        let refused = fault("2026-06-10..2026-06-19", "acceptance");
        assert_eq!(refused.as_deref(), Some("cli-no-pauses"));
    }

    #[test]
    fn a_pause_that_cannot_be_is_refused_with_its_reason() {
        for (text, id) in [
            ("2026-05-31..2026-06-19", "cli-pause-early"),
            ("2026-06-10..2026-06-09", "cli-pause-backwards"),
            ("2026-06-10..2029-06-11", "cli-pause-long"),
            ("2026-06-10..9999-12-31", "cli-pause-long"),
            ("hearing=2026-06-10..2026-06-12", "cli-unknown-pause"),
            ("2026-06-10", "cli-pause-form"),
            ("2026-06-10T08:00..2026-06-12", "cli-pause-form"),
        ] {
            assert_eq!(fault(text, "mediation").as_deref(), Some(id), "{text}");
        }
    }
}
