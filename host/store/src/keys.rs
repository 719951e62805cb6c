//! Walking over all cases, whichever table knows of them.

use sqlx::AnyConnection;

use crate::error::StoreError;

/// The next case after a key that has anything in the store. Each table is asked
/// for its own next key, which its index answers, so a walk costs no more than
/// the cases it passes.
pub(crate) async fn next(
    connection: &mut AnyConnection,
    after: &str,
) -> Result<Option<String>, StoreError> {
    let (id,): (Option<String>,) = sqlx::query_as(
        "SELECT MIN(id) FROM (
             SELECT MIN(case_id) AS id FROM ledger WHERE case_id > $1
             UNION ALL SELECT MIN(case_id) FROM cases WHERE case_id > $1
             UNION ALL SELECT MIN(case_id) FROM case_facts WHERE case_id > $1
             UNION ALL SELECT MIN(case_id) FROM work WHERE case_id > $1
             UNION ALL SELECT MIN(case_id) FROM likeness WHERE case_id > $1
             UNION ALL SELECT MIN(case_id) FROM parts WHERE case_id > $1
             UNION ALL SELECT MIN(case_id) FROM case_accounts WHERE case_id > $1
             UNION ALL SELECT MIN(case_id) FROM involved WHERE case_id > $1
             UNION ALL SELECT MIN(case_id) FROM commits WHERE case_id > $1
             UNION ALL SELECT MIN(case_id) FROM attachments WHERE case_id > $1
         ) AS known",
    )
    .bind(after)
    .fetch_one(connection)
    .await?;
    Ok(id)
}
