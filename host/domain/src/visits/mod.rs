//! Whom follow-up visits ask (Order 121 art. 26, service rule 7): the rule of a day, and
//! the draw that follows from it and a seed that nobody picks.

mod draw;
mod rules;

pub use draw::{Drawn, Ended, MAX_DAYS, Population, SampleCount, Wanted};
pub use rules::{Ending, ReopeningRule, SampleRule, VisitRules};
