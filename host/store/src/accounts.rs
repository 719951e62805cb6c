//! Whose dispute it is besides the complainant's whose account its row names.

use sqlx::AnyConnection;

use crate::cases::CaseRow;
use crate::error::StoreError;

/// Puts the accounts of a dispute in the place of those before.
pub(crate) async fn put(connection: &mut AnyConnection, row: &CaseRow) -> Result<(), StoreError> {
    let Some(accounts) = &row.accounts else {
        return Ok(());
    };
    remove(connection, &row.case_id).await?;
    for account in accounts {
        sqlx::query("INSERT INTO case_accounts (account, case_id) VALUES ($1, $2)")
            .bind(account.as_str())
            .bind(row.case_id.as_str())
            .execute(&mut *connection)
            .await?;
    }
    Ok(())
}

pub(crate) async fn remove(connection: &mut AnyConnection, id: &str) -> Result<u64, StoreError> {
    let removed = sqlx::query("DELETE FROM case_accounts WHERE case_id = $1")
        .bind(id)
        .execute(connection)
        .await?;
    Ok(removed.rows_affected())
}

/// What is kept of a dispute, in the order of the accounts.
pub(crate) async fn kept(
    connection: &mut AnyConnection,
    id: &str,
) -> Result<Vec<String>, StoreError> {
    let statement = "SELECT account FROM case_accounts WHERE case_id = $1 ORDER BY account";
    let rows: Vec<(String,)> = sqlx::query_as(statement)
        .bind(id)
        .fetch_all(connection)
        .await?;
    Ok(rows.into_iter().map(|(account,)| account).collect())
}
