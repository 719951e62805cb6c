//! What happened in a file, read whole.

use hejie_domain::case::Recorded;

use crate::act::ActError;
use crate::app::App;
use crate::meaning;

/// Entries that are read at a time.
const PAGE: u32 = 500;

impl App {
    /// All that happened in a file so far, oldest first.
    pub async fn ledger(&self, id: &str) -> Result<Vec<Recorded>, ActError> {
        let mut ledger = Vec::new();
        loop {
            let page = self.store().entries(id, ledger.len() as u64, PAGE).await?;
            for entry in &page {
                let read = meaning::read(entry);
                ledger.push(read.map_err(|why| ActError::Unreadable {
                    id: id.to_owned(),
                    why,
                })?);
            }
            if page.len() < PAGE as usize {
                return Ok(ledger);
            }
        }
    }
}
