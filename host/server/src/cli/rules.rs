//! `hejie rules list`: the packs this program carries.

use anyhow::Result;
use hejie_domain::rules::{Ground, Procedure, RuleBook};
use hejie_domain::text::Text;
use hejie_texts::pick;
use jiff::civil::Date;
use serde_json::{Value, json};

use super::Output;

#[derive(Debug, clap::Args)]
pub struct Args {
    /// Lists the grounds, factors and routes of every procedure too.
    #[arg(long)]
    grounds: bool,
}

pub fn run(args: Args, output: Output) -> Result<()> {
    let rules = RuleBook::builtin()?;
    if output.json {
        println!("{:#}", json(&rules));
    } else {
        print(&rules, args.grounds, output);
    }
    Ok(())
}

fn json(rules: &RuleBook) -> Value {
    let entitlements: Vec<_> = rules
        .entitlement_packs()
        .iter()
        .map(|p| {
            json!({"version": p.version, "law": p.law, "in_force_from": p.in_force_from,
                   "in_force_to": p.in_force_to,
                   "rules": p.rules.iter().map(|r| &r.id).collect::<Vec<_>>()})
        })
        .collect();
    let procedures: Vec<_> = rules.procedures().iter().map(procedure).collect();
    let years: Vec<i16> = rules.calendar().years().collect();
    json!({"procedures": procedures, "entitlements": entitlements,
           "calendar": {"version": rules.calendar().version(), "years": years},
           "divisions": rules.divisions().all().count(),
           "categories": rules.categories().objects.len()})
}

fn procedure(p: &Procedure) -> Value {
    let cited = |grounds: &[Ground]| -> Vec<Value> {
        let one = |ground: &Ground| json!({"id": ground.id, "article": p.cite_ground(ground), "text": ground.text});
        grounds.iter().map(one).collect()
    };
    json!({"version": p.version, "name": p.name, "in_force_from": p.in_force_from,
           "in_force_to": p.in_force_to, "periods": p.periods.keys().collect::<Vec<_>>(),
           "refusal_grounds": cited(&p.refusal_grounds),
           "termination_grounds": cited(&p.termination_grounds),
           "later_grounds": cited(&p.later_grounds),
           "purpose_factors": cited(&p.purpose_factors),
           "other_routes": cited(&p.other_routes)})
}

fn print(rules: &RuleBook, grounds: bool, output: Output) {
    let language = output.language();
    for pack in rules.procedures() {
        let span = span(pack.in_force_from, pack.in_force_to);
        println!("{}\t{span}\t{}", pack.version, pick(&pack.name, language));
        if grounds {
            print_grounds(pack, output);
        }
    }
    for pack in rules.entitlement_packs() {
        let span = span(Some(pack.in_force_from), pack.in_force_to);
        println!("{}\t{span}\t{}", pack.version, pick(&pack.law, language));
    }
    let years: Vec<String> = rules.calendar().years().map(|y| y.to_string()).collect();
    println!("{}\t{}", rules.calendar().version(), years.join(" "));
}

fn print_grounds(pack: &Procedure, output: Output) {
    let lists = [
        ("refusal", &pack.refusal_grounds),
        ("termination", &pack.termination_grounds),
        ("later", &pack.later_grounds),
        ("factor", &pack.purpose_factors),
        ("route", &pack.other_routes),
    ];
    for (kind, grounds) in lists {
        for ground in grounds {
            let text = Text::new("cli-ground")
                .term("kind", "grounds", kind)
                .arg("id", ground.id.as_str())
                .text("citation", pack.cite_ground(ground).text())
                .arg("text_zh", ground.text.zh.as_str())
                .arg("text_en", ground.text.en.as_str());
            println!("  {}", output.say(&text));
        }
    }
}

fn span(from: Option<Date>, to: Option<Date>) -> String {
    let show = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
    format!("{}..{}", show(from), show(to))
}
