//! People without an account, who call, write, or sign on paper: an officer records what
//! they say, and it is their own act.

use hejie_tests::Client;
use rstest::rstest;
use serde_json::{Value, json};

use crate::report_documents::text_of;
use crate::world::{Kind, World, filing, offered};

struct Call {
    world: World,
    number: String,
    officer: Client,
}

impl Call {
    /// A caller's complaint of a shop that is not on the platform either, accepted.
    async fn accepted(kind: Kind) -> Call {
        let caller = json!({"channel": "hotline", "caller": "027-87654321"});
        Call::came_by(kind, caller).await
    }

    /// A complaint that came by a channel, accepted.
    async fn came_by(kind: Kind, mut call: Value) -> Call {
        let world = World::new(kind).await;
        let mut filing = filing();
        filing["respondent"]["organisation"].take();
        call["filing"] = filing;
        let officer = world.officer("420106").await;
        let filed = officer.post("/complaints", call).await.unwrap();
        let number = filed.good().unwrap()["number"].as_str().unwrap().to_owned();
        let call = Call {
            world,
            number,
            officer,
        };
        call.does("acceptance", json!({})).await;
        call
    }

    async fn does(&self, act: &str, body: Value) -> Value {
        let done = self.officer.act(&self.number, act, body).await;
        done.unwrap_or_else(|fault| panic!("{act}: {fault}"))
    }

    async fn said(&self, side: &str, word: Value) -> Value {
        self.said_by("in_person", side, word).await
    }

    async fn said_by(&self, means: &str, side: &str, word: Value) -> Value {
        let word = json!({"side": side, "means": means, "word": word});
        self.does("words", word).await
    }

    async fn mediated(&self) {
        for side in ["consumer", "respondent"] {
            let yes = json!({"side": side, "agrees": true, "delegation": false, "means": "phone"});
            self.does("mediation-answer", yes).await;
        }
        let terms = json!({"terms": {"remedies": [{"kind": "refund", "amount_fen": 12_900}]}});
        self.does("offers", terms).await;
    }
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn a_caller_and_a_shop_agree_on_paper_and_it_is_performed_and_confirmed(#[case] kind: Kind) {
    let call = Call::accepted(kind).await;
    call.mediated().await;
    let yes = || json!({"kind": "accept_offer", "offer": 1});
    let first = call.said("consumer", yes()).await;
    assert_eq!(first["events"], json!(["word_recorded", "offer_accepted"]));
    let agreed = call.said("respondent", yes()).await;
    assert_eq!(agreed["phase"], "settled");

    // The official form of the agreement, with what only the paper says.
    let values = json!({"legal_representative": "陈江汉", "respondent_phone": "02787654321"});
    let form = json!({"form": "mediation-agreement", "to": "consumer", "values": values});
    call.does("documents", form).await;
    let paper = format!("/cases/{}/documents/1/pdf", call.number);
    let paper = text_of(&call.officer.bytes(&paper).await.unwrap());
    assert!(
        paper.contains("江汉百货") && paper.contains("129"),
        "{paper}"
    );
    assert!(!paper.contains("在线确认"), "they sign with a pen: {paper}");

    let performed = json!({"kind": "record_performance", "performed_on": "2026-05-18"});
    call.said("respondent", performed).await;
    let solved = json!({"kind": "confirm", "confirmation": "solved"});
    let closed = call.said("consumer", solved).await;
    assert_eq!(closed["phase"], "closed");
    let unknown = json!({"side": "consumer", "means": "phone", "word": {"kind": "shout"}});
    let path = format!("/cases/{}/words", call.number);
    let unknown = call.officer.post(&path, unknown).await.unwrap();
    assert_eq!(unknown.status.as_u16(), 422);
}

/// What was agreed is not kept: the file ends with where else she may go, is asked about
/// afterwards, and is nobody's to do.
#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn an_agreement_that_is_broken_ends_with_the_other_routes(#[case] kind: Kind) {
    let call = Call::accepted(kind).await;
    call.mediated().await;
    for side in ["consumer", "respondent"] {
        let yes = json!({"kind": "accept_offer", "offer": 1});
        call.said(side, yes).await;
    }
    let broken = || json!({"kind": "confirm", "confirmation": "not_solved"});
    let early = json!({"side": "consumer", "means": "phone", "word": broken()});
    let path = format!("/cases/{}/words", call.number);
    let early = call.officer.post(&path, early).await.unwrap();
    assert_eq!(early.status.as_u16(), 409, "it may still be kept");
    let days = json!({"seconds": 86_400 * 16});
    let moved = call.world.operator().post("/clock", days).await.unwrap();
    moved.good().unwrap();
    let overdue = |case: &Value| case["settlement"]["overdue"] == true;
    call.officer
        .wait(&call.number, "that it is overdue", overdue)
        .await
        .unwrap();
    let closed = call.said("consumer", broken()).await;
    assert_eq!(closed["phase"], "closed");

    let case = call.officer.case(&call.number).await.unwrap();
    assert_eq!(case["closing"], "not_solved");
    let routes = case["complaint"]["other_routes"].as_array().unwrap();
    assert!(!routes.is_empty(), "{case}");
    let waits = call.officer.get("/work").await.unwrap().good().unwrap();
    assert_eq!(waits["files"], json!([]));
    let over = call.officer.get("/work?stage=over").await.unwrap();
    let over = over.good().unwrap();
    assert_eq!(over["files"][0]["number"], json!(call.number));
    let visit = json!({"means": "phone", "satisfaction": "fair", "note": "已告知诉讼途径"});
    call.does("visits", visit).await;
}

/// At the window, and by letter: no account, no call, from the filing to the visit.
#[rstest]
#[case(Kind::Postgres, "window", "in_person")]
#[case(Kind::Sqlite, "letter", "letter")]
#[tokio::test]
async fn what_came_by_a_channel_goes_by_it_to_its_end(
    #[case] kind: Kind,
    #[case] channel: &str,
    #[case] means: &str,
) {
    let call = Call::came_by(kind, json!({ "channel": channel })).await;
    let case = call.officer.case(&call.number).await.unwrap();
    assert_eq!(
        (&case["entered"]["channel"], &case["entered"]["caller"]),
        (&json!(channel), &Value::Null)
    );
    let decision = json!({"form": "complaint-acceptance",
        "values": {"contact": "周敏", "phone": "027-88930000"}});
    call.does("documents", decision).await;
    let served = json!({"to": "consumer", "means": means, "note": null});
    call.does("documents/1/service", served).await;
    for side in ["consumer", "respondent"] {
        let yes = json!({"side": side, "agrees": true, "delegation": false, "means": means});
        call.does("mediation-answer", yes).await;
    }
    let terms = json!({"terms": {"remedies": [{"kind": "refund", "amount_fen": 12_900}]}});
    call.does("offers", terms).await;
    for side in ["consumer", "respondent"] {
        let accepts = json!({"kind": "accept_offer", "offer": 1});
        call.said_by(means, side, accepts).await;
    }
    let performed = json!({"kind": "record_performance", "performed_on": "2026-05-18"});
    call.said_by(means, "respondent", performed).await;
    let solved = json!({"kind": "confirm", "confirmation": "solved"});
    let closed = call.said_by(means, "consumer", solved).await;
    assert_eq!(closed["phase"], "closed");
    let visit = json!({"means": means, "satisfaction": "satisfied", "note": "已退款"});
    call.does("visits", visit).await;

    let dossier = format!("/cases/{}/dossier", call.number);
    let dossier = call.officer.get(&dossier).await.unwrap().good().unwrap();
    assert_eq!(dossier["intake"]["channel"], channel);
    let timeline = format!("/cases/{}/timeline", call.number);
    let timeline = call.officer.get(&timeline).await.unwrap().good().unwrap();
    let words = timeline.as_array().unwrap().iter();
    let mut words = words.filter(|it| it["type"] == "word_recorded");
    assert!(words.all(|it| it["data"]["means"] == means), "{timeline}");
    let exported = call.officer.bytes("/exports/cases.csv").await.unwrap();
    let exported = String::from_utf8(exported).unwrap();
    assert!(exported.contains(channel), "{exported}");
}

#[tokio::test]
async fn she_withdraws_by_telephone_and_evidence_comes_by_letter() {
    let call = Call::accepted(Kind::Sqlite).await;
    let photo = json!({"reference": {"sha256": "ab".repeat(32), "media_type": "image/jpeg",
        "size": 1000, "name": "小票.jpg"}});
    call.does("evidence", photo).await;
    let gone = call.said("consumer", json!({"kind": "withdraw"})).await;
    assert_eq!(gone["phase"], "terminated");
    let told = call
        .does("termination/notice", json!({"means": "phone"}))
        .await;
    assert_eq!(told["phase"], "closed");
    let case = call.officer.case(&call.number).await.unwrap();
    assert_eq!(case["closing"], "withdrawn");
    let entered = &case["evidence"][0];
    assert_eq!(
        (&entered["name"], &entered["by"]),
        (&json!("小票.jpg"), &json!("officer"))
    );
    drop(call.world);
}

#[tokio::test]
async fn what_was_settled_in_negotiation_is_drawn_up_for_her_and_both_read_it() {
    let world = World::new(Kind::Sqlite).await;
    let number = world.file(filing()).await;
    let waited = world.consumer.wait(&number, "an offer", offered).await;
    waited.unwrap();
    let path = |rest: &str| format!("/cases/{number}/{rest}");
    let order = |values: Value| json!({"form": "settlement-agreement", "values": values});
    let known = json!({"respondent_phone": "02787654321"});
    let early = world
        .consumer
        .post(&path("documents"), order(known.clone()))
        .await;
    assert_eq!(early.unwrap().status.as_u16(), 409);
    let accept = world
        .consumer
        .act(&number, "offers/1/acceptance", json!({}));
    accept.await.unwrap();
    let draft = world
        .consumer
        .get(&path("forms/settlement-agreement"))
        .await;
    let draft = draft.unwrap().good().unwrap();
    assert_eq!(draft["possible"], true);
    assert_eq!(draft["values"]["complainant_phone"], "13800138000");
    let incomplete = world
        .consumer
        .post(&path("documents"), order(json!({})))
        .await;
    assert_eq!(incomplete.unwrap().pointers(), ["/values/respondent_phone"]);
    let theirs = world
        .agent
        .post(&path("documents"), order(known.clone()))
        .await;
    assert_eq!(
        theirs.unwrap().status.as_u16(),
        403,
        "it tells how she is reached"
    );
    let drawn = world.consumer.act(&number, "documents", order(known));
    drawn.await.unwrap();
    for reader in [&world.consumer, &world.agent] {
        let paper = reader.bytes(&path("documents/1/pdf")).await.unwrap();
        let text = text_of(&paper);
        assert!(
            text.contains("和解协议书") && text.contains("双方自行订立"),
            "{text}"
        );
    }
    let other = json!({"form": "dossier-cover", "values": {}});
    let other = world.consumer.post(&path("documents"), other).await;
    assert_eq!(other.unwrap().status.as_u16(), 403);
}
