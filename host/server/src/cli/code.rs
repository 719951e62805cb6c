//! `hejie code check`: identifiers, a line each.

use std::process::ExitCode;

use anyhow::Result;
use hejie_domain::identifiers::case_number::CaseNumber;
use hejie_domain::identifiers::credit_code::CreditCode;
use hejie_domain::identifiers::division_code::DivisionCode;
use hejie_domain::identifiers::organisation_code::OrganisationCode;
use hejie_domain::rules::RuleBook;
use hejie_domain::text::Text;
use serde_json::json;

use super::Output;

#[derive(Debug, clap::Args)]
pub struct Args {
    /// Credit codes, organisation codes, division codes or case numbers.
    #[arg(required = true)]
    codes: Vec<String>,
}

/// What a code is, or why it is none.
struct Verdict {
    kind: Option<&'static str>,
    fault: Option<String>,
}

/// Fails where any code is not valid.
pub fn run(args: Args, output: Output) -> Result<ExitCode> {
    let rules = RuleBook::builtin()?;
    let mut all_valid = true;
    let mut answers = Vec::new();
    for code in &args.codes {
        let verdict = check(code, &rules, output);
        let kind = verdict.kind.map(|kind| output.say(&Text::new(kind)));
        let words = match (&kind, &verdict.fault) {
            (Some(kind), None) => Text::new("cli-code-valid").arg("kind", kind.as_str()),
            (_, fault) => {
                Text::new("cli-code-invalid").arg("why", fault.clone().unwrap_or_default())
            }
        };
        let valid = verdict.fault.is_none();
        all_valid &= valid;
        if output.json {
            answers.push(json!({"code": code, "valid": valid, "kind": kind, "why": verdict.fault}));
        } else {
            println!("{code}\t{}", output.say(&words));
        }
    }
    if output.json {
        println!("{:#}", json!(answers));
    }
    Ok(if all_valid {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// A code is recognised by its shape, then checked as what it looks like.
fn check(code: &str, rules: &RuleBook, output: Output) -> Verdict {
    let plain = code.chars().filter(|c| *c != '-').count();
    let verdict = |kind, fault: Option<String>| Verdict {
        kind: Some(kind),
        fault,
    };
    if code.to_ascii_uppercase().starts_with("HJ") {
        return verdict("kind-case-number", fault_of(code.parse::<CaseNumber>()));
    }
    match plain {
        18 => verdict("kind-credit-code", fault_of(code.parse::<CreditCode>())),
        9 => verdict(
            "kind-organisation-code",
            fault_of(code.parse::<OrganisationCode>()),
        ),
        6 => verdict("kind-division-code", division_fault(code, rules, output)),
        _ => {
            let fault = output.say(&Text::new("cli-unknown-shape"));
            Verdict {
                kind: None,
                fault: Some(fault),
            }
        }
    }
}

fn fault_of<T, E: std::fmt::Display>(parsed: Result<T, E>) -> Option<String> {
    parsed.err().map(|fault| fault.to_string())
}

fn division_fault(code: &str, rules: &RuleBook, output: Output) -> Option<String> {
    match code.parse::<DivisionCode>() {
        Err(fault) => Some(fault.to_string()),
        Ok(code) if rules.divisions().get(&code).is_none() => {
            Some(output.say(&Text::new("cli-unknown-division")))
        }
        Ok(_) => None,
    }
}
