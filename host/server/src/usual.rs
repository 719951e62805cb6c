//! What is usual among all disputes, counted once a day: counting a year of them takes
//! longer than a reader waits, and changes little within a day.

use hejie_domain::case::time::civil_date;
use hejie_store::{Spread, Store, StoreError, Trait};
use jiff::ToSpan;
use jiff::civil::Date;
use tokio::sync::Mutex;

use crate::app::App;

/// In days.
pub const MONTH: i64 = 30;
const YEAR: i64 = 365;

/// Disputes of the last year, and how many different persons, verified identities, places
/// and purchases they have.
#[derive(Debug, Clone, Copy)]
pub struct Usual {
    pub persons: Spread,
    pub persons_of_month: Spread,
    pub identities: Spread,
    pub places: Spread,
    pub purchases: Spread,
}

/// What was counted today.
#[derive(Debug, Default)]
pub struct Counted(Mutex<Option<(Date, Usual)>>);

impl App {
    /// What is usual today. The first who asks on a day counts; others wait for that.
    pub async fn usual(&self) -> Result<Usual, StoreError> {
        let today = civil_date(self.clock().now());
        let mut counted = self.counted().0.lock().await;
        match *counted {
            Some((day, usual)) if day == today => Ok(usual),
            _ => {
                let usual = count(self.store(), today).await?;
                *counted = Some((today, usual));
                Ok(usual)
            }
        }
    }
}

async fn count(store: &Store, today: Date) -> Result<Usual, StoreError> {
    let ago = |days: i64| today.checked_sub(days.days()).unwrap_or(Date::MIN);
    let (month, year) = (ago(MONTH), ago(YEAR));
    Ok(Usual {
        persons: store.spread(Trait::Person, year).await?,
        persons_of_month: store.spread(Trait::Person, month).await?,
        identities: store.spread(Trait::Identity, year).await?,
        places: store.spread(Trait::Place, year).await?,
        purchases: store.spread(Trait::Purchase, year).await?,
    })
}
