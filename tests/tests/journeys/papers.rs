//! Papers of files that hold all that a file may hold: what the file says fits its form,
//! and each paper says it of the right side and day.

use hejie_tests::Client;
use serde_json::{Value, json};

use crate::world::{Kind, World, filing};

struct Desk {
    world: World,
    county: Client,
    number: String,
}

impl Desk {
    async fn does(&self, act: &str, body: Value) -> Value {
        let done = self.county.act(&self.number, act, body).await;
        done.unwrap_or_else(|fault| panic!("{act}: {fault}"))
    }

    /// Issues a form; what it says.
    async fn issues(&self, form: &str, to: &str, values: Value) -> Value {
        let document = json!({"form": form, "to": to, "values": values});
        self.does("documents", document).await;
        let case = self.county.case(&self.number).await.unwrap();
        let issued = case["documents"].as_array().unwrap().len();
        let path = format!("/cases/{}/documents/{issued}", self.number);
        let said = self.county.get(&path).await.unwrap().good().unwrap();
        said["values"].clone()
    }

    async fn later(&self, days: i64) {
        let day = json!({"seconds": days * 24 * 3_600});
        let moved = self.world.operator().post("/clock", day).await.unwrap();
        moved.good().unwrap();
    }
}

/// A call about a shop with the longest name, of somebody who says all that can be said,
/// entered at another bureau of the city and sent from there to the county.
async fn called() -> Desk {
    let world = World::new(Kind::Sqlite).await;
    let mut filing = filing();
    filing["respondent"]["organisation"].take();
    filing["respondent"]["name"] = json!("店".repeat(100));
    filing["statement"] = json!("述".repeat(4_000));
    filing["claim"]["reason"] = json!(format!("第一行\n{}", "由".repeat(1_990)));
    let city = world.officer("420100").await;
    let call = json!({"filing": filing, "channel": "hotline", "caller": "027-87654321",
        "register_at": "intake_unit"});
    let filed = city
        .post("/complaints", call)
        .await
        .unwrap()
        .good()
        .unwrap();
    let number = filed["number"].as_str().unwrap().to_owned();
    let desk = Desk {
        county: world.officer("420106").await,
        world,
        number,
    };
    desk.later(1).await;
    let down = json!({"to": "420106", "note": "请办理", "report_by": "2026-06-30"});
    city.act(&desk.number, "dispatch", down).await.unwrap();
    desk
}

#[tokio::test]
async fn every_paper_of_a_file_at_its_limits_is_issued_and_says_the_right_day_and_side() {
    let desk = called().await;
    let contact = || json!({"contact": "周敏", "phone": "027-88930000"});
    let registration = desk
        .issues("complaint-registration", "consumer", json!({}))
        .await;
    assert_eq!(registration["registered_on"], "2026-05-18");
    // The county does not tell of what the city did.
    let notice = json!({"form": "dispatch-notice", "values": {"copies": 1, "pages": 1}});
    let path = format!("/cases/{}/documents", desk.number);
    let refused = desk.county.post(&path, notice).await.unwrap();
    assert_eq!(refused.status.as_u16(), 409);

    desk.does("acceptance", json!({})).await;
    let acceptance = desk
        .issues("complaint-acceptance", "consumer", contact())
        .await;
    assert_eq!(
        acceptance["received_on"], "2026-05-19",
        "when the county had it"
    );
    let subject = acceptance["subject"].as_str().unwrap();
    assert!(
        subject.chars().count() <= 100 && !subject.contains('\n'),
        "{subject}"
    );
    let platform = json!({"to": "consumer", "means": "platform"});
    let nowhere = desk
        .county
        .post(&format!("{path}/2/service"), platform)
        .await;
    assert_eq!(
        nowhere.unwrap().pointers(),
        ["/means"],
        "she reads nothing here"
    );

    for side in ["consumer", "respondent"] {
        let yes = json!({"side": side, "agrees": true, "delegation": false, "means": "phone"});
        desk.does("mediation-answer", yes).await;
    }
    let session = json!({"mode": "phone", "at": "2026-05-20T02:00:00Z", "place": null,
        "mediator": "调".repeat(150)});
    desk.does("sessions", session).await;
    let place =
        json!({"phone": "027-88930000", "place": "武昌区局", "bring": "身份证", "recusal_days": 3});
    let notice = desk.issues("mediation-notice", "respondent", place).await;
    assert_eq!(notice["mediator"].as_str().unwrap().chars().count(), 150);
    let brought = |to: &str| json!({"to": to, "means": "letter", "note": format!("挂号信\n{}", "凭".repeat(400))});
    desk.does("documents/2/service", brought("consumer")).await;
    desk.does("documents/3/service", brought("respondent"))
        .await;
    for (to, title) in [
        ("consumer", "投诉受理决定书"),
        ("respondent", "投诉调解通知书"),
    ] {
        let record = desk.issues("service-record", to, json!({})).await;
        let services = record["services"].as_array().unwrap();
        assert_eq!(services.len(), 1, "{to}");
        assert_eq!(services[0]["document"], title);
        let proof = services[0]["proof"].as_str().unwrap();
        assert!(
            proof.starts_with("挂号信 ") && proof.ends_with('…'),
            "{proof}"
        );
        assert_eq!(
            record["recipient"] == "王小明",
            to == "consumer",
            "{record}"
        );
    }

    // They agree on the telephone before the day that was set.
    let tick = json!({"seconds": 60});
    let clock = desk.world.operator().post("/clock", tick).await.unwrap();
    let called = json!({"mode": "phone", "at": clock.good().unwrap()["now"], "place": null,
        "mediator": "周调解"});
    desk.does("sessions", called).await;
    let held = json!({"absent": [], "note": "双方在电话中达成一致"});
    desk.does("sessions/2/record", held).await;
    let conditions: Vec<String> = (0..10).map(|_| "件".repeat(300)).collect();
    let terms =
        json!({"remedies": [{"kind": "refund", "amount_fen": 12_900}], "conditions": conditions});
    desk.does("offers", json!({ "terms": terms })).await;
    let accepts = |side: &str| json!({"side": side, "means": "phone", "word": {"kind": "accept_offer", "offer": 1}});
    desk.does("words", accepts("consumer")).await;
    desk.later(2).await;
    desk.does("words", accepts("respondent")).await;
    let values = json!({"legal_representative": "陈江汉", "respondent_phone": "02787654321"});
    // What both agreed to stands there in those words and no officer's.
    let mut reworded = values.clone();
    reworded["agreement"] = json!("双方约定：投诉人放弃一切权利");
    let form = json!({"form": "mediation-agreement", "to": "consumer", "values": reworded});
    let path = format!("/cases/{}/documents", desk.number);
    let refused = desk.county.post(&path, form).await.unwrap();
    assert_eq!(refused.pointers(), ["/values/agreement"]);
    let agreement = desk.issues("mediation-agreement", "consumer", values).await;
    let claim = agreement["claim"].as_str().unwrap();
    assert!(
        claim.contains("述述") && claim.contains("由由"),
        "the complaint and what she asks"
    );
    assert_eq!(agreement["mediator"], "周调解");
    let terms = agreement["agreement"].as_str().unwrap();
    assert!(terms.starts_with("1. 退款¥129.00\n"), "{}", &terms[..60]);
    let cover = desk.issues("dossier", "consumer", json!({})).await;
    let turns = cover["timeline"].to_string();
    assert!(
        turns.contains("由武汉市市场监督管理局移至武昌区市场监督管理局"),
        "{turns}"
    );
    assert!(
        turns.contains("未记录举行"),
        "nobody has recorded that it was held"
    );
}
