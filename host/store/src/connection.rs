//! Opening the store and its two ways to write.

use std::str::FromStr;
use std::time::Duration;

use futures_util::future::BoxFuture;
use sqlx::any::{AnyConnectOptions, AnyPoolOptions, install_default_drivers};
use sqlx::{AnyConnection, AnyPool, Connection, Executor};
use tokio::sync::broadcast;

use crate::commit::Committed;
use crate::error::StoreError;
use crate::migrations::{self, newest};
use crate::writer::Writer;

/// Connections that read; writing on SQLite goes through one of its own.
const READERS: u32 = 8;

/// A caller learns within this that no connection is to be had.
const CONNECTION_WITHIN: Duration = Duration::from_secs(5);

/// Changes that a slow listener may lag behind before it must read the ledger.
const LIVE_BACKLOG: usize = 4_096;

/// The store; cheap to clone.
#[derive(Clone)]
pub struct Store {
    pub(crate) pool: AnyPool,
    pub(crate) backend: Backend,
    live: broadcast::Sender<Committed>,
}

#[derive(Clone)]
pub(crate) enum Backend {
    /// One process: all writes go through one task that groups them.
    Sqlite(Writer),
    /// Any number of processes: a transaction for each write.
    Postgres,
}

impl Store {
    /// Opens `sqlite:PATH` or `postgres://…`, makes it where there is none, and
    /// brings it up to date.
    pub async fn open(url: &str) -> Result<Store, StoreError> {
        let (options, sqlite) = options(url, "rwc")?;
        if sqlite {
            // The journal mode is a property of the file: set it before others open it.
            let mut first = AnyConnection::connect_with(&options).await?;
            first.execute("PRAGMA journal_mode = WAL").await?;
            first.close().await?;
        }
        let store = Store::connect(options, sqlite).await?;
        let done = match store.step().await {
            Err(StoreError::NoStore) => 0,
            other => other?,
        };
        migrations::run(&store.pool, !sqlite, done).await?;
        Ok(store)
    }

    /// Opens a store that is there and up to date, and changes nothing. Fails
    /// with [`StoreError::NoStore`] or [`StoreError::OtherStep`] where it is not.
    pub async fn open_existing(url: &str) -> Result<Store, StoreError> {
        let (options, sqlite) = options(url, "rw")?;
        if sqlite {
            let first = AnyConnection::connect_with(&options).await;
            first.map_err(|_| StoreError::NoStore)?.close().await?;
        }
        let store = Store::connect(options, sqlite).await?;
        match store.step().await? {
            step if step == newest(!sqlite) => Ok(store),
            other => Err(StoreError::OtherStep(other)),
        }
    }

    async fn connect(options: AnyConnectOptions, sqlite: bool) -> Result<Store, StoreError> {
        let pool = AnyPoolOptions::new()
            .max_connections(READERS)
            .acquire_timeout(CONNECTION_WITHIN)
            .after_connect(move |connection, _| Box::pin(prepare(connection, sqlite)))
            .connect_with(options.clone())
            .await?;
        let backend = if sqlite {
            Backend::Sqlite(Writer::start(options).await?)
        } else {
            Backend::Postgres
        };
        Ok(Store {
            pool,
            backend,
            live: broadcast::channel(LIVE_BACKLOG).0,
        })
    }

    /// The newest step of the schema that was done.
    async fn step(&self) -> Result<i64, StoreError> {
        let step = sqlx::query_as("SELECT MAX(version) FROM _sqlx_migrations")
            .fetch_one(&self.pool)
            .await;
        match step {
            Ok((step,)) => Ok(step),
            Err(sqlx::Error::Database(_)) => Err(StoreError::NoStore),
            Err(fault) => Err(fault.into()),
        }
    }

    /// Whether the database answers a reader and a writer.
    pub async fn ping(&self) -> Result<(), StoreError> {
        sqlx::query("SELECT 1").execute(&self.pool).await?;
        self.write(|connection| {
            Box::pin(async move {
                sqlx::query("DELETE FROM walks WHERE name = ''")
                    .execute(connection)
                    .await?;
                Ok(())
            })
        })
        .await
    }

    /// Hears of every commit of this process from now on.
    pub fn subscribe(&self) -> broadcast::Receiver<Committed> {
        self.live.subscribe()
    }

    pub(crate) fn announce(&self, committed: &Committed) {
        // Nobody listening is fine.
        let _ = self.live.send(committed.clone());
    }

    /// Runs one write in a transaction: all of it is durable, or none.
    pub(crate) async fn write<T, F>(&self, run: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: for<'c> FnOnce(&'c mut AnyConnection) -> BoxFuture<'c, Result<T, StoreError>>
            + Send
            + 'static,
    {
        match &self.backend {
            Backend::Sqlite(writer) => writer.write(run).await,
            Backend::Postgres => {
                let mut transaction = self.pool.begin().await?;
                let done = run(&mut transaction).await?;
                transaction.commit().await?;
                Ok(done)
            }
        }
    }

    pub(crate) fn is_postgres(&self) -> bool {
        matches!(self.backend, Backend::Postgres)
    }

    /// Ends all connections; waits for writes under way.
    pub async fn close(&self) {
        if let Backend::Sqlite(writer) = &self.backend {
            writer.close().await;
        }
        self.pool.close().await;
    }
}

/// What waits for a lock must see what its holder did.
const READ_COMMITTED: &str = "SET default_transaction_isolation = 'read committed'";

/// How to connect, and whether that is SQLite.
fn options(url: &str, mode: &str) -> Result<(AnyConnectOptions, bool), StoreError> {
    install_default_drivers();
    let sqlite = url.starts_with("sqlite:");
    if !sqlite && !url.starts_with("postgres://") && !url.starts_with("postgresql://") {
        let scheme = url.split(':').next().unwrap_or_default().to_owned();
        return Err(StoreError::UnknownScheme(scheme));
    }
    let address = if sqlite {
        format!("{url}?mode={mode}")
    } else {
        url.to_owned()
    };
    Ok((AnyConnectOptions::from_str(&address)?, sqlite))
}

/// A commit is on the disk when it returns, whatever the cluster's own setting;
/// on SQLite a reader waits for a lock rather than fail, and the journal of a
/// busy hour does not stay as large as it was.
pub(crate) async fn prepare(
    connection: &mut AnyConnection,
    sqlite: bool,
) -> Result<(), sqlx::Error> {
    if sqlite {
        connection.execute("PRAGMA synchronous = FULL").await?;
        connection.execute("PRAGMA busy_timeout = 30000").await?;
        connection.execute("PRAGMA cache_size = -65536").await?;
        connection
            .execute("PRAGMA journal_size_limit = 67108864")
            .await?;
    } else {
        connection.execute("SET synchronous_commit = on").await?;
        connection.execute(READ_COMMITTED).await?;
    }
    Ok(())
}
