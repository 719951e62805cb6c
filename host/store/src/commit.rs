//! One command's whole effect, in one transaction.

use hejie_domain::identifiers::digest::Digest;
use hejie_faults::{FaultPoint, pass};
use jiff::Timestamp;
use serde_json::Value;
use sqlx::AnyConnection;

use crate::attachments::{self, Attachment};
use crate::cases::{self, CaseRow};
use crate::connection::Store;
use crate::deliveries::{self, NewDelivery, Recalled};
use crate::drafts::{self, DraftRow};
use crate::entry::{Entry, integer};
use crate::error::StoreError;
use crate::facts;
use crate::idempotency::{self, IdempotencyAnswer};
use crate::identities::{self, NewIdentity};
use crate::jobs::{self, NewJob};
use crate::numbers;
use crate::outbox::{self, NewMessage};
use crate::partner_filings::{self, PartnerFiling};

/// An event to append.
#[derive(Debug, Clone)]
pub struct NewEvent {
    pub at: Timestamp,
    pub actor: Value,
    pub kind: &'static str,
    pub version: u32,
    pub payload: Value,
}

/// Everything a command causes.
#[derive(Debug, Clone)]
pub struct Commit {
    pub case_id: String,
    /// The version the command was decided on; 0 opens the case.
    pub expected_version: u64,
    /// The hash of the entry at that version.
    pub expected_head: Digest,
    pub events: Vec<NewEvent>,
    pub attachments: Vec<Attachment>,
    /// The case after these events.
    pub case: CaseRow,
    pub jobs: Vec<NewJob>,
    /// Names of jobs of this case that lost their object.
    pub cancel_jobs: Vec<String>,
    /// The lease of the job that this answers.
    pub finish_job: Option<String>,
    pub outbox: Vec<NewMessage>,
    /// What is to reach one receiver that is known already.
    pub deliveries: Vec<NewDelivery>,
    /// What was to reach one and is taken back.
    pub recalled: Vec<Recalled>,
    /// Who stands behind a token of the first event.
    pub identity: Option<NewIdentity>,
    pub idempotency: Option<IdempotencyAnswer>,
    /// The draft that this files.
    pub draft: Option<DraftRow>,
    /// The partner's reference that this files under.
    pub partner: Option<PartnerFiling>,
}

/// What became durable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Committed {
    pub case_id: String,
    pub version: u64,
    pub head: Digest,
}

impl Store {
    /// Makes a commit durable, or says why not and changes nothing.
    pub async fn commit(&self, commit: Commit) -> Result<Committed, StoreError> {
        check(&commit)?;
        let committed = self
            .write(move |connection| Box::pin(append(connection, commit)))
            .await?;
        pass(FaultPoint::Committed);
        self.announce(&committed);
        Ok(committed)
    }

    /// Makes commits on several files durable, all of them or none.
    pub async fn commit_all(&self, commits: Vec<Commit>) -> Result<Vec<Committed>, StoreError> {
        commits.iter().try_for_each(check)?;
        let committed = self
            .write(move |connection| Box::pin(append_all(connection, commits)))
            .await?;
        pass(FaultPoint::Committed);
        for one in &committed {
            self.announce(one);
        }
        Ok(committed)
    }
}

fn check(commit: &Commit) -> Result<(), StoreError> {
    for event in &commit.events {
        numbers::check(&event.actor)?;
        numbers::check(&event.payload)?;
    }
    Ok(())
}

async fn append_all(
    connection: &mut AnyConnection,
    commits: Vec<Commit>,
) -> Result<Vec<Committed>, StoreError> {
    let mut committed = Vec::with_capacity(commits.len());
    for commit in commits {
        if !committed.is_empty() {
            pass(FaultPoint::FileOfSeveralWritten);
        }
        committed.push(append(connection, commit).await?);
    }
    Ok(committed)
}

async fn append(connection: &mut AnyConnection, commit: Commit) -> Result<Committed, StoreError> {
    if let Some(answer) = &commit.idempotency {
        idempotency::keep(connection, answer).await?;
    }
    if let Some(draft) = &commit.draft {
        drafts::put(connection, draft).await?;
    }
    if let Some(filing) = &commit.partner {
        partner_filings::keep(connection, filing).await?;
    }
    if let Some(lease) = &commit.finish_job {
        jobs::finish(connection, lease).await?;
    }
    pass(FaultPoint::CommitBegun);
    let committed = append_entries(connection, &commit).await?;
    pass(FaultPoint::EventsWritten);
    note(connection, commit.expected_version, &committed).await?;
    cases::put(
        connection,
        &commit.case,
        commit.expected_version,
        &committed,
    )
    .await?;
    facts::put(connection, &commit.case).await?;
    pass(FaultPoint::ProjectionWritten);
    for attachment in &commit.attachments {
        attachments::insert(connection, &commit.case_id, attachment).await?;
    }
    for name in &commit.cancel_jobs {
        jobs::cancel(connection, &commit.case_id, name).await?;
    }
    for job in &commit.jobs {
        jobs::insert(connection, &commit.case_id, job).await?;
    }
    if let Some(identity) = &commit.identity {
        identities::insert(connection, &commit.case_id, identity).await?;
    }
    for message in &commit.outbox {
        outbox::insert(connection, &commit.case_id, message).await?;
    }
    for recalled in &commit.recalled {
        deliveries::recall(connection, &commit.case_id, recalled).await?;
    }
    for delivery in &commit.deliveries {
        deliveries::insert(connection, &commit.case_id, delivery).await?;
    }
    pass(FaultPoint::CommitWritten);
    Ok(committed)
}

/// Notes the commit in the one table of all commits.
async fn note(
    connection: &mut AnyConnection,
    base: u64,
    committed: &Committed,
) -> Result<(), StoreError> {
    sqlx::query("INSERT INTO commits (case_id, base, version, head) VALUES ($1, $2, $3, $4)")
        .bind(committed.case_id.as_str())
        .bind(integer(base)?)
        .bind(integer(committed.version)?)
        .bind(committed.head.to_string())
        .execute(connection)
        .await?;
    Ok(())
}

async fn append_entries(
    connection: &mut AnyConnection,
    commit: &Commit,
) -> Result<Committed, StoreError> {
    let mut seq = commit.expected_version;
    let mut head = commit.expected_head.clone();
    for event in &commit.events {
        seq += 1;
        let entry = Entry {
            case: commit.case_id.clone(),
            seq,
            at: event.at,
            actor: event.actor.clone(),
            kind: event.kind.to_owned(),
            version: event.version,
            payload: event.payload.clone(),
            prev: head,
        };
        let bytes = entry.canonical()?;
        head = Digest::of(bytes.as_bytes());
        let inserted = sqlx::query(
            "INSERT INTO ledger (case_id, seq, entry, hash) VALUES ($1, $2, $3, $4)
             ON CONFLICT (case_id, seq) DO NOTHING",
        )
        .bind(commit.case_id.as_str())
        .bind(integer(seq)?)
        .bind(bytes)
        .bind(head.to_string())
        .execute(&mut *connection)
        .await?;
        if inserted.rows_affected() != 1 {
            return Err(StoreError::Conflict);
        }
    }
    Ok(Committed {
        case_id: commit.case_id.clone(),
        version: seq,
        head,
    })
}
