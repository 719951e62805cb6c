//! `hejie rules list`: the packs this program carries.

use anyhow::Result;
use hejie_domain::rules::RuleBook;
use hejie_texts::pick;
use jiff::civil::Date;
use serde_json::json;

use super::Output;

pub fn run(output: Output) -> Result<()> {
    let rules = RuleBook::builtin()?;
    let years: Vec<i16> = rules.calendar().years().collect();
    if output.json {
        let procedures: Vec<_> = rules
            .procedures()
            .iter()
            .map(|p| {
                json!({"version": p.version, "name": p.name, "in_force_from": p.in_force_from,
                       "in_force_to": p.in_force_to, "periods": p.periods.keys().collect::<Vec<_>>(),
                       "refusal_grounds": p.refusal_grounds.len(),
                       "termination_grounds": p.termination_grounds.len()})
            })
            .collect();
        let entitlements: Vec<_> = rules
            .entitlement_packs()
            .iter()
            .map(|p| {
                json!({"version": p.version, "law": p.law, "in_force_from": p.in_force_from,
                       "in_force_to": p.in_force_to,
                       "rules": p.rules.iter().map(|r| &r.id).collect::<Vec<_>>()})
            })
            .collect();
        let answer = json!({"procedures": procedures, "entitlements": entitlements,
            "calendar": {"version": rules.calendar().version(), "years": years},
            "divisions": rules.divisions().all().count(),
            "categories": rules.categories().objects.len()});
        println!("{answer:#}");
        return Ok(());
    }
    let language = output.language();
    for pack in rules.procedures() {
        let span = span(pack.in_force_from, pack.in_force_to);
        println!("{}\t{span}\t{}", pack.version, pick(&pack.name, language));
    }
    for pack in rules.entitlement_packs() {
        let span = span(Some(pack.in_force_from), pack.in_force_to);
        println!("{}\t{span}\t{}", pack.version, pick(&pack.law, language));
    }
    let years: Vec<String> = years.iter().map(ToString::to_string).collect();
    println!("{}\t{}", rules.calendar().version(), years.join(" "));
    Ok(())
}

fn span(from: Option<Date>, to: Option<Date>) -> String {
    let show = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
    format!("{}..{}", show(from), show(to))
}
