//! Verifying the store against its ledgers: every byte as it was written, every
//! chain whole, every commit's entries there, every document and component where
//! its digest says, every column of the projections as the ledger gives it, every
//! file on the work list found by its words.
//!
//! Each commit leaves a row in `commits`. A case's rows follow one another from 0
//! to its version, so a ledger that was cut short, or a case of which anything
//! else is left, is found on both stores. On SQLite, whose one writer counts
//! without gaps, a case that is gone with all its rows is found too, and so are
//! rows cut from the end, because the file keeps the last number given. On
//! PostgreSQL the numbers have gaps of themselves (a transaction that was undone
//! has used its number), so there a case that is gone from every table is not
//! found. Draws of follow-up visits have a chain of their own, of which the same can be said.
//! Nothing here holds against somebody who rewrites all tables in
//! agreement: for that, what `verify` has seen must be kept elsewhere.

mod case;
pub(crate) mod commits;
mod components;
mod documents;
mod draws;
mod likeness;
mod parts;
mod persons;
mod projection;
mod work;

use std::collections::HashSet;

use sqlx::{Any, Transaction};

use crate::connection::Store;
use crate::error::StoreError;
use crate::fault::Fault;
use crate::keys;
use crate::meaning::Meaning;

impl Store {
    /// Checks everything; how many cases there are, and what is wrong. Each case
    /// is read in one moment, so a server beside may go on writing. Fails only
    /// where the store as a whole cannot be read.
    pub async fn verify(&self, meaning: &dyn Meaning) -> Result<(u64, Vec<Fault>), StoreError> {
        let mut faults = Vec::new();
        let mut components = HashSet::new();
        let (mut checked, mut after) = (0, String::new());
        loop {
            let mut moment = self.moment().await?;
            let Some(id) = keys::next(&mut moment, &after).await? else {
                break;
            };
            checked += 1;
            match case::check(&mut moment, &id, meaning, &mut components).await {
                Ok(found) => faults.extend(found),
                Err(fault) if fault.is_outage() => return Err(fault),
                Err(fault) => {
                    faults.push(Fault::of_case(&id, format!("it cannot be read: {fault}")));
                }
            }
            after = id;
        }
        faults.extend(components::check(self).await?);
        faults.extend(work::check_strays(&mut *self.moment().await?).await?);
        faults.extend(draws::check(&mut *self.moment().await?).await?);
        if !self.is_postgres() {
            faults.extend(commits::check_count(&mut *self.moment().await?).await?);
            faults.extend(draws::check_count(&mut *self.moment().await?).await?);
        }
        Ok((checked, faults))
    }

    /// A transaction that sees one moment of the store.
    async fn moment(&self) -> Result<Transaction<'static, Any>, StoreError> {
        let begin = if self.is_postgres() {
            "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
        } else {
            "BEGIN"
        };
        Ok(self.pool.begin_with(begin).await?)
    }
}
