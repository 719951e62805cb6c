//! A complaint between the tiers: from the nation down to a station and back, to a county
//! that its province administers itself, taken up by each tier, given to one of two
//! authorities by the lowest above both, and taken by one of them by agreement.

use hejie_tests::Client;
use rstest::rstest;
use serde_json::{Value, json};

use crate::platforms::{Platform, outside};
use crate::world::Kind;

const NATION: &str = "000000";
const PROVINCE: &str = "420000";
const CITY: &str = "420100";
const COUNTY: &str = "420106";
const NEIGHBOUR: &str = "420111";
/// 仙桃: no city is between it and the province.
const XIANTAO: &str = "429004";

struct Way {
    platform: Platform,
    number: String,
}

impl Way {
    /// A call that an officer of a tier entered, who is to send it on.
    async fn entered_at(kind: Kind, unit: &str) -> Way {
        let platform = Platform::new("hubei", kind, 11);
        let call = json!({"filing": outside(), "channel": "hotline", "caller": "027-87654321",
            "register_at": "intake_unit"});
        let filed = platform.officer(unit).await.post("/complaints", call).await;
        let filed = filed.unwrap().good().unwrap();
        Way {
            platform,
            number: filed["number"].as_str().unwrap().to_owned(),
        }
    }

    /// A complaint at the authority of Wuchang.
    async fn registered(kind: Kind) -> Way {
        let platform = Platform::new("hubei", kind, 11);
        let consumer = platform.consumer().await;
        let number = platform.registered(&consumer).await;
        Way { platform, number }
    }

    async fn officer(&self, unit: &str) -> Client {
        self.platform.officer(unit).await
    }

    async fn does(&self, unit: &str, act: &str, body: Value) -> Value {
        let officer = self.officer(unit).await;
        let done = officer.act(&self.number, act, body).await;
        done.unwrap_or_else(|fault| panic!("{unit} {act}: {fault}"))
    }

    async fn refused(&self, unit: &str, act: &str, body: Value) -> (u16, Vec<String>) {
        let path = format!("/cases/{}/{act}", self.number);
        let answer = self.officer(unit).await.post(&path, body).await.unwrap();
        let fields = answer.pointers().into_iter().map(str::to_owned).collect();
        (answer.status.as_u16(), fields)
    }

    async fn sent_down(&self, from: &str, to: &str) {
        self.does(from, "dispatch", down(to)).await;
        assert_eq!(self.unit().await, to);
    }

    async fn sent_back(&self, from: &str, to: &str) {
        let back = json!({"reason": "not_ours", "note": "不属本级"});
        self.does(from, "return", back).await;
        assert_eq!(self.unit().await, to);
    }

    /// As the nation sees it, which sees all.
    async fn case(&self) -> Value {
        self.officer(NATION).await.case(&self.number).await.unwrap()
    }

    async fn unit(&self) -> Value {
        self.case().await["complaint"]["unit"].clone()
    }

    async fn sees(&self, unit: &str) -> bool {
        let path = format!("/cases/{}", self.number);
        let shown = self.officer(unit).await.get(&path).await.unwrap();
        shown.status.is_success()
    }

    /// The day on which the running period began.
    async fn running_since(&self, period: &str) -> Value {
        let case = self.case().await;
        let clocks = case["clocks"].as_array().unwrap().iter();
        let mut running =
            clocks.filter(|it| it["period"] == period && it["state"]["state"] == "running");
        running.next().map_or(Value::Null, |it| it["start"].clone())
    }
}

fn down(to: &str) -> Value {
    json!({"to": to, "note": "请依法办理", "report_by": null})
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn from_the_nation_down_to_a_county_back_up_and_across(#[case] kind: Kind) {
    let way = Way::entered_at(kind, NATION).await;
    assert_eq!(way.unit().await, NATION);
    assert!(!way.sees(PROVINCE).await, "it is not there yet");
    for (from, to) in [(NATION, PROVINCE), (PROVINCE, CITY), (CITY, COUNTY)] {
        way.sent_down(from, to).await;
        assert!(way.sees(to).await && way.sees(from).await);
        let (status, _) = way.refused(from, "acceptance", json!({})).await;
        assert_eq!(status, 403, "{from} has sent it on");
    }
    assert!(!way.sees(NEIGHBOUR).await && !way.sees(XIANTAO).await);
    assert_eq!(way.running_since("acceptance").await, "2026-05-18");

    // Back by the way it came, step by step.
    for (from, to) in [(COUNTY, CITY), (CITY, PROVINCE)] {
        way.sent_back(from, to).await;
        assert!(!way.sees(from).await);
    }
    assert_eq!(way.running_since("acceptance").await, Value::Null);
    way.platform.days_pass(1).await;

    // Across, to a county right below the province; no city may send there.
    way.sent_down(PROVINCE, XIANTAO).await;
    assert!(way.sees(XIANTAO).await && !way.sees(CITY).await);
    let (status, fields) = way.refused(XIANTAO, "dispatch", down(COUNTY)).await;
    assert_eq!((status, fields), (422, vec!["/to".to_owned()]));
    way.sent_back(XIANTAO, PROVINCE).await;
    way.sent_down(PROVINCE, CITY).await;
    let (status, fields) = way.refused(CITY, "dispatch", down(XIANTAO)).await;
    assert_eq!((status, fields), (422, vec!["/to".to_owned()]));
    way.sent_back(CITY, PROVINCE).await;
    way.sent_back(PROVINCE, NATION).await;
    way.sent_down(NATION, XIANTAO).await;
    assert_eq!(
        way.running_since("acceptance").await,
        "2026-05-19",
        "from receipt by who has power"
    );
    way.does(XIANTAO, "acceptance", json!({})).await;

    let moves = way.case().await["complaint"]["moves"].clone();
    let to: Vec<&str> = moves
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["to"].as_str().unwrap())
        .collect();
    assert_eq!(
        to,
        [
            PROVINCE, CITY, COUNTY, CITY, PROVINCE, XIANTAO, PROVINCE, CITY, PROVINCE, NATION,
            XIANTAO
        ]
    );
    way.platform.verify();
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn each_tier_takes_it_up_from_the_one_below_and_the_nation_decides(#[case] kind: Kind) {
    let way = Way::registered(kind).await;
    let why = || json!({"reason": "重大、跨区域投诉"});
    let mut from = COUNTY;
    for above in [CITY, PROVINCE, NATION] {
        let (status, _) = way.refused(from, "taking-up", why()).await;
        assert_eq!(status, 403, "{from} has it already");
        way.platform.days_pass(1).await;
        way.does(above, "taking-up", why()).await;
        assert_eq!(way.unit().await, above);
        let (status, _) = way.refused(from, "acceptance", json!({})).await;
        assert_eq!(status, 404, "{from} does not see it any more");
        from = above;
    }
    assert_eq!(way.running_since("acceptance").await, "2026-05-21");
    way.does(NATION, "acceptance", json!({})).await;
    let moves = way.case().await["complaint"]["moves"].clone();
    let taken: Vec<&Value> = moves
        .as_array()
        .unwrap()
        .iter()
        .map(|it| &it["why"])
        .collect();
    assert_eq!(taken, ["taken_up", "taken_up", "taken_up"]);
    let late = way.refused(NATION, "taking-up", why()).await;
    assert_eq!(late.0, 403);
    way.platform.verify();
}

#[tokio::test]
async fn the_lowest_above_both_designates_and_nobody_below_it() {
    let way = Way::registered(Kind::Sqlite).await;
    let dispute = json!({"with": XIANTAO, "reason": "实际经营地在仙桃"});
    way.does(COUNTY, "handling-dispute", dispute).await;
    assert!(way.sees(XIANTAO).await, "it is asked");
    let to = |unit: &str| json!({"unit": unit, "reason": "由实际经营地处理"});
    // The city is above one of them alone.
    for nobody in [COUNTY, XIANTAO, CITY] {
        let (status, _) = way.refused(nobody, "designation", to(XIANTAO)).await;
        assert_eq!(status, 403, "{nobody}");
    }
    let (status, fields) = way.refused(PROVINCE, "designation", to(PROVINCE)).await;
    assert_eq!((status, fields), (422, vec!["/unit".to_owned()]));
    way.platform.days_pass(1).await;
    way.does(PROVINCE, "designation", to(XIANTAO)).await;
    assert_eq!(way.unit().await, XIANTAO);
    assert!(!way.sees(COUNTY).await);
    assert_eq!(way.running_since("handling-dispute").await, Value::Null);
    assert_eq!(way.running_since("acceptance").await, "2026-05-19");
    way.does(XIANTAO, "acceptance", json!({})).await;
    way.platform.verify();
}

#[tokio::test]
async fn two_authorities_agree_and_whoever_takes_it_says_so() {
    for (taker, since) in [(NEIGHBOUR, "2026-05-19"), (COUNTY, "2026-05-18")] {
        let way = Way::registered(Kind::Sqlite).await;
        let early = way.refused(COUNTY, "handling-agreement", json!({})).await;
        assert_eq!(early.0, 409, "nobody has said that another should have it");
        let dispute = json!({"with": NEIGHBOUR, "reason": "住所地在洪山区"});
        way.does(COUNTY, "handling-dispute", dispute).await;
        way.platform.days_pass(1).await;
        let (stranger, _) = way.refused(CITY, "handling-agreement", json!({})).await;
        assert_eq!(stranger, 403, "it designates, and does not agree");
        way.does(taker, "handling-agreement", json!({})).await;
        assert_eq!(way.unit().await, taker);
        assert_eq!(way.running_since("handling-dispute").await, Value::Null);
        assert_eq!(way.running_since("acceptance").await, since);
        let other = if taker == COUNTY { NEIGHBOUR } else { COUNTY };
        assert!(!way.sees(other).await, "{other} is out of it");
        let again = way.refused(taker, "handling-agreement", json!({})).await;
        assert_eq!(again.0, 409);
        way.does(taker, "acceptance", json!({})).await;
        way.platform.verify();
    }
}
