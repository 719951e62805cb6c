//! Figures on cases that went to different ends, counted by hand; and the same
//! figures, computed again from an export.

use std::collections::BTreeMap;

use hejie_tests::Client;
use reqwest::Method;
use rstest::rstest;
use serde_json::{Value, json};

use crate::world::{Kind, World, filing, offered};

const HOSTILE: &str = "=HYPERLINK(\"http://evil.example\",\"退款\")";

/// What a figure is, in short: `2/3`, or the word for why there is none.
type Figures = BTreeMap<String, String>;

async fn figures(who: &Client, query: &str) -> Figures {
    let answer = who.get(&format!("/indicators{query}")).await.unwrap();
    let answer = answer.good().unwrap();
    let indicators = answer["indicators"].as_array().unwrap().clone();
    let figure = |it: Value| {
        let parts = format!("{}/{}", it["numerator"], it["denominator"]);
        let said = match it["state"].as_str().unwrap() {
            "known" => parts,
            "no_cases" => format!("no cases: {parts}"),
            other => other.to_owned(),
        };
        (it["id"].as_str().unwrap().to_owned(), said)
    };
    indicators.into_iter().map(figure).collect()
}

fn expected(figures: &[(&str, &str)]) -> Figures {
    let owned = |(id, said): &(&str, &str)| ((*id).to_owned(), (*said).to_owned());
    figures.iter().map(owned).collect()
}

struct Desk {
    world: World,
}

impl Desk {
    async fn does(&self, who: &Client, number: &str, act: &str, body: Value) {
        who.act(number, act, body).await.unwrap();
    }

    async fn days_pass(&self, days: u32) {
        let day = json!({"seconds": 86_400 * days});
        let moved = self.world.operator().post("/clock", day).await.unwrap();
        moved.good().unwrap();
    }

    /// Files against the shop; the plugin has made its offer.
    async fn offered(&self) -> String {
        let number = self.world.file(filing()).await;
        let waited = self.world.consumer.wait(&number, "an offer", offered).await;
        waited.unwrap();
        number
    }

    /// The same, handed to the authority of Wuchang.
    async fn registered(&self) -> String {
        let number = self.offered().await;
        let consumer = &self.world.consumer;
        self.does(consumer, &number, "escalation", json!({})).await;
        number
    }

    /// A complaint in Xiling of Yichang against somebody who does not resolve here.
    async fn elsewhere(&self, name: &str) -> String {
        let mut filing = filing();
        filing["respondent"] = json!({"name": name, "address": "宜昌市西陵区解放路1号",
            "operator": {"kind": "ordinary", "place_of_business": "420502", "domicile": "420502"}});
        let number = self.world.file(filing).await;
        let consumer = &self.world.consumer;
        self.does(consumer, &number, "escalation", json!({})).await;
        number
    }

    /// Both accept the shop's offer, or what an officer proposes; she then says how it is.
    async fn settles(&self, number: &str, officer: Option<&Client>, says: Option<&str>) {
        let (consumer, agent) = (&self.world.consumer, &self.world.agent);
        match officer {
            None => {
                self.does(consumer, number, "offers/1/acceptance", json!({}))
                    .await;
            }
            Some(officer) => {
                let terms =
                    json!({"terms": {"remedies": [{"kind": "refund", "amount_fen": 9_900}]}});
                self.does(officer, number, "offers", terms).await;
                let case = officer.case(number).await.unwrap();
                let offer = case["offers"].as_array().unwrap().len();
                for party in [consumer, agent] {
                    let accept = format!("offers/{offer}/acceptance");
                    self.does(party, number, &accept, json!({})).await;
                }
            }
        }
        let Some(says) = says else { return };
        let still = json!({"seconds": 0});
        let clock = self.world.operator().post("/clock", still).await.unwrap();
        let now = clock.good().unwrap()["now"].clone();
        let today = now.as_str().unwrap()[..10].to_owned();
        self.does(
            agent,
            number,
            "performance",
            json!({ "performed_on": today }),
        )
        .await;
        let says = json!({ "confirmation": says });
        self.does(consumer, number, "confirmation", says).await;
    }

    /// Ten cases to ten ends. It is 18 May 2026, a Monday, at nine.
    async fn with_cases(kind: Kind) -> Desk {
        let desk = Desk {
            world: World::new(kind).await,
        };
        let wuchang = desk.world.officer("420106").await;
        let xiling = desk.world.officer("420502").await;
        let consumer = &desk.world.consumer;

        // Between the parties: solved, partly, contested, and one that goes on.
        for says in ["solved", "partly", "not_solved"] {
            let number = desk.offered().await;
            desk.settles(&number, None, Some(says)).await;
        }
        desk.offered().await;

        // At Wuchang: one agreed on, one with no deal, one withdrawn, one that waits.
        let agreed = desk.registered().await;
        let no_deal = desk.registered().await;
        let withdrawn = desk.registered().await;
        desk.registered().await;
        // At Xiling: one refused late, and one in mediation until time ends it.
        let refused = desk.elsewhere(HOSTILE).await;
        let timed_out = desk.elsewhere("宜昌某店").await;

        desk.days_pass(2).await;
        for number in [&agreed, &no_deal] {
            desk.does(&wuchang, number, "acceptance", json!({})).await;
        }
        desk.does(&xiling, &timed_out, "acceptance", json!({}))
            .await;
        desk.does(consumer, &withdrawn, "withdrawal", json!({}))
            .await;
        desk.days_pass(5).await;
        desk.settles(&agreed, Some(&wuchang), None).await;
        let ends = json!({"ground": "no-deal", "reason": "双方分歧较大"});
        desk.does(&wuchang, &no_deal, "termination", ends).await;
        desk.days_pass(3).await;
        let refusal = json!({"ground": "no-power", "reason": "不属于市场监管部门职责"});
        desk.does(&xiling, &refused, "refusal", refusal).await;
        let visit = json!({"means": "phone", "satisfaction": "satisfied", "note": "理解"});
        desk.does(&xiling, &refused, "visits", visit).await;
        desk.days_pass(60).await;
        // Time alone goes on by itself: it must have come to the last of them.
        let timed = |case: &Value| case["phase"] == "terminated";
        consumer
            .wait(&timed_out, "the end of its time", timed)
            .await
            .unwrap();
        desk
    }
}

/// The rows of a CSV by their header.
fn parse(text: &str) -> Vec<BTreeMap<String, String>> {
    let text = text.trim_start_matches('\u{feff}');
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    reader.deserialize().map(|row| row.unwrap()).collect()
}

/// Every figure once more, from the formulas as a reader understands them.
fn recomputed(rows: &[BTreeMap<String, String>]) -> Figures {
    let count = |takes: &dyn Fn(&BTreeMap<String, String>) -> bool| {
        rows.iter().filter(|row| takes(row)).count()
    };
    let is = |column: &'static str, value: &'static str| count(&|row| row[column] == value);
    let has = |column: &'static str| count(&|row| !row[column].is_empty());
    let settled = count(&|row| {
        !row["settled_in_negotiation_on"].is_empty() || !row["settled_in_mediation_on"].is_empty()
    });
    let first =
        count(&|row| !row["respondent"].is_empty() && !row["settled_in_negotiation_on"].is_empty());
    let mut days: Vec<u32> = rows
        .iter()
        .filter_map(|row| row["cycle_days"].parse().ok())
        .collect();
    days.sort_unstable();
    let middle = days.len() / 2;
    let median = match days.len() % 2 {
        1 => (days[middle], 1),
        _ => (days[middle - 1] + days[middle], 2),
    };
    let (solved, partly) = (is("outcome", "solved"), is("outcome", "partly"));
    let agreed = is("mediation_end", "agreed");
    let figure = |id: &str, numerator: usize, denominator: usize| {
        (id.to_owned(), format!("{numerator}/{denominator}"))
    };
    Figures::from([
        figure(
            "acceptance-on-time",
            is("acceptance_in_time", "true"),
            has("acceptance_in_time"),
        ),
        figure(
            "completion-on-time",
            is("mediation_in_time", "true"),
            has("mediation_in_time"),
        ),
        figure(
            "mediation-success-of-closed",
            agreed,
            has("complaint_ended_on"),
        ),
        figure(
            "mediation-success-of-accepted",
            agreed,
            is("decision", "accepted"),
        ),
        figure("mediation-success-of-ended", agreed, has("mediation_end")),
        figure("odr-first-settlement", first, has("respondent")),
        (
            "cycle-median".to_owned(),
            format!("{}/{}", median.0, median.1),
        ),
        figure("cycle-mean", days.iter().sum::<u32>() as usize, days.len()),
        figure("outcome-confirmed", solved + partly, settled),
        figure("outcome-solved", solved, settled),
        figure("outcome-partly", partly, settled),
        figure("outcome-unconfirmed", is("outcome", "no_reply"), settled),
        figure("outcome-contested", is("outcome", "not_solved"), settled),
        figure(
            "satisfied",
            is("satisfaction", "satisfied") + is("satisfaction", "very_satisfied"),
            has("satisfaction"),
        ),
    ])
}

async fn csv_of(who: &Client, query: &str) -> Vec<BTreeMap<String, String>> {
    let answer = who
        .get(&format!("/exports/cases.csv{query}"))
        .await
        .unwrap();
    parse(answer.good().unwrap().as_str().unwrap())
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn figures_are_those_counted_by_hand_and_an_export_gives_them_again(#[case] kind: Kind) {
    let desk = Desk::with_cases(kind).await;
    let operator = desk.world.operator();
    let mut all = figures(operator, "").await;
    // Decided or overdue: agreed, no deal, timed out in time; refused and waiting late.
    // Days: withdrawn 2, agreed and no deal 7 each, refused 10, timed out 70 (the clock
    // is moved by leaps, and the end of the period is noticed at the last of them).
    let by_hand = expected(&[
        ("acceptance-on-time", "3/5"),
        ("completion-on-time", "2/3"),
        ("mediation-success-of-closed", "1/5"),
        ("mediation-success-of-accepted", "1/3"),
        ("mediation-success-of-ended", "1/3"),
        ("odr-first-settlement", "3/8"),
        ("cycle-median", "7/1"),
        ("cycle-mean", "96/5"),
        ("outcome-confirmed", "2/4"),
        ("outcome-solved", "1/4"),
        ("outcome-partly", "1/4"),
        ("outcome-unconfirmed", "0/4"),
        ("outcome-contested", "1/4"),
        ("satisfied", "1/1"),
    ]);
    for of_others in [
        "verification-on-time",
        "reports-opened",
        "decision-on-time",
        "inquiries-answered-on-time",
    ] {
        assert_eq!(all.remove(of_others).as_deref(), Some("no cases: 0/0"));
    }
    assert_eq!(all, by_hand);
    let rows = csv_of(operator, "").await;
    assert_eq!(rows.len(), 10);
    assert_eq!(recomputed(&rows), by_hand);

    let yichang = figures(operator, "?unit=420500").await;
    assert_eq!(yichang["acceptance-on-time"], "1/2");
    assert_eq!(yichang["completion-on-time"], "0/1");
    assert_eq!(yichang["cycle-median"], "80/2");
    assert_eq!(yichang["outcome-confirmed"], "no cases: 0/0");
    assert_eq!(yichang["odr-first-settlement"], "not_by_unit");
    let shop = figures(operator, "?respondent=shop&unit=420106").await;
    assert_eq!(shop["mediation-success-of-closed"], "1/3");
    let none = figures(operator, "?category=clothing&from=2026-05-19").await;
    assert_eq!(none["acceptance-on-time"], "no cases: 0/0");
    let named =
        "?respondent=%3DHYPERLINK(%22http%3A%2F%2Fevil.example%22%2C%22%E9%80%80%E6%AC%BE%22)";
    assert_eq!(csv_of(operator, named).await.len(), 1);
}

#[tokio::test]
async fn an_export_has_no_formula_and_nothing_of_the_consumer() {
    let desk = Desk::with_cases(Kind::Sqlite).await;
    let operator = desk.world.operator();
    let request = operator.odd(Method::GET, "/exports/cases.csv");
    let response = request.send().await.unwrap();
    assert_eq!(
        response.headers()["content-type"],
        "text/csv; charset=utf-8"
    );
    let text = String::from_utf8(response.bytes().await.unwrap().to_vec()).unwrap();
    assert!(text.starts_with("\u{feff}number,received_on,"), "{text}");
    for personal in ["王小明", "13800138000", "中北路", "c-1", "没有穿过"] {
        assert!(!text.contains(personal), "{personal}");
    }
    let names: Vec<String> = parse(&text)
        .iter()
        .map(|row| row["respondent_name"].clone())
        .collect();
    assert!(names.contains(&format!("'{HOSTILE}")), "{names:?}");
    let started: Vec<&String> = names.iter().filter(|name| name.starts_with('=')).collect();
    assert!(started.is_empty(), "{started:?}");
    let request = operator.odd(Method::GET, "/exports/cases.xlsx?unit=420500");
    let response = request.send().await.unwrap();
    let disposition = response.headers()["content-disposition"].clone();
    assert_eq!(disposition, "attachment; filename=\"cases.xlsx\"");
    assert!(response.bytes().await.unwrap().starts_with(b"PK"));

    let wuchang = desk.world.officer("420106").await;
    assert_eq!(csv_of(&wuchang, "?to=2026-05-18").await.len(), 4);
    let log = operator.get("/exports").await.unwrap().good().unwrap();
    let log: Vec<Value> = log.as_array().unwrap().clone();
    let said: Vec<Value> = log
        .iter()
        .map(|it| {
            json!([
                it["principal"]["kind"],
                it["form"],
                it["rows"],
                it["filter"]
            ])
        })
        .collect();
    assert_eq!(
        said,
        [
            json!(["officer", "csv", 4, {"subtree": "420106", "to": "2026-05-18"}]),
            json!(["operator", "xlsx", 2, {"subtree": "4205"}]),
            json!(["operator", "csv", 10, {}]),
        ]
    );
    assert!(log[0]["at"].as_str().unwrap().starts_with("2026-07-27"));
    let next = format!("/exports?limit=1&before={}", log[1]["id"].as_str().unwrap());
    let next = operator.get(&next).await.unwrap().good().unwrap();
    assert_eq!(next[0]["id"], log[2]["id"]);
}

#[tokio::test]
async fn a_unit_has_its_own_subtree_and_parties_have_none() {
    let world = World::new(Kind::Sqlite).await;
    let wuhan = world.officer("420100").await;
    for path in ["/indicators", "/exports/cases.csv", "/exports/cases.xlsx"] {
        for (who, query, status) in [
            (&wuhan, "", 200),
            (&wuhan, "?unit=420106", 200),
            (&wuhan, "?unit=420500", 403),
            (&wuhan, "?unit=420000", 403),
            (&world.consumer, "", 403),
            (&world.agent, "", 403),
        ] {
            let answer = who.get(&format!("{path}{query}")).await.unwrap();
            assert_eq!(answer.status.as_u16(), status, "{path}{query}");
        }
    }
    let log = wuhan.get("/exports").await.unwrap();
    assert_eq!(log.status.as_u16(), 403, "the log is the operator's");
    let log = world
        .operator()
        .get("/exports")
        .await
        .unwrap()
        .good()
        .unwrap();
    assert_eq!(
        log.as_array().unwrap().len(),
        4,
        "what was refused is no export"
    );
}

#[tokio::test]
async fn a_wrong_query_is_named() {
    let world = World::new(Kind::Sqlite).await;
    for path in ["/indicators", "/exports/cases.csv", "/exports/cases.xlsx"] {
        for (query, name) in [
            ("unit=4201", "unit"),
            ("unit=999999", "unit"),
            ("from=2026-02-30", "from"),
            ("from=20260518", "from"),
            ("to=yesterday", "to"),
            ("from=2026-05-19&to=2026-05-18", "to"),
            ("category=spaceships", "category"),
            ("category=%00", "category"),
            ("respondent=", "respondent"),
            ("respondent=a%0Ab", "respondent"),
            ("trade=food", "trade"),
            ("unit=420100&unit=420200", "unit"),
        ] {
            let answer = world.operator().get(&format!("{path}?{query}")).await;
            let answer = answer.unwrap();
            assert_eq!(
                (answer.status.as_u16(), answer.names()),
                (400, vec![name]),
                "{path}?{query}"
            );
        }
    }
    for (query, name) in [("limit=0", "limit"), ("before=x", "before")] {
        let answer = world.operator().get(&format!("/exports?{query}")).await;
        assert_eq!(answer.unwrap().names(), [name]);
    }
}

#[tokio::test]
async fn what_is_too_much_for_one_file_is_refused_and_not_cut() {
    let world = World::new(Kind::Sqlite).await;
    world.file(filing()).await;
    let url = format!("sqlite:{}", world.place.data.join("hejie.db").display());
    let store = sqlx::SqlitePool::connect(&url).await.unwrap();
    let copies = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 50000)
         INSERT INTO case_facts (case_id, category, respondent_name, counted_on, facts)
         SELECT 'copy-' || n.i, category, respondent_name, counted_on, facts FROM n, case_facts";
    sqlx::query(copies).execute(&store).await.unwrap();
    store.close().await;
    let operator = world.operator();
    let refused = operator.get("/exports/cases.csv").await.unwrap();
    assert_eq!(
        (refused.status.as_u16(), &refused.body["type"]),
        (422, &json!("/problems/too-many-rows"))
    );
    assert!(refused.body["detail"].to_string().contains("50000"));
    let log = operator.get("/exports").await.unwrap().good().unwrap();
    assert_eq!(log, json!([]));
    let narrower = operator.get("/exports/cases.csv?respondent=shop").await;
    assert_eq!(narrower.unwrap().status.as_u16(), 200);
}
