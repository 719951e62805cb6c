use super::*;
use jiff::civil::date;
use rstest::rstest;
use serde_json::json;

const NOW: Date = date(2026, 5, 18);
const BEFORE: Date = date(2026, 4, 14);

fn resolved(operator: serde_json::Value, day: Date) -> Jurisdiction {
    let operator: Operator = serde_json::from_value(operator).unwrap();
    resolve(&operator, day, &RuleBook::builtin().unwrap()).unwrap()
}

fn ids(found: &Jurisdiction) -> Vec<&str> {
    found.steps.iter().map(|step| step.id.as_str()).collect()
}

fn seller(published: Option<&str>, reachable: bool) -> serde_json::Value {
    json!({"kind": "in_platform_seller", "published_address": published,
           "reachable_there": reachable, "place_of_business": "420303",
           "platform": "江汉优选", "platform_domicile": "420111"})
}

#[test]
fn a_shop_is_handled_where_it_trades() {
    let found = resolved(
        json!({"kind": "ordinary", "place_of_business": "420106", "domicile": "420111"}),
        NOW,
    );
    assert_eq!(found.division.as_str(), "420106");
    assert_eq!(found.alternatives, ["420111".parse().unwrap()]);
    assert_eq!(found.article.article, "13");
}

#[test]
fn a_platform_is_handled_at_its_domicile() {
    let found = resolved(json!({"kind": "platform", "domicile": "420111"}), NOW);
    assert_eq!(found.division.as_str(), "420111");
}

#[test]
fn a_seller_with_a_published_address_is_handled_there() {
    let found = resolved(seller(Some("420502"), true), NOW);
    assert_eq!(found.division.as_str(), "420502");
    assert_eq!(found.alternatives, ["420111".parse().unwrap()]);
}

#[test]
fn a_seller_without_one_or_unreachable_is_handled_at_the_platforms_domicile() {
    assert_eq!(
        resolved(seller(None, true), NOW).division.as_str(),
        "420111"
    );
    let unreachable = resolved(seller(Some("420502"), false), NOW);
    assert_eq!(unreachable.division.as_str(), "420111");
    assert_eq!(ids(&unreachable)[1], "jurisdiction-unreachable");
    assert!(unreachable.alternatives.is_empty());
}

#[test]
fn before_2026_04_15_the_actual_place_decided() {
    let found = resolved(seller(Some("420502"), true), BEFORE);
    assert_eq!(found.division.as_str(), "420303");
    assert_eq!(found.article.article, "12");
}

#[rstest]
#[case("000000")]
#[case("420000")]
#[case("420100")]
fn only_a_county_has_a_bureau_that_handles_complaints(#[case] domicile: &str) {
    let book = RuleBook::builtin().unwrap();
    for kind in ["ordinary", "platform", "own_site"] {
        let operator = json!({"kind": kind, "domicile": domicile});
        let operator: Operator = serde_json::from_value(operator).unwrap();
        let fault = resolve(&operator, NOW, &book);
        assert!(
            matches!(fault, Err(JurisdictionError::NotCounty { .. })),
            "{kind} {fault:?}"
        );
    }
}

#[test]
fn a_county_that_the_province_administers_itself_is_one() {
    for code in ["429004", "429005", "429006", "429021"] {
        let found = resolved(json!({"kind": "platform", "domicile": code}), NOW);
        assert_eq!(found.division.as_str(), code);
    }
}

#[rstest]
// The published address lies outside: the platform's domicile.
#[case("310104", true, "420111", "420111", "jurisdiction-passed-over-unknown")]
#[case(
    "420100",
    true,
    "420111",
    "420111",
    "jurisdiction-passed-over-not-county"
)]
// Not reachable there, and the platform lies outside: the published address after all.
#[case(
    "420502",
    false,
    "310104",
    "420502",
    "jurisdiction-passed-over-unknown"
)]
fn a_seller_falls_back_to_the_other_place_that_the_law_names(
    #[case] published: &str,
    #[case] reachable: bool,
    #[case] platform: &str,
    #[case] expected: &str,
    #[case] step: &str,
) {
    let mut operator = seller(Some(published), reachable);
    operator["platform_domicile"] = json!(platform);
    let found = resolved(operator, NOW);
    assert_eq!(found.division.as_str(), expected);
    assert!(found.alternatives.is_empty());
    assert!(ids(&found).contains(&step), "{:?}", ids(&found));
}

#[test]
fn an_alternative_that_is_no_county_here_is_named_and_not_listed() {
    let mut operator = seller(Some("420502"), true);
    operator["platform_domicile"] = json!("310104");
    let found = resolved(operator, NOW);
    assert_eq!(found.division.as_str(), "420502");
    assert!(found.alternatives.is_empty());
    assert_eq!(ids(&found).last(), Some(&"jurisdiction-left-out-unknown"));
}

#[rstest]
#[case(NOW, "14")]
#[case(BEFORE, "13")]
fn an_alternative_handles_it_where_it_received_it_first(#[case] day: Date, #[case] article: &str) {
    let found = resolved(seller(Some("420502"), true), day);
    assert_eq!(found.alternatives, ["420111".parse().unwrap()]);
    let last = found.steps.last().unwrap();
    assert_eq!(last.id, "jurisdiction-alternative");
    assert_eq!(last.args["article"], article);
    assert_eq!(last.args["code"], "420111");
}

#[test]
fn a_shop_that_trades_outside_is_handled_at_its_domicile() {
    let operator = json!({"kind": "ordinary", "place_of_business": "310104", "domicile": "420111"});
    let found = resolved(operator, NOW);
    assert_eq!(found.division.as_str(), "420111");
    let steps = ids(&found);
    assert_eq!(steps[1], "jurisdiction-passed-over-unknown");
    assert_eq!(steps[2], "jurisdiction-domicile-instead");
}

#[test]
fn the_fault_is_that_of_the_place_the_law_names_first() {
    let operator = json!({"kind": "ordinary", "place_of_business": "310104", "domicile": "990000"});
    let operator: Operator = serde_json::from_value(operator).unwrap();
    let fault = resolve(&operator, NOW, &RuleBook::builtin().unwrap()).unwrap_err();
    assert_eq!(
        fault,
        JurisdictionError::Elsewhere("310104".parse().unwrap())
    );
}

#[test]
fn another_provinces_matter_is_for_intake_and_a_place_nobody_knows_is_for_nobody() {
    let rules = RuleBook::builtin().unwrap();
    let of = |domicile: &str| {
        let operator = json!({"kind": "platform", "domicile": domicile});
        resolve_or_intake(&serde_json::from_value(operator).unwrap(), NOW, &rules)
    };
    let shanghai = of("310104").unwrap();
    assert!(shanghai.is_intake);
    assert_eq!(shanghai.jurisdiction.division.as_str(), "420000");
    assert_eq!(
        ids(&shanghai.jurisdiction),
        ["jurisdiction-elsewhere", "jurisdiction-at-intake"]
    );
    assert!(!of("420106").unwrap().is_intake);
    for nowhere in ["990104", "420199"] {
        let fault = of(nowhere).unwrap_err();
        assert!(
            matches!(fault, JurisdictionError::UnknownDivision(_)),
            "{nowhere}"
        );
    }
}

#[test]
fn a_division_nobody_knows_is_an_error() {
    let operator: Operator =
        serde_json::from_value(json!({"kind": "platform", "domicile": "990000"})).unwrap();
    let fault = resolve(&operator, NOW, &RuleBook::builtin().unwrap());
    assert!(matches!(fault, Err(JurisdictionError::UnknownDivision(_))));
}
