//! The store of Hejie: an append-only ledger per case, the projections folded
//! from it, jobs, outbox and directory, on SQLite (embedded) or PostgreSQL.
//!
//! Everything one command causes is one [`Commit`] and one transaction. The
//! store does not know what events mean: it keeps their canonical bytes
//! (RFC 8785), chains them by SHA-256 and finds any that were changed.
//!
//! Jobs lie in a table of this store, because a job must be part of the very
//! transaction that appends the event it answers; a queue library of its own
//! connection cannot promise that.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

mod attachments;
mod cases;
mod chain;
mod closed;
mod commit;
mod connection;
mod deliveries;
pub mod directory;
mod drafts;
mod draws;
mod entry;
mod error;
mod exports;
mod facts;
mod fault;
mod idempotency;
mod identities;
mod involved;
mod jobs;
mod keys;
mod ledger;
mod likeness;
mod lists;
mod meaning;
mod members;
mod migrations;
mod numbers;
mod outbox;
mod partner_filings;
mod parts;
mod rebuild;
mod subtree;
mod verify;
mod walks;
mod work;
mod writer;

pub use attachments::Attachment;
pub use cases::{CaseRow, Standing, StoredCase};
pub use closed::EndedComplaint;
pub use commit::{Commit, Committed, NewEvent};
pub use connection::Store;
pub use deliveries::{
    Delivery, DeliveryClaim, DeliveryState, Ended, NewDelivery, Recalled, SentDelivery,
};
pub use directory::Verification;
pub use drafts::DraftRow;
pub use draws::{DrawPlace, NewDraw, StoredDraw};
pub use entry::Entry;
pub use error::StoreError;
pub use exports::{Export, ExportScope, NewExport};
pub use facts::FactRow;
pub use fault::{Fault, Place};
pub use idempotency::IdempotencyAnswer;
pub use identities::{NewIdentity, Ownership};
pub use jobs::{Claim, Job, NewJob};
pub use likeness::{Alike, Likeness, Spread, Trait};
pub use lists::{CasePage, CaseScope, CaseSummary};
pub use meaning::{Meaning, Names};
pub use outbox::{Message, NewMessage};
pub use partner_filings::{Numbers, PartnerFiling};
pub use parts::{Awaited, AwaitedPart, PartPage, PartPlace, PartRow};
pub use rebuild::Rebuilt;
pub use walks::Walk;
pub use work::{
    Due, Received, Stage, WorkCount, WorkFilter, WorkItem, WorkPage, WorkRow, WorkWord,
};
