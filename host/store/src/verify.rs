//! Verifying ledgers: every byte as it was written, every chain whole, every
//! document where its digest says, every projection at the head of its ledger.

use std::fmt;

use hejie_domain::identifiers::digest::Digest;
use sqlx::Row;

use crate::cases::StoredCase;
use crate::connection::Store;
use crate::entry::{Entry, natural};
use crate::error::StoreError;

const BATCH: u32 = 200;

/// Something that is not as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    pub case_id: String,
    /// The entry, where one is at fault.
    pub seq: Option<u64>,
    pub what: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.seq {
            Some(seq) => write!(f, "case {} entry {seq}: {}", self.case_id, self.what),
            None => write!(f, "case {}: {}", self.case_id, self.what),
        }
    }
}

impl Store {
    /// Checks every case; how many there are, and what is wrong.
    pub async fn verify(&self) -> Result<(u64, Vec<Fault>), StoreError> {
        let mut faults = Vec::new();
        let mut checked = 0;
        let mut after = String::new();
        loop {
            let ids = self.ledger_ids(&after).await?;
            let Some(last) = ids.last() else {
                return Ok((checked, faults));
            };
            after = last.clone();
            for id in ids {
                checked += 1;
                self.verify_case(&id, &mut faults).await?;
            }
        }
    }

    /// Cases that have entries or a projection, so that neither goes missing unseen.
    async fn ledger_ids(&self, after: &str) -> Result<Vec<String>, StoreError> {
        let rows: Vec<(String,)> = sqlx::query_as(
            "SELECT case_id FROM (
                 SELECT case_id FROM ledger WHERE seq = 1 UNION SELECT case_id FROM cases
             ) AS known WHERE case_id > $1 ORDER BY case_id LIMIT $2",
        )
        .bind(after)
        .bind(i64::from(BATCH))
        .fetch_all(&self.pool)
        .await?;
        Ok(rows.into_iter().map(|(id,)| id).collect())
    }

    async fn verify_case(&self, id: &str, faults: &mut Vec<Fault>) -> Result<(), StoreError> {
        let rows =
            sqlx::query("SELECT seq, entry, hash FROM ledger WHERE case_id = $1 ORDER BY seq")
                .bind(id)
                .fetch_all(&self.pool)
                .await?;
        let mut chain = Chain::of(id);
        for row in &rows {
            let seq = natural(row.try_get("seq")?)?;
            let entry: String = row.try_get("entry")?;
            let hash: String = row.try_get("hash")?;
            chain.link(seq, &entry, &hash, faults);
        }
        let stored = self.case(id).await?;
        chain.close(stored.as_ref(), faults);
        self.verify_attachments(id, faults).await
    }

    async fn verify_attachments(
        &self,
        id: &str,
        faults: &mut Vec<Fault>,
    ) -> Result<(), StoreError> {
        let rows: Vec<(String, String)> =
            sqlx::query_as("SELECT digest, body FROM attachments WHERE case_id = $1")
                .bind(id)
                .fetch_all(&self.pool)
                .await?;
        for (digest, body) in rows {
            if Digest::of(body.as_bytes()).to_string() != digest {
                let what = format!("the document {digest} was changed");
                faults.push(Fault {
                    case_id: id.to_owned(),
                    seq: None,
                    what,
                });
            }
        }
        Ok(())
    }
}

/// A chain as far as it was followed.
struct Chain<'a> {
    case_id: &'a str,
    seq: u64,
    head: Digest,
}

impl<'a> Chain<'a> {
    fn of(case_id: &'a str) -> Chain<'a> {
        Chain {
            case_id,
            seq: 0,
            head: Digest::ZERO,
        }
    }

    fn link(&mut self, seq: u64, text: &str, hash: &str, faults: &mut Vec<Fault>) {
        if let Some(what) = self.fault(seq, text, hash) {
            let case_id = self.case_id.to_owned();
            faults.push(Fault {
                case_id,
                seq: Some(seq),
                what,
            });
        }
        self.seq = seq;
        // Goes on from what is written, so that one fault is told once.
        self.head = hash.parse().unwrap_or(Digest::ZERO);
    }

    fn fault(&self, seq: u64, text: &str, hash: &str) -> Option<String> {
        if seq != self.seq + 1 {
            return Some(format!("entry {} is missing", self.seq + 1));
        }
        if Digest::of(text.as_bytes()).to_string() != hash {
            return Some("its bytes do not give its hash".to_owned());
        }
        let entry: Entry = match serde_json::from_str(text) {
            Ok(entry) => entry,
            Err(fault) => return Some(format!("it cannot be read: {fault}")),
        };
        if entry.prev != self.head {
            return Some("it does not follow from the entry before".to_owned());
        }
        if entry.case != self.case_id || entry.seq != seq {
            return Some("it belongs elsewhere".to_owned());
        }
        match entry.canonical() {
            Ok(canonical) if canonical == text => None,
            _ => Some("its bytes are not canonical".to_owned()),
        }
    }

    fn close(self, stored: Option<&StoredCase>, faults: &mut Vec<Fault>) {
        let what = match stored {
            None => "it has a ledger and no projection".to_owned(),
            Some(stored) if stored.version != self.seq || stored.head != self.head => {
                format!(
                    "its projection stands at {} and its ledger at {}",
                    stored.version, self.seq
                )
            }
            Some(_) => return,
        };
        faults.push(Fault {
            case_id: self.case_id.to_owned(),
            seq: None,
            what,
        });
    }
}
