//! Following a ledger's chain: every byte as it was written, every entry after
//! the one before.

use std::collections::BTreeMap;

use hejie_domain::identifiers::digest::Digest;
use sqlx::{AnyConnection, Row};

use crate::entry::{Entry, natural};
use crate::error::StoreError;
use crate::fault::Fault;

/// A chain as far as it was followed.
pub(crate) struct Chain {
    pub case_id: String,
    /// What could be read, in order; all there is where there are no faults.
    pub entries: Vec<Entry>,
    /// The hashes as they are written, by entry.
    pub hashes: BTreeMap<u64, String>,
    pub head: Digest,
    pub faults: Vec<Fault>,
    seq: u64,
}

impl Chain {
    /// Reads and follows a case's ledger.
    pub async fn read(connection: &mut AnyConnection, case_id: &str) -> Result<Chain, StoreError> {
        let rows =
            sqlx::query("SELECT seq, entry, hash FROM ledger WHERE case_id = $1 ORDER BY seq")
                .bind(case_id)
                .fetch_all(connection)
                .await?;
        let mut chain = Chain::of(case_id);
        for row in &rows {
            let seq = natural(row.try_get("seq")?)?;
            let entry: String = row.try_get("entry")?;
            let hash: String = row.try_get("hash")?;
            chain.link(seq, &entry, hash);
        }
        Ok(chain)
    }

    fn of(case_id: &str) -> Chain {
        Chain {
            case_id: case_id.to_owned(),
            entries: Vec::new(),
            hashes: BTreeMap::new(),
            head: Digest::ZERO,
            faults: Vec::new(),
            seq: 0,
        }
    }

    /// The version the ledger stands at.
    pub fn version(&self) -> u64 {
        self.seq
    }

    /// Whether every entry could be read.
    pub fn is_whole(&self) -> bool {
        self.entries.len() == self.hashes.len()
    }

    fn link(&mut self, seq: u64, text: &str, hash: String) {
        match self.follow(seq, text, &hash) {
            Ok(entry) => self.entries.push(entry),
            Err(what) => self.faults.push(Fault::of_entry(&self.case_id, seq, what)),
        }
        self.seq = seq;
        // Goes on from what is written, so that one fault is told once.
        self.head = hash.parse().unwrap_or(Digest::ZERO);
        self.hashes.insert(seq, hash);
    }

    fn follow(&self, seq: u64, text: &str, hash: &str) -> Result<Entry, String> {
        if seq != self.seq + 1 {
            return Err(format!("entry {} is missing", self.seq + 1));
        }
        if Digest::of(text.as_bytes()).to_string() != hash {
            return Err("its bytes do not give its hash".to_owned());
        }
        let entry: Entry =
            serde_json::from_str(text).map_err(|fault| format!("it cannot be read: {fault}"))?;
        if entry.prev != self.head {
            return Err("it does not follow from the entry before".to_owned());
        }
        if entry.case != self.case_id || entry.seq != seq {
            return Err("it belongs elsewhere".to_owned());
        }
        match entry.canonical() {
            Ok(canonical) if canonical == text => Ok(entry),
            _ => Err("its bytes are not canonical".to_owned()),
        }
    }
}
