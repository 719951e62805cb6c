//! Reports of breaches 举报 (Order 121 ch. 3): received, verified within 15 working days
//! and 15 more with approval, filed as an enforcement case or not, decided within 90 days
//! and 30 more with approval (Market Regulation Penalty Procedure art. 18, 64).
//!
//! Who reports is never in the ledger: a token stands for a named reporter, and only the
//! unit that handles the report can look up whose it is (Order 121 art. 37).

mod apply;
mod decide;
mod filing;
mod place;
mod state;

#[cfg(test)]
mod tests;

pub use decide::receive;
pub use filing::{ReportFiling, Reported, Reporter};
pub use place::{Advertising, resolve};
pub use state::{
    Enforcement, EnforcementOutcome, EnforcementResult, HandOver, Notice, Report, ReportClosing,
    ReportPhase, Supplement, Verification,
};
