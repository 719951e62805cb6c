//! The law as data: dated, validated files under `schemas/rules/cn`. No date,
//! number of days or amount of the law stands in code.

mod book;
mod procedure;

pub use book::{RuleBook, RuleError, read_calendar, schema_of};
pub use procedure::{Citation, Ground, Procedure, ReportPlaces, RepresentationRules};
