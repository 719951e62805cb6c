use serde_json::json;

use crate::world::{Kind, World, filing, offered};
use hejie_domain::identifiers::digest::Digest;
use hejie_domain::rules::schema_of;

#[tokio::test]
async fn an_escalated_case_arrives_as_a_ready_dossier_with_its_clock() {
    let world = World::new(Kind::Sqlite).await;
    let number = world.file(filing()).await;
    world
        .consumer
        .wait(&number, "an offer", offered)
        .await
        .unwrap();
    let wish = json!({"reason": "不同意", "consents": {"delegated_mediation": true}});
    let receipt = world
        .consumer
        .act(&number, "escalation", wish)
        .await
        .unwrap();
    assert_eq!(receipt["phase"], "registered");
    assert_eq!(
        receipt["events"].as_array().unwrap().last().unwrap(),
        "dossier_sealed"
    );

    let officer = world.officer("420106").await;
    let case = officer.case(&number).await.unwrap();
    let clock = case["clocks"].as_array().unwrap().last().unwrap();
    assert_eq!(
        (&clock["period"], &clock["ends_on"]),
        (&json!("acceptance"), &json!("2026-05-27"))
    );
    let words = clock["explanation"]["zh"].to_string();
    assert!(
        words.contains("7个工作日") && words.contains("周末"),
        "{words}"
    );
    assert_eq!(case["complaint"]["unit"], "420106");

    let path = format!("/cases/{number}/dossier");
    let dossier = officer.get(&path).await.unwrap().good().unwrap();
    let schema = schema_of("dossier").unwrap();
    assert!(jsonschema::is_valid(&schema, &dossier));
    assert_eq!(dossier["consents"]["delegated_mediation"], true);
    assert!(dossier["negotiation"]["offers"].as_array().unwrap().len() == 1);
    assert!(!dossier["decisions"].as_array().unwrap().is_empty());
    let sealed = case["complaint"]["dossier"]
        .as_str()
        .unwrap()
        .parse::<Digest>();
    assert!(sealed.is_ok());
    assert_eq!(world.agent.get(&path).await.unwrap().status.as_u16(), 403);

    let unknown = json!({"ground": "dislike", "reason": "x"});
    let refusal = format!("/cases/{number}/refusal");
    let refused = officer.post(&refusal, unknown).await.unwrap();
    assert_eq!(
        (refused.status.as_u16(), refused.pointers()),
        (422, vec!["/ground"])
    );
    officer.act(&number, "acceptance", json!({})).await.unwrap();
    let again = officer
        .post(&refusal, json!({"ground": "no-power", "reason": "x"}))
        .await
        .unwrap();
    assert_eq!(again.status.as_u16(), 409);
}

#[tokio::test]
async fn when_the_clock_runs_out_the_case_goes_where_she_wished() {
    let world = World::new(Kind::Sqlite).await;
    let mut wished = filing();
    wished["escalate_on_expiry"] = json!(true);
    let (wished, waiting) = (world.file(wished).await, world.file(filing()).await);
    world
        .consumer
        .wait(&wished, "an offer", offered)
        .await
        .unwrap();
    let path = "/clock";
    let day = json!({"seconds": 86_400 * 14});
    world
        .operator()
        .post(path, day)
        .await
        .unwrap()
        .good()
        .unwrap();
    assert_eq!(
        world.consumer.case(&wished).await.unwrap()["phase"],
        "negotiating"
    );
    world
        .operator()
        .post(path, json!({"seconds": 86_400}))
        .await
        .unwrap()
        .good()
        .unwrap();
    let case = world.consumer.case(&wished).await.unwrap();
    assert_eq!(
        (&case["phase"], &case["complaint"]["cause"]),
        (&json!("registered"), &json!("expiry"))
    );
    assert_eq!(
        world.consumer.case(&waiting).await.unwrap()["phase"],
        "open"
    );
    assert_eq!(
        world
            .consumer
            .post(path, json!({"seconds": 1}))
            .await
            .unwrap()
            .status
            .as_u16(),
        403
    );
}
