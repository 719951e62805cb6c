//! `hejie entitlements explain`: what the law gives on stated facts.

use anyhow::{Result, bail};
use hejie_domain::entitlements::{Entitlement, assess};
use hejie_domain::facts::Facts;
use hejie_domain::rules::RuleBook;
use hejie_domain::text::Text;
use hejie_texts::pick;
use serde::Deserialize;

use super::{Output, civil_date, read_json};

#[derive(Debug, clap::Args)]
pub struct Args {
    /// A JSON file with `facts` and `received_on`; `-` reads standard input.
    file: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Question {
    facts: Facts,
    /// `YYYY-MM-DD`.
    received_on: String,
}

pub fn run(args: Args, output: Output) -> Result<()> {
    let Question { facts, received_on } = read_json(&args.file, output)?;
    let received_on = match civil_date(&received_on) {
        Ok(day) => day,
        Err(fault) => bail!(output.say(&fault)),
    };
    if let Err(fault) = facts.check(received_on) {
        let why = output.say(&fault.text());
        bail!("{}: facts{}: {why}", args.file, fault.field);
    }
    let rules = RuleBook::builtin()?;
    let packs = rules.entitlement_packs();
    if !packs.iter().any(|pack| pack.is_in_force(received_on)) {
        let none = Text::new("cli-no-entitlements").arg("day", received_on.to_string());
        bail!(output.say(&none));
    }
    let assessment = assess(&facts, received_on, packs);
    if output.json {
        println!("{:#}", serde_json::to_value(&assessment)?);
        return Ok(());
    }
    heading("cli-unconditional", output);
    assessment
        .unconditional
        .iter()
        .for_each(|one| show(one, output));
    heading("cli-conditional", output);
    assessment
        .conditional
        .iter()
        .for_each(|one| show(one, output));
    heading("cli-not-given", output);
    for one in &assessment.not_given {
        println!(
            "  {} {}: {}",
            pick(&one.article.law, output.language()),
            one.article.article,
            output.say(&one.why)
        );
    }
    Ok(())
}

fn heading(id: &str, output: Output) {
    println!("{}", output.say(&Text::new(id)));
}

fn show(one: &Entitlement, output: Output) {
    let language = output.language();
    let amount = one
        .amount
        .map(|amount| format!(" {amount}"))
        .unwrap_or_default();
    let law = pick(&one.article.law, language);
    println!(
        "  {law} {}: {}{amount}",
        one.article.article,
        pick(&one.summary, language)
    );
    if let Some(condition) = &one.condition {
        println!("    {}", pick(condition, language));
    }
    one.arithmetic
        .iter()
        .for_each(|line| println!("    {}", output.say(line)));
}
