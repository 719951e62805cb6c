//! Installed plugin versions with their components.

use hejie_domain::identifiers::digest::Digest;
use jiff::Timestamp;

use crate::connection::Store;
use crate::entry::{micros, moment};
use crate::error::StoreError;

/// An installed version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VersionRow {
    pub digest: Digest,
    pub organisation: String,
    pub plugin: String,
    pub version: String,
    pub installed_at: Timestamp,
}

impl Store {
    /// Keeps a version for ever. The same digest again changes nothing; the same
    /// version number with other bytes is refused.
    pub async fn add_version(&self, row: VersionRow, component: String) -> Result<(), StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                sqlx::query(
                    "INSERT INTO plugin_versions
                         (digest, organisation, plugin, version, component, installed_at)
                     VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING",
                )
                .bind(row.digest.to_string())
                .bind(row.organisation.as_str())
                .bind(row.plugin.as_str())
                .bind(row.version.as_str())
                .bind(component)
                .bind(micros(row.installed_at))
                .execute(&mut *connection)
                .await?;
                let (digest,): (String,) = sqlx::query_as(
                    "SELECT digest FROM plugin_versions
                     WHERE organisation = $1 AND plugin = $2 AND version = $3",
                )
                .bind(row.organisation)
                .bind(row.plugin)
                .bind(row.version)
                .fetch_optional(connection)
                .await?
                .ok_or(StoreError::Exists)?;
                if digest == row.digest.to_string() {
                    Ok(())
                } else {
                    Err(StoreError::Exists)
                }
            })
        })
        .await
    }

    /// The component of a version, in Base64.
    pub async fn component(&self, digest: &Digest) -> Result<Option<String>, StoreError> {
        let row: Option<(String,)> =
            sqlx::query_as("SELECT component FROM plugin_versions WHERE digest = $1 LIMIT 1")
                .bind(digest.to_string())
                .fetch_optional(&self.pool)
                .await?;
        Ok(row.map(|(component,)| component))
    }

    /// All versions of an organisation's plugin, oldest first.
    pub async fn versions(
        &self,
        organisation: &str,
        plugin: &str,
    ) -> Result<Vec<VersionRow>, StoreError> {
        let rows: Vec<(String, String, i64)> = sqlx::query_as(
            "SELECT digest, version, installed_at FROM plugin_versions
             WHERE organisation = $1 AND plugin = $2 ORDER BY installed_at LIMIT 1000",
        )
        .bind(organisation)
        .bind(plugin)
        .fetch_all(&self.pool)
        .await?;
        rows.into_iter()
            .map(|(digest, version, at)| {
                Ok(VersionRow {
                    digest: digest
                        .parse()
                        .map_err(|_| StoreError::Corrupt(digest.clone()))?,
                    organisation: organisation.to_owned(),
                    plugin: plugin.to_owned(),
                    version,
                    installed_at: moment(at)?,
                })
            })
            .collect()
    }
}
