//! Given events, when command, then events: of reports.

mod acts;
mod at_intake;
mod disputed;
mod documents;
mod extension;
mod flow;
mod lead;
mod place;
mod scene;
mod table;
