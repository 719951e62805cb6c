//! The authority's work list: the files that wait for one of its acts, most urgent
//! first, and beyond them those that are over, filtered and searched.
//!
//! Every file has a [`place`]: a number that grows with the last day of its period.
//! It is the key of the list and of the index of words alike, so a list of whatever
//! kind is a walk along one order that ends when its page is full, and how urgent a
//! file is never has to be written again because time has passed. What waits for nobody
//! has a place in a range of its own after all that wait, so that it costs them nothing.
//!
//! Only files that an authority has or had have a row. Commits to others pay nothing for it.

mod counts;
mod expression;
mod filter;
mod list;
mod marks;
mod phones;
mod place;
mod row;
mod store;
mod windows;
mod words;

pub use counts::WorkCount;
pub use filter::{Due, Received, Stage, WorkFilter, WorkWord};
pub use list::{WorkItem, WorkPage};
pub use row::WorkRow;
pub(crate) use row::columns;
pub(crate) use store::{put, remove};
pub(crate) use words::{check as check_words, mend_index, remove_strays, strays};
