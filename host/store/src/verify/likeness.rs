//! The traits of a dispute against those its ledger gives.

use sqlx::AnyConnection;

use crate::cases::CaseRow;
use crate::error::StoreError;
use crate::fault::Fault;
use crate::likeness::{self, Likeness};

pub(super) async fn check(
    connection: &mut AnyConnection,
    row: &CaseRow,
) -> Result<Option<Fault>, StoreError> {
    let kept = likeness::kept(connection, &row.case_id).await?;
    let wanted = row.likeness.as_ref().map(Likeness::rows);
    let differs = kept != wanted.unwrap_or_default();
    Ok(differs.then(|| {
        let what = "what it shares with others is not what its ledger gives";
        Fault::of_case(&row.case_id, what)
    }))
}

/// A case without a ledger shares nothing.
pub(super) async fn check_stranger(
    connection: &mut AnyConnection,
    id: &str,
) -> Result<Option<Fault>, StoreError> {
    let kept = likeness::kept(connection, id).await?;
    let what = "it shares something with others and has no ledger";
    Ok((!kept.is_empty()).then(|| Fault::of_case(id, what)))
}
