//! `hejie code check`: identifiers, a line each.

use std::process::ExitCode;

use anyhow::Result;
use hejie_domain::identifiers::case_number::CaseNumber;
use hejie_domain::identifiers::credit_code::CreditCode;
use hejie_domain::identifiers::division_code::DivisionCode;
use hejie_domain::identifiers::organisation_code::OrganisationCode;
use hejie_domain::rules::RuleBook;
use hejie_domain::text::Text;
use serde_json::{Value, json};

use super::{Output, one_line};

#[derive(Debug, clap::Args)]
pub struct Args {
    /// Credit codes, organisation codes, division codes or case numbers.
    #[arg(required = true)]
    codes: Vec<String>,
}

/// What a code is, or why it is none.
struct Verdict {
    kind: Option<&'static str>,
    fault: Option<Text>,
}

impl Verdict {
    fn words(&self) -> Text {
        match (self.kind, &self.fault) {
            (_, Some(fault)) => Text::new("cli-code-invalid").text("why", fault.clone()),
            (Some(kind), None) => Text::new("cli-code-valid").text("kind", Text::new(kind)),
            (None, None) => Text::new("cli-unknown-shape"),
        }
    }

    fn json(&self, code: &str, output: Output) -> Value {
        let kind = self.kind.map(|kind| output.say(&Text::new(kind)));
        let why = self.fault.as_ref().map(|fault| output.say(fault));
        json!({"code": code, "valid": self.fault.is_none(), "kind": kind, "why": why})
    }
}

/// Fails where any code is not valid.
pub fn run(args: Args, output: Output) -> Result<ExitCode> {
    let rules = RuleBook::builtin()?;
    let mut all_valid = true;
    let mut answers = Vec::new();
    for code in &args.codes {
        let verdict = check(code, &rules);
        all_valid &= verdict.fault.is_none();
        if output.json {
            answers.push(verdict.json(code, output));
        } else {
            println!("{}\t{}", one_line(code), output.say(&verdict.words()));
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
fn check(code: &str, rules: &RuleBook) -> Verdict {
    let plain = code.chars().filter(|c| *c != '-').count();
    let verdict = |kind, fault: Option<Text>| Verdict {
        kind: Some(kind),
        fault,
    };
    if code.to_ascii_uppercase().starts_with("HJ") {
        let fault = code.parse::<CaseNumber>().err();
        return verdict("kind-case-number", fault.map(|fault| fault.text()));
    }
    match plain {
        18 => {
            let fault = code.parse::<CreditCode>().err();
            verdict("kind-credit-code", fault.map(|fault| fault.text()))
        }
        9 => {
            let fault = code.parse::<OrganisationCode>().err();
            verdict("kind-organisation-code", fault.map(|fault| fault.text()))
        }
        6 => verdict("kind-division-code", division_fault(code, rules)),
        _ => Verdict {
            kind: None,
            fault: Some(Text::new("cli-unknown-shape")),
        },
    }
}

fn division_fault(code: &str, rules: &RuleBook) -> Option<Text> {
    match code.parse::<DivisionCode>() {
        Err(fault) => Some(fault.text()),
        Ok(code) if rules.divisions().get(&code).is_none() => {
            Some(Text::new("cli-unknown-division"))
        }
        Ok(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::Lang;

    fn said(code: &str, lang: Lang) -> String {
        let output = Output { json: false, lang };
        let rules = RuleBook::builtin().expect("the built-in rules are good");
        output.say(&check(code, &rules).words())
    }

    #[test]
    fn every_fault_is_told_in_the_readers_language() {
        for code in [
            "91350100M000100Y44",
            "91110108551385083Q",
            "91350100m000100Y43",
            "91A50100M000100Y43",
            "91350100M000100Y4\n",
            "551385083",
            "42010a",
            "990000",
            "HJ-999999-00000000-*",
            "HJ-1",
        ] {
            let chinese = said(code, Lang::Zh);
            assert!(chinese.starts_with("无效："), "{chinese}");
            let word = |part: &str| part.len() > 2 && !part.contains("HJ");
            let words = chinese.split(|c: char| !c.is_ascii_lowercase());
            assert!(!words.into_iter().any(word), "{chinese}");
            let english = said(code, Lang::En);
            assert!(
                english.starts_with("not valid: ") && english.is_ascii() | english.contains('“')
            );
        }
    }

    #[test]
    fn a_right_code_is_named() {
        assert_eq!(
            said("91350100M000100Y43", Lang::En),
            "valid: unified social credit code"
        );
        assert_eq!(said("420106", Lang::Zh), "有效：行政区划代码");
    }

    #[test]
    fn small_letters_are_to_be_written_in_capitals() {
        let chinese = said("91350100m000100y43", Lang::Zh);
        assert!(chinese.contains("大写"), "{chinese}");
        let english = said("91350100m000100y43", Lang::En);
        assert!(english.contains("write it in capitals") || english.contains("in capitals"));
    }
}
