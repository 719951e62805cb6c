//! What is said and handed in after a file went to another authority goes after it.

use rstest::rstest;
use serde_json::{Value, json};

use crate::platforms::{Platform, Signer8037, dossier_for, going, hand_over, neighbours, transfer};
use crate::world::Kind;

const NUMBER: &str = "HJ-260518-7K3M9QAB-4";

fn photo(name: &str) -> Value {
    json!({"sha256": "ab".repeat(32), "media_type": "image/jpeg", "size": 5, "name": name})
}

#[rstest]
#[case(Kind::Sqlite, Kind::Postgres)]
#[case(Kind::Postgres, Kind::Sqlite)]
#[tokio::test]
async fn evidence_and_messages_reach_who_has_the_file_through_a_power_cut_and_once(
    #[case] here: Kind,
    #[case] there: Kind,
) {
    let (a, mut b) = neighbours(here, there).await;
    let consumer = a.consumer().await;
    let number = a.registered(&consumer).await;
    let before = json!({"reference": photo("小票.jpg")});
    consumer.act(&number, "evidence", before).await.unwrap();
    let above = a.officer("420100").await;
    b.power_cut();
    above
        .act(&number, "transfer", going("henan"))
        .await
        .unwrap();
    // Before the file has arrived, and in its order.
    let after = json!({"reference": photo("检验报告.jpg")});
    consumer.act(&number, "evidence", after).await.unwrap();
    let said = json!({"body": "检验报告已补交"});
    consumer.act(&number, "messages", said).await.unwrap();
    b.start();

    let arrived = |case: &Value| transfer(case)["state"]["state"] == "acknowledged";
    let case = consumer
        .wait(&number, "the receipt", arrived)
        .await
        .unwrap();
    let theirs = transfer(&case)["state"]["number"].as_str().unwrap();
    let colleague = b.officer("420106").await;
    let whole = |case: &Value| case["messages"][0].is_object();
    let file = colleague.wait(theirs, "what came after it", whole).await;
    let file = file.unwrap();
    let names = |file: &Value| -> Vec<(String, String)> {
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let evidence = file["evidence"].as_array().unwrap().iter();
        evidence
            .map(|it| (text(&it["name"]), text(&it["by"])))
            .collect()
    };
    let told = ["小票.jpg", "检验报告.jpg"].map(|name| (name.to_owned(), "consumer".to_owned()));
    assert_eq!(names(&file), told);
    assert_eq!(file["messages"][0]["body"], "检验报告已补交");
    assert_eq!(file["messages"][0]["by"]["authority"], "hubei");

    // Every one is through; one sent again changes nothing.
    let listed = a.operator().get("/external-authorities/henan/deliveries");
    let listed = listed.await.unwrap().good().unwrap();
    for delivery in listed.as_array().unwrap() {
        assert_eq!(delivery["state"], "delivered", "{delivery}");
        let message = delivery["message"].as_str().unwrap();
        let again = format!("/external-authorities/henan/deliveries/{message}/redelivery");
        let sent = a.operator().post(&again, json!({})).await.unwrap();
        assert_eq!(sent.status.as_u16(), 202);
    }
    let end = json!({"body": "没有其他材料了"});
    consumer.act(&number, "messages", end).await.unwrap();
    // A copy of the first would stand in its place.
    let last = |case: &Value| case["messages"][1]["body"] == "没有其他材料了";
    let file = colleague
        .wait(theirs, "the last message", last)
        .await
        .unwrap();
    assert_eq!(file["messages"].as_array().unwrap().len(), 2);
    assert_eq!(names(&file), told);
    a.verify();
    b.verify();
}

#[tokio::test]
async fn a_supplement_is_taken_from_who_handed_the_file_over_and_in_its_form() {
    let b = Platform::new("henan", Kind::Sqlite, 3);
    let (shanghai, jilin) = (Signer8037::new(1), Signer8037::new(2));
    let nowhere = "http://127.0.0.1:9/api/v1/exchange";
    b.trust("shanghai", nowhere, &shanghai.public()).await;
    b.trust("jilin", nowhere, &jilin.public()).await;
    let mut dossier = dossier_for(&b, "henan").await;
    dossier["number"] = json!(NUMBER);
    let taken = hand_over(&b, shanghai.dossier(&dossier)).await;
    let number = taken.good().unwrap()["number"].as_str().unwrap().to_owned();

    let supplement = |sequence: u64, source: &str, what: Value| {
        let mut told = json!({"form": "1.0.0", "source": source, "number": NUMBER,
            "sequence": sequence, "at": "2026-05-18T02:00:00Z", "from": "respondent"});
        for (member, value) in what.as_object().unwrap() {
            told[member] = value.clone();
        }
        told.to_string()
    };
    let typ = "hejie-supplement+json";
    let said = |sequence| supplement(sequence, "shanghai", json!({"message": "同意退款"}));
    let mut odd: Value = serde_json::from_str(&said(3)).unwrap();
    odd["number"] = json!("HJ-1");
    for (what, signed, status, fields) in [
        (
            "taken",
            shanghai.sign("shanghai", typ, &said(1)),
            200,
            vec![],
        ),
        (
            "again",
            shanghai.sign("shanghai", typ, &said(1)),
            200,
            vec![],
        ),
        (
            "of another authority's file",
            jilin.sign(
                "jilin",
                typ,
                &supplement(2, "jilin", json!({"message": "x"})),
            ),
            404,
            vec![],
        ),
        (
            "no such file",
            shanghai.sign("shanghai", typ, &odd.to_string()),
            404,
            vec![],
        ),
        (
            "in another's name",
            jilin.sign("jilin", typ, &said(2)),
            422,
            vec!["/payload/source"],
        ),
        (
            "signed by another",
            jilin.sign("shanghai", typ, &said(2)),
            403,
            vec![],
        ),
        (
            "as a status",
            shanghai.sign("shanghai", "hejie-status+json", &said(2)),
            422,
            vec!["/protected"],
        ),
        (
            "nothing in it",
            shanghai.sign("shanghai", typ, &supplement(2, "shanghai", json!({}))),
            422,
            vec!["/payload"],
        ),
        (
            "a blank message",
            shanghai.sign(
                "shanghai",
                typ,
                &supplement(2, "shanghai", json!({"message": " "})),
            ),
            422,
            vec!["/payload/message"],
        ),
    ] {
        let answer = b.operator().post("/exchange/supplements", signed).await;
        let answer = answer.unwrap();
        assert_eq!(
            (answer.status.as_u16(), answer.pointers()),
            (status, fields),
            "{what}: {}",
            answer.body
        );
        let recorded = &answer.body["recorded"];
        assert_eq!(*recorded == true, what == "taken", "{what}: {recorded}");
    }
    let file = b.officer("420106").await.case(&number).await.unwrap();
    assert_eq!(file["messages"].as_array().unwrap().len(), 1);
    b.verify();
}
