use rstest::rstest;
use serde_json::{Value, json};

use super::scene::{Scene, filing_with, named, officer, reporter};
use crate::case::Command;
use crate::file::File;

fn seller(change: impl FnOnce(&mut Value)) -> Value {
    let mut seller = json!({"kind": "in_platform_seller", "platform": "江汉优选",
        "platform_domicile": "420111"});
    change(&mut seller);
    seller
}

#[rstest]
#[case(json!({"kind": "ordinary", "domicile": "420111"}), Some("420102"), "420102", "29")]
#[case(json!({"kind": "ordinary", "place_of_business": "420106", "domicile": "420111"}), None,
    "420106", "29")]
#[case(json!({"kind": "platform", "domicile": "429004"}), Some("420102"), "429004", "31")]
#[case(json!({"kind": "own_site", "domicile": "420111"}), None, "420111", "31")]
#[case(seller(|it| it["place_of_business"] = "420106".into()), None, "420106", "31")]
#[case(seller(|_| {}), None, "420111", "31")]
fn the_law_says_who_verifies(
    #[case] operator: Value,
    #[case] act_place: Option<&str>,
    #[case] unit: &str,
    #[case] article: &str,
) {
    let filing = filing_with(|it| {
        it["reported"]["operator"] = operator;
        it["act_place"] = json!(act_place);
    });
    let report = Scene::of(named(), &reporter(), filing).unwrap().report;
    assert_eq!(report.unit.as_str(), unit);
    assert_eq!(report.jurisdiction.article.article, article);
}

#[test]
fn of_several_with_power_the_one_that_took_it_down_has_it() {
    let filing = || {
        filing_with(|it| {
            it["reported"]["operator"] = seller(|it| it["place_of_business"] = "420106".into());
        })
    };
    for (by, unit) in [
        ("420111", "420111"),
        ("420106", "420106"),
        ("420102", "420106"),
    ] {
        let report = Scene::of(named(), &officer("n-1", by), filing())
            .unwrap()
            .report;
        assert_eq!(report.unit.as_str(), unit, "{by}");
        assert!(report.clocks[0].is_of("report-verification"));
    }
}

#[test]
fn what_happened_in_another_province_is_for_intake_which_says_where_to_go() {
    let filing = filing_with(|it| {
        it["act_place"] = Value::Null;
        it["reported"]["operator"] = json!({"kind": "platform", "domicile": "310104"});
    });
    let mut scene = Scene::of(named(), &reporter(), filing).unwrap();
    assert_eq!(scene.report.unit.as_str(), "420000");
    let clocks = &scene.report.clocks;
    assert_eq!(
        (clocks.len(), clocks[0].period.as_str()),
        (1, "intake-dispatch")
    );
    let declines = Command::DeclineReport {
        reason: "不属于本省管辖".into(),
        route: "请向上海市徐汇区市场监督管理局举报".into(),
    };
    scene.does(&officer("o-9", "420000"), declines).unwrap();
    assert_eq!(scene.report.phase_name(), "closed");
    assert!(scene.report.clocks.iter().all(|clock| !clock.is_running()));
}

#[test]
fn of_a_seller_the_platforms_authority_may_act_too() {
    let filing = filing_with(|it| {
        it["reported"]["operator"] = seller(|it| it["place_of_business"] = "420106".into());
    });
    let report = Scene::of(named(), &reporter(), filing).unwrap().report;
    let also: Vec<_> = report.jurisdiction.alternatives.iter().collect();
    assert_eq!(also, [&"420111".parse().unwrap()]);
}

#[rstest]
#[case(json!({"medium": "mass_media", "publisher": "420102"}), "420102")]
#[case(json!({"medium": "internet", "publisher": "420102", "advertiser": "420106"}), "420102")]
#[case(json!({"medium": "own_internet", "advertiser": "420106"}), "420106")]
fn an_advertisement_is_its_publishers_matter(#[case] advertising: Value, #[case] unit: &str) {
    let filing = filing_with(|it| it["advertising"] = advertising);
    let report = Scene::of(named(), &reporter(), filing).unwrap().report;
    assert_eq!(report.unit.as_str(), unit);
    assert_eq!(report.jurisdiction.article.article, "32");
}

#[rstest]
#[case("/reported/operator", |it: &mut Value| {
    it["act_place"] = Value::Null;
    it["reported"]["operator"] = json!({"kind": "platform", "domicile": "990104"});
})]
#[case("/breach", |it: &mut Value| it["breach"] = "quality".into())]
#[case("/category", |it: &mut Value| it["category"] = "nothing".into())]
#[case("/lead", |it: &mut Value| it["lead"] = " ".into())]
#[case("/reported/name", |it: &mut Value| it["reported"]["name"] = "".into())]
fn a_fault_names_its_field(#[case] field: &str, #[case] change: fn(&mut Value)) {
    let fault = Scene::of(named(), &reporter(), filing_with(change))
        .err()
        .unwrap();
    assert!(
        matches!(&fault, crate::case::Refusal::Invalid { field: at, .. } if at == field),
        "{fault}"
    );
}
