//! Installed plugin versions, and which of them runs with what settings.

use hejie_domain::identifiers::digest::Digest;
use jiff::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::documents::{read, write};
use crate::connection::Store;
use crate::entry::{micros, moment, natural};
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

/// A plugin of an organisation, with its document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PluginRow<T> {
    pub organisation: String,
    pub plugin: String,
    pub document: T,
    /// Failed runs in a row; written by [`Store::count_run`] only.
    pub failures: u64,
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

    /// Puts a plugin's document in the place of the former one.
    pub async fn put_plugin<T: Serialize>(
        &self,
        organisation: String,
        plugin: String,
        document: &T,
    ) -> Result<(), StoreError> {
        let document = write(document)?;
        self.write(move |connection| {
            Box::pin(async move {
                sqlx::query(
                    "INSERT INTO plugins (organisation, plugin, document) VALUES ($1, $2, $3)
                     ON CONFLICT (organisation, plugin) DO UPDATE SET document = excluded.document,
                         revision = plugins.revision + 1",
                )
                .bind(organisation)
                .bind(plugin)
                .bind(document)
                .execute(connection)
                .await?;
                Ok(())
            })
        })
        .await
    }

    /// Counts a failed run, or begins to count anew; answers with the failures in
    /// a row. Runs that end at once are each counted.
    pub async fn count_run(
        &self,
        organisation: &str,
        plugin: &str,
        failed: bool,
    ) -> Result<u64, StoreError> {
        if !failed && self.failures(organisation, plugin).await? == 0 {
            return Ok(0);
        }
        let (organisation, plugin) = (organisation.to_owned(), plugin.to_owned());
        self.write(move |connection| {
            Box::pin(async move {
                let counted: Option<(i64,)> = sqlx::query_as(
                    "UPDATE plugins SET failures = (failures + $3) * $3, revision = revision + 1
                     WHERE organisation = $1 AND plugin = $2 RETURNING failures",
                )
                .bind(organisation)
                .bind(plugin)
                .bind(i64::from(failed))
                .fetch_optional(connection)
                .await?;
                natural(counted.map_or(0, |(failures,)| failures))
            })
        })
        .await
    }

    async fn failures(&self, organisation: &str, plugin: &str) -> Result<u64, StoreError> {
        let found: Option<(i64,)> =
            sqlx::query_as("SELECT failures FROM plugins WHERE organisation = $1 AND plugin = $2")
                .bind(organisation)
                .bind(plugin)
                .fetch_optional(&self.pool)
                .await?;
        natural(found.map_or(0, |(failures,)| failures))
    }

    /// Every plugin of every organisation.
    pub async fn plugins<T: DeserializeOwned>(&self) -> Result<Vec<PluginRow<T>>, StoreError> {
        let rows: Vec<(String, String, String, i64)> = sqlx::query_as(
            "SELECT organisation, plugin, document, failures FROM plugins
             ORDER BY organisation, plugin",
        )
        .fetch_all(&self.pool)
        .await?;
        rows.into_iter()
            .map(|(organisation, plugin, document, failures)| {
                Ok(PluginRow {
                    organisation,
                    plugin,
                    document: read(&document)?,
                    failures: natural(failures)?,
                })
            })
            .collect()
    }
}
