//! Plugins of organisations: which version runs, with what settings, and how
//! often it failed. A change is made on the revision that was read, or not at all.

use serde::Serialize;
use serde::de::DeserializeOwned;
use sqlx::Row;
use sqlx::any::AnyRow;

use super::documents::{read, write};
use crate::connection::Store;
use crate::entry::{integer, natural};
use crate::error::StoreError;
use crate::walks::{self, Walk};

const CHANGE: &str = "UPDATE plugins SET document = $1, revision = revision + 1
    WHERE organisation = $2 AND plugin = $3 AND revision = $4";

/// A plugin of an organisation, with its document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PluginRow<T> {
    pub organisation: String,
    pub plugin: String,
    pub document: T,
    /// Failed runs in a row; counted by [`Store::count_run`].
    pub failures: u64,
    /// Grows with every change but a counted run.
    pub revision: u64,
}

/// A plugin as far as it takes to see whether it changed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct PluginKey {
    pub organisation: String,
    pub plugin: String,
}

impl Store {
    /// Begins a plugin; one that is there stays as it is.
    pub async fn add_plugin<T: Serialize>(
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
                     ON CONFLICT (organisation, plugin) DO NOTHING",
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

    /// Puts a changed row in the place of the one that was read. Fails with
    /// [`StoreError::Conflict`] where another change came first.
    pub async fn change_plugin<T: Serialize>(&self, row: &PluginRow<T>) -> Result<(), StoreError> {
        self.put_plugin(CHANGE, row, None).await
    }

    /// The same, and begins the walk that tells its cases of other settings.
    pub async fn change_settings<T: Serialize>(
        &self,
        row: &PluginRow<T>,
    ) -> Result<(), StoreError> {
        let tell = Walk::TellSettings {
            organisation: row.organisation.clone(),
            plugin: row.plugin.clone(),
        };
        self.put_plugin(CHANGE, row, Some(tell)).await
    }

    /// The same, and its failures are counted anew.
    pub async fn release_plugin<T: Serialize>(&self, row: &PluginRow<T>) -> Result<(), StoreError> {
        let statement = "UPDATE plugins SET document = $1, revision = revision + 1, failures = 0
             WHERE organisation = $2 AND plugin = $3 AND revision = $4";
        self.put_plugin(statement, row, None).await
    }

    async fn put_plugin<T: Serialize>(
        &self,
        statement: &'static str,
        row: &PluginRow<T>,
        walk: Option<Walk>,
    ) -> Result<(), StoreError> {
        let document = write(&row.document)?;
        let (organisation, plugin) = (row.organisation.clone(), row.plugin.clone());
        let revision = integer(row.revision)?;
        self.write(move |connection| {
            Box::pin(async move {
                let changed = sqlx::query(statement)
                    .bind(document)
                    .bind(organisation)
                    .bind(plugin)
                    .bind(revision)
                    .execute(&mut *connection)
                    .await?;
                if changed.rows_affected() != 1 {
                    return Err(StoreError::Conflict);
                }
                match walk {
                    Some(walk) => walks::begin(connection, &walk).await,
                    None => Ok(()),
                }
            })
        })
        .await
    }

    /// Counts a failed run, or begins to count anew; answers with the failures in
    /// a row. Runs that end at once are each counted. Only the failure that reaches
    /// `limit` is a change that other nodes see, and after it no run that was
    /// under way counts anew: that takes [`Store::release_plugin`].
    pub async fn count_run(
        &self,
        organisation: &str,
        plugin: &str,
        failed: bool,
        limit: u64,
    ) -> Result<u64, StoreError> {
        let failures = self.failures(organisation, plugin).await?;
        if !failed && (failures == 0 || failures >= limit) {
            return Ok(failures);
        }
        let (organisation, plugin) = (organisation.to_owned(), plugin.to_owned());
        let limit = integer(limit)?;
        let statement = if failed {
            "UPDATE plugins SET failures = failures + 1,
                 revision = revision + CASE WHEN failures + 1 = $3 THEN 1 ELSE 0 END
             WHERE organisation = $1 AND plugin = $2 RETURNING failures"
        } else {
            "UPDATE plugins SET failures = 0
             WHERE organisation = $1 AND plugin = $2 AND failures < $3 RETURNING failures"
        };
        let counted: Option<(i64,)> = self
            .write(move |connection| {
                Box::pin(async move {
                    let counted = sqlx::query_as(statement)
                        .bind(organisation)
                        .bind(plugin)
                        .bind(limit)
                        .fetch_optional(connection)
                        .await?;
                    Ok(counted)
                })
            })
            .await?;
        natural(counted.map_or(0, |(failures,)| failures))
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

    /// One plugin of an organisation.
    pub async fn plugin<T: DeserializeOwned>(
        &self,
        organisation: &str,
        plugin: &str,
    ) -> Result<Option<PluginRow<T>>, StoreError> {
        let row = sqlx::query(
            "SELECT organisation, plugin, document, failures, revision FROM plugins
             WHERE organisation = $1 AND plugin = $2",
        )
        .bind(organisation)
        .bind(plugin)
        .fetch_optional(&self.pool)
        .await?;
        row.as_ref().map(plugin_row).transpose()
    }

    /// All plugins of an organisation.
    pub async fn plugins<T: DeserializeOwned>(
        &self,
        organisation: &str,
    ) -> Result<Vec<PluginRow<T>>, StoreError> {
        let rows = sqlx::query(
            "SELECT organisation, plugin, document, failures, revision FROM plugins
             WHERE organisation = $1 ORDER BY plugin",
        )
        .bind(organisation)
        .fetch_all(&self.pool)
        .await?;
        rows.iter().map(plugin_row).collect()
    }

    /// Every plugin of every organisation, with its revision.
    pub async fn plugin_revisions(&self) -> Result<Vec<(PluginKey, u64)>, StoreError> {
        let rows: Vec<(String, String, i64)> = sqlx::query_as(
            "SELECT organisation, plugin, revision FROM plugins ORDER BY organisation, plugin",
        )
        .fetch_all(&self.pool)
        .await?;
        let keyed = |(organisation, plugin, revision)| {
            let key = PluginKey {
                organisation,
                plugin,
            };
            Ok((key, natural(revision)?))
        };
        rows.into_iter().map(keyed).collect()
    }
}

fn plugin_row<T: DeserializeOwned>(row: &AnyRow) -> Result<PluginRow<T>, StoreError> {
    let document: String = row.try_get("document")?;
    Ok(PluginRow {
        organisation: row.try_get("organisation")?,
        plugin: row.try_get("plugin")?,
        document: read(&document)?,
        failures: natural(row.try_get("failures")?)?,
        revision: natural(row.try_get("revision")?)?,
    })
}
