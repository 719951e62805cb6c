//! `hejie clock explain`: a period counted aloud.

use anyhow::{Result, bail};
use hejie_domain::clock::{Pause, explain, read};
use hejie_domain::rules::RuleBook;
use hejie_domain::text::Text;
use jiff::civil::Date;
use serde_json::json;

use super::Output;

#[derive(Debug, clap::Args)]
pub struct Args {
    /// The period, such as `acceptance` or `odr-negotiation`.
    period: String,
    /// The day it starts, `YYYY-MM-DD`.
    start: Date,
    /// The rule pack; the one in force on the start where nothing is said.
    #[arg(long)]
    pack: Option<String>,
    /// Days on which the clock stood still, `FROM..TO`, both included.
    #[arg(long, value_parser = pause)]
    pause: Vec<Pause>,
}

fn pause(text: &str) -> Result<Pause, String> {
    let form = || "a pause is written FROM..TO with dates YYYY-MM-DD".to_owned();
    let (from, to) = text.split_once("..").ok_or_else(form)?;
    let from: Date = from.parse().map_err(|_| form())?;
    let to: Option<Date> = match to {
        "" => None,
        to => Some(to.parse().map_err(|_| form())?),
    };
    if to.is_some_and(|to| to < from) {
        return Err("a pause ends after it begins".to_owned());
    }
    Ok(Pause {
        from,
        to,
        why: "--pause".to_owned(),
    })
}

pub fn run(args: Args, output: Output) -> Result<()> {
    let rules = RuleBook::builtin()?;
    let procedure = match &args.pack {
        Some(version) => rules.procedure(version),
        None => rules.procedure_on(args.start),
    };
    let Some(procedure) = procedure else {
        let known: Vec<&str> = rules
            .procedures()
            .iter()
            .map(|p| p.version.as_str())
            .collect();
        let pack = args.pack.unwrap_or_else(|| args.start.to_string());
        let text = Text::new("cli-no-pack")
            .arg("pack", pack)
            .arg("known", known.join(", "));
        bail!(output.say(&text));
    };
    let Some(period) = procedure.periods.get(&args.period) else {
        let known: Vec<&str> = procedure.periods.keys().map(String::as_str).collect();
        let text = Text::new("cli-no-period")
            .arg("pack", procedure.version.as_str())
            .arg("period", args.period)
            .arg("known", known.join(", "));
        bail!(output.say(&text));
    };
    let reading = read(
        period,
        &procedure.version,
        args.start,
        &args.pause,
        rules.calendar(),
    );
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
