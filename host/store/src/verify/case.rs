//! One case, in one moment.

use std::collections::HashSet;

use hejie_domain::identifiers::digest::Digest;
use sqlx::AnyConnection;

use super::{commits, components, documents, persons, projection};
use crate::chain::Chain;
use crate::error::StoreError;
use crate::fault::Fault;
use crate::meaning::Meaning;

/// What is wrong with a case. `known` are components that were found before.
pub(super) async fn check(
    connection: &mut AnyConnection,
    id: &str,
    meaning: &dyn Meaning,
    known: &mut HashSet<Digest>,
) -> Result<Vec<Fault>, StoreError> {
    let mut chain = Chain::read(connection, id).await?;
    let mut faults = std::mem::take(&mut chain.faults);
    faults.extend(commits::check(connection, &chain).await?);
    faults.extend(documents::check(connection, &chain, meaning).await?);
    faults.extend(components::check_named(connection, &chain, meaning, known).await?);
    faults.extend(persons::check(connection, &chain, meaning).await?);
    if chain.is_whole() {
        faults.extend(projection::check(connection, &chain, meaning).await?);
    }
    Ok(faults)
}
