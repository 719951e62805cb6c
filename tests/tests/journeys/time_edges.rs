//! The edges of time: a holiday at the start, a make-up working day, an end that rolls
//! over, the day on which Order 121 came into force.

use rstest::rstest;
use serde_json::{Value, json};

use crate::world::{Kind, World, filing};

/// A complaint that goes straight to the authority, at a moment.
async fn registered_at(moment: &str) -> (World, String) {
    let world = World::at(Kind::Sqlite, moment).await;
    let mut filing = filing();
    filing["facts"] = json!({"channel": "online", "price_fen": 12900});
    filing["respondent"]["organisation"] = Value::Null;
    let direct = json!({"channel": "web", "filing": filing});
    let registered = world.consumer.post("/complaints", direct).await.unwrap();
    let number = registered.good().unwrap()["number"]
        .as_str()
        .unwrap()
        .to_owned();
    (world, number)
}

fn reading<'a>(case: &'a Value, period: &str) -> &'a Value {
    let mut clocks = case["clocks"].as_array().unwrap().iter();
    clocks.rfind(|clock| clock["period"] == period).unwrap()
}

fn days(arithmetic: &Value, member: &str) -> Vec<String> {
    let listed = arithmetic[member].as_array().unwrap().iter();
    listed
        .map(|it| it["date"].as_str().unwrap().to_owned())
        .collect()
}

#[rstest]
// Wednesday before the national days; seven working days with the make-up Saturday.
#[case("2026-09-30T02:00:00Z", "2026-10-08", "2026-10-15")]
// In the middle of them: nothing counts before Thursday the eighth.
#[case("2026-10-03T02:00:00Z", "2026-10-08", "2026-10-15")]
// On the make-up Saturday itself, which is not counted: the day of receipt never is.
#[case("2026-10-10T02:00:00Z", "2026-10-12", "2026-10-20")]
// Two minutes before midnight in Wuhan, and two after.
#[case("2026-05-18T15:58:00Z", "2026-05-19", "2026-05-27")]
#[case("2026-05-18T16:02:00Z", "2026-05-20", "2026-05-28")]
#[tokio::test]
async fn seven_working_days_from_wherever_they_start(
    #[case] moment: &str,
    #[case] first: &str,
    #[case] last: &str,
) {
    let (world, number) = registered_at(moment).await;
    let case = world.consumer.case(&number).await.unwrap();
    let acceptance = reading(&case, "acceptance");
    assert_eq!(acceptance["ends_on"], last);
    let arithmetic = &acceptance["reading"]["arithmetic"];
    assert_eq!(arithmetic["first_counted"], first);
    let made_up = days(arithmetic, "make_up_days");
    let holiday = moment.starts_with("2026-09-30") || moment.starts_with("2026-10-03");
    assert_eq!(
        made_up.contains(&"2026-10-10".to_owned()),
        holiday,
        "{made_up:?}"
    );
}

#[tokio::test]
async fn sixty_days_that_end_on_a_holiday_end_after_it() {
    let (world, number) = registered_at("2026-08-03T02:00:00Z").await;
    let officer = world.officer("420106").await;
    officer.act(&number, "acceptance", json!({})).await.unwrap();
    let case = officer.case(&number).await.unwrap();
    let mediation = reading(&case, "mediation");
    let arithmetic = &mediation["reading"]["arithmetic"];
    assert_eq!(arithmetic["last_counted"], "2026-10-02");
    assert_eq!(mediation["ends_on"], "2026-10-08");
    assert_eq!(days(arithmetic, "rolled_over").len(), 6);
}

#[rstest]
#[case("2026-04-14T15:59:00Z", "cn-procedure-2024-07-01", 422)]
#[case("2026-04-14T16:00:00Z", "cn-procedure-2026-04-15", 200)]
#[tokio::test]
async fn the_order_in_force_at_receipt_decides(
    #[case] moment: &str,
    #[case] procedure: &str,
    #[case] false_identity: u16,
) {
    let (world, number) = registered_at(moment).await;
    let officer = world.officer("420106").await;
    // Long after: an older file follows the version of its day.
    let later = json!({"seconds": 3 * 86_400});
    world
        .operator()
        .post("/clock", later)
        .await
        .unwrap()
        .good()
        .unwrap();
    let case = officer.case(&number).await.unwrap();
    assert_eq!(case["complaint"]["procedure"], procedure);
    let refusal = json!({"ground": "false-identity", "reason": "冒用他人名义"});
    let path = format!("/cases/{number}/refusal");
    let answer = officer.post(&path, refusal).await.unwrap();
    assert_eq!(answer.status.as_u16(), false_identity, "{}", answer.body);
}
