//! Figures on files that went to different ends, counted by hand; and the same figures,
//! computed again from exports by the formulas that are told.

use std::collections::{BTreeMap, BTreeSet};

use hejie_tests::Client;
use reqwest::Method;
use rstest::rstest;
use serde_json::{Value, json};

use crate::formula::evaluated;
use crate::reports::anonymous;
use crate::tables::{Row, exported, from_csv, picked};
use crate::world::{Kind, World, filing, offered};

const HOSTILE: &str = "=HYPERLINK(\"http://evil.example\",\"退款\")";

/// What a figure is, in short: `2/3`, or that there is none.
pub type Figures = BTreeMap<String, String>;

pub async fn figures(who: &Client, query: &str) -> Figures {
    let answer = who.get(&format!("/indicators{query}")).await.unwrap();
    let answer = answer.good().unwrap();
    let indicators = answer["indicators"].as_array().unwrap().clone();
    let figure = |it: Value| {
        let parts = format!("{}/{}", it["numerator"], it["denominator"]);
        let said = match it["state"].as_str().unwrap() {
            "known" => parts,
            "no_cases" => format!("no cases: {parts}"),
            other => panic!("{other}"),
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

        // At Wuchang: one agreed on, one that the shop refuses, one withdrawn, one that waits.
        let agreed = desk.registered().await;
        let refusing = desk.registered().await;
        let withdrawn = desk.registered().await;
        desk.registered().await;
        // At Xiling: one refused late, and one in mediation until time ends it.
        let refused = desk.elsewhere(HOSTILE).await;
        let timed_out = desk.elsewhere("宜昌某店").await;

        desk.days_pass(2).await;
        for number in [&agreed, &refusing] {
            desk.does(&wuchang, number, "acceptance", json!({})).await;
        }
        desk.does(&xiling, &timed_out, "acceptance", json!({}))
            .await;
        desk.does(consumer, &withdrawn, "withdrawal", json!({}))
            .await;
        desk.days_pass(5).await;
        desk.settles(&agreed, Some(&wuchang), None).await;
        let refuses =
            json!({"side": "respondent", "agrees": false, "delegation": false, "means": "phone"});
        desk.does(&wuchang, &refusing, "mediation-answer", refuses)
            .await;
        let ends = json!({"ground": "absent-or-refusing", "reason": "被投诉人拒绝调解"});
        desk.does(&wuchang, &refusing, "termination", ends).await;
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

/// Acts of an officer in a file of another kind.
async fn does_in(who: &Client, file: &str, act: &str, body: Value) {
    let done = who.post(&format!("{file}/{act}"), body).await.unwrap();
    done.good().unwrap();
}

impl Desk {
    /// Five reports and three inquiries to different ends, in the months after the cases.
    async fn with_other_files(&self) {
        let wuchang = self.world.officer("420106").await;
        let reported = async |name: &str, category: &str, place: &str| {
            let mut body = anonymous();
            body["report"]["reported"]["name"] = json!(name);
            body["report"]["category"] = json!(category);
            body["report"]["act_place"] = json!(place);
            body["report"]["reported"]["operator"] =
                json!({"kind": "ordinary", "place_of_business": place, "domicile": place});
            received(&self.world.consumer, "reports", body).await
        };
        let asked = async |kind: &str, division: &str| {
            let body = json!({"contact": {"name": "王小明", "phone": "13800138000"},
                "inquiry": {"kind": kind, "division": division, "text": "网购外套能退吗？"}});
            received(&self.world.consumer, "inquiries", body).await
        };
        let opened = reported("江汉百货", "food", "420106").await;
        let left = reported(HOSTILE, "clothing", "420106").await;
        let late = reported("江汉百货", "clothing", "420106").await;
        reported("宜昌某店", "food", "420502").await;
        let answered = asked("consultation", "420106").await;
        asked("suggestion", "420502").await;

        let opens = json!({"opens": true, "reason": "现场检查属实"});
        does_in(&wuchang, &opened, "verification", opens.clone()).await;
        let case = json!({"system": "执法办案系统", "case_number": "武昌市监罚立〔2026〕1号"});
        does_in(&wuchang, &opened, "enforcement", case).await;
        let result = json!({"outcome": "penalty", "decided_on": "2026-07-27", "penalty_fen": 20_000,
            "decision": "武昌市监罚〔2026〕1号", "summary": "罚款"});
        does_in(&wuchang, &opened, "enforcement/result", result).await;
        let answer = json!({"text": "可以。", "knowledge": null});
        does_in(&wuchang, &answered, "answer", answer).await;
        let not = json!({"opens": false, "reason": "证据不足"});
        does_in(&wuchang, &left, "verification", not).await;
        self.days_pass(40).await;
        does_in(&wuchang, &late, "verification", opens).await;
    }
}

/// Files something of a kind; its path.
async fn received(who: &Client, kind: &str, body: Value) -> String {
    let receipt = who.post(&format!("/{kind}"), body).await.unwrap();
    let number = receipt.good().unwrap()["number"].clone();
    format!("/{kind}/{}", number.as_str().unwrap())
}

/// A whole export of each table that the API names.
struct Exports {
    form: &'static str,
    tables: BTreeMap<String, Vec<Row>>,
}

impl Exports {
    async fn of(who: &Client, form: &'static str) -> Exports {
        let told = who.get("/indicators").await.unwrap().good().unwrap();
        let mut tables = BTreeMap::new();
        for table in told["tables"].as_array().unwrap() {
            let name = table["name"].as_str().unwrap();
            tables.insert(name.to_owned(), exported(who, name, form, "").await);
        }
        Exports { form, tables }
    }

    /// Every figure that is told, once more: of these rows, picked by the columns that are
    /// told, by the formula that is told. The ids of those there is a figure of.
    fn agree_with(&self, told: &Value, query: &str) -> BTreeSet<String> {
        let mut scoped = BTreeMap::new();
        for table in told["tables"].as_array().unwrap() {
            let name = table["name"].as_str().unwrap();
            let rows = picked(&self.tables[name], &table["picked_by"], &told["scope"]);
            assert_eq!(json!(rows.len()), table["rows"], "{name}{query}");
            scoped.insert(name, rows);
        }
        let mut known = BTreeSet::new();
        for figure in told["indicators"].as_array().unwrap() {
            let rows = &scoped[figure["table"].as_str().unwrap()];
            let (numerator, denominator) = evaluated(figure["formula"].as_str().unwrap(), rows);
            let told = (&figure["numerator"], &figure["denominator"]);
            let again = (&json!(numerator), &json!(denominator));
            assert_eq!(again, told, "{} {}{query}", self.form, figure["id"]);
            let state = if denominator == 0 {
                "no_cases"
            } else {
                "known"
            };
            assert_eq!(figure["state"], state, "{}{query}", figure["id"]);
            if denominator > 0 {
                known.insert(figure["id"].as_str().unwrap().to_owned());
            }
        }
        known
    }
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn every_figure_is_computed_again_from_exports_by_what_is_told(#[case] kind: Kind) {
    let desk = Desk::with_cases(kind).await;
    desk.with_other_files().await;
    let hubei = desk.world.officer("420000").await;
    let hostile =
        "?respondent=%3DHYPERLINK(%22http%3A%2F%2Fevil.example%22%2C%22%E9%80%80%E6%AC%BE%22)";
    let mut ids = BTreeSet::new();
    let mut known = BTreeSet::new();
    let mut counts = BTreeSet::new();
    for who in [&hubei, desk.world.operator()] {
        let exports = [
            Exports::of(who, "csv").await,
            Exports::of(who, "xlsx").await,
        ];
        for query in [
            "",
            "?unit=420106",
            "?unit=420500",
            "?from=2026-05-19",
            "?from=2026-05-18&to=2026-05-18",
            "?to=2026-07-31&unit=420100",
            "?category=clothing",
            "?category=food&unit=420106",
            "?respondent=shop",
            "?respondent=江汉百货&from=2026-05-01&unit=420106",
            "?respondent=nobody",
            hostile,
        ] {
            let told = who.get(&format!("/indicators{query}")).await.unwrap();
            let told = told.good().unwrap();
            let figures = told["indicators"].as_array().unwrap().iter();
            ids.extend(figures.map(|it| it["id"].as_str().unwrap().to_owned()));
            for exports in &exports {
                let agreed = exports.agree_with(&told, query);
                counts.insert(agreed.len());
                known.extend(agreed);
            }
        }
    }
    assert_eq!((ids.len(), &known), (25, &ids), "each is put to the proof");
    assert!(counts.contains(&0) && counts.len() > 5, "{counts:?}");

    // What a county takes is its part of what the province has.
    let all = Exports::of(&hubei, "csv").await;
    let wuchang = desk.world.officer("420106").await;
    let told = wuchang.get("/indicators").await.unwrap().good().unwrap();
    assert_eq!(told["scope"], json!({"subtree": "420106"}));
    for table in told["tables"].as_array().unwrap() {
        let name = table["name"].as_str().unwrap();
        let part = picked(&all.tables[name], &table["picked_by"], &told["scope"]);
        assert!(!part.is_empty(), "{name}");
        for form in ["csv", "xlsx"] {
            assert_eq!(exported(&wuchang, name, form, "").await, part, "{name}");
        }
    }
    let own = Exports::of(&wuchang, "csv").await;
    own.agree_with(&told, " of Wuchang's own");
}

async fn csv_of(who: &Client, query: &str) -> Vec<Row> {
    exported(who, "cases", "csv", query).await
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn figures_are_those_counted_by_hand(#[case] kind: Kind) {
    let desk = Desk::with_cases(kind).await;
    let operator = desk.world.operator();
    let all = figures(operator, "").await;
    // Decided or overdue: agreed, no deal, timed out in time; refused and waiting late.
    // Days: withdrawn 2, agreed and no deal 7 each, refused 10, timed out 70 (the clock
    // is moved by leaps, and the end of the period is noticed at the last of them).
    let by_hand = expected(&[
        ("acceptance-on-time", "3/5"),
        ("completion-on-time", "2/3"),
        ("mediation-success-of-closed", "1/5"),
        ("mediation-success-of-accepted", "1/3"),
        ("mediation-success-of-ended", "1/3"),
        ("cycle-median", "7/1"),
        ("cycle-mean", "96/5"),
        ("outcome-confirmed", "2/4"),
        ("outcome-solved", "1/4"),
        ("outcome-partly", "1/4"),
        ("outcome-unconfirmed", "0/4"),
        ("outcome-contested", "1/4"),
        ("satisfied", "1/1"),
        ("satisfaction-mean", "4/1"),
        ("recovered", "12900/1"),
        ("odr-first-settlement", "3/8"),
        ("odr-days-median", "0/1"),
        ("odr-days-mean", "0/3"),
        ("odr-confirmed", "2/3"),
        ("odr-unconfirmed", "0/3"),
        ("odr-contested", "1/3"),
    ]);
    assert_eq!(all, by_hand);

    let yichang = figures(operator, "?unit=420500").await;
    assert_eq!(yichang["acceptance-on-time"], "1/2");
    assert_eq!(yichang["completion-on-time"], "0/1");
    assert_eq!(yichang["cycle-median"], "80/2");
    assert_eq!(yichang["outcome-confirmed"], "no cases: 0/0");
    assert_eq!(yichang["odr-first-settlement"], "no cases: 0/0");
    let shop = figures(operator, "?respondent=shop&unit=420106").await;
    assert_eq!(shop["mediation-success-of-closed"], "1/3");
    let none = figures(operator, "?category=clothing&from=2026-05-19").await;
    assert_eq!(none["acceptance-on-time"], "no cases: 0/0");
}

#[tokio::test]
async fn an_authority_is_told_first_settlements_of_operators_in_its_place_and_no_file() {
    let desk = Desk::with_cases(Kind::Sqlite).await;
    let wuhan = desk.world.officer("420100").await;
    for query in ["", "?unit=420106", "?category=clothing", "?respondent=shop"] {
        let told = figures(&wuhan, query).await;
        assert_eq!(told["odr-first-settlement"], "3/8", "{query}");
        assert_eq!(told["odr-confirmed"], "2/3", "{query}");
    }
    let xiling = desk.world.officer("420502").await;
    let told = figures(&xiling, "").await;
    assert_eq!(told["odr-first-settlement"], "no cases: 0/0");
    let rows = exported(&wuhan, "negotiations", "csv", "").await;
    assert_eq!(rows.len(), 8);
    assert!(!rows[0].contains_key("number"), "{:?}", rows[0]);
    let text = wuhan.bytes("/exports/negotiations.csv").await.unwrap();
    let text = String::from_utf8(text).unwrap();
    for personal in ["王小明", "13800138000", "中北路", "c-1", "没有穿过"] {
        assert!(!text.contains(personal), "{personal}");
    }
    let cases = exported(&wuhan, "cases", "csv", "").await;
    assert_eq!(cases.len(), 4, "files that came to it alone");
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
    let names: Vec<String> = from_csv(text.as_bytes())
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
                it["table"],
                it["form"],
                it["rows"],
                it["filter"]
            ])
        })
        .collect();
    assert_eq!(
        said,
        [
            json!(["officer", "cases", "csv", 4, {"subtree": "420106", "to": "2026-05-18"}]),
            json!(["operator", "cases", "xlsx", 2, {"subtree": "4205"}]),
            json!(["operator", "cases", "csv", 10, {}]),
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
    for path in [
        "/indicators",
        "/exports/cases.csv",
        "/exports/cases.xlsx",
        "/exports/negotiations.csv",
        "/exports/negotiations.xlsx",
    ] {
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
    let log = world
        .operator()
        .get("/exports")
        .await
        .unwrap()
        .good()
        .unwrap();
    assert_eq!(
        log.as_array().unwrap().len(),
        8,
        "what was refused is no export"
    );
}

/// Table and rows of each line of the log that somebody reads, newest first.
async fn log_of(who: &Client) -> Vec<Value> {
    let log = who.get("/exports").await.unwrap().good().unwrap();
    let lines = log.as_array().unwrap().iter();
    lines
        .map(|it| json!([it["table"], it["rows"], it["principal"]["unit"]]))
        .collect()
}

#[tokio::test]
async fn reports_and_inquiries_are_exported_by_officers_of_their_subtree_alone() {
    let world = World::new(Kind::Sqlite).await;
    received(&world.consumer, "reports", anonymous()).await;
    let wuchang = world.officer("420106").await;
    let city = world.officer_as("420100", "supervisor").await;
    let handler = world.officer_as("420106", "handler").await;
    let neighbour = world.officer("420111").await;
    for path in [
        "/exports/reports.csv",
        "/exports/reports.xlsx",
        "/exports/inquiries.csv",
        "/exports/inquiries.xlsx",
    ] {
        for (who, query, status) in [
            (world.operator(), "", 403),
            (world.operator(), "?unit=420106", 403),
            (&world.consumer, "", 403),
            (&world.agent, "", 403),
            (&neighbour, "?unit=420106", 403),
            (&neighbour, "", 200),
            (&wuchang, "", 200),
            (&city, "?unit=420106", 200),
        ] {
            let answer = who.get(&format!("{path}{query}")).await.unwrap();
            assert_eq!(answer.status.as_u16(), status, "{path}{query}");
        }
    }
    let told = world
        .operator()
        .get("/indicators?respondent=江汉百货")
        .await;
    let told = told.unwrap().good().unwrap();
    let tables = told["tables"].as_array().unwrap().iter();
    let tables: Vec<&Value> = tables.map(|it| &it["name"]).collect();
    assert_eq!(tables, ["cases", "negotiations"]);
    assert!(!told.to_string().contains("verification-on-time"));
    assert_eq!(exported(&wuchang, "reports", "csv", "").await.len(), 1);
    assert_eq!(exported(&neighbour, "reports", "csv", "").await.len(), 0);

    // Who took them is read by heads and supervisors above, and nobody else.
    exported(world.operator(), "cases", "csv", "").await;
    exported(&handler, "negotiations", "csv", "").await;
    assert_eq!(log_of(world.operator()).await.len(), 2);
    let own = log_of(&wuchang).await;
    assert_eq!(own.len(), 6);
    assert_eq!(own[0], json!(["negotiations", 0, "420106"]));
    assert_eq!(own[1], json!(["reports", 1, "420106"]));
    assert_eq!(log_of(&city).await.len(), 6 + 4 + 5);
    assert_eq!(log_of(&neighbour).await.len(), 5);
    for who in [&handler, &world.consumer, &world.agent] {
        let refused = who.get("/exports").await.unwrap();
        assert_eq!(refused.status.as_u16(), 403);
    }
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
