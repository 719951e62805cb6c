//! A party asks for another mediator: nothing goes on until the unit has decided
//! (Order 121 art. 21).

use rstest::rstest;
use serde_json::{Value, json};

use crate::complaint::Desk;
use crate::world::Kind;

fn session(mediator: &str) -> Value {
    json!({"mode": "phone", "at": "2026-05-20T02:00:00Z", "place": null, "mediator": mediator})
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn a_wish_for_another_mediator_is_refused_and_later_granted(#[case] kind: Kind) {
    let (desk, officer) = Desk::consented(kind).await;
    desk.does(&officer, "sessions", session("周敏")).await;
    let wish = || json!({"reason": "调解员与商户负责人是近亲属"});
    let decision = |granted: bool| json!({"granted": granted, "reason": "已核实"});
    let early = desk.refused(&officer, "recusal/decision", decision(true));
    assert_eq!(early.await.0, 409, "nobody has asked");
    let hers = desk.refused(&officer, "recusal", wish()).await;
    assert_eq!(hers.0, 403, "it is the parties' to ask");
    let mute = desk.refused(&desk.world.consumer, "recusal", json!({"reason": " "}));
    assert_eq!(mute.await, (422, vec!["/reason".to_owned()]));

    desk.does(&desk.world.consumer, "recusal", wish()).await;
    for (who, act, body) in [
        (&officer, "sessions", session("周敏")),
        (&officer, "sessions/1/record", json!({"note": "已调解"})),
        (&officer, "delegation", json!({"association": "council"})),
        (&desk.world.agent, "recusal", wish()),
    ] {
        let (status, _) = desk.refused(who, act, body).await;
        assert_eq!(status, 409, "{act} waits for the decision");
    }
    let own = desk.refused(&desk.world.agent, "recusal/decision", decision(false));
    assert_eq!(own.await.0, 403);
    desk.does(&officer, "recusal/decision", decision(false))
        .await;
    desk.days_pass(3).await;
    let held = json!({"absent": [], "note": "双方陈述意见"});
    desk.does(&officer, "sessions/1/record", held).await;

    // The other side asks too, and is heard: who was recused mediates no more.
    let again = session("周敏");
    let next = |mediator: &str| {
        let mut next = again.clone();
        next["at"] = json!("2026-05-25T02:00:00Z");
        next["mediator"] = json!(mediator);
        next
    };
    desk.does(&officer, "sessions", next("周敏")).await;
    desk.does(&desk.world.agent, "recusal", wish()).await;
    desk.does(&officer, "recusal/decision", decision(true))
        .await;
    let (status, _) = desk.refused(&officer, "sessions", next("周敏")).await;
    assert_eq!(status, 409);
    desk.does(&officer, "sessions", next("吴涛")).await;

    let case = desk.case(&desk.world.consumer).await;
    let recusals = case["complaint"]["mediation"]["recusals"].as_array();
    let told: Vec<(&Value, &Value)> = recusals
        .unwrap()
        .iter()
        .map(|it| (&it["by"], &it["granted"]))
        .collect();
    assert_eq!(
        told,
        [
            (&json!("consumer"), &json!(false)),
            (&json!("respondent"), &json!(true))
        ]
    );
}
