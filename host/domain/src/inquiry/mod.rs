//! Consultations 咨询 and suggestions 意见建议: asked, moved to the unit that can answer,
//! answered or sent on the right way (Order 121 art. 44), within the days of the service
//! rules.

mod apply;
mod decide;
mod state;

#[cfg(test)]
mod tests;

pub use decide::receive;
pub use state::{Answer, Inquiry, InquiryClosing, InquiryFiling, InquiryKind, InquiryPhase};
