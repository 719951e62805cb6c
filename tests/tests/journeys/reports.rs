//! Reports of breaches: received, verified, filed and decided; and who reported, which
//! nobody learns but the unit that handles it.

use hejie_tests::{Client, Place};
use reqwest::Method;
use rstest::rstest;
use serde_json::{Value, json};

use crate::power_cut::hejie;
use crate::report_documents::text_of;
use crate::world::{Kind, World, filing, offered};

/// Words that are nowhere but in the reporter's identity.
pub const SECRETS: [&str; 4] = ["举报者甲", "13912345678", "武昌区隐秘路7号", "whistle-1"];

pub fn report() -> Value {
    json!({
        "reported": {"name": "江汉百货", "address": "武汉市武昌区中南路2号",
            "operator": {"kind": "ordinary", "place_of_business": "420106", "domicile": "420106"}},
        "act_place": "420106",
        "category": "food", "breach": "food-safety",
        "lead": "货架上有过期三个月的奶粉在售，有照片和小票。"
    })
}

pub fn named() -> Value {
    json!({"reporter": {"kind": "named", "name": SECRETS[0], "phone": SECRETS[1], "address": SECRETS[2]},
        "report": report()})
}

pub fn anonymous() -> Value {
    json!({"reporter": {"kind": "anonymous"}, "report": report()})
}

pub struct Desk {
    pub world: World,
    pub reporter: Client,
}

impl Desk {
    pub async fn open(kind: Kind) -> Desk {
        let world = World::new(kind).await;
        let who = json!({"kind": "consumer", "id": SECRETS[3]});
        let reporter = world.operator().for_principal(who).await.unwrap();
        Desk { world, reporter }
    }

    pub async fn receive(&self, who: &Client, body: Value) -> Value {
        let received = who.post("/reports", body).await.unwrap();
        received.good().unwrap()
    }

    pub async fn officer(&self, id: &str, unit: &str) -> Client {
        let officer = self.world.operator().officer(id, "周", unit, "head");
        officer.await.unwrap()
    }

    pub async fn does(&self, who: &Client, number: &str, act: &str, body: Value) -> Value {
        let path = format!("/reports/{number}/{act}");
        let answer = who.post(&path, body).await.unwrap();
        answer
            .good()
            .unwrap_or_else(|fault| panic!("{act}: {fault}"))
    }

    pub async fn status(&self, who: &Client, path: &str, body: Option<Value>) -> u16 {
        let answer = match body {
            Some(body) => who.post(path, body).await,
            None => who.get(path).await,
        };
        answer.unwrap().status.as_u16()
    }

    pub async fn days_pass(&self, days: u32) {
        let day = json!({"seconds": 86_400 * days});
        let moved = self.world.operator().post("/clock", day).await.unwrap();
        moved.good().unwrap();
    }
}

pub fn number(receipt: &Value) -> String {
    receipt["number"].as_str().unwrap().to_owned()
}

pub fn running<'a>(file: &'a Value, period: &str) -> Option<&'a Value> {
    let mut clocks = file["clocks"].as_array()?.iter();
    clocks.find(|clock| clock["period"] == period && clock["state"]["state"] == "running")
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn a_report_is_verified_extended_filed_and_decided(#[case] kind: Kind) {
    let desk = Desk::open(kind).await;
    let receipt = desk.receive(&desk.reporter, named()).await;
    assert_eq!(receipt["token"], Value::Null, "it stands under her account");
    let number = number(&receipt);
    let (handler, head) = (
        desk.officer("o-1", "420106").await,
        desk.officer("o-2", "420106").await,
    );
    let path = format!("/reports/{number}");
    let file = handler.get(&path).await.unwrap().good().unwrap();
    assert_eq!(
        running(&file, "report-verification").unwrap()["ends_on"],
        "2026-06-08"
    );
    assert_eq!(file["jurisdiction"]["article"]["article"], "29");

    let ask = json!({"reason": "检验结果未出"});
    desk.does(&handler, &number, "clocks/1/extension-request", ask)
        .await;
    let grant = json!({"granted": true, "reason": "同意"});
    let own = format!("{path}/clocks/1/extension");
    assert_eq!(desk.status(&handler, &own, Some(grant.clone())).await, 403);
    desk.does(&head, &number, "clocks/1/extension", grant).await;
    let file = handler.get(&path).await.unwrap().good().unwrap();
    let extended = running(&file, "report-verification-extension").unwrap();
    assert_eq!(extended["ends_on"], "2026-06-30");
    assert!(extended["explanation"]["zh"].as_array().unwrap().len() > 2);

    desk.days_pass(10).await;
    let opens = json!({"opens": true, "reason": "现场检查属实"});
    desk.does(&handler, &number, "verification", opens).await;
    let case = json!({"system": "执法办案系统", "case_number": "武昌市监罚立〔2026〕1号"});
    desk.does(&handler, &number, "enforcement", case).await;
    desk.does(
        &handler,
        &number,
        "clocks/3/stay",
        json!({"why": "hearing"}),
    )
    .await;
    desk.days_pass(5).await;
    desk.does(&handler, &number, "clocks/3/resumption", json!({}))
        .await;
    let estimate = format!("{path}/reward?grade=1");
    let none = handler.get(&estimate).await.unwrap().good().unwrap();
    assert_eq!(
        (&none["possible"], &none["amount_fen"]),
        (&json!(false), &Value::Null)
    );
    let result = json!({"outcome": "penalty", "decided_on": "2026-06-02", "penalty_fen": 20_000_000,
        "decision": "武昌市监罚〔2026〕1号", "summary": "没收违法所得并罚款"});
    desk.does(&handler, &number, "enforcement/result", result)
        .await;
    let notice = json!({"means": "phone", "result": "已作出行政处罚"});
    desk.does(&handler, &number, "notice", notice).await;
    let reward = handler.get(&estimate).await.unwrap().good().unwrap();
    assert_eq!(
        (&reward["possible"], &reward["amount_fen"]),
        (&json!(true), &json!(1_000_000))
    );

    let hers = desk.reporter.get(&path).await.unwrap().good().unwrap();
    assert_eq!(hers["phase"], "closed");
    assert_eq!(hers["notices"][0]["result"], "已作出行政处罚");
    assert_eq!(hers["verification"], Value::Null, "she is told by a notice");
    let figures = handler.get("/indicators").await.unwrap().good().unwrap();
    let on_time = figures["indicators"].as_array().unwrap().iter();
    let mut on_time = on_time.filter(|it| it["id"] == "verification-on-time");
    let on_time = on_time.next().unwrap();
    assert_eq!(
        (&on_time["numerator"], &on_time["denominator"]),
        (&json!(1), &json!(1))
    );
}

#[tokio::test]
async fn without_an_account_she_comes_back_by_her_token() {
    let desk = Desk::open(Kind::Sqlite).await;
    let receipt = desk.receive(&desk.reporter, anonymous()).await;
    let path = format!("/reports/{}", number(&receipt));
    let back = Client::new(&desk.world.host().url, receipt["token"].as_str().unwrap());
    let own = back.get(&path).await.unwrap().good().unwrap();
    assert_eq!(own["reporter"]["kind"], "anonymous");
    let more = json!({"text": "仓库里还有一批", "evidence": []});
    desk.does(&back, &number(&receipt), "supplements", more.clone())
        .await;
    let listed = back.get("/reports").await.unwrap().good().unwrap();
    assert_eq!(listed["files"].as_array().unwrap().len(), 1);

    // The account it was sent from is not kept, and no other token opens it.
    assert_eq!(desk.status(&desk.reporter, &path, None).await, 404);
    let other = desk.receive(&desk.reporter, anonymous()).await;
    let stranger = Client::new(&desk.world.host().url, other["token"].as_str().unwrap());
    assert_eq!(desk.status(&stranger, &path, None).await, 404);
    let adds = format!("{path}/supplements");
    assert_eq!(desk.status(&stranger, &adds, Some(more)).await, 404);
    let once = desk
        .reporter
        .post_once("/reports", anonymous(), "k-1")
        .await;
    assert_eq!(once.unwrap().status.as_u16(), 400);
    let handler = desk.officer("o-1", "420106").await;
    let who = format!("{path}/identity");
    let asked = desk
        .status(&handler, &who, Some(json!({"reason": "询问"})))
        .await;
    assert_eq!(asked, 409, "there is no name");
}

#[tokio::test]
async fn a_report_by_name_is_sent_once_under_its_key() {
    let desk = Desk::open(Kind::Sqlite).await;
    let send = || desk.reporter.post_once("/reports", named(), "k-1");
    let (first, second) = (send().await.unwrap(), send().await.unwrap());
    assert_eq!(first.body["number"], second.body["number"]);
    assert!(second.replayed);
    let listed = desk.reporter.get("/reports").await.unwrap().good().unwrap();
    assert_eq!(listed["files"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn new_facts_are_merged_and_the_same_are_not_handled_twice() {
    let desk = Desk::open(Kind::Sqlite).await;
    let handler = desk.officer("o-1", "420106").await;
    let first = number(&desk.receive(&desk.reporter, named()).await);
    desk.days_pass(7).await;
    let (second, third) = (
        number(&desk.receive(&desk.reporter, named()).await),
        number(&desk.receive(&handler, named()).await),
    );
    desk.days_pass(2).await;
    let merge = |into: &str| json!({"into": into, "reason": "同一被举报人的新事实"});
    let unknown = format!("/reports/{second}/merger");
    assert_eq!(
        desk.status(&handler, &unknown, Some(merge("HJ-260518-00000000-0")))
            .await,
        422
    );
    assert_eq!(
        desk.status(&handler, &unknown, Some(merge(&second))).await,
        422
    );
    desk.does(&handler, &second, "merger", merge(&first)).await;
    let kept = handler
        .get(&format!("/reports/{first}"))
        .await
        .unwrap()
        .good()
        .unwrap();
    assert_eq!(kept["merged"], json!([second]));
    assert_eq!(
        running(&kept, "report-verification").unwrap()["start"],
        "2026-05-25",
        "from the last report on, not from the merger"
    );
    let closed = handler
        .get(&format!("/reports/{second}"))
        .await
        .unwrap()
        .good()
        .unwrap();
    assert_eq!(closed["closing"]["into"], json!(first));
    assert_eq!(
        desk.status(&handler, &unknown, Some(merge(&first))).await,
        409
    );
    let mut by_letter = anonymous();
    by_letter["report"]["channel"] = json!("letter");
    let hers = desk.reporter.post("/reports", by_letter.clone()).await;
    assert_eq!(hers.unwrap().pointers(), ["/report/channel"]);
    let letter = number(&desk.receive(&handler, by_letter).await);
    // Whose it is nobody knows, so it repeats none.
    let path = format!("/reports/{letter}/repetition");
    let unnamed = json!({"of": first, "reason": "同一事实"});
    let unnamed = handler.post(&path, unnamed).await.unwrap();
    assert_eq!(
        (unnamed.status.as_u16(), unnamed.pointers()),
        (422, vec!["/of"])
    );
    let letter = handler.get(&format!("/reports/{letter}")).await.unwrap();
    assert_eq!(letter.good().unwrap()["filing"]["channel"], "letter");
    let unseen = json!({"of": "HJ-260518-00000000-0", "reason": "同一人同一事实"});
    let repetition = format!("/reports/{third}/repetition");
    let unseen = handler.post(&repetition, unseen).await.unwrap();
    assert_eq!(
        (unseen.status.as_u16(), unseen.pointers()),
        (422, vec!["/of"])
    );
    let same = json!({"of": first, "reason": "同一人同一事实"});
    desk.does(&handler, &third, "repetition", same).await;
    let work = handler
        .get("/work?kind=report")
        .await
        .unwrap()
        .good()
        .unwrap();
    assert_eq!(work["files"].as_array().unwrap().len(), 2, "and the letter");
    let listed = work.to_string();
    assert!(listed.contains(&first) && !listed.contains(&third));
}

#[tokio::test]
async fn a_filing_that_is_both_becomes_two_files_and_neither_ends_the_other() {
    let desk = Desk::open(Kind::Sqlite).await;
    let mut complaint = filing();
    complaint["consumer"] = json!({"name": SECRETS[0], "phone": SECRETS[1], "address": SECRETS[2]});
    let mixed = json!({"filing": complaint, "report": report()});
    let mut wrong = mixed.clone();
    wrong["report"]["breach"] = json!("nothing");
    let answer = desk.reporter.post("/filings", wrong).await.unwrap();
    assert_eq!(
        (answer.status.as_u16(), answer.pointers()),
        (422, vec!["/report/breach"])
    );
    let none = desk.reporter.get("/cases").await.unwrap().good().unwrap();
    assert_eq!(
        none["cases"],
        json!([]),
        "one without the other is not kept"
    );

    let both = desk
        .reporter
        .post("/filings", mixed)
        .await
        .unwrap()
        .good()
        .unwrap();
    let (complaint, report) = (number(&both), number(&both["report"]));
    let waited = desk.reporter.wait(&complaint, "an offer", offered).await;
    waited.unwrap();
    desk.reporter
        .act(&complaint, "escalation", json!({}))
        .await
        .unwrap();
    let handler = desk.officer("o-1", "420106").await;
    handler
        .act(&complaint, "acceptance", json!({}))
        .await
        .unwrap();
    let ends = json!({"ground": "other-statutory", "reason": "查明不属于为生活消费需要"});
    handler.act(&complaint, "termination", ends).await.unwrap();
    let path = format!("/reports/{report}");
    let goes_on = handler.get(&path).await.unwrap().good().unwrap();
    assert_eq!(goes_on["phase"], "verifying");
    let why = json!({"reason": "核对投诉"});
    let who = desk.does(&handler, &report, "identity", why).await;
    assert_eq!(
        who["complaint"],
        json!(complaint),
        "linked where it may be seen"
    );

    // Nothing of the report is in the complaint's file, which the shop reads.
    for reader in [&desk.world.agent, &handler, &desk.reporter] {
        let file = reader.case(&complaint).await.unwrap().to_string();
        let timeline = reader.get(&format!("/cases/{complaint}/timeline")).await;
        let timeline = timeline.unwrap().good().unwrap().to_string();
        assert!(!file.contains(&report) && !timeline.contains(&report));
        assert!(!timeline.contains("过期三个月"));
    }
}

/// A complaint has a name, and a report that came in the same moment is from the same person.
#[tokio::test]
async fn nobody_tells_from_the_clock_with_which_complaint_a_report_came() {
    let desk = Desk::open(Kind::Sqlite).await;
    let mixed = json!({"filing": filing(), "report": report()});
    let mut both = Vec::new();
    for _ in 0..2 {
        let filed = desk.reporter.post("/filings", mixed.clone()).await.unwrap();
        both.push(number(&filed.good().unwrap()["report"]));
    }
    let (above, own) = (
        desk.officer("o-2", "420100").await,
        desk.officer("o-1", "420106").await,
    );
    let moments = async |who: &Client| -> Vec<String> {
        let path = format!("/reports/{}/timeline", both[0]);
        let told = who.get(&path).await.unwrap().good().unwrap();
        let entries = told.as_array().unwrap().iter();
        entries
            .map(|it| it["at"].as_str().unwrap().to_owned())
            .collect()
    };
    let day = "2026-05-17T16:00:00Z";
    let hers = moments(&above).await;
    assert!(
        !hers.is_empty() && hers.iter().all(|at| at == day),
        "{hers:?}"
    );
    let exact = moments(&own).await;
    assert!(exact.iter().all(|at| at != day), "{exact:?}");

    let list = async |query: &str| {
        let listed = above.get(&format!("/reports?{query}")).await.unwrap();
        listed.good().unwrap()
    };
    // In the order of their numbers, which are drawn, and not as they came.
    let (least, greatest) = (both.iter().min().unwrap(), both.iter().max().unwrap());
    let first = list("limit=1").await;
    assert_eq!(first["files"][0]["updated_at"], day);
    assert_eq!(first["next"], json!(greatest), "a number, not a key");
    let second = list(&format!("limit=1&before={greatest}")).await;
    assert_eq!(second["files"][0]["number"], json!(least));
    assert_eq!(second["next"], Value::Null);
    // What waits in them for another unit is in the order of their numbers.
    let neighbour = desk.officer("o-9", "420111").await;
    for report in &both {
        let part = json!({"unit": "420111", "task": "协查", "due": "2026-05-29"});
        desk.does(&own, report, "parts", part).await;
    }
    let waiting = neighbour.get("/work/parts?limit=1").await.unwrap();
    let waiting = waiting.good().unwrap();
    let first = both.iter().min().unwrap();
    assert_eq!(waiting["parts"][0]["number"], json!(first));
    assert_eq!(waiting["next"], json!(format!("2026-05-29.{first}.part.1")));
    let urge = json!({"urgency": "general", "matter": "请核查"});
    desk.does(&above, &both[0], "supervision", urge).await;
    let whole = above.get(&format!("/reports/{}", both[0])).await.unwrap();
    let whole = whole.good().unwrap()["supervisions"].to_string();
    assert!(whole.contains(day), "{whole}");
    for unknown in ["x", "HJ-260518-00000000-X"] {
        let refused = above.get(&format!("/reports?before={unknown}")).await;
        let refused = refused.unwrap();
        assert_eq!(
            (refused.status.as_u16(), refused.names()),
            (400, vec!["before"])
        );
    }
}

/// Every route that answers a reader, by the description of the interface.
fn routes_to_read(number: &str) -> Vec<String> {
    let description = include_str!("../../../schemas/openapi.json");
    let description: Value = serde_json::from_str(description).unwrap();
    let routes = description["paths"].as_object().unwrap().iter();
    let read = routes.filter(|(_, it)| it.get("get").is_some());
    let paths = read.filter_map(|(path, _)| path.strip_prefix("/api/v1"));
    paths
        .map(|path| {
            let filled = path
                .replace("{number}", number)
                .replace("{seq}", "1")
                .replace("{form}", "report-registration");
            match path {
                "/reports/{number}/reward" => format!("{filled}?grade=1"),
                _ => filled,
            }
        })
        .collect()
}

/// A figure says what it was asked of: the reader's own word, once.
fn without_the_question(path: &str, answer: &str) -> String {
    match path.split_once("?respondent=") {
        Some((_, asked)) => answer.replacen(&format!("\"respondent\":\"{asked}\""), "", 1),
        None => answer.to_owned(),
    }
}

/// What a reader finds of this report, wherever that is asked for.
async fn all_that_is_read(who: &Client, number: &str) -> String {
    let mut paths = routes_to_read(number);
    assert!(paths.contains(&format!("/reports/{number}/documents/1/pdf")));
    paths.push("/work?q=奶粉".to_owned());
    for secret in SECRETS {
        paths.push(format!("/work?stage=all&q={secret}"));
        paths.push(format!("/indicators?respondent={secret}"));
    }
    let mut read = String::new();
    for path in paths {
        let answer = who.odd(Method::GET, &path).send().await.unwrap();
        let bytes = answer.bytes().await.unwrap();
        read += &match bytes.starts_with(b"%PDF") {
            true => text_of(&bytes),
            false => without_the_question(&path, &String::from_utf8_lossy(&bytes)),
        };
    }
    read
}

/// One column of text, as the store holds it.
pub async fn everything_of(place: &Place, statement: &'static str) -> String {
    sqlx::any::install_default_drivers();
    let file = format!("sqlite:{}", place.data.join("hejie.db").display());
    let url = place.store.clone().unwrap_or(file);
    let pool = sqlx::AnyPool::connect(&url).await.unwrap();
    let rows: Vec<(String,)> = sqlx::query_as(statement).fetch_all(&pool).await.unwrap();
    rows.into_iter().map(|(text,)| text).collect()
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn who_reported_is_shown_to_the_handling_unit_and_to_nobody_else(#[case] kind: Kind) {
    let mut desk = Desk::open(kind).await;
    let number = number(&desk.receive(&desk.reporter, named()).await);
    let handler = desk.officer("o-1", "420106").await;
    let more = json!({"text": "又见一批", "evidence": []});
    desk.does(&desk.reporter, &number, "supplements", more)
        .await;
    let supervise = json!({"urgency": "urgent", "matter": "请尽快核查"});
    let (city, province, neighbour) = (
        desk.officer("s-1", "420100").await,
        desk.officer("p-1", "420000").await,
        desk.officer("n-1", "420111").await,
    );
    desk.does(&city, &number, "supervision", supervise).await;
    let registration = json!({"form": "report-registration"});
    desk.does(&handler, &number, "documents", registration)
        .await;
    let mediator = json!({"kind": "mediator", "id": "m", "organisation": "council", "name": "李"});
    let mediator = desk.world.operator().for_principal(mediator).await.unwrap();
    let stranger = json!({"kind": "consumer", "id": "c-2"});
    let stranger = desk.world.operator().for_principal(stranger).await.unwrap();

    // What the handling unit's own routes say without being asked for the person.
    let readers = [
        ("handler", &handler),
        ("city", &city),
        ("province", &province),
        ("neighbour", &neighbour),
        ("the shop", &desk.world.agent),
        ("mediator", &mediator),
        ("another consumer", &stranger),
        ("operator", desk.world.operator()),
    ];
    for (name, reader) in readers {
        let read = all_that_is_read(reader, &number).await;
        for secret in SECRETS {
            assert!(!read.contains(secret), "{name} reads {secret}");
        }
        let sees = matches!(name, "handler" | "city" | "province");
        assert_eq!(read.contains("又见一批"), sees, "{name}");
        let listed = read.contains(&number);
        assert_eq!(listed, sees || name == "operator", "{name}: its number");
    }
    let path = format!("/reports/{number}/identity");
    let why = || Some(json!({"reason": "补充询问"}));
    for (reader, status) in [
        (&city, 403),
        (&province, 403),
        (&neighbour, 404),
        (&desk.world.agent, 404),
        (&mediator, 404),
        (&stranger, 404),
        (desk.world.operator(), 404),
        (&desk.reporter, 403),
    ] {
        assert_eq!(desk.status(reader, &path, why()).await, status);
    }
    let who = desk
        .does(&handler, &number, "identity", json!({"reason": "补充询问"}))
        .await;
    assert_eq!(
        (&who["name"], &who["phone"]),
        (&json!(SECRETS[0]), &json!(SECRETS[1]))
    );
    let timeline = city.get(&format!("/reports/{number}/timeline")).await;
    let timeline = timeline.unwrap().good().unwrap().to_string();
    assert!(timeline.contains("identity_read") && timeline.contains("补充询问"));

    // The ledger itself and the program's log have none of it.
    let log = std::fs::read_to_string(desk.world.place.data.join("hejie.log")).unwrap();
    let ledger = everything_of(&desk.world.place, "SELECT entry FROM ledger").await;
    // Each store keeps words in its own way.
    let words = match kind {
        Kind::Sqlite => "SELECT words FROM work_words",
        Kind::Postgres => "SELECT CAST(terms AS TEXT) FROM work_words",
    };
    let projections = [
        "SELECT snapshot FROM cases WHERE kind = 'report'",
        "SELECT facts FROM case_facts WHERE kind = 'report'",
        "SELECT payload FROM outbox",
        "SELECT body FROM attachments",
        "SELECT consumer_name FROM work",
        words,
    ];
    let mut kept = ledger.clone();
    for projection in projections {
        kept += &everything_of(&desk.world.place, projection).await;
    }
    assert!(ledger.contains("report_received"), "{ledger}");
    for secret in SECRETS {
        assert!(!log.contains(secret), "the log has {secret}");
        assert!(!kept.contains(secret), "the store has {secret}");
    }
    assert!(desk.world.host.take().unwrap().stop().unwrap());
    assert!(
        hejie(&desk.world.place, &["ledger", "verify"])
            .status
            .success()
    );
    assert!(
        hejie(&desk.world.place, &["ledger", "rebuild"])
            .status
            .success()
    );
    desk.world.start_again();
    let handler = Client::new(&desk.world.host().url, &handler.token);
    let file = handler
        .get(&format!("/reports/{number}"))
        .await
        .unwrap()
        .good()
        .unwrap();
    assert_eq!(file["supplements"][0]["text"], "又见一批");
}

#[tokio::test]
async fn every_wrong_field_of_a_report_is_named() {
    let desk = Desk::open(Kind::Sqlite).await;
    let cases = [
        ("/reporter/name", json!("")),
        ("/reporter/phone", json!("12345")),
        ("/reporter/age", json!(7)),
        ("/reporter/kind", json!("ghost")),
        ("/report/lead", json!("")),
        ("/report/lead", json!("字".repeat(5_001))),
        ("/report/breach", json!("quality")),
        ("/report/act_place", json!("4201")),
        ("/report/reported/name", json!("\u{0}")),
        ("/report/reported/operator/domicile", json!("990000")),
        ("/report/advertising", json!({"medium": "wall"})),
        (
            "/report/evidence",
            json!([{"sha256": "00", "media_type": "image/png", "size": 1, "name": "a"}]),
        ),
    ];
    for (pointer, value) in cases {
        let mut body = named();
        let (parent, name) = pointer.rsplit_once('/').unwrap();
        body.pointer_mut(parent).unwrap()[name] = value.clone();
        if pointer.ends_with("domicile") {
            body["report"]["act_place"] = Value::Null;
            body["report"]["reported"]["operator"] =
                json!({"kind": "platform", "domicile": "990000"});
        }
        let answer = desk.reporter.post("/reports", body).await.unwrap();
        assert_eq!(answer.status.as_u16(), 422, "{pointer} {value}");
        let named = answer.pointers();
        let near = named
            .iter()
            .any(|at| pointer.starts_with(at) || at.starts_with(pointer));
        assert!(near, "{pointer} {value}: {named:?}");
    }
    for who in [&desk.world.agent, desk.world.operator()] {
        let answer = who.post("/reports", named()).await.unwrap();
        assert_eq!(answer.status.as_u16(), 403);
    }
}
