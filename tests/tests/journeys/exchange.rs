//! Two platforms, each the real binary with a store and a key of its own: files go from
//! one to the other, and what becomes of them comes back.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD as BASE64URL;
use futures_util::future::join_all;
use hejie_tests::Client;
use rstest::rstest;
use serde_json::{Value, json};

use crate::platforms::{
    Platform, Signer8037, dossier_for, going, hand_over, neighbours, stages, transfer,
};
use crate::receiver::Receiver;
use crate::world::Kind;

#[rstest]
#[case(Kind::Sqlite, Kind::Postgres)]
#[case(Kind::Postgres, Kind::Sqlite)]
#[tokio::test]
async fn a_file_goes_to_another_province_through_power_cuts_and_its_result_comes_back(
    #[case] here: Kind,
    #[case] there: Kind,
) {
    let (mut a, mut b) = neighbours(here, there).await;
    let consumer = a.consumer().await;
    let number = a.registered(&consumer).await;
    let officer = a.officer("420106").await;
    let above = a.officer("420100").await;
    b.power_cut();

    refuses_who_cannot_be_reached(&a).await;
    let unknown = above
        .post(&format!("/cases/{number}/transfer"), going("jilin"))
        .await
        .unwrap();
    assert_eq!(
        (unknown.status.as_u16(), unknown.pointers()),
        (422, vec!["/to"])
    );
    let alone = officer
        .post(&format!("/cases/{number}/transfer"), going("henan"))
        .await
        .unwrap();
    assert_eq!(alone.status.as_u16(), 409, "a county returns it to intake");
    let gone = above
        .act(&number, "transfer", going("henan"))
        .await
        .unwrap();
    assert_eq!(gone["phase"], "transferred");
    let case = consumer.case(&number).await.unwrap();
    let running = |case: &Value| {
        let clocks = case["clocks"].as_array().unwrap().iter();
        clocks
            .filter(|it| it["state"]["state"] == "running")
            .count()
    };
    assert_eq!(running(&case), 1, "her days go on until it has arrived");
    assert_eq!(transfer(&case)["state"], json!({"state": "pending"}));
    a.power_cut();
    a.start();
    b.start();

    let consumer = Client::new(&a.host.as_ref().unwrap().url, &consumer.token);
    let arrived = |case: &Value| transfer(case)["state"]["state"] == "acknowledged";
    let case = consumer
        .wait(&number, "the other's receipt", arrived)
        .await
        .unwrap();
    assert_eq!(running(&case), 0);
    let theirs = transfer(&case)["state"]["number"]
        .as_str()
        .unwrap()
        .to_owned();
    let colleague = b.officer("420106").await;
    let file = colleague.case(&theirs).await.unwrap();
    assert_eq!(
        (&file["phase"], &file["origin"]["number"]),
        (&json!("registered"), &json!(number))
    );
    assert_eq!(file["filing"]["consumer"]["name"], "王小明");
    assert_eq!(file["clocks"][0]["period"], "acceptance");
    let came = colleague
        .get(&format!("/cases/{theirs}/origin/dossier"))
        .await
        .unwrap()
        .good()
        .unwrap();
    assert_eq!(
        (&came["number"], &came["transfer"]["article"]),
        (&json!(number), &json!("41"))
    );

    let wuchang = a.officer("420106").await;
    same_bytes(&wuchang, &number, &colleague, &theirs).await;
    let sealed = format!("/cases/{number}/transfers/1/dossier");
    let hers = consumer.get(&sealed).await.unwrap();
    assert_eq!(
        hers.status.as_u16(),
        403,
        "it says what authorities say among themselves"
    );
    for form in ["page", "pdf"] {
        let read = format!("{sealed}/{form}");
        assert!(wuchang.bytes(&read).await.unwrap().len() > 5_000, "{form}");
        let hers = consumer.get(&read).await.unwrap();
        assert_eq!(hers.status.as_u16(), 403, "{form}");
    }

    mediated_in_vain(&b, &colleague, &theirs).await;
    let closed = |case: &Value| case["phase"] == "closed" && stages(case).len() == 4;
    let case = consumer.wait(&number, "the result", closed).await.unwrap();
    assert_eq!(
        stages(&case),
        ["received", "accepted", "terminated", "closed"]
    );
    assert_eq!(case["closing"], "concluded_elsewhere");
    let statuses = transfer(&case)["statuses"].as_array().unwrap();
    assert!(
        statuses
            .iter()
            .all(|it| it["file_number"] == theirs.as_str())
    );
    assert_eq!(
        (&statuses[2]["ground"], &statuses[2]["text"]),
        (&json!("no-deal"), &json!("双方分歧大"))
    );
    assert_eq!(statuses[3]["result"], "terminated");
    a.verify();
    b.verify();
    assert_eq!(
        b.files().await.len(),
        1,
        "one file, whatever came how often"
    );
}

/// What was sent is what arrived, and each authority can read it.
async fn same_bytes(officer: &Client, number: &str, colleague: &Client, theirs: &str) {
    let sent = format!("/cases/{number}/transfers/1/dossier");
    let came = format!("/cases/{theirs}/origin/dossier");
    let sent_bytes = officer.bytes(&sent).await.unwrap();
    assert_eq!(sent_bytes, colleague.bytes(&came).await.unwrap());
    let none = officer
        .get(&format!("/cases/{number}/transfers/2/dossier"))
        .await;
    assert_eq!(none.unwrap().status.as_u16(), 404);
}

async fn refuses_who_cannot_be_reached(a: &Platform) {
    let key = Signer8037::new(7).public();
    let authority = |url: &str, key: &str| json!({"name": "局", "url": url, "public_key": key});
    for (wrong, field) in [
        (authority("http://example.org/x", &key), "/url"),
        (authority("https://example.org/x?y=1", &key), "/url"),
        (authority("https://example.org/x", "AAAA"), "/public_key"),
        (
            authority("https://example.org/x", &BASE64URL.encode([0; 32])),
            "/public_key",
        ),
    ] {
        let answer = a.operator().put("/external-authorities/x", wrong).await;
        let answer = answer.unwrap();
        assert_eq!(
            (answer.status.as_u16(), answer.pointers()),
            (422, vec![field])
        );
    }
    let officer = a.officer("420106").await;
    let put = officer.put("/external-authorities/x", authority("https://e.org/", &key));
    assert_eq!(put.await.unwrap().status.as_u16(), 403);
    let listed = officer.get("/external-authorities").await.unwrap();
    assert_eq!(listed.good().unwrap().as_array().unwrap().len(), 1);
}

async fn mediated_in_vain(b: &Platform, officer: &Client, number: &str) {
    let act = async |what: &str, body: Value| officer.act(number, what, body).await.unwrap();
    act("acceptance", json!({})).await;
    for side in ["consumer", "respondent"] {
        let yes = json!({"side": side, "agrees": true, "delegation": false, "means": "phone"});
        act("mediation-answer", yes).await;
    }
    let tomorrow =
        json!({"mode": "phone", "at": "2026-05-19T01:00:00Z", "place": null, "mediator": "周"});
    act("sessions", tomorrow).await;
    b.days_pass(2).await;
    act("sessions/1/record", json!({"note": "双方各执一词"})).await;
    act(
        "termination",
        json!({"ground": "no-deal", "reason": "双方分歧大"}),
    )
    .await;
    act("termination/notice", json!({"means": "phone"})).await;
}

#[tokio::test]
async fn a_dossier_that_was_tampered_with_or_is_not_for_here_makes_no_file() {
    let b = Platform::new("henan", Kind::Sqlite, 11);
    let (shanghai, other) = (Signer8037::new(7), Signer8037::new(8));
    b.trust(
        "shanghai",
        "http://127.0.0.1:9/api/v1/exchange",
        &shanghai.public(),
    )
    .await;
    let dossier = dossier_for(&b, "henan").await;
    let before = b.files().await.len();
    let good = shanghai.dossier(&dossier);
    let with = |pointer: &str, value: Value| {
        let mut dossier = dossier.clone();
        *dossier.pointer_mut(pointer).unwrap() = value;
        shanghai.dossier(&dossier)
    };
    let mut tampered = good.clone();
    tampered["payload"] = with("/claim/reason", json!("我要一百万"))["payload"].clone();
    let canonical = serde_jcs::to_string(&dossier).unwrap();
    let typ = "hejie-dossier+json";
    for (what, wrong, status, fields) in [
        ("tampered", tampered, 403, vec![]),
        ("another key", other.dossier(&dossier), 403, vec![]),
        (
            "unknown",
            shanghai.sign("jilin", typ, &canonical),
            403,
            vec![],
        ),
        (
            "another thing",
            shanghai.sign("shanghai", "hejie-status+json", &canonical),
            422,
            vec!["/protected"],
        ),
        (
            "spaces",
            shanghai.sign("shanghai", typ, &format!("{canonical} ")),
            422,
            vec!["/payload"],
        ),
        (
            "to another",
            with("/transfer/to", json!("jilin")),
            422,
            vec!["/payload/transfer/to"],
        ),
        (
            "from another",
            with("/transfer/from", json!("jilin")),
            422,
            vec!["/payload/transfer/from"],
        ),
        (
            "no form",
            with("/claim", json!({})),
            422,
            vec!["/payload/claim"],
        ),
        (
            "no category",
            with("/category", json!("stars")),
            422,
            vec!["/payload/category"],
        ),
        (
            "no phone",
            with("/parties/consumer/phone", json!("1")),
            422,
            vec!["/payload/parties/consumer/phone"],
        ),
    ] {
        let answer = hand_over(&b, wrong).await;
        assert_eq!(
            (answer.status.as_u16(), answer.pointers()),
            (status, fields),
            "{what}: {}",
            answer.body
        );
    }
    assert_eq!(b.files().await.len(), before);

    let answers = join_all((0..6).map(|_| hand_over(&b, good.clone()))).await;
    let taken: Vec<Value> = answers.into_iter().map(|it| it.good().unwrap()).collect();
    assert!(
        taken.iter().all(|it| *it == taken[0]),
        "a replay is harmless: {taken:?}"
    );
    assert_eq!(b.files().await.len(), before + 1);
    let again = hand_over(&b, good).await;
    assert_eq!(again.status.as_u16(), 200);
    let changed = hand_over(&b, with("/claim/reason", json!("另一份卷宗"))).await;
    assert_eq!(changed.status.as_u16(), 409, "no newer");

    let mut elsewhere = dossier.clone();
    elsewhere["number"] = json!("SH-2026-2");
    elsewhere["parties"]["respondent"]["operator"] =
        json!({"kind": "ordinary", "domicile": "310101"});
    let taken = hand_over(&b, shanghai.dossier(&elsewhere))
        .await
        .good()
        .unwrap();
    let province = b.officer("420000").await;
    let file = province
        .case(taken["number"].as_str().unwrap())
        .await
        .unwrap();
    assert_eq!(
        file["complaint"]["unit"], "420000",
        "the province looks at it"
    );
    b.verify();
}

/// Two who complain together, one of them elected, with an agent.
fn acting_for_others() -> Value {
    let paper = json!({"sha256": "18ac3e7343f016890c510e93f935261169d9e3f565436429830faf0934f4f8e4",
        "media_type": "image/jpeg", "size": 5, "name": "委托书.jpg"});
    json!({
        "agent": {"name": "赵明", "phone": "13900139000", "account": "c-9",
            "matters": "代为投诉", "special_powers": ["settle"],
            "from": "2026-05-01", "until": "2026-06-30", "signed_on": "2026-05-01",
            "power_of_attorney": paper},
        "joint": {"others": [{"name": "李芳", "phone": "13700137000",
                "address": "武汉市武昌区中北路3号", "account": "c-2"}],
            "agreed": true, "representatives": [1], "election": paper}
    })
}

#[tokio::test]
async fn a_dossier_tells_who_acts_for_whom_and_there_the_same_holds() {
    let b = Platform::new("henan", Kind::Sqlite, 11);
    let shanghai = Signer8037::new(7);
    let url = "http://127.0.0.1:9/api/v1/exchange";
    b.trust("shanghai", url, &shanghai.public()).await;
    let mut dossier = dossier_for(&b, "henan").await;
    assert_eq!(dossier["form"], "1.3.0");
    dossier["parties"]["representation"] = acting_for_others();
    dossier["parties"]["representation"]["consents"] = json!([]);
    let mut nameless = dossier.clone();
    nameless["parties"]["representation"]["joint"]["others"][0]["name"] = json!("");
    let refused = hand_over(&b, shanghai.dossier(&nameless)).await;
    let named = "/payload/parties/representation/joint/others/0/name";
    assert_eq!(refused.pointers(), [named]);
    let mut untold = dossier.clone();
    let agent = untold["parties"]["representation"]["agent"].as_object_mut();
    agent.unwrap().remove("matters");
    let refused = hand_over(&b, shanghai.dossier(&untold)).await;
    assert_eq!(
        refused.pointers(),
        ["/payload/parties/representation/agent"]
    );

    let taken = hand_over(&b, shanghai.dossier(&dossier)).await.good();
    let number = taken.unwrap()["number"].as_str().unwrap().to_owned();
    let officer = b.officer("420106").await;
    let case = officer.case(&number).await.unwrap();
    let mut here = acting_for_others();
    for person in ["/agent", "/joint/others/0"] {
        let person = here.pointer_mut(person).unwrap();
        person.as_object_mut().unwrap().remove("account");
    }
    assert_eq!(case["filing"]["representation"], here);
    assert_eq!(case["representation"]["lacking"], json!(["agent-identity"]));
    officer.act(&number, "acceptance", json!({})).await.unwrap();
    let path = format!("/cases/{number}/words");
    // He has no power to withdraw; to what is settled the other complainant has to agree.
    for (word, status) in [
        (json!({"kind": "withdraw"}), 403),
        (
            json!({"kind": "settle_elsewhere", "note": "已自行和解"}),
            409,
        ),
    ] {
        let said = json!({"side": "consumer", "means": "phone", "word": word});
        let refused = officer.post(&path, said).await.unwrap();
        assert_eq!(refused.status.as_u16(), status, "{}", refused.body);
    }
}

#[tokio::test]
async fn where_the_other_refuses_or_stays_away_a_person_is_told_and_takes_the_file_back() {
    let a = Platform::new("hubei", Kind::Sqlite, 2);
    let other = Receiver::start().await;
    a.trust("shanghai", &other.url, &Signer8037::new(7).public())
        .await;
    let consumer = a.consumer().await;
    let officer = a.officer("420106").await;
    let above = a.officer("420100").await;
    for (status, why) in [
        (503, "HTTP 503"),
        (422, "HTTP 422"),
        (204, "the answer is no receipt of it"),
    ] {
        other.answers(status);
        let number = a.registered(&consumer).await;
        above
            .act(&number, "transfer", going("shanghai"))
            .await
            .unwrap();
        let withdrawal = format!("/cases/{number}/transfer/withdrawal");
        // What may pass is tried again after a while; until then it is on its way.
        if status == 503 {
            let early = officer.post(&withdrawal, json!({"reason": "x"})).await;
            assert_eq!(early.unwrap().status.as_u16(), 409);
        }
        let failed = |case: &Value| transfer(case)["state"]["state"] == "failed";
        let case = officer.wait(&number, "the failure", failed).await.unwrap();
        assert_eq!(
            (&transfer(&case)["state"]["why"], &case["turn"]),
            (&json!(why), &json!("officer"))
        );
        let hers = consumer.case(&number).await.unwrap();
        assert_eq!(transfer(&hers)["state"], json!({"state": "failed"}));
        let work = officer.get("/work").await.unwrap().good().unwrap();
        assert!(work.to_string().contains(&number), "{work}");
        let takes_back = || json!({"reason": "对方不收"});
        let back = officer.act(&number, "transfer/withdrawal", takes_back());
        assert_eq!(back.await.unwrap()["phase"], "registered");
        // Sent again, it goes out again: what was taken back is not before it.
        let sent = other.received().len();
        above
            .act(&number, "transfer", going("shanghai"))
            .await
            .unwrap();
        officer.wait(&number, "the failure", failed).await.unwrap();
        assert!(other.received().len() > sent);
        let back = officer.act(&number, "transfer/withdrawal", takes_back());
        assert_eq!(back.await.unwrap()["phase"], "registered");
        let case = officer.case(&number).await.unwrap();
        assert_eq!(case["undelivered"], json!([]));
        officer.act(&number, "acceptance", json!({})).await.unwrap();
    }
    let left = "/external-authorities/shanghai/deliveries";
    let left = a.operator().get(left).await.unwrap().good().unwrap();
    assert_eq!(left, json!([]), "nothing of them is to go out any more");
    a.verify();
}

/// A dossier arrived, and who sent it did not hear so: it takes the file back, sends it
/// anew, and both have the one file.
#[tokio::test]
async fn a_file_whose_receipt_was_lost_and_that_is_sent_anew_is_one_file_there() {
    let mut b = Platform::new("henan", Kind::Sqlite, 2);
    let shanghai = Signer8037::new(7);
    let silent = Receiver::start().await;
    silent.answers(404);
    b.trust("shanghai", &silent.url, &shanghai.public()).await;
    let dossier = dossier_for(&b, "henan").await;
    let taken = hand_over(&b, shanghai.dossier(&dossier)).await;
    let taken = taken.good().unwrap();
    let theirs = taken["number"].as_str().unwrap().to_owned();
    let officer = b.officer("420106").await;
    officer.act(&theirs, "acceptance", json!({})).await.unwrap();
    // Whoever has the file back takes no statuses of it.
    let refused = |case: &Value| {
        let all = case["undelivered"].as_array().unwrap();
        all.len() == 2 && all.iter().all(|it| it["state"] == "refused")
    };
    let waited = officer.wait(&theirs, "the refusals", refused).await;
    waited.unwrap();

    let mut newer = dossier.clone();
    newer["made_at"] = json!("2026-12-30T01:00:00Z");
    newer["facts"]["statement"] = json!("经营者仍未答复");
    newer["claim"]["reason"] = json!("只要求换货");
    newer["parties"]["consumer"]["phone"] = json!("13900139009");
    silent.answers(200);
    let before = silent.received().len();
    let again = hand_over(&b, shanghai.dossier(&newer)).await;
    assert_eq!(again.status.as_u16(), 200, "{}", again.body);
    assert_eq!(again.body["number"], json!(theirs));
    assert_ne!(again.body["digest"], taken["digest"]);
    let through = |case: &Value| case["undelivered"] == json!([]);
    let case = officer
        .wait(&theirs, "the statuses", through)
        .await
        .unwrap();
    let anew = &silent.received()[before..];
    assert_eq!(anew.len(), 2, "received and accepted, both anew");
    assert_eq!(case["phase"], "accepted");
    assert_eq!(case["filing"]["claim"]["reason"], "只要求换货");
    assert_eq!(case["filing"]["consumer"]["phone"], "13900139009");
    let came = format!("/cases/{theirs}/origin/dossier");
    let came = officer.get(&came).await.unwrap().good().unwrap();
    assert_eq!(came["facts"]["statement"], "经营者仍未答复");
    // One of before that comes late changes nothing.
    let late = hand_over(&b, shanghai.dossier(&dossier)).await;
    assert_eq!(late.status.as_u16(), 409);
    b.verify();
    b.stop();
}

#[tokio::test]
async fn what_the_other_handles_once_more_is_waited_for_again() {
    let (a, b) = neighbours(Kind::Sqlite, Kind::Sqlite).await;
    let consumer = a.consumer().await;
    let number = a.registered(&consumer).await;
    let above = a.officer("420100").await;
    above
        .act(&number, "transfer", going("henan"))
        .await
        .unwrap();
    let arrived = |case: &Value| transfer(case)["state"]["state"] == "acknowledged";
    let case = consumer
        .wait(&number, "the receipt", arrived)
        .await
        .unwrap();
    let theirs = transfer(&case)["state"]["number"].as_str().unwrap();
    let officer = b.officer("420106").await;
    let refusal = json!({"ground": "no-power", "reason": "不属于本局职责"});
    officer.act(theirs, "refusal", refusal).await.unwrap();
    let is_over = |case: &Value| case["closing"] == "concluded_elsewhere";
    consumer
        .wait(&number, "the refusal", is_over)
        .await
        .unwrap();
    let path = format!("/cases/{number}/messages");
    let late = consumer.post(&path, json!({"body": "请再看看"})).await;
    assert_eq!(late.unwrap().status.as_u16(), 409);

    let revocation = json!({"reason": "认定有误"});
    officer.act(theirs, "revocation", revocation).await.unwrap();
    let goes_on = |case: &Value| case["phase"] == "transferred";
    let case = consumer.wait(&number, "the word", goes_on).await.unwrap();
    assert_eq!(stages(&case), ["received", "refused", "reopened"]);
    assert_eq!(case["closing"], Value::Null);
    let post = consumer.post(&path, json!({"body": "谢谢"})).await;
    post.unwrap().good().unwrap();
    let heard = |case: &Value| case["messages"].to_string().contains("谢谢");
    officer.wait(theirs, "her message", heard).await.unwrap();
    mediated_in_vain(&b, &officer, theirs).await;
    let case = consumer.wait(&number, "the end", is_over).await.unwrap();
    assert_eq!(stages(&case).last(), Some(&"closed"));
    a.verify();
    b.verify();
}

#[tokio::test]
async fn what_the_next_authority_says_comes_back_to_where_the_file_began() {
    let (a, b) = neighbours(Kind::Sqlite, Kind::Sqlite).await;
    let consumer = a.consumer().await;
    let number = a.registered(&consumer).await;
    let arrived = |case: &Value| transfer(case)["state"]["state"] == "acknowledged";
    let moved = async |platform: &Platform, number: &str, to: &str| {
        let above = platform.officer("420100").await;
        above.act(number, "transfer", going(to)).await.unwrap();
        let case = above.wait(number, "the other's receipt", arrived).await;
        let state = transfer(&case.unwrap())["state"].clone();
        state["number"].as_str().unwrap().to_owned()
    };
    let theirs = moved(&a, &number, "henan").await;
    let last = moved(&b, &theirs, "hubei").await;
    let refusal = json!({"ground": "no-power", "reason": "不属于本局职责"});
    let officer = a.officer("420106").await;
    officer.act(&last, "refusal", refusal).await.unwrap();
    let refused = |case: &Value| stages(case).contains(&"refused");
    let case = consumer
        .wait(&number, "the word of the last", refused)
        .await;
    let case = case.unwrap();
    assert_eq!(stages(&case), ["received", "note", "refused"]);
    let statuses = &transfer(&case)["statuses"];
    assert_eq!(statuses[1]["result"], "transferred");
    assert_eq!(
        (&statuses[2]["ground"], &statuses[2]["text"]),
        (&json!("no-power"), &json!("不属于本局职责"))
    );
    assert_eq!(case["phase"], "closed");
    a.verify();
    b.verify();
}

#[tokio::test]
async fn what_the_other_says_may_come_late_twice_or_from_a_stranger() {
    let a = Platform::new("hubei", Kind::Sqlite, 11);
    let (shanghai, other) = (Signer8037::new(7), Signer8037::new(8));
    let silent = Receiver::start().await;
    silent.answers(503);
    a.trust("shanghai", &silent.url, &shanghai.public()).await;
    a.trust("jilin", &silent.url, &other.public()).await;
    let consumer = a.consumer().await;
    let (number, stays) = (a.registered(&consumer).await, a.registered(&consumer).await);
    let above = a.officer("420100").await;
    above
        .act(&number, "transfer", going("shanghai"))
        .await
        .unwrap();
    let status = |sequence: u64, stage: &str| {
        json!({"form": "1.0.0", "source": "shanghai", "number": number, "file_number": "沪1号",
               "sequence": sequence, "at": "2026-05-20T01:00:00Z", "stage": stage})
    };
    let nobody = Client::new(&a.host.as_ref().unwrap().url, "");
    let says = async |signed: Value| nobody.post("/exchange/statuses", signed).await.unwrap();
    let mut forged = shanghai.status(&status(1, "accepted"));
    forged["payload"] = shanghai.status(&status(1, "closed"))["payload"].clone();
    let mut elsewhere = status(1, "closed");
    elsewhere["number"] = json!(stays);
    let mut as_jilin = status(1, "closed");
    as_jilin["source"] = json!("jilin");
    let by_jilin = |status: &Value| other.sign("jilin", "hejie-status+json", &status.to_string());
    for (what, signed, refused, fields) in [
        ("forged", forged, 403, vec![]),
        (
            "another key",
            other.status(&status(1, "closed")),
            403,
            vec![],
        ),
        (
            "no file of theirs",
            shanghai.status(&elsewhere),
            404,
            vec![],
        ),
        ("another's file", by_jilin(&as_jilin), 404, vec![]),
        (
            "another's name",
            by_jilin(&status(1, "closed")),
            422,
            vec!["/payload/source"],
        ),
        (
            "no stage",
            shanghai.status(&status(1, "gone")),
            422,
            vec!["/payload/stage"],
        ),
    ] {
        let answer = says(signed).await;
        assert_eq!(
            (answer.status.as_u16(), answer.pointers()),
            (refused, fields),
            "{what}: {}",
            answer.body
        );
    }
    assert_eq!(
        consumer.case(&number).await.unwrap()["phase"],
        "transferred"
    );

    let mut agreed = status(4, "mediation_ended");
    agreed["result"] = json!("退款129.00元");
    let recorded = async |status: &Value| {
        says(shanghai.status(status)).await.good().unwrap()["recorded"].clone()
    };
    assert_eq!(recorded(&agreed).await, true);
    assert_eq!(
        recorded(&status(2, "accepted")).await,
        true,
        "late and taken"
    );
    assert_eq!(recorded(&agreed).await, false, "twice and harmless");
    assert_eq!(
        says(shanghai.status(&status(4, "refused")))
            .await
            .status
            .as_u16(),
        409
    );
    assert_eq!(recorded(&status(9, "closed")).await, true);
    assert_eq!(recorded(&status(5, "note")).await, true);
    let case = consumer.case(&number).await.unwrap();
    assert_eq!(
        stages(&case),
        ["accepted", "mediation_ended", "note", "closed"]
    );
    assert_eq!(transfer(&case)["statuses"][1]["result"], "退款129.00元");
    assert_eq!(
        (&case["phase"], &case["closing"]),
        (&json!("closed"), &json!("concluded_elsewhere"))
    );
    a.verify();
}
