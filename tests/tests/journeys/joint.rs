//! Several units at one file, a lead that comes to light in a complaint, and more time
//! where the rules know some.

use hejie_tests::Client;
use rstest::rstest;
use serde_json::{Value, json};

use crate::power_cut::hejie;
use crate::world::{Kind, World, filing, offered};

struct Desk {
    world: World,
    number: String,
    wuchang: Client,
}

impl Desk {
    /// A complaint that the authority of Wuchang has.
    async fn registered(kind: Kind) -> Desk {
        let world = World::new(kind).await;
        let number = world.file(filing()).await;
        let waited = world.consumer.wait(&number, "an offer", offered).await;
        waited.unwrap();
        let escalated = world.consumer.act(&number, "escalation", json!({})).await;
        escalated.unwrap();
        let wuchang = world.officer("420106").await;
        Desk {
            world,
            number,
            wuchang,
        }
    }

    async fn officer(&self, id: &str, unit: &str, role: &str) -> Client {
        let officer = self.world.operator().officer(id, "吴", unit, role);
        officer.await.unwrap()
    }

    async fn does(&self, who: &Client, act: &str, body: Value) -> Value {
        who.act(&self.number, act, body).await.unwrap()
    }

    async fn status(&self, who: &Client, act: &str, body: Value) -> u16 {
        let path = format!("/cases/{}/{act}", self.number);
        who.post(&path, body).await.unwrap().status.as_u16()
    }

    async fn case(&self, who: &Client) -> Value {
        who.case(&self.number).await.unwrap()
    }

    async fn days_pass(&self, days: u32) {
        let day = json!({"seconds": 86_400 * days});
        let moved = self.world.operator().post("/clock", day).await.unwrap();
        moved.good().unwrap();
    }

    async fn parts(&self, who: &Client) -> Value {
        let parts = who.get("/work/parts").await.unwrap();
        parts.good().unwrap()["parts"].take()
    }

    /// The kinds of the entries that somebody sees.
    async fn told(&self, who: &Client) -> Vec<String> {
        let path = format!("/cases/{}/timeline", self.number);
        let timeline = who.get(&path).await.unwrap().good().unwrap();
        let entries = timeline.as_array().unwrap().iter();
        entries
            .map(|entry| entry["type"].as_str().unwrap().to_owned())
            .collect()
    }
}

/// The ledger holds, and gives the same lists when they are made anew.
fn stands_without_faults(world: &mut World) {
    drop(world.host.take());
    for action in ["verify", "rebuild", "verify"] {
        let done = hejie(&world.place, &["ledger", action]);
        assert!(done.status.success(), "{action}: {done:?}");
    }
}

fn invitation(unit: &str) -> Value {
    json!({"unit": unit, "task": "到仓库查看存货", "due": "2026-05-22"})
}

fn running<'a>(file: &'a Value, period: &str) -> Option<&'a Value> {
    let mut clocks = file["clocks"].as_array()?.iter();
    clocks.find(|clock| clock["period"] == period && clock["state"]["state"] == "running")
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn a_neighbour_is_asked_sees_the_file_and_does_its_part(#[case] kind: Kind) {
    let mut desk = Desk::registered(kind).await;
    let hongshan = desk.officer("o-2", "420111", "handler").await;
    let path = format!("/cases/{}", desk.number);
    let before = hongshan.get(&path).await.unwrap();
    assert_eq!(before.status.as_u16(), 404);
    desk.does(&desk.wuchang, "parts", invitation("420111"))
        .await;
    let waiting = desk.parts(&hongshan).await;
    assert_eq!(waiting[0]["number"], desk.number.as_str());
    assert_eq!(waiting[0]["handled_by"], "420106");
    assert_eq!(waiting[0]["due_on"], "2026-05-22");
    assert_eq!(desk.parts(&desk.wuchang).await, json!([]));

    // It sees the file, and decides nothing in it.
    let seen = desk.case(&hongshan).await;
    assert_eq!(seen["parts"][0]["state"]["state"], "asked");
    let accept = desk.status(&hongshan, "acceptance", json!({})).await;
    assert_eq!(accept, 403);
    let answer = format!("{path}/parts/1/answer");
    let mute = hongshan.post(&answer, json!({"agrees": false})).await;
    assert_eq!(mute.unwrap().pointers(), ["/reason"]);
    let agrees = json!({"agrees": true});
    desk.does(&hongshan, "parts/1/answer", agrees.clone()).await;
    assert_eq!(desk.status(&hongshan, "parts/1/answer", agrees).await, 409);

    // Its day passes, and all are told so; then it reports.
    desk.days_pass(5).await;
    let report = json!({"text": "仓库存货已核对，与订单不符", "done": true});
    desk.does(&hongshan, "parts/1/reports", report).await;
    let part = desk.case(&desk.wuchang).await["parts"][0].take();
    assert_eq!(
        (&part["overdue"], &part["state"]["state"]),
        (&json!(true), &json!("done"))
    );
    assert_eq!(desk.parts(&hongshan).await, json!([]));

    // What units say among themselves is neither party's.
    for party in [&desk.world.consumer, &desk.world.agent] {
        assert_eq!(desk.case(party).await["parts"], Value::Null);
        let told = desk.told(party).await;
        assert!(
            !told.iter().any(|kind| kind.starts_with("part_")),
            "{told:?}"
        );
        assert!(!told.contains(&"unit_invited".to_owned()));
    }
    stands_without_faults(&mut desk.world);
}

#[tokio::test]
async fn the_city_orders_a_county_in_and_lets_it_go() {
    let desk = Desk::registered(Kind::Sqlite).await;
    let (wuhan, hongshan) = (
        desk.officer("o-3", "420100", "head").await,
        desk.officer("o-2", "420111", "handler").await,
    );
    desk.does(&wuhan, "parts", invitation("420111")).await;
    let seen = desk.case(&hongshan).await;
    assert_eq!(seen["parts"][0]["state"]["state"], "joined");
    assert_eq!(
        desk.status(&desk.wuchang, "parts", invitation("420111"))
            .await,
        409
    );
    assert_eq!(
        desk.status(&desk.wuchang, "parts", invitation("420100"))
            .await,
        422
    );
    let ends = json!({"reason": "已不需要"});
    assert_eq!(
        desk.status(&hongshan, "parts/1/end", ends.clone()).await,
        403
    );
    desk.does(&desk.wuchang, "parts/1/end", ends).await;
    let path = format!("/cases/{}", desk.number);
    let gone = hongshan.get(&path).await.unwrap();
    assert_eq!(gone.status.as_u16(), 404);
    assert_eq!(desk.parts(&hongshan).await, json!([]));
}

#[tokio::test]
async fn of_two_units_that_are_asked_at_once_both_get_their_part() {
    let desk = Desk::registered(Kind::Sqlite).await;
    let other = desk.officer("o-9", "420106", "handler").await;
    let (one, two) = tokio::join!(
        desk.does(&desk.wuchang, "parts", invitation("420111")),
        desk.does(&other, "parts", invitation("420112")),
    );
    assert_ne!(one["version"], two["version"]);
    let case = desk.case(&desk.wuchang).await;
    let mut parts: Vec<u64> = case["parts"]
        .as_array()
        .unwrap()
        .iter()
        .map(|part| part["seq"].as_u64().unwrap())
        .collect();
    parts.sort_unstable();
    assert_eq!(parts, [1, 2]);

    // The city sees what both are to do, page by page.
    let wuhan = desk.officer("o-3", "420100", "head").await;
    let page = async |query: &str| {
        let path = format!("/work/parts?limit=1{query}");
        wuhan.get(&path).await.unwrap().good().unwrap()
    };
    let first = page("").await;
    let next = first["next"].as_str().unwrap();
    let second = page(&format!("&next={next}")).await;
    assert_eq!(
        (&first["parts"][0]["part"], &second["parts"][0]["part"]),
        (&json!(1), &json!(2))
    );
    assert_eq!(second["next"], Value::Null);
    let wrong = wuhan.get("/work/parts?next=1").await.unwrap();
    assert_eq!(wrong.names(), ["next"]);
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn a_lead_is_verified_on_its_own_way_whatever_becomes_of_the_complaint(#[case] kind: Kind) {
    let mut desk = Desk::registered(kind).await;
    let head = desk.officer("o-5", "420106", "head").await;
    let photo = json!({"reference": {"sha256": "ab".repeat(32), "media_type": "image/jpeg",
        "size": 1000, "name": "货架.jpg"}});
    desk.does(&desk.world.consumer, "evidence", photo).await;
    let path = format!("/cases/{}/leads", desk.number);
    let lead = |evidence: u32| json!({"breach": "food-safety", "lead": "照片显示货架上有过期食品。", "evidence": [evidence]});
    let wrong = desk.wuchang.post(&path, lead(9)).await.unwrap();
    assert_eq!(wrong.pointers(), ["/evidence/0"]);
    for nobody in [&desk.world.consumer, &desk.world.agent] {
        let refused = nobody.post(&path, lead(1)).await.unwrap();
        assert_eq!(refused.status.as_u16(), 403);
    }
    let opened = desk.wuchang.post(&path, lead(1)).await.unwrap();
    let opened = opened.good().unwrap();
    let report = opened["report"]["number"].as_str().unwrap().to_owned();

    // Nothing was typed twice, and each file names the other.
    let file = desk
        .wuchang
        .get(&format!("/reports/{report}"))
        .await
        .unwrap();
    let file = file.good().unwrap();
    assert_eq!(
        file["reporter"],
        json!({"kind": "authority", "complaint": desk.number})
    );
    assert_eq!(file["filing"]["reported"]["name"], "江汉百货");
    assert_eq!(file["filing"]["evidence"][0]["name"], "货架.jpg");
    assert_eq!(file["jurisdiction"]["article"]["article"], "27");
    assert_eq!(
        running(&file, "lead-verification").unwrap()["ends_on"],
        "2026-06-08"
    );
    let links = desk.case(&desk.wuchang).await["links"].take();
    assert_eq!(
        (&links[0]["relation"], &links[0]["to"]),
        (&json!("lead"), &json!(report))
    );

    // Neither party learns of it.
    for party in [&desk.world.consumer, &desk.world.agent] {
        let told = format!("{} {:?}", desk.case(party).await, desk.told(party).await);
        assert!(
            !told.contains(&report) && !told.contains("file_linked"),
            "{told}"
        );
        let hidden = party.get(&format!("/reports/{report}")).await.unwrap();
        assert_eq!(hidden.status.as_u16(), 404);
    }

    // The complaint is refused; the lead is verified on, in fifteen days more.
    let refusal = json!({"ground": "no-living-needs", "reason": "并非为生活消费需要"});
    desk.does(&desk.wuchang, "refusal", refusal).await;
    let act = |name: &str| format!("/reports/{report}/{name}");
    let ask = json!({"reason": "需要检验"});
    let asked = desk
        .wuchang
        .post(&act("clocks/1/extension-request"), ask)
        .await
        .unwrap();
    asked.good().unwrap();
    let grant = json!({"granted": true, "reason": "同意"});
    let granted = head.post(&act("clocks/1/extension"), grant).await.unwrap();
    granted.good().unwrap();
    let file = head
        .get(&format!("/reports/{report}"))
        .await
        .unwrap()
        .good()
        .unwrap();
    let extended = running(&file, "lead-verification-extension").unwrap();
    assert_eq!(extended["ends_on"], "2026-06-30");
    let opens = json!({"opens": true, "reason": "现场检查属实"});
    let verified = desk
        .wuchang
        .post(&act("verification"), opens)
        .await
        .unwrap();
    verified.good().unwrap();
    let exported = head.bytes("/exports/reports.csv").await.unwrap();
    let exported = String::from_utf8(exported).unwrap();
    assert!(exported.contains("authority"), "{exported}");
    let nobody = json!({"means": "phone", "result": "已立案"});
    let refused = desk.wuchang.post(&act("notice"), nobody).await.unwrap();
    assert_eq!(refused.status.as_u16(), 409, "there is nobody to tell");
    stands_without_faults(&mut desk.world);
}

#[tokio::test]
async fn more_time_for_an_answer_is_given_by_the_unit_that_waits_for_it() {
    let desk = Desk::registered(Kind::Sqlite).await;
    let supervisor = desk.officer("o-7", "420100", "supervisor").await;
    let urge = json!({"urgency": "urgent", "matter": "请尽快受理"});
    desk.does(&supervisor, "supervision", urge).await;
    let case = desk.case(&desk.wuchang).await;
    let clock = running(&case, "supervision-urgent").unwrap()["clock"].clone();
    let (ask, decide) = (
        format!("clocks/{clock}/extension-request"),
        format!("clocks/{clock}/extension"),
    );
    desk.does(&desk.wuchang, &ask, json!({"reason": "等待检验结果"}))
        .await;
    let case = desk.case(&supervisor).await;
    assert_eq!(case["extensions"][0]["reason"], "等待检验结果");
    let grant = json!({"granted": true, "reason": "同意"});
    let head = desk.officer("o-8", "420106", "head").await;
    assert_eq!(desk.status(&head, &decide, grant.clone()).await, 403);
    desk.does(&supervisor, &decide, grant).await;
    let case = desk.case(&desk.wuchang).await;
    let extended = running(&case, "supervision-urgent-extension").unwrap();
    assert_eq!(extended["ends_on"], "2026-05-22");
    // The law's own periods are nobody's to extend.
    let acceptance = running(&case, "acceptance").unwrap()["clock"].clone();
    let ask = format!("clocks/{acceptance}/extension-request");
    let refused = desk
        .status(&desk.wuchang, &ask, json!({"reason": "来不及"}))
        .await;
    assert_eq!(refused, 409);
}
