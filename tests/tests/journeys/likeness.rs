//! Disputes that are alike: found, weighed beside what is usual, linked by an officer.

use rstest::rstest;
use serde_json::{Value, json};

use crate::reports::{Desk, anonymous, named};
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
    let told = |id: &str| {
        let fact = fact(&factors, id);
        let number = |field: &str| fact[field].as_u64().unwrap();
        let base = (number("base_numerator"), number("base_denominator"));
        (number("value"), base)
    };
    // Three disputes of two telephones, all from one address, each of which names an order.
    assert_eq!(told("person-on-goods"), (2, (3, 2)));
    assert_eq!(told("person-in-30-days"), (2, (3, 2)));
    assert_eq!(told("person-in-365-days"), (2, (3, 2)));
    assert_eq!(told("telephones-at-place"), (2, (2, 1)));
    assert_eq!(told("places-of-telephone"), (1, (1, 2)));
    assert_eq!(told("order-named"), (1, (3, 3)));
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

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn the_same_dispute_under_two_numbers_is_merged_by_an_officer(#[case] kind: Kind) {
    let world = World::new(kind).await;
    let first = complains(&world, "13800138000", "HB-1").await;
    let again = complains(&world, "13800138000", "HB-1").await;
    let officer = world.officer("420106").await;
    let merger = |into: &str| json!({"into": into, "reason": "同一订单，电话再次反映"});
    let merge = async |number: &str, into: &str| {
        let path = format!("/cases/{number}/merger");
        officer.post(&path, merger(into)).await.unwrap()
    };
    let mut other = filing();
    other["consumer"]["phone"] = json!("13900139000");
    let stranger = json!({"kind": "consumer", "id": "c-7"});
    let stranger = world.operator().for_principal(stranger).await.unwrap();
    let filed = stranger.post("/complaints", json!({"filing": other})).await;
    let others = filed.unwrap().good().unwrap()["number"].clone();
    let others = others.as_str().unwrap();
    for into in [others, &again, "HJ-260518-00000000-0"] {
        let refused = merge(&again, into).await;
        assert_eq!(
            (refused.status.as_u16(), refused.pointers()),
            (422, vec!["/into"]),
            "{into}"
        );
    }
    let merged = merge(&again, &first).await.good().unwrap();
    assert_eq!(merged["phase"], "closed");
    let case = officer.case(&first).await.unwrap();
    assert_eq!(case["phase"], "registered");
    let links = case["links"].as_array().unwrap();
    assert_eq!(
        (&links[0]["to"], &links[0]["relation"]),
        (&json!(again), &json!("same_dispute"))
    );
    let hers = world
        .consumer
        .get(&format!("/cases/{again}/timeline"))
        .await;
    let hers = hers.unwrap().good().unwrap();
    let entries = hers.as_array().unwrap().iter();
    let mut told = entries.filter(|it| it["type"] == "complaint_merged");
    assert_eq!(told.next().unwrap()["data"]["into"], json!(first));
    officer.act(&first, "acceptance", json!({})).await.unwrap();
    let late = merge(&first, others).await;
    assert_eq!(late.status.as_u16(), 422, "it is another person's");
}

#[tokio::test]
async fn reports_on_one_matter_are_shown_to_the_unit_that_verifies() {
    let desk = Desk::open(Kind::Sqlite).await;
    let first = desk.receive(&desk.reporter, named()).await;
    let first = first["number"].as_str().unwrap();
    let same = desk.receive(&desk.reporter, anonymous()).await;
    let mut other = anonymous();
    other["report"]["breach"] = json!("metrology");
    desk.receive(&desk.reporter, other).await;
    let path = format!("/reports/{first}/similar");
    let officer = desk.officer("o-1", "420106").await;
    let similar = officer.get(&path).await.unwrap().good().unwrap();
    let matter = shared(&similar, "reported-breach");
    assert_eq!(
        (&matter["count"], &matter["files"][0]["number"]),
        (&json!(1), &same["number"])
    );
    assert_eq!(shared(&similar, "reported")["count"], 2);
    let neighbour = desk.officer("n-1", "420111").await;
    for (who, status) in [
        (&neighbour, 404),
        (&desk.reporter, 403),
        (&desk.world.agent, 403),
    ] {
        assert_eq!(who.get(&path).await.unwrap().status.as_u16(), status);
    }
}
