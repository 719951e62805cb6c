//! `hejie jurisdiction explain`: which authority handles a complaint, and why.

use anyhow::{Result, bail};
use hejie_domain::jurisdiction::{Operator, resolve};
use hejie_domain::rules::RuleBook;
use serde::Deserialize;

use super::{Output, civil_date, read_json};

#[derive(Debug, clap::Args)]
pub struct Args {
    /// A JSON file with `operator` and `received_on`; `-` reads standard input.
    file: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Question {
    operator: Operator,
    /// `YYYY-MM-DD`.
    received_on: String,
}

pub fn run(args: Args, output: Output) -> Result<()> {
    let Question {
        operator,
        received_on,
    } = read_json(&args.file, output)?;
    let received_on = match civil_date(&received_on) {
        Ok(day) => day,
        Err(fault) => bail!(output.say(&fault)),
    };
    let found = match resolve(&operator, received_on, &RuleBook::builtin()?) {
        Ok(found) => found,
        Err(fault) => bail!(output.say(&fault.text())),
    };
    if output.json {
        println!("{:#}", serde_json::to_value(&found)?);
    } else {
        found
            .steps
            .iter()
            .for_each(|step| println!("{}", output.say(step)));
    }
    Ok(())
}
