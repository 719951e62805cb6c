//! The units of a file against those its ledger gives.

use sqlx::AnyConnection;

use crate::cases::CaseRow;
use crate::error::StoreError;
use crate::fault::Fault;
use crate::involved;

pub(super) async fn check(
    connection: &mut AnyConnection,
    row: &CaseRow,
) -> Result<Option<Fault>, StoreError> {
    let mut wanted = row.involved.clone().unwrap_or_default();
    wanted.sort();
    let differs = involved::kept(connection, &row.case_id).await? != wanted;
    Ok(differs.then(|| {
        let what = "the units it is of are not what its ledger gives";
        Fault::of_case(&row.case_id, what)
    }))
}

/// A file without a ledger is of no unit.
pub(super) async fn check_stranger(
    connection: &mut AnyConnection,
    id: &str,
) -> Result<Option<Fault>, StoreError> {
    let kept = involved::kept(connection, id).await?;
    let what = "it is of units and has no ledger";
    Ok((!kept.is_empty()).then(|| Fault::of_case(id, what)))
}
