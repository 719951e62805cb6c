//! Disputes that are alike: found, weighed beside what is usual, linked by an officer.

use rstest::rstest;
use serde_json::{Value, json};

use crate::world::{Kind, World, filing};

/// A complaint at the authority of Wuchang, by telephone.
async fn complains(world: &World, phone: &str, order: &str) -> String {
    let mut filing = filing();
    filing["consumer"]["phone"] = json!(phone);
    filing["order"]["reference"] = json!(order);
    let number = world.file(filing).await;
    world
        .consumer
        .act(&number, "escalation", json!({}))
        .await
        .unwrap();
    number
}

fn shared<'a>(answer: &'a Value, by: &str) -> &'a Value {
    let mut shared = answer["shared"].as_array().unwrap().iter();
    shared.find(|it| it["by"] == by).unwrap()
}

fn fact<'a>(answer: &'a Value, id: &str) -> &'a Value {
    let factors = answer["factors"].as_array().unwrap().iter();
    let mut facts = factors.flat_map(|it| it["facts"].as_array().unwrap());
    facts.find(|it| it["id"] == id).unwrap()
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn what_is_alike_is_shown_with_what_is_usual_and_decides_nothing(#[case] kind: Kind) {
    let world = World::new(kind).await;
    let first = complains(&world, "13800138000", "HB-1").await;
    let again = complains(&world, "13800138000", "HB-1").await;
    let other = complains(&world, "13900139000", "HB-9").await;
    let officer = world.officer("420106").await;
    let similar = officer
        .get(&format!("/cases/{first}/similar"))
        .await
        .unwrap()
        .good()
        .unwrap();
    let purchase = shared(&similar, "purchase");
    assert_eq!(
        (&purchase["count"], &purchase["files"][0]["number"]),
        (&json!(1), &json!(again))
    );
    assert_eq!(shared(&similar, "person")["count"], 1);
    assert_eq!(shared(&similar, "operator")["count"], 2);

    let factors = officer
        .get(&format!("/cases/{first}/factors"))
        .await
        .unwrap()
        .good()
        .unwrap();
    assert_eq!(factors["factors"][1]["article"], "17(2)");
    let against = fact(&factors, "person-against-operator");
    let usual = (&against["base_numerator"], &against["base_denominator"]);
    assert_eq!(
        (&against["value"], usual),
        (&json!(2), (&json!(3), &json!(2)))
    );
    assert_eq!(fact(&factors, "telephones-at-place")["value"], 2);
    assert_eq!(fact(&factors, "order-named")["value"], 1);
    assert_eq!(officer.case(&first).await.unwrap()["phase"], "registered");

    let link = json!({"to": again, "relation": "same_dispute", "reason": "同一订单"});
    let linked = officer.act(&first, "links", link.clone()).await.unwrap();
    assert_eq!(linked["events"], json!(["file_linked"]));
    assert_eq!(
        officer.case(&again).await.unwrap()["links"][0]["to"],
        json!(first)
    );
    for (who, number) in [(&world.consumer, &first), (&world.agent, &again)] {
        let file = who.case(number).await.unwrap();
        assert_eq!(
            file["links"],
            Value::Null,
            "a finding of the authority's own"
        );
        let timeline = who.get(&format!("/cases/{number}/timeline")).await.unwrap();
        assert!(!timeline.good().unwrap().to_string().contains("file_linked"));
    }
    let path = format!("/cases/{first}/links");
    for (to, status) in [(&again, 409), (&first, 422)] {
        let body = json!({"to": to, "relation": "same_dispute", "reason": "同一订单"});
        assert_eq!(
            officer.post(&path, body).await.unwrap().status.as_u16(),
            status
        );
    }
    let elsewhere = world.officer("420111").await;
    assert_eq!(
        elsewhere
            .post(&path, link.clone())
            .await
            .unwrap()
            .status
            .as_u16(),
        404
    );
    assert_eq!(
        world
            .consumer
            .post(&path, link)
            .await
            .unwrap()
            .status
            .as_u16(),
        403
    );
    for rest in ["similar", "factors"] {
        let path = format!("/cases/{other}/{rest}");
        for (who, status) in [
            (&world.consumer, 403),
            (&world.agent, 403),
            (&elsewhere, 404),
        ] {
            assert_eq!(who.get(&path).await.unwrap().status.as_u16(), status);
        }
    }
}
