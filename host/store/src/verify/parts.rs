//! What other units are to do in a file against what its ledger gives.

use sqlx::AnyConnection;

use crate::cases::CaseRow;
use crate::error::StoreError;
use crate::fault::Fault;
use crate::parts;

pub(super) async fn check(
    connection: &mut AnyConnection,
    row: &CaseRow,
) -> Result<Option<Fault>, StoreError> {
    let kept = parts::kept(connection, &row.case_id).await?;
    let mut wanted = row.parts.clone().unwrap_or_default();
    wanted.sort();
    Ok((kept != wanted).then(|| {
        let what = "what other units are to do in it is not what its ledger gives";
        Fault::of_case(&row.case_id, what)
    }))
}

/// In a case without a ledger nobody has anything to do.
pub(super) async fn check_stranger(
    connection: &mut AnyConnection,
    id: &str,
) -> Result<Option<Fault>, StoreError> {
    let kept = parts::kept(connection, id).await?;
    let what = "units are to do something in it and it has no ledger";
    Ok((!kept.is_empty()).then(|| Fault::of_case(id, what)))
}
