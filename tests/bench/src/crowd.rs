//! Fills a store with many open cases: one real case, copied under other keys.
//! Each has its snapshot, its ledger entries, its commits, its timers and its outbox. The
//! copies serve as weight only: their hash chains are those of the one.

use std::path::Path;

use anyhow::Result;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, SqliteConnection};

/// Copies of a transaction.
const STEP: u32 = 50_000;

/// What is copied; `n.i` is the number of the copy, `ID` its key.
const COPIES: [&str; 6] = [
    "INSERT INTO cases (case_id, number, version, head, phase, consumer_id, respondent, division,
             category, mediation, next_deadline, updated_at, snapshot)
         SELECT ID, printf('HJ-%d', n.i), version, head, phase, printf('crowd-%d', n.i % 100000),
             respondent, division, category, mediation, next_deadline + n.i, updated_at - n.i,
             snapshot
         FROM n, cases WHERE consumer_id = 'c-1'",
    "INSERT INTO case_facts (case_id, unit, category, respondent, respondent_name, respondent_code,
             counted_on, facts, number)
         SELECT ID, f.unit, f.category, f.respondent, f.respondent_name, f.respondent_code,
             f.counted_on, f.facts, printf('HJ-%d', n.i)
         FROM n, case_facts f JOIN cases ON cases.case_id = f.case_id
         WHERE cases.consumer_id = 'c-1'",
    "INSERT INTO ledger (case_id, seq, entry, hash)
         SELECT ID, ledger.seq, entry, hash FROM n, ledger JOIN cases USING (case_id)
         WHERE consumer_id = 'c-1'",
    "INSERT INTO commits (case_id, base, version, head)
         SELECT ID, base, commits.version, commits.head
         FROM n, commits JOIN cases USING (case_id) WHERE consumer_id = 'c-1'",
    "INSERT INTO jobs (id, case_id, kind, name, payload, run_at, attempts)
         SELECT printf('%s-%d', jobs.id, n.i), ID, jobs.kind, name, payload, run_at + n.i, attempts
         FROM n, jobs JOIN cases USING (case_id) WHERE consumer_id = 'c-1'",
    "INSERT INTO outbox (id, case_id, topic, payload, created_at)
         SELECT printf('%s-%d', outbox.id, n.i), ID, topic, payload, created_at
         FROM n, outbox JOIN cases USING (case_id) WHERE consumer_id = 'c-1'",
];

pub async fn fill(database: &Path, copies: u32) -> Result<()> {
    let mut connection = SqliteConnectOptions::new()
        .filename(database)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Off)
        .connect()
        .await?;
    let mut done = 0;
    while done < copies {
        let last = copies.min(done + STEP);
        step(&mut connection, done + 1, last).await?;
        done = last;
        eprintln!("{done} of {copies} cases are in the crowded store");
    }
    sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)")
        .execute(&mut connection)
        .await?;
    Ok(connection.close().await?)
}

async fn step(connection: &mut SqliteConnection, first: u32, last: u32) -> Result<()> {
    let mut transaction = connection.begin().await?;
    for copy in COPIES {
        let copy = copy.replace("ID", "printf('01000000-0000-7000-8000-%012x', n.i)");
        let statement = format!(
            "WITH RECURSIVE n(i) AS (SELECT {first} UNION ALL SELECT i + 1 FROM n WHERE i < {last}) {copy}"
        );
        // Numbers and the constants above, nothing of a stranger's.
        sqlx::query(AssertSqlSafe(statement))
            .execute(&mut *transaction)
            .await?;
    }
    Ok(transaction.commit().await?)
}
