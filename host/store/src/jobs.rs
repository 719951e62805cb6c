//! Jobs: work that follows from an event, in the transaction of that event. A
//! worker leases a job; a lease that runs out makes it available again, so
//! nothing is lost with a worker. When a job is due is told by the clock of the
//! cases, how long a lease holds by the clock of the machine: a rehearsal moves
//! only the first.

use jiff::Timestamp;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};
use uuid::Uuid;

use crate::connection::Store;
use crate::entry::{micros, moment};
use crate::error::StoreError;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewJob {
    pub kind: &'static str,
    /// Names it within its case.
    pub name: String,
    /// JSON, the kind's own.
    pub payload: String,
    pub run_at: Timestamp,
}

/// A leased job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    pub case_id: String,
    pub kind: String,
    pub name: String,
    pub payload: String,
    pub run_at: Timestamp,
    /// How often it was tried before.
    pub attempts: u32,
    pub lease: String,
}

/// What a node asks for when it looks for work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// The node that will do the work.
    pub node: Uuid,
    /// Jobs due by then, on the clock of the cases.
    pub due: Timestamp,
    /// Leases that ended before are void, on the clock of the machine.
    pub now: Timestamp,
    /// When the new leases end, on the clock of the machine.
    pub until: Timestamp,
    /// The most jobs.
    pub limit: u32,
}

pub(crate) async fn insert(
    connection: &mut AnyConnection,
    case_id: &str,
    job: &NewJob,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO jobs (id, case_id, kind, name, payload, run_at, attempts)
         VALUES ($1, $2, $3, $4, $5, $6, 0)",
    )
    .bind(Uuid::now_v7().to_string())
    .bind(case_id)
    .bind(job.kind)
    .bind(job.name.as_str())
    .bind(job.payload.as_str())
    .bind(micros(job.run_at))
    .execute(connection)
    .await?;
    Ok(())
}

pub(crate) async fn cancel(
    connection: &mut AnyConnection,
    case_id: &str,
    name: &str,
) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM jobs WHERE case_id = $1 AND name = $2")
        .bind(case_id)
        .bind(name)
        .execute(connection)
        .await?;
    Ok(())
}

pub(crate) async fn finish(connection: &mut AnyConnection, lease: &str) -> Result<(), StoreError> {
    let done = sqlx::query("DELETE FROM jobs WHERE lease = $1")
        .bind(lease)
        .execute(connection)
        .await?;
    if done.rows_affected() == 1 {
        Ok(())
    } else {
        Err(StoreError::LeaseLost)
    }
}

/// A due job that is free, of a case that has none under way and none due before
/// it, so a case's jobs keep their order.
macro_rules! free {
    () => {
        "j.run_at <= $1 AND (j.leased_until IS NULL OR j.leased_until < $2)
         AND NOT EXISTS (SELECT 1 FROM jobs o WHERE o.case_id = j.case_id AND o.id <> j.id
                         AND (o.leased_until >= $2
                              OR (o.run_at <= $1 AND (o.run_at < j.run_at
                                   OR (o.run_at = j.run_at AND o.id < j.id)))))"
    };
}

impl Store {
    /// Leases due jobs, one of a case at a time.
    pub async fn claim_jobs(&self, wanted: Claim) -> Result<Vec<Job>, StoreError> {
        if !self.has_due_job(&wanted).await? {
            return Ok(Vec::new());
        }
        let postgres = self.is_postgres();
        self.write(move |connection| {
            Box::pin(async move { claim(connection, postgres, &wanted).await })
        })
        .await
    }

    /// Frees the jobs that a node had under way when it ended; only for a node
    /// that is known to have ended.
    pub async fn release_jobs(&self, node: Uuid) -> Result<u64, StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                let freed = sqlx::query(
                    "UPDATE jobs SET lease = NULL, leased_until = NULL, node = NULL
                     WHERE node = $1",
                )
                .bind(node.to_string())
                .execute(connection)
                .await?;
                Ok(freed.rows_affected())
            })
        })
        .await
    }

    /// Reading is cheap; only where there is something is a write worth its fsync.
    async fn has_due_job(&self, wanted: &Claim) -> Result<bool, StoreError> {
        let found: Option<(i64,)> = sqlx::query_as(
            "SELECT CAST(1 AS BIGINT) FROM jobs
             WHERE run_at <= $1 AND (leased_until IS NULL OR leased_until < $2) LIMIT 1",
        )
        .bind(micros(wanted.due))
        .bind(micros(wanted.now))
        .fetch_optional(&self.pool)
        .await?;
        Ok(found.is_some())
    }

    /// Jobs due by a moment, waiting or under way.
    pub async fn count_jobs(&self, due: Timestamp) -> Result<i64, StoreError> {
        let (count,): (i64,) = sqlx::query_as("SELECT COUNT(*) FROM jobs WHERE run_at <= $1")
            .bind(micros(due))
            .fetch_one(&self.pool)
            .await?;
        Ok(count)
    }

    /// Ends a job that needs no commit.
    pub async fn finish_job(&self, lease: String) -> Result<(), StoreError> {
        self.write(move |connection| Box::pin(async move { finish(connection, &lease).await }))
            .await
    }

    /// Gives a job back, to be tried again later.
    pub async fn retry_job(
        &self,
        lease: String,
        run_at: Timestamp,
        error: String,
    ) -> Result<(), StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                sqlx::query(
                    "UPDATE jobs SET lease = NULL, leased_until = NULL, node = NULL, run_at = $1,
                         attempts = attempts + 1, last_error = $2 WHERE lease = $3",
                )
                .bind(micros(run_at))
                .bind(error)
                .bind(lease)
                .execute(connection)
                .await?;
                Ok(())
            })
        })
        .await
    }
}

async fn claim(
    connection: &mut AnyConnection,
    postgres: bool,
    wanted: &Claim,
) -> Result<Vec<Job>, StoreError> {
    let free = concat!(
        "SELECT j.id, j.case_id FROM jobs j WHERE ",
        free!(),
        " ORDER BY j.run_at, j.id LIMIT $3"
    );
    let candidates: Vec<(String, String)> = sqlx::query_as(free)
        .bind(micros(wanted.due))
        .bind(micros(wanted.now))
        .bind(i64::from(wanted.limit))
        .fetch_all(&mut *connection)
        .await?;
    let mut jobs = Vec::new();
    for (id, case_id) in candidates {
        if postgres && !alone(connection, &case_id).await? {
            continue;
        }
        jobs.extend(lease(connection, &id, wanted).await?);
    }
    Ok(jobs)
}

/// Until its transaction ends, only one node leases jobs of a case. What another
/// leased before is then seen by the next statement; SQLite has one writer anyway.
async fn alone(connection: &mut AnyConnection, case_id: &str) -> Result<bool, StoreError> {
    let (alone,): (bool,) =
        sqlx::query_as("SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0))")
            .bind(case_id)
            .fetch_one(connection)
            .await?;
    Ok(alone)
}

/// Leases a job where it is still free.
async fn lease(
    connection: &mut AnyConnection,
    id: &str,
    wanted: &Claim,
) -> Result<Option<Job>, StoreError> {
    let statement = concat!(
        "UPDATE jobs AS j SET lease = $3, leased_until = $4, node = $5 WHERE j.id = $6 AND ",
        free!(),
        " RETURNING case_id, kind, name, payload, run_at, attempts, lease"
    );
    let row = sqlx::query(statement)
        .bind(micros(wanted.due))
        .bind(micros(wanted.now))
        .bind(Uuid::new_v4().to_string())
        .bind(micros(wanted.until))
        .bind(wanted.node.to_string())
        .bind(id)
        .fetch_optional(connection)
        .await?;
    row.as_ref().map(job).transpose()
}

fn job(row: &AnyRow) -> Result<Job, StoreError> {
    let attempts: i64 = row.try_get("attempts")?;
    Ok(Job {
        case_id: row.try_get("case_id")?,
        kind: row.try_get("kind")?,
        name: row.try_get("name")?,
        payload: row.try_get("payload")?,
        run_at: moment(row.try_get("run_at")?)?,
        attempts: u32::try_from(attempts).unwrap_or(u32::MAX),
        lease: row.try_get("lease")?,
    })
}
