//! Plugin versions against their digests.

use std::collections::HashSet;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hejie_domain::identifiers::digest::Digest;
use sqlx::AnyConnection;

use crate::chain::Chain;
use crate::connection::Store;
use crate::error::StoreError;
use crate::fault::{Fault, Place};
use crate::meaning::Meaning;

/// Every component gives the digest it is kept under.
pub(super) async fn check(store: &Store) -> Result<Vec<Fault>, StoreError> {
    let keys: Vec<(String, String)> = sqlx::query_as(
        "SELECT organisation, digest FROM plugin_versions ORDER BY organisation, digest",
    )
    .fetch_all(&store.pool)
    .await?;
    let mut faults = Vec::new();
    for (organisation, digest) in keys {
        // One at a time: a component may be large.
        let (component,): (String,) = sqlx::query_as(
            "SELECT component FROM plugin_versions WHERE organisation = $1 AND digest = $2",
        )
        .bind(organisation.as_str())
        .bind(digest.as_str())
        .fetch_one(&store.pool)
        .await?;
        let bytes = STANDARD.decode(component);
        if !bytes.is_ok_and(|bytes| Digest::of(&bytes).to_string() == digest) {
            faults.push(Fault {
                place: Place::Plugin {
                    organisation,
                    digest,
                },
                what: "its component was changed".to_owned(),
            });
        }
    }
    Ok(faults)
}

/// Every component that entries name is there.
pub(super) async fn check_named(
    connection: &mut AnyConnection,
    chain: &Chain,
    meaning: &dyn Meaning,
    known: &mut HashSet<Digest>,
) -> Result<Vec<Fault>, StoreError> {
    let mut faults = Vec::new();
    for entry in &chain.entries {
        for digest in meaning.names(entry).components {
            if known.contains(&digest) {
                continue;
            }
            if is_kept(connection, &digest).await? {
                known.insert(digest);
            } else {
                let what = format!("the plugin version {digest} that it names is missing");
                faults.push(Fault::of_entry(&chain.case_id, entry.seq, what));
            }
        }
    }
    Ok(faults)
}

async fn is_kept(connection: &mut AnyConnection, digest: &Digest) -> Result<bool, StoreError> {
    let found: Option<(String,)> =
        sqlx::query_as("SELECT digest FROM plugin_versions WHERE digest = $1 LIMIT 1")
            .bind(digest.to_string())
            .fetch_optional(connection)
            .await?;
    Ok(found.is_some())
}
