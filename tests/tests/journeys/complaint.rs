//! A complaint in the authorities' hands: moved, mediated, ended, supervised.

use hejie_tests::Client;
use serde_json::{Value, json};

use crate::power_cut::hejie;
use crate::world::{Kind, World, filing, offered};

pub struct Desk {
    pub world: World,
    number: String,
}

impl Desk {
    /// A case that was handed to the authority of Wuchang.
    async fn registered(kind: Kind) -> Desk {
        let world = World::new(kind).await;
        let number = world.file(filing()).await;
        let waited = world.consumer.wait(&number, "an offer", offered).await;
        waited.unwrap();
        Desk::handed_over(world, number).await
    }

    pub async fn handed_over(world: World, number: String) -> Desk {
        let wish = json!({"consents": {"delegated_mediation": true}});
        let escalated = world.consumer.act(&number, "escalation", wish).await;
        escalated.unwrap();
        Desk { world, number }
    }

    async fn accepted(kind: Kind) -> (Desk, Client) {
        Desk::registered(kind).await.accepts().await
    }

    async fn accepts(self) -> (Desk, Client) {
        let desk = self;
        let officer = desk.world.officer("420106").await;
        desk.does(&officer, "acceptance", json!({})).await;
        (desk, officer)
    }

    pub async fn consented(kind: Kind) -> (Desk, Client) {
        Desk::registered(kind).await.consents().await
    }

    pub async fn consents(self) -> (Desk, Client) {
        let (desk, officer) = self.accepts().await;
        let yes = |side: &str| json!({"side": side, "agrees": true, "delegation": true});
        desk.does(&desk.world.consumer, "mediation-answer", yes("consumer"))
            .await;
        desk.does(&desk.world.agent, "mediation-answer", yes("respondent"))
            .await;
        (desk, officer)
    }

    pub async fn does(&self, who: &Client, act: &str, body: Value) -> Value {
        who.act(&self.number, act, body).await.unwrap()
    }

    /// The status of an act that is not carried out, and the fields it names.
    pub async fn refused(&self, who: &Client, act: &str, body: Value) -> (u16, Vec<String>) {
        let path = format!("/cases/{}/{act}", self.number);
        let answer = who.post(&path, body).await.unwrap();
        let fields = answer.pointers().into_iter().map(str::to_owned).collect();
        (answer.status.as_u16(), fields)
    }

    pub async fn days_pass(&self, days: u32) {
        let day = json!({"seconds": 86_400 * days});
        let moved = self.world.operator().post("/clock", day).await.unwrap();
        moved.good().unwrap();
    }

    pub async fn case(&self, who: &Client) -> Value {
        who.case(&self.number).await.unwrap()
    }
}

pub fn running<'a>(case: &'a Value, period: &str) -> Option<&'a Value> {
    let clocks = case["clocks"].as_array()?;
    clocks
        .iter()
        .find(|clock| clock["period"] == period && clock["state"]["state"] == "running")
}

#[tokio::test]
async fn a_file_goes_back_up_down_to_another_county_and_to_its_station() {
    let desk = Desk::registered(Kind::Sqlite).await;
    let operator = desk.world.operator();
    let station = json!({"id": "420111-01", "name": "珞南市场监督管理所"});
    operator
        .post("/units", station.clone())
        .await
        .unwrap()
        .good()
        .unwrap();
    let twice = operator.post("/units", station).await.unwrap();
    assert_eq!(twice.status.as_u16(), 409);
    for wrong in ["999999-01", "420111", "420111-00"] {
        let station = json!({"id": wrong, "name": "所"});
        let answer = operator.post("/units", station).await.unwrap();
        assert_eq!(
            (answer.status.as_u16(), answer.pointers()),
            (422, vec!["/id"]),
            "{wrong}"
        );
    }
    let (wuchang, hongshan) = (
        desk.world.officer("420106").await,
        desk.world.officer("420111").await,
    );
    let (wuhan, station) = (
        desk.world.officer("420100").await,
        desk.world.officer("420111-01").await,
    );

    let sideways = json!({"to": "420111", "note": "请办理", "report_by": null});
    let (status, fields) = desk.refused(&wuchang, "dispatch", sideways.clone()).await;
    assert_eq!((status, fields), (422, vec!["/to".to_owned()]));
    let back = json!({"reason": "not_ours", "note": "经营地在洪山区"});
    desk.does(&wuchang, "return", back).await;
    assert_eq!(
        desk.case(&wuhan).await["complaint"]["unit_name"],
        "武汉市市场监督管理局"
    );
    let gone = wuchang
        .get(&format!("/cases/{}", desk.number))
        .await
        .unwrap();
    assert_eq!(gone.status.as_u16(), 404, "a unit sees its own subtree");

    desk.days_pass(1).await;
    desk.does(&wuhan, "dispatch", sideways).await;
    let case = desk.case(&hongshan).await;
    assert_eq!(running(&case, "acceptance").unwrap()["start"], "2026-05-19");
    let down = json!({"to": "420111-01", "note": "请承办", "report_by": "2026-05-29"});
    desk.does(&hongshan, "dispatch", down).await;
    desk.does(&station, "acceptance", json!({})).await;
    let (status, _) = desk
        .refused(
            &hongshan,
            "termination",
            json!({"ground": "no-deal", "reason": "无"}),
        )
        .await;
    assert_eq!(status, 403, "the station handles it");
    let reported = json!({"text": "已约双方到所"});
    desk.does(&station, "report-back", reported).await;

    let hers = desk.case(&desk.world.consumer).await;
    assert_eq!(hers["complaint"]["moves"].as_array().unwrap().len(), 3);
    assert!(!hers.to_string().contains("已约双方到所"), "{hers}");
    assert_eq!(
        hers["complaint"]["moves"][0]["note"],
        Value::Null,
        "authorities' own words"
    );
    assert_eq!(hers["supervisions"], Value::Null);

    // What the station is at work on it gives back, and its authority takes up.
    let back = json!({"reason": "other", "note": "当事人要求由局机关调解"});
    desk.does(&station, "return", back).await;
    let case = desk.case(&hongshan).await;
    assert_eq!(
        (&case["complaint"]["unit"], &case["phase"]),
        (&json!("420111"), &json!("accepted"))
    );
    let down = json!({"to": "420111-01", "note": "请承办", "report_by": null});
    desk.does(&hongshan, "dispatch", down).await;
    let take = json!({"reason": "由局机关调解"});
    desk.does(&hongshan, "taking-up", take).await;
    assert_eq!(desk.case(&hongshan).await["complaint"]["unit"], "420111");
}

#[tokio::test]
async fn two_authorities_disagree_and_the_city_designates() {
    let desk = Desk::registered(Kind::Sqlite).await;
    let (wuchang, hongshan) = (
        desk.world.officer("420106").await,
        desk.world.officer("420111").await,
    );
    let wuhan = desk.world.officer("420100").await;
    let dispute = json!({"with": "420111", "reason": "住所地在洪山区"});
    desk.does(&wuchang, "handling-dispute", dispute).await;
    assert_eq!(
        desk.case(&hongshan).await["complaint"]["dispute"]["by"],
        "420106"
    );
    let asked = async || {
        let listed = hongshan.get("/work/parts").await.unwrap().good().unwrap();
        listed["parts"].clone()
    };
    let waiting = asked().await;
    assert_eq!(
        (&waiting[0]["number"], &waiting[0]["awaits"]),
        (&json!(desk.number), &json!("agreement"))
    );
    // Seven working days from the 18th.
    assert_eq!(waiting[0]["due_on"], "2026-05-27");
    assert_eq!(waiting[0].get("part"), None);
    let designate = json!({"unit": "420111", "reason": "由实际经营地处理"});
    assert_eq!(
        desk.refused(&hongshan, "designation", designate.clone())
            .await
            .0,
        403
    );
    desk.does(&wuhan, "designation", designate).await;
    assert_eq!(asked().await, json!([]), "it was decided");
    desk.does(&hongshan, "acceptance", json!({})).await;
}

#[tokio::test]
async fn mediation_by_an_association_ends_in_an_agreement_that_is_performed() {
    let (desk, officer) = Desk::consented(Kind::Sqlite).await;
    let delegate = |to: &str| json!({ "association": to });
    assert_eq!(
        desk.refused(&officer, "delegation", delegate("shop"))
            .await
            .0,
        422
    );
    desk.does(&officer, "delegation", delegate("council")).await;
    let mediator =
        json!({"kind": "mediator", "id": "m-1", "organisation": "council", "name": "李"});
    let mediator = desk.world.operator().for_principal(mediator).await.unwrap();
    let session = json!({"mode": "on_site", "at": "2026-05-20T02:00:00Z", "place": "中南所", "mediator": "李敏"});
    let hers = mediator.get("/cases").await.unwrap().good().unwrap();
    assert_eq!(hers["cases"][0]["number"], json!(desk.number));
    desk.does(&mediator, "sessions", session).await;
    desk.days_pass(3).await;
    let held = json!({"absent": [], "note": "双方到场，分歧在于运费"});
    desk.does(&mediator, "sessions/1/record", held).await;
    let terms = json!({"terms": {"remedies": [{"kind": "refund", "amount_fen": 11_900}]}});
    desk.does(&mediator, "offers", terms).await;
    let offers = desk.case(&mediator).await["offers"]
        .as_array()
        .unwrap()
        .len();
    for party in [&desk.world.consumer, &desk.world.agent] {
        desk.does(party, &format!("offers/{offers}/acceptance"), json!({}))
            .await;
    }
    let case = desk.case(&officer).await;
    assert_eq!(
        (
            &case["phase"],
            &case["complaint"]["mediation"]["ending"]["ending"]
        ),
        (&json!("settled"), &json!("agreed"))
    );
    let performed = json!({"performed_on": "2026-05-21", "note": null});
    desk.does(&desk.world.agent, "performance", performed).await;
    desk.does(
        &desk.world.consumer,
        "confirmation",
        json!({"confirmation": "solved"}),
    )
    .await;
    assert_eq!(desk.case(&officer).await["closing"], "solved");
}

#[tokio::test]
async fn a_slow_unit_is_supervised_before_and_at_the_end_and_higher_and_higher() {
    let desk = Desk::registered(Kind::Sqlite).await;
    let (wuchang, wuhan) = (
        desk.world.officer("420106").await,
        desk.world.officer("420100").await,
    );
    desk.days_pass(8).await;
    let case = desk.case(&wuhan).await;
    let first = &case["supervisions"][0];
    assert_eq!(
        (&first["cause"]["cause"], &first["urgency"]),
        (&json!("nearing"), &json!("general"))
    );
    desk.does(
        &wuchang,
        "supervision/1/answer",
        json!({"answer": "正在核实"}),
    )
    .await;
    desk.days_pass(2).await;
    let case = desk.case(&wuhan).await;
    let second = &case["supervisions"][1];
    assert_eq!(
        (&second["cause"]["cause"], &second["by"]),
        (&json!("overdue"), &json!("420100"))
    );
    desk.days_pass(6).await;
    let province = desk.world.officer("420000").await;
    let raised = &desk.case(&province).await["supervisions"][1];
    assert_eq!(
        (&raised["by"], &raised["urgency"]),
        (&json!("420000"), &json!("extremely_urgent"))
    );
    let by_hand = json!({"urgency": "urgent", "matter": "请于今日联系投诉人"});
    assert_eq!(
        desk.refused(&wuchang, "supervision", by_hand.clone())
            .await
            .0,
        403
    );
    desk.does(&wuhan, "supervision", by_hand).await;
    desk.does(&wuchang, "acceptance", json!({})).await;
    let case = desk.case(&wuhan).await;
    for period in ["supervision-general", "supervision-extremely-urgent"] {
        assert!(
            running(&case, period).is_none(),
            "{period} has lost its object"
        );
    }
    assert!(
        running(&case, "supervision-urgent").is_some(),
        "what a superior asked is answered all the same"
    );
    let supervisions = case["supervisions"].as_array().unwrap();
    let asked = supervisions
        .iter()
        .rfind(|it| it["cause"]["cause"] == "superior");
    let answer = format!("supervision/{}/answer", asked.unwrap()["seq"]);
    desk.does(&wuchang, &answer, json!({"answer": "已联系投诉人"}))
        .await;
    assert!(running(&desk.case(&wuhan).await, "supervision-urgent").is_none());
    let timeline = format!("/cases/{}/timeline", desk.number);
    let seen = |body: Value| body.to_string().contains("supervision_");
    assert!(seen(wuhan.get(&timeline).await.unwrap().good().unwrap()));
    assert!(!seen(
        desk.world
            .consumer
            .get(&timeline)
            .await
            .unwrap()
            .good()
            .unwrap()
    ));
}

#[tokio::test]
async fn papers_are_asked_for_in_a_set_time_and_only_she_and_the_authority_see_them() {
    let desk = Desk::registered(Kind::Postgres).await;
    let officer = desk.world.officer("420106").await;
    let past = json!({"items": ["身份证明"], "due": "2026-05-18"});
    assert_eq!(
        desk.refused(&officer, "material-request", past).await,
        (422, vec!["/due".to_owned()])
    );
    let request = json!({"items": ["身份证明"], "due": "2026-05-20"});
    desk.does(&officer, "material-request", request).await;
    let refuse = json!({"ground": "material-missing", "reason": "逾期未补正"});
    assert_eq!(
        desk.refused(&officer, "refusal", refuse.clone()).await.0,
        409
    );
    let timeline = format!("/cases/{}/timeline", desk.number);
    let theirs = desk
        .world
        .agent
        .get(&timeline)
        .await
        .unwrap()
        .good()
        .unwrap();
    assert!(!theirs.to_string().contains("material"), "{theirs}");
    let paper = json!({"reference": {"sha256": "ab".repeat(32), "media_type": "image/jpeg", "size": 9,
        "name": "身份证正反面"}});
    let consumer = &desk.world.consumer;
    consumer.act(&desk.number, "evidence", paper).await.unwrap();
    let mediator =
        json!({"kind": "mediator", "id": "m-1", "organisation": "council", "name": "李"});
    let mediator = desk.world.operator().for_principal(mediator).await.unwrap();
    for (reader, sees) in [
        (&desk.world.agent, false),
        (&mediator, false),
        (&officer, true),
        (consumer, true),
    ] {
        let mut read = String::new();
        for path in [format!("/cases/{}", desk.number), timeline.clone()] {
            let answer = reader.get(&path).await.unwrap();
            read += &answer.body.to_string();
        }
        assert_eq!(read.contains("身份证正反面"), sees);
    }
    assert_eq!(
        desk.case(&desk.world.agent).await["complaint"]["material"],
        Value::Null
    );
    desk.days_pass(3).await;
    desk.does(&officer, "refusal", refuse).await;
    assert_eq!(desk.case(&desk.world.consumer).await["phase"], "refused");
}

#[tokio::test]
async fn two_officers_at_once_on_one_file_leave_one_decision() {
    let desk = Desk::registered(Kind::Sqlite).await;
    let (one, other) = (
        desk.world.officer("420106").await,
        desk.world.officer("420106").await,
    );
    let accept = format!("/cases/{}/acceptance", desk.number);
    let refuse = format!("/cases/{}/refusal", desk.number);
    let refusal = json!({"ground": "no-power", "reason": "无权处理"});
    let (first, second) = tokio::join!(one.post(&accept, json!({})), other.post(&refuse, refusal));
    let mut statuses = [
        first.unwrap().status.as_u16(),
        second.unwrap().status.as_u16(),
    ];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409]);
}

#[tokio::test]
async fn after_the_end_she_is_called_and_an_unsatisfied_file_is_handled_again() {
    let (desk, officer) = Desk::accepted(Kind::Sqlite).await;
    let refuses =
        json!({"side": "respondent", "agrees": false, "delegation": false, "means": "phone"});
    desk.does(&officer, "mediation-answer", refuses.clone())
        .await;
    let ending = json!({"ground": "absent-or-refusing", "reason": "被投诉人拒绝调解"});
    desk.does(&officer, "termination", ending.clone()).await;
    desk.does(&officer, "termination/notice", json!({"means": "sms"}))
        .await;
    desk.days_pass(3).await;
    let not_reached = json!({"means": "phone", "satisfaction": null, "note": "无人接听"});
    desk.does(&officer, "visits", not_reached).await;
    let draw = |from: &str| json!({"from": from, "to": "2026-05-20", "full": true});
    let drawn = async |who: &Client, from: &str| {
        let drawn = who.post("/visits/draws", draw(from)).await.unwrap();
        drawn.good().unwrap()["statement"]["files"].clone()
    };
    assert_eq!(drawn(&officer, "2026-05-18").await, 1);
    let later = drawn(&officer, "2026-05-19").await;
    assert_eq!(later, 0, "by the day it ended, not the last change");
    let elsewhere = desk.world.officer("420111").await;
    assert_eq!(drawn(&elsewhere, "2026-05-18").await, 0);
    let visit = |level: &str| json!({"means": "phone", "satisfaction": level, "note": "仍未退款"});
    desk.does(&officer, "visits", visit("unsatisfied")).await;
    let case = desk.case(&officer).await;
    assert_eq!(
        (&case["phase"], case["visits"].as_array().unwrap().len()),
        (&json!("accepted"), 2)
    );
    assert!(running(&case, "redo").is_some());
    assert_eq!(desk.case(&desk.world.agent).await["visits"], Value::Null);
    // Asked once more, and once more it refuses.
    desk.does(&officer, "mediation-answer", refuses).await;
    desk.does(&officer, "termination", ending).await;
    desk.does(&officer, "termination/notice", json!({"means": "sms"}))
        .await;
    desk.does(&officer, "visits", visit("very_unsatisfied"))
        .await;
    assert_eq!(desk.case(&officer).await["phase"], "closed", "once");
}

#[tokio::test]
async fn documents_are_drafted_from_the_file_issued_served_and_read_by_whom_they_are_for() {
    let (mut desk, officer) = Desk::accepted(Kind::Sqlite).await;
    let forms = format!("/cases/{}/forms", desk.number);
    let listed = officer.get(&forms).await.unwrap().good().unwrap();
    let possible = |id: &str| {
        let all = listed.as_array().unwrap();
        all.iter().find(|form| form["id"] == id).unwrap()["possible"].clone()
    };
    assert_eq!(
        (
            possible("complaint-acceptance"),
            possible("complaint-refusal")
        ),
        (json!(true), json!(false))
    );
    assert_eq!(
        desk.world
            .consumer
            .get(&forms)
            .await
            .unwrap()
            .status
            .as_u16(),
        403
    );
    let draft = officer
        .get(&format!("{forms}/complaint-acceptance"))
        .await
        .unwrap()
        .good()
        .unwrap();
    assert_eq!(
        (
            &draft["values"]["addressee"],
            &draft["values"]["received_on"]
        ),
        (&json!("王小明"), &json!("2026-05-18"))
    );

    let missing = json!({"form": "complaint-acceptance", "values": {}});
    let (status, fields) = desk.refused(&officer, "documents", missing).await;
    assert_eq!(
        (status, fields),
        (
            422,
            vec!["/values/contact".to_owned(), "/values/phone".to_owned()]
        )
    );
    let forged = json!({"form": "complaint-acceptance", "values": {"addressee": "李四", "contact": "周敏", "phone": "027-88930000"}});
    assert_eq!(
        desk.refused(&officer, "documents", forged).await,
        (422, vec!["/values/addressee".to_owned()])
    );
    let early = json!({"form": "complaint-refusal", "values": {"reason": "无"}});
    assert_eq!(desk.refused(&officer, "documents", early).await.0, 409);
    let unknown = json!({"form": "love-letter", "values": {}});
    assert_eq!(
        desk.refused(&officer, "documents", unknown).await,
        (422, vec!["/form".to_owned()])
    );

    let values = json!({"contact": "周敏", "phone": "027-88930000"});
    let order = json!({"form": "complaint-acceptance", "values": values});
    desk.does(&officer, "documents", order.clone()).await;
    desk.does(&officer, "documents", order).await;
    let case = desk.case(&officer).await;
    let numbers: Vec<&Value> = case["documents"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| &it["number"])
        .collect();
    assert_eq!(
        numbers,
        ["鄂武昌市监投受〔2026〕1号", "鄂武昌市监投受〔2026〕2号"],
        "what was refused took no number"
    );
    let document = format!("/cases/{}/documents/1", desk.number);
    let said = desk
        .world
        .consumer
        .get(&document)
        .await
        .unwrap()
        .good()
        .unwrap();
    assert_eq!(said["unit"], "武昌区市场监督管理局");
    for part in ["", "/page", "/pdf"] {
        let theirs = desk
            .world
            .agent
            .get(&format!("{document}{part}"))
            .await
            .unwrap();
        assert_eq!(theirs.status.as_u16(), 404, "not for the other side");
    }
    let paper = desk
        .world
        .consumer
        .bytes(&format!("{document}/pdf"))
        .await
        .unwrap();
    assert!(paper.starts_with(b"%PDF"));
    let digest = hejie_domain::identifiers::digest::Digest::of(&paper).to_string();
    assert_eq!(case["documents"][0]["content"]["pdf"], digest);
    let page = desk
        .world
        .consumer
        .bytes(&format!("{document}/page"))
        .await
        .unwrap();
    let page = String::from_utf8(page).unwrap();
    assert!(page.contains("投诉受理决定书") && page.contains("鄂武昌市监投受〔2026〕1号"));

    let served = json!({"to": "consumer", "means": "sms", "note": null});
    desk.does(&officer, "documents/1/service", served).await;
    let record = json!({"form": "service-record", "values": {}});
    desk.does(&officer, "documents", record).await;
    let record = officer
        .get(&format!("/cases/{}/documents/3", desk.number))
        .await
        .unwrap()
        .good()
        .unwrap();
    assert_eq!(
        record["values"]["services"][0]["document"],
        "投诉受理决定书"
    );
    desk.world.host.take().unwrap().stop().unwrap();
    let verified = hejie(&desk.world.place, &["ledger", "verify"]);
    assert!(verified.status.success(), "{verified:?}");
}
