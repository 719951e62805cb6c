//! Walks: work on every case, done in steps and gone on with after a stop.

use sqlx::AnyConnection;

use crate::connection::Store;
use crate::error::StoreError;

/// What a walk does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Walk {
    /// Running clocks are read anew, because a calendar was published.
    RecomputeClocks,
    /// A respondent's cases are told that its plugin has other settings.
    TellSettings {
        organisation: String,
        plugin: String,
    },
}

const RECOMPUTE_CLOCKS: &str = "recompute-clocks";
const TELL_SETTINGS: &str = "tell-settings";

impl Walk {
    fn name(&self) -> String {
        match self {
            Walk::RecomputeClocks => RECOMPUTE_CLOCKS.to_owned(),
            Walk::TellSettings {
                organisation,
                plugin,
            } => format!("{TELL_SETTINGS}/{organisation}/{plugin}"),
        }
    }

    fn read(name: &str) -> Option<Walk> {
        let mut parts = name.splitn(3, '/');
        match (parts.next()?, parts.next(), parts.next()) {
            (RECOMPUTE_CLOCKS, None, None) => Some(Walk::RecomputeClocks),
            (TELL_SETTINGS, Some(organisation), Some(plugin)) => Some(Walk::TellSettings {
                organisation: organisation.to_owned(),
                plugin: plugin.to_owned(),
            }),
            _ => None,
        }
    }

    /// The respondent whose cases are walked; `None`: all cases.
    fn respondent(&self) -> Option<&str> {
        match self {
            Walk::RecomputeClocks => None,
            Walk::TellSettings { organisation, .. } => Some(organisation),
        }
    }
}

/// From the first case on, also where the walk was under way already.
pub(crate) async fn begin(connection: &mut AnyConnection, walk: &Walk) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO walks (name, position) VALUES ($1, '')
         ON CONFLICT (name) DO UPDATE SET position = ''",
    )
    .bind(walk.name())
    .execute(connection)
    .await?;
    Ok(())
}

impl Store {
    /// The walks under way, each with the case it has come to, empty at the beginning.
    pub async fn walks(&self) -> Result<Vec<(Walk, String)>, StoreError> {
        let rows: Vec<(String, String)> =
            sqlx::query_as("SELECT name, position FROM walks ORDER BY name")
                .fetch_all(&self.pool)
                .await?;
        let known = |(name, position): (String, String)| Some((Walk::read(&name)?, position));
        Ok(rows.into_iter().filter_map(known).collect())
    }

    /// Notes how far a walk has come, or that it is done; a walk that was begun
    /// again meanwhile stays at its beginning.
    pub async fn advance(
        &self,
        walk: Walk,
        from: String,
        to: Option<String>,
    ) -> Result<(), StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                let query = match to {
                    Some(to) => sqlx::query(
                        "UPDATE walks SET position = $3 WHERE name = $1 AND position = $2",
                    )
                    .bind(walk.name())
                    .bind(from)
                    .bind(to),
                    None => sqlx::query("DELETE FROM walks WHERE name = $1 AND position = $2")
                        .bind(walk.name())
                        .bind(from),
                };
                query.execute(connection).await?;
                Ok(())
            })
        })
        .await
    }

    /// Files of a walk that are not closed, and where clocks are read anew those too that
    /// await a calendar; with their kinds, in its order.
    pub async fn walked_cases(
        &self,
        walk: &Walk,
        after: &str,
        limit: u32,
    ) -> Result<Vec<(String, String)>, StoreError> {
        let statement = match walk.respondent() {
            None => {
                "SELECT case_id, kind FROM cases 
                 WHERE case_id > $1 AND (phase <> 'closed' OR awaits_calendar = 1)
                 ORDER BY case_id LIMIT $2"
            }
            Some(_) => {
                "SELECT case_id, kind FROM cases
                 WHERE case_id > $1 AND phase <> 'closed' AND respondent = $3
                 ORDER BY case_id LIMIT $2"
            }
        };
        let mut query = sqlx::query_as(statement).bind(after).bind(i64::from(limit));
        if let Some(respondent) = walk.respondent() {
            query = query.bind(respondent);
        }
        Ok(query.fetch_all(&self.pool).await?)
    }
}
