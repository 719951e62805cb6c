//! Every ground to refuse a complaint (Order 121 art. 16), to end its mediation (art. 23)
//! and to send a file back, one by one: what the ground asks for first, the document that
//! states it, served on whom it is for, the other routes, the clocks, what she sees. And
//! the same of Order 20, by which files of its days are judged.

use hejie_tests::Client;
use rstest::rstest;
use serde_json::{Value, json};

use crate::report_documents::text_of;
use crate::reports::report;
use crate::world::{Kind, World, filing};

/// Days under each version of the measures.
const TODAY: &str = "2026-05-18T01:00:00Z";
const UNDER_THE_REGULATION: &str = "2026-04-10T01:00:00Z";
const BEFORE_THE_REGULATION: &str = "2024-05-20T01:00:00Z";

/// A complaint that went straight to the authority of Wuchang.
struct File {
    world: World,
    number: String,
    officer: Client,
}

impl File {
    async fn registered(moment: &str) -> File {
        let world = World::at(Kind::Sqlite, moment).await;
        let number = complaint(&world).await;
        let officer = world.officer("420106").await;
        File {
            world,
            number,
            officer,
        }
    }

    /// Accepted, and both sides take part in a mediation.
    async fn in_mediation(moment: &str) -> File {
        let file = File::registered(moment).await;
        file.does(&file.officer, "acceptance", json!({})).await;
        for side in ["consumer", "respondent"] {
            let yes = json!({"side": side, "agrees": true, "delegation": false, "means": "phone"});
            file.does(&file.officer, "mediation-answer", yes).await;
        }
        file
    }

    async fn does(&self, who: &Client, act: &str, body: Value) -> Value {
        let done = who.act(&self.number, act, body).await;
        done.unwrap_or_else(|fault| panic!("{act}: {fault}"))
    }

    async fn status(&self, who: &Client, act: &str, body: Value) -> u16 {
        let path = format!("/cases/{}/{act}", self.number);
        who.post(&path, body).await.unwrap().status.as_u16()
    }

    async fn days_pass(&self, days: u32) {
        let days = json!({"seconds": 86_400 * days});
        let moved = self.world.operator().post("/clock", days).await.unwrap();
        moved.good().unwrap();
    }

    /// The rehearsal's moment; in the morning, when Shanghai and UTC have the same date.
    async fn now(&self) -> jiff::Timestamp {
        let moment = self.world.operator().post("/clock", json!({"seconds": 0}));
        let moment = moment.await.unwrap().good().unwrap();
        moment["now"].as_str().unwrap().parse().unwrap()
    }

    async fn case(&self, who: &Client) -> Value {
        who.case(&self.number).await.unwrap()
    }

    async fn read(&self, rest: &str) -> Value {
        let path = format!("/cases/{}/{rest}", self.number);
        self.officer.get(&path).await.unwrap().good().unwrap()
    }

    /// A session that was set and held a day later.
    async fn meets(&self, absent: Value) {
        let now = self.now().await;
        let at = now.checked_add(jiff::SignedDuration::from_hours(20));
        let session = json!({"mode": "phone", "at": at.unwrap().to_string(), "place": null, "mediator": "周敏"});
        self.does(&self.officer, "sessions", session).await;
        self.days_pass(1).await;
        let held = json!({"absent": absent, "note": "已电话联系双方"});
        self.does(&self.officer, "sessions/1/record", held).await;
    }

    /// Issues the document that states the decision and serves it; what it says.
    async fn is_told(&self, form: &str, to: &[&str], values: Value) -> Value {
        let mut said = Value::Null;
        for side in to {
            let order = json!({"form": form, "to": side, "values": values});
            self.does(&self.officer, "documents", order).await;
            let case = self.case(&self.officer).await;
            let seq = case["documents"].as_array().unwrap().len();
            let served = json!({"to": side, "means": "sms", "note": null});
            let service = format!("documents/{seq}/service");
            self.does(&self.officer, &service, served).await;
            said = self.read(&format!("documents/{seq}")).await;
        }
        said
    }

    /// The paper that a side reads last.
    async fn paper(&self, reader: &Client) -> String {
        let case = self.case(reader).await;
        let seq = &case["documents"].as_array().unwrap().last().unwrap()["seq"];
        let path = format!("/cases/{}/documents/{seq}/pdf", self.number);
        text_of(&reader.bytes(&path).await.unwrap())
    }
}

async fn complaint(world: &World) -> String {
    let mut filing = filing();
    filing["facts"] = json!({"channel": "online", "price_fen": 12900});
    let direct = json!({"channel": "web", "filing": filing});
    let registered = world.consumer.post("/complaints", direct).await.unwrap();
    registered.good().unwrap()["number"]
        .as_str()
        .unwrap()
        .to_owned()
}

fn clock<'a>(case: &'a Value, period: &str) -> &'a Value {
    let mut clocks = case["clocks"].as_array().unwrap().iter();
    clocks.rfind(|clock| clock["period"] == period).unwrap()
}

/// What the officer does or looks at before she relies on the ground.
async fn before_refusing(file: &File, ground: &str) {
    let note = |body: &str| json!({ "body": body });
    match ground {
        "already-handled" => {
            let earlier = complaint(&file.world).await;
            let link = json!({"to": earlier, "relation": "same_dispute", "reason": "同一订单"});
            file.does(&file.officer, "links", link).await;
        }
        "no-living-needs" => {
            let factors = file.read("factors").await;
            assert!(factors["factors"].is_array(), "{factors}");
            let found = json!({"ground": "no-living-needs", "finding": {"applies": true,
                "reason": "一个月内购买同一商品四十件"}});
            file.does(&file.officer, "grounds", found).await;
        }
        "material-missing" => {
            let two_days = jiff::SignedDuration::from_hours(48);
            let due = file.now().await.checked_add(two_days).unwrap();
            let due = due.to_string()[..10].to_owned();
            let ask = json!({"items": ["购物凭证"], "due": due});
            file.does(&file.officer, "material-request", ask).await;
            let early = json!({"ground": ground, "reason": "未提供购物凭证"});
            assert_eq!(file.status(&file.officer, "refusal", early).await, 409);
            file.days_pass(3).await;
        }
        "false-identity" => {
            let talk = note("电话核实：机主否认投诉，系他人冒用其名义");
            file.does(&file.officer, "notes", talk).await;
        }
        _ => {
            let talk = note("已核对登记内容与证据");
            file.does(&file.officer, "notes", talk).await;
        }
    }
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn the_grounds_are_a_checklist_with_what_speaks_for_and_against(#[case] kind: Kind) {
    let world = World::at(kind, TODAY).await;
    let number = complaint(&world).await;
    let officer = world.officer("420106").await;
    let file = File {
        world,
        number,
        officer,
    };
    let photo = json!({"reference": {"sha256": "ab".repeat(32), "media_type": "image/jpeg",
        "size": 1000, "name": "小票.jpg"}});
    file.does(&file.world.consumer, "evidence", photo).await;
    let list = file.read("grounds").await;
    let of = |list: &Value, id: &str| {
        let mut grounds = list["grounds"].as_array().unwrap().iter();
        grounds.find(|it| it["id"] == id).unwrap().clone()
    };
    assert_eq!(list["grounds"].as_array().unwrap().len(), 7);
    let power = of(&list, "no-power");
    assert_eq!(power["article"], "16(1)");
    assert_eq!(power["facts"][0]["id"], "competent-here");
    assert_eq!(power["facts"][0]["speaks"], "against");
    let needs = of(&list, "no-living-needs");
    assert_eq!(needs["facts"][1]["value"], 1, "{needs}");

    // Whoever may not handle it may not weigh, and parties see nothing of it.
    let found = |applies: Value| {
        json!({"ground": "no-living-needs", "finding": {"applies": applies,
            "reason": "小票与家庭用途相符", "speaks_against": [1]}})
    };
    let path = format!("/cases/{}/grounds", file.number);
    for party in [&file.world.consumer, &file.world.agent] {
        assert_eq!(party.get(&path).await.unwrap().status.as_u16(), 403);
        let weighs = party.post(&path, found(json!(false))).await.unwrap();
        assert_eq!(weighs.status.as_u16(), 403);
    }
    file.does(&file.officer, "grounds", found(json!(false)))
        .await;
    let refusal = || json!({"ground": "no-living-needs", "reason": "批量购买用于转售"});
    assert_eq!(file.status(&file.officer, "refusal", refusal()).await, 409);
    let finding = of(&file.read("grounds").await, "no-living-needs")["finding"].clone();
    assert_eq!(
        (&finding["applies"], &finding["speaks_against"]),
        (&json!(false), &json!([1]))
    );
    for party in [&file.world.consumer, &file.world.agent] {
        let told = format!("{}", file.case(party).await);
        assert!(!told.contains("小票与家庭用途相符"), "{told}");
    }
    file.does(&file.officer, "grounds", found(json!(true)))
        .await;
    assert_eq!(
        file.status(&file.officer, "acceptance", json!({})).await,
        409
    );
    file.does(&file.officer, "refusal", refusal()).await;
}

#[rstest]
#[case("no-power", "16(1)")]
#[case("already-handled", "16(2)")]
#[case("no-living-needs", "16(3)")]
#[case("over-three-years", "16(4)")]
#[case("material-missing", "16(5)")]
#[case("false-identity", "16(6)")]
#[case("other-statutory", "16(7)")]
#[tokio::test]
async fn a_complaint_is_refused_on_a_ground_of_art_16(#[case] ground: &str, #[case] article: &str) {
    let file = File::registered(TODAY).await;
    let text = is_refused(&file, ground, article, "complaint-refusal").await;
    assert!(
        text.contains("《市场监督管理投诉举报处理办法》第十六条"),
        "{text}"
    );
    assert!(!text.contains("其他调解组织已经受理"), "{text}");
    let other_set = json!({"form": "complaint-refusal-2019"});
    assert_eq!(
        file.status(&file.officer, "documents", other_set).await,
        422
    );
}

#[rstest]
#[case("no-power", "15(1)")]
#[case("already-handled", "15(2)")]
#[case("no-living-needs", "15(3)")]
#[case("over-three-years", "15(4)")]
#[case("material-missing", "15(5)")]
#[case("other-statutory", "15(6)")]
#[tokio::test]
async fn a_complaint_of_before_is_refused_on_a_ground_of_order_20(
    #[case] ground: &str,
    #[case] article: &str,
) {
    let file = File::registered(UNDER_THE_REGULATION).await;
    // Decided when Order 121 is in force already.
    file.days_pass(6).await;
    let unknown = json!({"ground": "false-identity", "reason": "冒用他人名义"});
    assert_eq!(file.status(&file.officer, "refusal", unknown).await, 422);
    let text = is_refused(&file, ground, article, "complaint-refusal-2019").await;
    assert!(
        text.contains("《市场监督管理投诉举报处理暂行办法》第十五条"),
        "{text}"
    );
    // An organisation other than an association bars too, as the paper says.
    assert!(text.contains("依法成立的其他调解组织已经受理"), "{text}");
    let other_set = json!({"form": "complaint-refusal"});
    assert_eq!(
        file.status(&file.officer, "documents", other_set).await,
        422
    );
}

/// Refused, told and served; the text of her paper.
async fn is_refused(file: &File, ground: &str, article: &str, form: &str) -> String {
    before_refusing(file, ground).await;
    let reason = "经核实，符合该项情形";
    let early = json!({ "form": form });
    assert_eq!(file.status(&file.officer, "documents", early).await, 409);
    let refusal = json!({"ground": ground, "reason": reason});
    file.does(&file.officer, "refusal", refusal).await;
    let said = file.is_told(form, &["consumer"], json!({})).await;
    assert_eq!(
        (&said["values"]["ground"], &said["values"]["reason"]),
        (&json!(ground), &json!(reason))
    );

    let hers = file.case(&file.world.consumer).await;
    let decision = &hers["complaint"]["decision"];
    assert_eq!(hers["phase"], "refused");
    assert_eq!(
        (&decision["ground"]["id"], &decision["ground"]["article"]),
        (&json!(ground), &json!(article))
    );
    assert_eq!(decision["reason"], reason);
    assert!(!decision["other_routes"].as_array().unwrap().is_empty());
    assert_eq!(clock(&hers, "acceptance")["state"]["state"], "met");
    assert_eq!(hers["documents"][0]["services"][0]["to"], "consumer");
    let theirs = file.case(&file.world.agent).await;
    assert_eq!(theirs["documents"], json!([]), "a refusal is told to her");
    assert_eq!(
        file.status(&file.officer, "acceptance", json!({})).await,
        409
    );
    let text = file.paper(&file.world.consumer).await;
    let label = decision["ground"]["text"]["zh"].as_str().unwrap();
    assert!(text.contains(reason) && !label.is_empty());
    assert!(text.contains("《中华人民共和国消费者权益保护法》第三十九条"));
    text
}

/// What happens in a mediation before it ends on the ground.
async fn before_ending(file: &File, ground: &str) {
    match ground {
        "absent-or-refusing" => file.meets(json!(["respondent"])).await,
        "no-deal" => file.meets(json!([])).await,
        "no-agreement-on-testing-cost" | "no-agreement-on-testing" => {
            let note = json!({"body": "双方对鉴定费用由谁承担各执一词"});
            file.does(&file.officer, "notes", note).await;
        }
        "refusal-ground-found" => {
            let factors = file.read("factors").await;
            assert!(factors["factors"].is_array(), "{factors}");
            let found = json!({"ground": "no-living-needs", "finding": {"applies": true,
                "reason": "一个月内购买同一商品四十件"}});
            file.does(&file.officer, "grounds", found).await;
        }
        _ => {
            let note = json!({"body": "已核实登记信息"});
            file.does(&file.officer, "notes", note).await;
        }
    }
}

#[rstest]
#[case("absent-or-refusing", "23(2)")]
#[case("no-deal", "23(3)")]
#[case("no-agreement-on-testing-cost", "23(4)")]
#[case("refusal-ground-found", "23(6)")]
#[case("death-or-loss-of-status", "23(7)")]
#[case("other-statutory", "23(8)")]
#[tokio::test]
async fn a_mediation_ends_on_a_ground_of_art_23(#[case] ground: &str, #[case] article: &str) {
    let file = File::in_mediation(TODAY).await;
    before_ending(&file, ground).await;
    let time = json!({"ground": "time-limit", "reason": "超过六十日"});
    assert_eq!(file.status(&file.officer, "termination", time).await, 409);
    let ending = json!({"ground": ground, "reason": "经核实，符合该项情形"});
    file.does(&file.officer, "termination", ending).await;
    let text = has_ended(&file, ground, article, "mediation-termination").await;
    assert!(
        text.contains("《市场监督管理投诉举报处理办法》第二十三条"),
        "{text}"
    );
}

#[rstest]
#[case("no-agreement-on-testing", "21(2)")]
#[case("absent-or-refusing", "21(3)")]
#[case("no-deal", "21(4)")]
#[case("refusal-ground-found", "21(6)")]
#[case("other-statutory", "21(7)")]
#[tokio::test]
async fn a_mediation_of_before_ends_on_a_ground_of_order_20(
    #[case] ground: &str,
    #[case] article: &str,
) {
    let file = File::in_mediation(UNDER_THE_REGULATION).await;
    before_ending(&file, ground).await;
    file.days_pass(6).await;
    let unknown = json!({"ground": "death-or-loss-of-status", "reason": "被投诉人注销"});
    assert_eq!(
        file.status(&file.officer, "termination", unknown).await,
        422
    );
    let ending = json!({"ground": ground, "reason": "经核实，符合该项情形"});
    file.does(&file.officer, "termination", ending).await;
    let text = has_ended(&file, ground, article, "mediation-termination-2019").await;
    assert!(
        text.contains("《市场监督管理投诉举报处理暂行办法》第二十一条"),
        "{text}"
    );
}

#[rstest]
#[case(TODAY, 60, "23(5)", "mediation-termination")]
#[case(UNDER_THE_REGULATION, 60, "46", "mediation-termination-2019")]
// Forty-five working days, with the days of the Dragon Boat Festival between them.
#[case(BEFORE_THE_REGULATION, 64, "21(5)", "mediation-termination-2019")]
#[tokio::test]
async fn a_mediation_ends_when_its_time_is_over(
    #[case] moment: &str,
    #[case] days: u32,
    #[case] article: &str,
    #[case] form: &str,
) {
    let file = File::in_mediation(moment).await;
    file.days_pass(days).await;
    assert_eq!(file.case(&file.officer).await["phase"], "accepted");
    // The last day is followed by at most a Sunday.
    file.days_pass(2).await;
    let text = has_ended(&file, "time-limit", article, form).await;
    assert!(text.contains("未能达成调解协议"), "{text}");
}

#[rstest]
#[case(TODAY, "23(1)", "mediation-termination", true)]
#[case(TODAY, "23(1)", "mediation-termination", false)]
#[case(UNDER_THE_REGULATION, "21(1)", "mediation-termination-2019", true)]
#[tokio::test]
async fn a_mediation_ends_when_she_withdraws_or_both_settle_by_themselves(
    #[case] moment: &str,
    #[case] article: &str,
    #[case] form: &str,
    #[case] withdraws: bool,
) {
    let file = File::in_mediation(moment).await;
    let (consumer, agent) = (&file.world.consumer, &file.world.agent);
    if withdraws {
        file.does(consumer, "withdrawal", json!({})).await;
        has_ended(&file, "withdrawn-or-settled", article, form).await;
        let closing = &file.case(consumer).await["closing"];
        assert_eq!(*closing, "withdrawn", "her own act");
        return;
    }
    let terms = json!({"terms": {"remedies": [{"kind": "refund", "amount_fen": 12_900}]}});
    file.does(agent, "offers", terms).await;
    file.does(consumer, "offers/1/acceptance", json!({})).await;
    let case = file.case(consumer).await;
    assert_eq!(case["phase"], "settled");
    assert_eq!(clock(&case, "mediation")["state"]["state"], "met");
    let reason = json!({"reason": "双方已自行和解"});
    let both = ["consumer", "respondent"];
    let said = file.is_told(form, &both, reason).await;
    assert_eq!(said["values"]["ground"], "withdrawn-or-settled");
    let performed = json!({"performed_on": "2026-05-18", "note": null});
    file.does(agent, "performance", performed).await;
    let solved = json!({"confirmation": "solved"});
    file.does(consumer, "confirmation", solved).await;
    assert_eq!(file.case(consumer).await["closing"], "solved");
}

/// Ended, told to both sides and served on both, then closed; the text of their paper.
async fn has_ended(file: &File, ground: &str, article: &str, form: &str) -> String {
    let hers = file.case(&file.world.consumer).await;
    let ending = &hers["complaint"]["mediation"]["ending"];
    assert_eq!(hers["phase"], "terminated", "{hers:#}");
    assert_eq!(
        (&ending["ground"]["id"], &ending["ground"]["article"]),
        (&json!(ground), &json!(article))
    );
    assert!(!ending["other_routes"].as_array().unwrap().is_empty());
    assert_ne!(clock(&hers, "mediation")["state"]["state"], "running");
    assert_eq!(
        clock(&hers, "termination-notice")["state"]["state"],
        "running"
    );

    // Where nobody gave a reason, the officer words one.
    let reason = match ending["reason"].as_str() {
        Some(_) => json!({}),
        None => json!({"reason": "依据卷宗记载"}),
    };
    let both = ["consumer", "respondent"];
    let said = file.is_told(form, &both, reason).await;
    assert_eq!(said["values"]["ground"], ground);
    assert_eq!(said["values"]["addressee"], "江汉百货");
    // Each has a copy: that is the notice, and nothing is left to do.
    let closed = file.case(&file.world.consumer).await;
    assert_eq!(closed["phase"], "closed");
    assert_eq!(
        clock(&closed, "termination-notice")["state"]["state"],
        "met"
    );
    let again = json!({"ground": "no-deal", "reason": "再次终止"});
    assert_eq!(file.status(&file.officer, "termination", again).await, 409);
    file.paper(&file.world.agent).await
}

const RETURNS: [&str; 9] = [
    "elements_missing",
    "unclear",
    "wrong_type",
    "address_unknown",
    "answered_by_knowledge",
    "handled_already",
    "withdrawn",
    "not_ours",
    "other",
];

#[tokio::test]
async fn a_file_goes_back_to_intake_for_each_reason_that_officers_know() {
    let world = World::new(Kind::Sqlite).await;
    let (county, city) = (world.officer("420106").await, world.officer("420100").await);
    let inquiry = json!({"contact": {"name": "王小明", "phone": "13800138000"},
        "inquiry": {"kind": "suggestion", "division": "420106", "text": "建议设公平秤。"}});
    let report = json!({"reporter": {"kind": "anonymous"}, "report": report()});
    for reason in RETURNS {
        let mut files = vec![("cases", complaint(&world).await)];
        for (kind, body) in [("reports", &report), ("inquiries", &inquiry)] {
            let received = county.post(&format!("/{kind}"), body.clone()).await;
            let received = received.unwrap().good().unwrap();
            files.push((kind, received["number"].as_str().unwrap().to_owned()));
        }
        for (kind, number) in files {
            let path = format!("/{kind}/{number}");
            let back = json!({"reason": reason, "note": "请核对后重新分送"});
            let done = county.post(&format!("{path}/return"), back).await.unwrap();
            done.good().unwrap_or_else(|it| panic!("{kind}: {it}"));
            let gone = county.get(&path).await.unwrap();
            assert_eq!(gone.status.as_u16(), 404, "{kind} {reason}");
            let timeline = city.get(&format!("{path}/timeline")).await.unwrap();
            if kind != "inquiries" {
                let timeline = timeline.good().unwrap();
                let mut entries = timeline.as_array().unwrap().iter();
                let returned = entries.find(|it| it["type"] == "file_returned").unwrap();
                assert_eq!(returned["data"]["reason"], reason);
            }
            let work = city.get(&format!("/work?q={number}")).await.unwrap();
            assert!(work.status.is_success());
            let down = json!({"to": "420106", "note": "请办理", "report_by": null});
            let sent = city.post(&format!("{path}/dispatch"), down).await.unwrap();
            sent.good().unwrap_or_else(|it| panic!("{kind}: {it}"));
        }
    }
    let number = complaint(&world).await;
    let path = format!("/cases/{number}/return");
    let bored = json!({"reason": "bored", "note": "无"});
    let answer = county.post(&path, bored).await.unwrap();
    assert_eq!(
        (answer.status.as_u16(), answer.pointers()),
        (422, vec!["/reason"])
    );
}
