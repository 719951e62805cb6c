//! The periods of a report from its verification to the decision in the case: extended,
//! stayed and run out; what only the older measure knows; and moves without a dispute.

use hejie_tests::Client;
use rstest::rstest;
use serde_json::{Value, json};

use crate::power_cut::hejie;
use crate::reports::{Desk, named, number, running};
use crate::world::{Kind, World};

const COUNTY: &str = "420106";
const CITY: &str = "420100";

async fn file(who: &Client, number: &str) -> Value {
    let shown = who.get(&format!("/reports/{number}")).await.unwrap();
    shown.good().unwrap()
}

async fn ends_on(who: &Client, number: &str, period: &str) -> Value {
    let file = file(who, number).await;
    running(&file, period).map_or(Value::Null, |clock| clock["ends_on"].clone())
}

/// A report for which a case was opened on Monday 2026-05-18.
async fn opened(desk: &Desk, handler: &Client) -> String {
    let number = number(&desk.receive(&desk.reporter, named()).await);
    let opens = json!({"opens": true, "reason": "现场检查属实"});
    desk.does(handler, &number, "verification", opens).await;
    number
}

async fn urged(desk: &Desk, who: &Client, number: &str, period: &str) -> Value {
    for _ in 0..100 {
        let file = file(who, number).await;
        let all = file["supervisions"].as_array().into_iter().flatten();
        let mut own = all.filter(|it| it["cause"]["period"] == period);
        if let Some(found) = own.find(|it| it["cause"]["cause"] == "overdue") {
            return found.clone();
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    panic!("nobody was urged for {period}: {}", desk.world.host().url);
}

fn verified(desk: &mut Desk) {
    assert!(desk.world.host.take().unwrap().stop().unwrap());
    let verified = hejie(&desk.world.place, &["ledger", "verify"]);
    assert!(verified.status.success());
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn ninety_days_are_stayed_extended_once_and_once_more_by_the_heads(#[case] kind: Kind) {
    let mut desk = Desk::open(kind).await;
    let (handler, head) = (
        desk.officer("o-1", COUNTY).await,
        desk.officer("o-2", COUNTY).await,
    );
    let number = opened(&desk, &handler).await;
    // The ninetieth day is Sunday 16 August: the end in law is the Monday, and the day to
    // work to the Sunday.
    assert_eq!(ends_on(&head, &number, "case-decision").await, "2026-08-17");
    let work = handler.get("/work").await.unwrap().good().unwrap();
    assert_eq!(work["files"][0]["due_on"], "2026-08-16");

    let whim = json!({"why": "busy"});
    let stay = format!("/reports/{number}/clocks/2/stay");
    assert_eq!(desk.status(&handler, &stay, Some(whim)).await, 422);
    for why in ["hearing", "public-notice", "appraisal", "suspension"] {
        let why = json!({ "why": why });
        desk.does(&handler, &number, "clocks/2/stay", why).await;
        desk.days_pass(5).await;
        desk.does(&handler, &number, "clocks/2/resumption", json!({}))
            .await;
    }
    // Each stay from its day to the day on which it ended, which the next begins on: 21 days.
    assert_eq!(ends_on(&head, &number, "case-decision").await, "2026-09-07");

    let ask = || json!({"reason": "案情复杂"});
    let grant = json!({"granted": true, "reason": "同意延期"});
    desk.does(&handler, &number, "clocks/2/extension-request", ask())
        .await;
    desk.does(&head, &number, "clocks/2/extension", grant.clone())
        .await;
    let thirty = ends_on(&head, &number, "case-decision-extension").await;
    assert_eq!(thirty, "2026-10-08", "the sixth is a holiday of October");
    desk.does(&handler, &number, "clocks/3/extension-request", ask())
        .await;
    let alone = format!("/reports/{number}/clocks/3/extension");
    assert_eq!(desk.status(&head, &alone, Some(grant)).await, 422);
    let together = json!({"granted": true, "reason": "集体讨论决定", "days": 40,
        "minutes": "2026年第12次局长办公会纪要"});
    desk.does(&head, &number, "clocks/3/extension", together)
        .await;
    let last = ends_on(&head, &number, "case-decision-further-extension").await;
    assert!(last.as_str().unwrap() > "2026-11-01", "{last}");
    verified(&mut desk);
}

#[tokio::test]
async fn what_ran_out_is_urged_and_a_decision_of_its_days_is_in_time_however_late_it_is_told() {
    let mut desk = Desk::open(Kind::Sqlite).await;
    let handler = desk.officer("o-1", COUNTY).await;
    let number = opened(&desk, &handler).await;
    desk.days_pass(93).await;
    let overdue = urged(&desk, &handler, &number, "case-decision").await;
    assert_eq!(
        (&overdue["by"], &overdue["urgency"]),
        (&json!(CITY), &json!("urgent"))
    );
    let result = |day: &str| {
        json!({"outcome": "penalty", "decided_on": day, "penalty_fen": 500_000,
        "decision": "武昌市监罚〔2026〕3号", "summary": "罚款"})
    };
    let too_early = format!("/reports/{number}/enforcement/result");
    let before = desk.status(&handler, &too_early, Some(result("2026-05-17")));
    assert_eq!(before.await, 422, "nothing was open then");
    desk.does(
        &handler,
        &number,
        "enforcement/result",
        result("2026-08-15"),
    )
    .await;
    let told = handler.get("/indicators").await.unwrap().good().unwrap();
    let figures = told["indicators"].as_array().unwrap().iter();
    let mut figures = figures.filter(|it| it["id"] == "decision-on-time");
    let figure = figures.next().unwrap();
    assert_eq!(
        (&figure["numerator"], &figure["denominator"]),
        (&json!(1), &json!(1))
    );
    verified(&mut desk);
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn before_2026_who_reported_by_name_is_told_in_five_days_and_nothing_is_repeated(
    #[case] kind: Kind,
) {
    // The eve of the new measure: a Tuesday.
    let world = World::at(kind, "2026-04-14T01:00:00Z").await;
    let who = json!({"kind": "consumer", "id": "whistle-1"});
    let reporter = world.operator().for_principal(who).await.unwrap();
    let mut desk = Desk { world, reporter };
    let handler = desk.officer("o-1", COUNTY).await;
    let first = number(&desk.receive(&desk.reporter, named()).await);
    let second = number(&desk.receive(&desk.reporter, named()).await);
    let repeats = json!({"of": first, "reason": "同一事实"});
    let path = format!("/reports/{second}/repetition");
    assert_eq!(desk.status(&handler, &path, Some(repeats)).await, 422);
    desk.days_pass(2).await;
    let opens = json!({"opens": true, "reason": "属实"});
    desk.does(&handler, &first, "verification", opens).await;
    // Five working days from Thursday the 16th.
    assert_eq!(
        ends_on(&handler, &first, "reporter-notice").await,
        "2026-04-23"
    );
    let issue = json!({"form": "report-case-notice-2019"});
    desk.does(&handler, &first, "documents", issue).await;
    let served = json!({"to": "consumer", "means": "letter"});
    desk.does(&handler, &first, "documents/1/service", served)
        .await;
    assert_eq!(
        ends_on(&handler, &first, "reporter-notice").await,
        Value::Null
    );

    let opens = json!({"opens": false, "reason": "不属实"});
    desk.does(&handler, &second, "verification", opens).await;
    desk.days_pass(8).await;
    urged(&desk, &handler, &second, "reporter-notice").await;
    verified(&mut desk);
}

#[tokio::test]
async fn a_report_goes_back_to_intake_or_is_designated_without_a_dispute() {
    let mut desk = Desk::open(Kind::Sqlite).await;
    let (handler, city) = (
        desk.officer("o-1", COUNTY).await,
        desk.officer("s-1", CITY).await,
    );
    let back = number(&desk.receive(&desk.reporter, named()).await);
    let unclear = json!({"reason": "address_unknown", "note": "无法找到该店"});
    desk.does(&handler, &back, "return", unclear).await;
    assert_eq!(file(&city, &back).await["unit"], CITY);
    assert!(ends_on(&city, &back, "intake-dispatch").await.is_string());
    desk.days_pass(1).await;
    let down = json!({"to": "420111", "note": "请核查", "report_by": null});
    desk.does(&city, &back, "dispatch", down).await;
    assert_eq!(file(&city, &back).await["unit"], "420111");
    assert_eq!(
        ends_on(&city, &back, "report-verification").await,
        "2026-06-09"
    );

    let given = number(&desk.receive(&desk.reporter, named()).await);
    let to = json!({"unit": "420111", "reason": "由住所地核查"});
    desk.does(&city, &given, "designation", to).await;
    assert_eq!(file(&city, &given).await["unit"], "420111");
    assert_eq!(
        desk.status(&handler, &format!("/reports/{given}"), None)
            .await,
        404
    );
    verified(&mut desk);
}

/// Two reports do not close each other, and neither closes one about somebody else.
#[tokio::test]
async fn a_report_repeats_one_that_is_handled_and_about_the_same_operator() {
    let mut desk = Desk::open(Kind::Sqlite).await;
    let handler = desk.officer("o-1", COUNTY).await;
    let receive = async |body: Value| number(&desk.receive(&desk.reporter, body).await);
    let (first, second) = (receive(named()).await, receive(named()).await);
    let mut other = named();
    other["report"]["reported"]["name"] = json!("楚天商店");
    let other = receive(other).await;
    let of = |number: &str| json!({"of": number, "reason": "同一事实"});
    let into = |number: &str| json!({"into": number, "reason": "同一事实"});
    let at = |number: &str, act: &str| format!("/reports/{number}/{act}");
    for (path, body) in [
        (at(&second, "repetition"), of(&other)),
        (at(&second, "merger"), into(&other)),
    ] {
        assert_eq!(
            desk.status(&handler, &path, Some(body)).await,
            422,
            "{path}"
        );
    }
    desk.does(&handler, &second, "repetition", of(&first)).await;
    for (act, body) in [("repetition", of(&second)), ("merger", into(&second))] {
        let closed = desk.status(&handler, &at(&first, act), Some(body)).await;
        assert_eq!(closed, 422, "{act}: nobody would verify either");
    }
    let reported = file(&handler, &first).await;
    assert_eq!(reported["phase"], "verifying");
    verified(&mut desk);
}

/// Whoever may not look up who reported is answered alike, whoever reported: nobody learns a
/// name by asking whether one report repeats another.
#[tokio::test]
async fn nobody_guesses_a_reporter_by_calling_a_report_a_repetition() {
    let desk = Desk::open(Kind::Sqlite).await;
    let stranger = |name: &str, phone: &str| {
        let mut body = named();
        body["reporter"] = json!({"kind": "named", "name": name, "phone": phone});
        body
    };
    let receive = async |body: Value| number(&desk.receive(&desk.reporter, body).await);
    let asked = receive(named()).await;
    let guesses = [
        receive(stranger("举报者甲", "13700137000")).await,
        receive(stranger("李四", "13912345678")).await,
        receive(stranger("李四", "13700137000")).await,
    ];
    let repeats = json!({"of": asked, "reason": "同一事实"});
    let mut curious = Vec::new();
    for (unit, role) in [
        (COUNTY, "intake"),
        (COUNTY, "supervisor"),
        ("420100", "head"),
        ("420100", "supervisor"),
        ("420000", "head"),
    ] {
        curious.push(desk.world.officer_as(unit, role).await);
    }
    // A neighbour that has a part in all of them reads them, and no more.
    let handler = desk.officer("o-1", COUNTY).await;
    let neighbour = desk.officer("o-9", "420111").await;
    for report in guesses.iter().chain([&asked]) {
        let part = json!({"unit": "420111", "task": "协查", "due": "2026-05-29"});
        desk.does(&handler, report, "parts", part).await;
        let agrees = json!({"agrees": true, "reason": "同意"});
        desk.does(&neighbour, report, "parts/1/answer", agrees)
            .await;
    }
    curious.push(neighbour);
    for officer in &curious {
        let mut answers = Vec::new();
        for guess in &guesses {
            let path = format!("/reports/{guess}/repetition");
            let answer = officer.post(&path, repeats.clone()).await.unwrap();
            answers.push((answer.status.as_u16(), answer.body["detail"].clone()));
        }
        assert_eq!(answers[0].0, 403, "{answers:?}");
        assert!(answers.iter().all(|it| *it == answers[0]), "{answers:?}");
    }
    // Who may look up both of them is told that they are two persons.
    let path = format!("/reports/{}/repetition", guesses[2]);
    assert_eq!(desk.status(&handler, &path, Some(repeats)).await, 422);
    // That she had them compared, and why, is in both files, and in none that was only asked of.
    let looks = async |report: &str| {
        let told = handler.get(&format!("/reports/{report}/timeline")).await;
        let told = told.unwrap().good().unwrap();
        let all = told.as_array().unwrap().clone().into_iter();
        let looks = all.filter(|it| it["type"] == "identity_read");
        looks
            .map(|it| it["data"]["reason"].clone())
            .collect::<Vec<_>>()
    };
    for (report, reasons) in [
        (&guesses[2], vec![json!("同一事实")]),
        (&asked, vec![json!("同一事实")]),
        (&guesses[0], Vec::new()),
    ] {
        assert_eq!(looks(report).await, reasons, "{report}");
    }
}
