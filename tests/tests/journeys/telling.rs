//! That the complainant is told of the decision, that whoever sent a file down hears of it,
//! and that intake issues the notices of its own work.

use hejie_tests::Client;
use rstest::rstest;
use serde_json::{Value, json};

use crate::platforms::{Platform, outside};
use crate::world::Kind;

const CITY: &str = "420100";
const COUNTY: &str = "420106";

struct Call {
    platform: Platform,
    number: String,
}

impl Call {
    async fn entered(kind: Kind, register_at: &str) -> Call {
        let platform = Platform::new("hubei", kind, 11);
        let call = json!({"filing": outside(), "channel": "hotline", "caller": "027-87654321",
            "register_at": register_at});
        let filed = platform.officer(CITY).await.post("/complaints", call).await;
        let number = filed.unwrap().good().unwrap()["number"].clone();
        Call {
            platform,
            number: number.as_str().unwrap().to_owned(),
        }
    }

    async fn does(&self, unit: &str, act: &str, body: Value) -> Value {
        let officer = self.platform.officer(unit).await;
        let done = officer.act(&self.number, act, body).await;
        done.unwrap_or_else(|fault| panic!("{unit} {act}: {fault}"))
    }

    async fn status(&self, who: &Client, act: &str, body: Value) -> u16 {
        let path = format!("/cases/{}/{act}", self.number);
        who.post(&path, body).await.unwrap().status.as_u16()
    }

    async fn case(&self) -> Value {
        let city = self.platform.officer(CITY).await;
        city.case(&self.number).await.unwrap()
    }

    async fn clock(&self, period: &str) -> Value {
        let mut case = self.case().await;
        let clocks = case["clocks"].as_array_mut().unwrap();
        let mut of = clocks.iter_mut().rev().filter(|it| it["period"] == period);
        of.next().map_or(Value::Null, Value::take)
    }

    /// What was urged because a period ran out, as soon as it is there.
    async fn overdue(&self, period: &str) -> Value {
        for _ in 0..100 {
            let case = self.case().await;
            let all = case["supervisions"].as_array().into_iter().flatten();
            let mut own = all.filter(|it| it["cause"]["period"] == period);
            if let Some(found) = own.find(|it| it["cause"]["cause"] == "overdue") {
                return found.clone();
            }
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        }
        panic!("nobody was urged for {period}");
    }
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn a_caller_is_told_of_the_decision_in_the_days_of_the_decision(#[case] kind: Kind) {
    let call = Call::entered(kind, "handling_unit").await;
    let county = call.platform.officer(COUNTY).await;
    let tell = || json!({"means": "phone"});
    let early = call.status(&county, "decision-notice", tell()).await;
    assert_eq!(early, 409, "nothing is decided");
    call.platform.days_pass(2).await;
    call.does(COUNTY, "acceptance", json!({})).await;
    let clock = call.clock("decision-notice").await;
    assert_eq!(
        (&clock["start"], &clock["ends_on"]),
        (&json!("2026-05-18"), &json!("2026-05-27"))
    );
    // It is what the unit has to do first.
    let work = county.get("/work").await.unwrap().good().unwrap();
    assert_eq!(work["files"][0]["period"], "decision-notice", "{work}");

    let contact = json!({"contact": "周", "phone": "027-12315"});
    let issue = json!({"form": "complaint-acceptance", "values": contact});
    call.does(COUNTY, "documents", issue).await;
    let served = |outcome: &str| json!({"to": "consumer", "means": "letter", "outcome": outcome});
    call.does(COUNTY, "documents/1/service", served("unreachable"))
        .await;
    let waits = call.clock("decision-notice").await;
    assert_eq!(waits["state"]["state"], "running", "it did not reach her");
    call.platform.days_pass(9).await;
    let urged = call.overdue("decision-notice").await;
    assert_eq!(urged["by"], CITY);
    call.does(COUNTY, "documents/1/service", served("delivered"))
        .await;
    assert_eq!(call.case().await["complaint"]["told"]["means"], "letter");
    let again = call.status(&county, "decision-notice", tell()).await;
    assert_eq!(again, 409);
    call.platform.verify();
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn the_city_sets_a_day_and_hears_by_then_or_asks(#[case] kind: Kind) {
    let call = Call::entered(kind, "intake_unit").await;
    let (city, county) = (
        call.platform.officer(CITY).await,
        call.platform.officer(COUNTY).await,
    );
    let down = |day: &str| json!({"to": COUNTY, "note": "请办理", "report_by": day});
    assert_eq!(
        call.status(&city, "dispatch", down("2026-05-18")).await,
        422
    );
    call.does(CITY, "dispatch", down("2026-05-21")).await;
    assert_eq!(call.clock("report-back").await["ends_on"], "2026-05-21");
    call.platform.days_pass(4).await;
    let urged = call.overdue("report-back").await;
    assert_eq!(
        (&urged["by"], &urged["urgency"]),
        (&json!(CITY), &json!("urgent"))
    );

    let report = || json!({"text": "已约双方5月25日调解"});
    assert_eq!(call.status(&city, "report-back", report()).await, 403);
    call.does(COUNTY, "report-back", report()).await;
    let again = call.status(&county, "report-back", report()).await;
    assert_eq!(again, 409, "nobody asks any more");

    // Sent down once more, and told of in time.
    let back = json!({"reason": "address_unknown", "note": "请核对地址"});
    call.does(COUNTY, "return", back).await;
    call.does(CITY, "dispatch", down("2026-05-29")).await;
    call.does(COUNTY, "report-back", report()).await;
    let moves = call.case().await["complaint"]["moves"].clone();
    let told = moves.as_array().unwrap().last().unwrap();
    assert_eq!(told["reported"]["text"], "已约双方5月25日调解");
    assert_eq!(call.clock("report-back").await["state"]["state"], "met");
    call.platform.verify();
}

#[tokio::test]
async fn intake_issues_the_notices_of_its_own_work_and_decides_nothing() {
    let call = Call::entered(Kind::Sqlite, "intake_unit").await;
    let operator = call.platform.operator();
    let intake = operator.officer("i-1", "陈", CITY, "intake").await.unwrap();
    let issue = |form: &str, values: Value| json!({"form": form, "values": values});
    let ask = json!({"items": ["身份证明"], "due": "2026-05-25"});
    assert_eq!(call.status(&intake, "material-request", ask).await, 200);
    let pages = || json!({"copies": 1, "pages": 3});
    let reached = json!({"phone": "027-12315", "address": "武汉市江汉区金桥大道117号"});
    for (form, values) in [
        ("complaint-registration", json!({})),
        ("identity-notice", reached),
    ] {
        let status = call.status(&intake, "documents", issue(form, values)).await;
        assert_eq!(status, 200, "{form}");
    }
    let served = json!({"to": "consumer", "means": "letter"});
    let status = call.status(&intake, "documents/2/service", served).await;
    assert_eq!(status, 200);
    let down = json!({"to": COUNTY, "note": "请办理", "report_by": "2026-05-29"});
    assert_eq!(call.status(&intake, "dispatch", down).await, 200);
    let notice = issue("dispatch-notice", pages());
    assert_eq!(call.status(&intake, "documents", notice).await, 200);
    // At the unit that handles it they are for those who decide.
    call.does(COUNTY, "acceptance", json!({})).await;
    let below = operator
        .officer("i-2", "林", COUNTY, "intake")
        .await
        .unwrap();
    let contact = json!({"contact": "周", "phone": "027-12315"});
    let acceptance = issue("complaint-acceptance", contact);
    assert_eq!(
        call.status(&below, "documents", acceptance.clone()).await,
        403
    );
    call.does(COUNTY, "documents", acceptance).await;
    call.platform.verify();
}
