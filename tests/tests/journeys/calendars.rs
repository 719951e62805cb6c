//! The turn of a year whose calendar is not published yet: what that leaves open, and what it
//! does not.

use serde_json::{Value, json};

use crate::figures::figures;
use crate::world::{Kind, World, filing};

/// A Friday, late in the last year whose calendar is there.
pub const EVE: &str = "2026-12-25T01:00:00Z";

/// The year 2027 as the operator publishes it, with the thirteen statutory days that the
/// regulation gives for it.
pub fn next_year() -> Value {
    let days = [
        "01-01", "02-05", "02-06", "02-07", "02-08", "04-05", "05-01", "05-02", "06-09", "09-15",
        "10-01", "10-02", "10-03",
    ];
    let off = |day: &str| json!({"date": format!("2027-{day}"), "name": {"zh": "假", "en": "holiday"}, "statutory": true});
    let days_off: Vec<Value> = days.into_iter().map(off).collect();
    json!({"year": 2027, "source": "rehearsal", "make_up_days": [], "days_off": days_off})
}

/// The last day of the latest of a file's periods of a kind.
fn ends<'a>(case: &'a Value, period: &str) -> &'a Value {
    let clocks = case["clocks"].as_array().unwrap();
    &clocks.iter().rfind(|it| it["period"] == period).unwrap()["ends_on"]
}

async fn publish(world: &World) {
    let added = world.operator().post("/calendars", next_year()).await;
    assert_eq!(added.unwrap().good().unwrap()["year"], 2027);
}

#[tokio::test]
async fn a_published_calendar_moves_the_clocks_that_waited_for_it() {
    let world = World::at(Kind::Sqlite, EVE).await;
    let number = world.file(filing()).await;
    let case = world.consumer.case(&number).await.unwrap();
    assert_eq!(ends(&case, "odr-negotiation"), &Value::Null);
    publish(&world).await;
    let moved = |case: &Value| ends(case, "odr-negotiation") == "2027-01-11";
    let moved = world.consumer.wait(&number, "the clock's end", moved).await;
    moved.unwrap();
    let mut wrong = next_year();
    wrong["days_off"][0]["date"] = json!("soon");
    let mut empty = next_year();
    empty["days_off"] = json!([]);
    for refused in [wrong, empty] {
        let answer = world.operator().post("/calendars", refused).await.unwrap();
        assert_eq!(answer.status.as_u16(), 422);
    }
}

#[tokio::test]
async fn without_next_years_calendar_nobody_misses_a_date_and_what_was_decided_is_judged_later() {
    let world = World::at(Kind::Sqlite, EVE).await;
    let officer = world.officer("420106").await;
    let mut numbers = Vec::new();
    for _ in 0..2 {
        let number = world.file(filing()).await;
        let escalated = world.consumer.act(&number, "escalation", json!({})).await;
        escalated.unwrap();
        numbers.push(number);
    }
    let [waits, decided] = [&numbers[0], &numbers[1]];
    let ending = json!({"ground": "other-statutory", "reason": "被投诉人已进入破产程序"});
    for (act, body) in [
        ("acceptance", json!({})),
        ("termination", ending),
        ("termination/notice", json!({"means": "sms"})),
    ] {
        officer.act(decided, act, body).await.unwrap();
    }

    // Four of the seven days are in this year: it ends no sooner than on the third of the next.
    let listed = async || {
        let work = officer.get("/work").await.unwrap().good().unwrap();
        let file = &work["files"][0];
        assert_eq!(
            (&file["number"], &file["due_on"]),
            (&json!(waits), &json!("2027-01-03"))
        );
        file["band"].clone()
    };
    assert_eq!(listed().await, "green");
    let rate = async || figures(&officer, "").await["acceptance-on-time"].clone();
    assert_eq!(rate().await, "no cases: 0/0", "nobody knows yet");
    let week = json!({"seconds": 86_400 * 8});
    world.operator().post("/clock", week).await.unwrap();
    assert_eq!(listed().await, "red");
    let case = officer.case(waits).await.unwrap();
    assert_eq!(ends(&case, "acceptance"), &Value::Null);
    assert_eq!(case["supervisions"][0]["cause"]["cause"], "nearing");

    publish(&world).await;
    for number in [waits, decided] {
        let known = |case: &Value| ends(case, "acceptance") == "2027-01-06";
        let known = officer.wait(number, "the period's end", known).await;
        known.unwrap();
    }
    assert_eq!(rate().await, "1/1");
    let closed = officer.case(decided).await.unwrap();
    assert_eq!(closed["phase"], "closed");
}
