//! Tokens that entries name: each stands for a row, even where the person in it was
//! erased.

use sqlx::AnyConnection;

use crate::chain::Chain;
use crate::error::StoreError;
use crate::fault::Fault;
use crate::identities;
use crate::meaning::Meaning;

pub(super) async fn check(
    connection: &mut AnyConnection,
    chain: &Chain,
    meaning: &dyn Meaning,
) -> Result<Vec<Fault>, StoreError> {
    let id = chain.case_id.as_str();
    let mut faults = Vec::new();
    for entry in &chain.entries {
        for token in meaning.names(entry).persons {
            if !identities::is_there(connection, id, &token).await? {
                let what = "the person that it names by a token is missing".to_owned();
                faults.push(Fault::of_entry(id, entry.seq, what));
            }
        }
    }
    Ok(faults)
}
