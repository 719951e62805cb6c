//! A fresh store of either kind, and commits to put in it.

use hejie_domain::identifiers::digest::Digest;
use hejie_postgres::Postgres;
use hejie_store::{CaseRow, Commit, Entry, FactRow, Meaning, Names, NewEvent, Store, WorkRow};
use jiff::Timestamp;
use jiff::civil::date;
use serde_json::{Value, json};
use tempfile::TempDir;

#[derive(Debug, Clone, Copy)]
pub enum Kind {
    Sqlite,
    Postgres,
}

/// A store with what must outlive it.
pub struct Fresh {
    pub store: Store,
    pub url: String,
    _ground: Ground,
}

#[allow(dead_code)]
enum Ground {
    Folder(TempDir),
    Server(Postgres),
}

impl Fresh {
    pub async fn of(kind: Kind) -> Fresh {
        let (url, ground) = match kind {
            Kind::Sqlite => {
                let folder = tempfile::tempdir().unwrap();
                let path = folder.path().join("hejie.db");
                (format!("sqlite:{}", path.display()), Ground::Folder(folder))
            }
            Kind::Postgres => {
                let server = Postgres::start().unwrap();
                (server.url(), Ground::Server(server))
            }
        };
        let store = Store::open(&url).await.unwrap();
        Fresh {
            store,
            url,
            _ground: ground,
        }
    }

    /// A second connection to the same data, as another process has it.
    pub async fn tamper(&self, statement: &'static str) {
        self.run(statement, sqlx::query(statement)).await;
    }

    /// The same with an argument.
    pub async fn tamper_with(&self, statement: &'static str, argument: &str) {
        let query = sqlx::query(statement).bind(argument.to_owned());
        self.run(statement, query).await;
    }

    async fn run(
        &self,
        statement: &str,
        query: sqlx::query::Query<'_, sqlx::Any, sqlx::any::AnyArguments>,
    ) {
        let pool = sqlx::AnyPool::connect(&self.url).await.unwrap();
        let touched = query.execute(&pool).await.unwrap();
        assert!(touched.rows_affected() > 0, "{statement} touched nothing");
        pool.close().await;
    }
}

pub fn now() -> Timestamp {
    "2026-05-18T01:00:00Z".parse().unwrap()
}

pub fn row(case_id: &str, snapshot: Value) -> CaseRow {
    CaseRow {
        kind: "dispute",
        unit: None,
        case_id: case_id.to_owned(),
        number: format!("N-{case_id}"),
        snapshot,
        phase: "negotiating",
        consumer_id: "c-1".to_owned(),
        accounts: None,
        involved: None,
        respondent: Some("shop".to_owned()),
        division: None,
        category: "food".to_owned(),
        mediation: false,
        delegated: None,
        awaits_calendar: false,
        next_deadline: None,
        updated_at: now(),
        origin: None,
        facts: Some(facts(case_id)),
        likeness: None,
        parts: None,
        work: None,
    }
}

/// Facts of a case that no authority has.
pub fn facts(case_id: &str) -> FactRow {
    FactRow {
        unit: None,
        category: "food".to_owned(),
        respondent: Some("shop".to_owned()),
        respondent_name: "江汉百货".to_owned(),
        respondent_code: None,
        counted_on: "2026-05-18".to_owned(),
        ended_on: None,
        place: None,
        facts: json!({"number": format!("N-{case_id}")}),
    }
}

/// Appends `count` events after a version.
pub fn commit(case_id: &str, version: u64, head: &Digest, count: u64) -> Commit {
    let events = (1..=count)
        .map(|step| NewEvent {
            at: now(),
            actor: json!({"kind": "consumer", "id": "王"}),
            kind: "message_posted",
            version: 1,
            payload: json!({"seq": version + step, "body": "退款"}),
        })
        .collect();
    Commit {
        case_id: case_id.to_owned(),
        expected_version: version,
        expected_head: head.clone(),
        events,
        attachments: Vec::new(),
        case: row(case_id, json!({"version": version + count})),
        jobs: Vec::new(),
        cancel_jobs: Vec::new(),
        finish_job: None,
        outbox: Vec::new(),
        deliveries: Vec::new(),
        recalled: Vec::new(),
        identity: None,
        idempotency: None,
        draft: None,
        partner: None,
    }
}

pub fn opening(case_id: &str) -> Commit {
    commit(case_id, 0, &Digest::ZERO, 2)
}

/// Puts a case on the work list by what an entry says of it: `unit`, `due`,
/// `over`, `received`, `consumer`, `respondent`, `text` and `phone`.
pub fn list(row: &mut CaseRow, work: &Value) {
    let text = |name: &str| work[name].as_str().map(str::to_owned);
    let day = |name: &str| text(name).map(|day| day.parse().unwrap());
    row.phase = "registered";
    row.division = text("unit");
    row.work = text("unit").map(|unit| WorkRow {
        unit,
        period: text("due").map(|_| "acceptance".to_owned()),
        due_on: day("due"),
        over_on: day("over"),
        received_on: day("received").unwrap_or(date(2026, 5, 18)),
        consumer_name: text("consumer").unwrap_or("王小明".to_owned()),
        respondent_name: text("respondent").unwrap_or("江汉百货".to_owned()),
        texts: text("text").into_iter().collect(),
        phones: text("phone").into_iter().collect(),
    });
}

/// Opens a case that waits for an authority.
pub fn waiting(case_id: &str, work: Value) -> Commit {
    let mut commit = opening(case_id);
    list(&mut commit.case, &work);
    commit.events[1].payload = json!({"work": work});
    commit
}

/// The meaning of the entries that [`commit`] makes; an entry names what stands
/// in its payload under `documents` and `components`.
pub struct Plain;

impl Meaning for Plain {
    fn fold(&self, case_id: &str, entries: &[Entry]) -> Result<CaseRow, String> {
        let mut row = row(case_id, json!({"version": entries.len()}));
        let mut listed = entries.iter().filter_map(|entry| entry.payload.get("work"));
        if let Some(work) = listed.next_back() {
            list(&mut row, work);
        }
        Ok(row)
    }

    fn names(&self, entry: &Entry) -> Names {
        let digests = |field: &str| -> Vec<Digest> {
            let named = entry.payload.get(field).and_then(Value::as_array);
            let digests = named.into_iter().flatten();
            digests
                .map(|digest| digest.as_str().unwrap().parse().unwrap())
                .collect()
        };
        let json = |digest| (digest, "application/json");
        Names {
            documents: digests("documents").into_iter().map(json).collect(),
            components: digests("components"),
            persons: persons(entry),
        }
    }
}

fn persons(entry: &Entry) -> Vec<String> {
    let named = entry.payload.get("person").and_then(Value::as_str);
    named.map(str::to_owned).into_iter().collect()
}

/// What is wrong with a store, in words.
pub async fn faults(fresh: &Fresh) -> Vec<String> {
    let (_, faults) = fresh.store.verify(&Plain).await.unwrap();
    faults.iter().map(ToString::to_string).collect()
}
