//! Who stands behind the tokens of ledgers: kept apart, so that no ledger, list or
//! export has a reporter's name.

use serde_json::Value;
use sqlx::{AnyConnection, AssertSqlSafe, Row};

use crate::connection::Store;
use crate::error::StoreError;
use crate::lists::{CaseSummary, SUMMARY, summary};

/// A person behind a file, to be kept with the file's first commit.
#[derive(Debug, Clone, PartialEq)]
pub struct NewIdentity {
    pub token: String,
    /// The account that may act as this person.
    pub owner: Option<String>,
    /// `None` of an anonymous person.
    pub document: Option<Value>,
}

/// How somebody shows that a file is her own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ownership {
    /// The account by which it was filed.
    Owner(String),
    /// The token itself, by which somebody without an account comes back.
    Token(String),
}

pub(crate) async fn insert(
    connection: &mut AnyConnection,
    case_id: &str,
    identity: &NewIdentity,
) -> Result<(), StoreError> {
    let document = identity.document.as_ref().map(serde_json::to_string);
    sqlx::query("INSERT INTO identities (token, case_id, owner, document) VALUES ($1, $2, $3, $4)")
        .bind(identity.token.as_str())
        .bind(case_id)
        .bind(identity.owner.clone())
        .bind(document.transpose()?)
        .execute(connection)
        .await?;
    Ok(())
}

/// Whether a token of a file's ledger is there.
pub(crate) async fn is_there(
    connection: &mut AnyConnection,
    case_id: &str,
    token: &str,
) -> Result<bool, StoreError> {
    let found = sqlx::query("SELECT token FROM identities WHERE token = $1 AND case_id = $2")
        .bind(token)
        .bind(case_id)
        .fetch_optional(connection)
        .await?;
    Ok(found.is_some())
}

impl Store {
    /// The token of a file's person, where the claim is true.
    pub async fn identity_of(
        &self,
        case_id: &str,
        claim: &Ownership,
    ) -> Result<Option<String>, StoreError> {
        let (statement, value) = match claim {
            Ownership::Owner(owner) => (
                "SELECT token FROM identities WHERE case_id = $1 AND owner = $2",
                owner,
            ),
            Ownership::Token(token) => (
                "SELECT token FROM identities WHERE case_id = $1 AND token = $2",
                token,
            ),
        };
        let found: Option<(String,)> = sqlx::query_as(statement)
            .bind(case_id)
            .bind(value.as_str())
            .fetch_optional(&self.pool)
            .await?;
        Ok(found.map(|(token,)| token))
    }

    /// The files of a kind that a person has, newest first.
    pub async fn files_of(
        &self,
        kind: &str,
        ownership: &Ownership,
        limit: u32,
    ) -> Result<Vec<CaseSummary>, StoreError> {
        let (column, value) = match ownership {
            Ownership::Owner(owner) => ("owner", owner),
            Ownership::Token(token) => ("token", token),
        };
        let statement = format!(
            "SELECT {SUMMARY} FROM cases WHERE kind = $1 AND case_id IN
                 (SELECT case_id FROM identities WHERE {column} = $2)
             ORDER BY case_id DESC LIMIT $3"
        );
        let rows = sqlx::query(AssertSqlSafe(statement))
            .bind(kind.to_owned())
            .bind(value.clone())
            .bind(i64::from(limit))
            .fetch_all(&self.pool)
            .await?;
        rows.iter().map(summary).collect()
    }

    /// Who stands behind a token; `None` where nobody does any more.
    pub async fn identity(&self, token: &str) -> Result<Option<Value>, StoreError> {
        let found = sqlx::query("SELECT document FROM identities WHERE token = $1")
            .bind(token)
            .fetch_optional(&self.pool)
            .await?;
        let document: Option<String> = match found {
            Some(row) => row.try_get("document")?,
            None => None,
        };
        Ok(document.as_deref().map(serde_json::from_str).transpose()?)
    }
}
