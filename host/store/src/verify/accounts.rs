//! The accounts of a dispute against those its ledger gives.

use sqlx::AnyConnection;

use crate::accounts;
use crate::cases::CaseRow;
use crate::error::StoreError;
use crate::fault::Fault;

pub(super) async fn check(
    connection: &mut AnyConnection,
    row: &CaseRow,
) -> Result<Option<Fault>, StoreError> {
    let mut wanted = row.accounts.clone().unwrap_or_default();
    wanted.sort();
    let differs = accounts::kept(connection, &row.case_id).await? != wanted;
    Ok(differs.then(|| {
        let what = "the accounts it is shown to are not what its ledger gives";
        Fault::of_case(&row.case_id, what)
    }))
}

/// A case without a ledger is nobody's.
pub(super) async fn check_stranger(
    connection: &mut AnyConnection,
    id: &str,
) -> Result<Option<Fault>, StoreError> {
    let kept = accounts::kept(connection, id).await?;
    let what = "it is shown to accounts and has no ledger";
    Ok((!kept.is_empty()).then(|| Fault::of_case(id, what)))
}
