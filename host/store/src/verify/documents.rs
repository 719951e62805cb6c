//! Attachments against the entries that name them.

use std::collections::BTreeMap;

use hejie_domain::identifiers::digest::Digest;
use sqlx::AnyConnection;

use crate::attachments::content;
use crate::chain::Chain;
use crate::error::StoreError;
use crate::fault::Fault;
use crate::meaning::Meaning;

/// Every document gives its digest, and all that entries name are there, of the
/// media type they are named with.
pub(super) async fn check(
    connection: &mut AnyConnection,
    chain: &Chain,
    meaning: &dyn Meaning,
) -> Result<Vec<Fault>, StoreError> {
    let id = chain.case_id.as_str();
    let rows: Vec<(String, String, String)> = sqlx::query_as(
        "SELECT digest, media_type, body FROM attachments WHERE case_id = $1 ORDER BY digest",
    )
    .bind(id)
    .fetch_all(connection)
    .await?;
    let mut faults = Vec::new();
    let mut kept = BTreeMap::new();
    for (digest, media_type, body) in rows {
        let content = content(&media_type, &body);
        if content.is_none_or(|content| Digest::of(&content).to_string() != digest) {
            faults.push(Fault::of_case(
                id,
                format!("the document {digest} was changed"),
            ));
        }
        kept.insert(digest, media_type);
    }
    for entry in &chain.entries {
        for (digest, media_type) in meaning.names(entry).documents {
            let what = match kept.get(&digest.to_string()) {
                None => format!("the document {digest} that it names is missing"),
                Some(kept) if kept != media_type => {
                    format!("the document {digest} is kept as {kept}, not {media_type}")
                }
                Some(_) => continue,
            };
            faults.push(Fault::of_entry(id, entry.seq, what));
        }
    }
    Ok(faults)
}
