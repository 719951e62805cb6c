//! SQLite's one writer: concurrent writes share a transaction and its one fsync.
//!
//! Each write runs in a savepoint of its own, so one that fails undoes itself and
//! not its neighbours; nobody is answered before the whole is on the disk.

use std::panic::AssertUnwindSafe;

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use sqlx::any::AnyConnectOptions;
use sqlx::{AnyConnection, Connection, Executor};
use tokio::sync::{mpsc, oneshot};

use crate::connection::prepare;
use crate::error::StoreError;

/// Writes that one transaction takes at most.
const GROUP: usize = 128;
/// Writes that may wait; a caller beyond that waits to be let in.
const QUEUE: usize = 4_096;

/// A write and the way to answer it.
trait Write: Send {
    fn run<'c>(&'c mut self, connection: &'c mut AnyConnection) -> BoxFuture<'c, bool>;
    /// Answers the caller; `Err` where the shared transaction failed.
    fn answer(self: Box<Self>, shared: Result<(), String>);
}

struct Pending<T, F> {
    run: Option<F>,
    outcome: Option<Result<T, StoreError>>,
    caller: oneshot::Sender<Result<T, StoreError>>,
}

impl<T, F> Write for Pending<T, F>
where
    T: Send,
    F: for<'c> FnOnce(&'c mut AnyConnection) -> BoxFuture<'c, Result<T, StoreError>> + Send,
{
    fn run<'c>(&'c mut self, connection: &'c mut AnyConnection) -> BoxFuture<'c, bool> {
        Box::pin(async move {
            let Some(run) = self.run.take() else {
                return false;
            };
            // A write that panics fails alone; the writer and its neighbours go on.
            let outcome = AssertUnwindSafe(run(connection)).catch_unwind().await;
            let panicked = |_| Err(StoreError::Corrupt("a write panicked".to_owned()));
            let outcome = outcome.unwrap_or_else(panicked);
            let kept = outcome.is_ok();
            self.outcome = Some(outcome);
            kept
        })
    }

    fn answer(self: Box<Self>, shared: Result<(), String>) {
        let outcome = match (shared, self.outcome) {
            // A write that failed by itself has its own answer either way.
            (_, Some(Err(fault))) => Err(fault),
            (Ok(()), Some(done)) => done,
            (Err(fault), _) => Err(StoreError::Unavailable(fault)),
            (Ok(()), None) => Err(StoreError::Closed),
        };
        // A caller that went away needs no answer.
        let _ = self.caller.send(outcome);
    }
}

#[derive(Clone)]
pub(crate) struct Writer {
    queue: mpsc::Sender<Box<dyn Write>>,
    ended: std::sync::Arc<tokio::sync::Semaphore>,
}

impl Writer {
    pub async fn start(options: AnyConnectOptions) -> Result<Writer, sqlx::Error> {
        let (queue, writes) = mpsc::channel(QUEUE);
        let ended = std::sync::Arc::new(tokio::sync::Semaphore::new(0));
        let mut line = Line {
            options,
            connection: None,
        };
        line.open().await?;
        tokio::spawn(serve(line, writes, ended.clone()));
        Ok(Writer { queue, ended })
    }

    pub async fn write<T, F>(&self, run: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: for<'c> FnOnce(&'c mut AnyConnection) -> BoxFuture<'c, Result<T, StoreError>>
            + Send
            + 'static,
    {
        let (caller, answer) = oneshot::channel();
        let pending = Pending {
            run: Some(run),
            outcome: None,
            caller,
        };
        self.queue
            .send(Box::new(pending))
            .await
            .map_err(|_| StoreError::Closed)?;
        answer.await.map_err(|_| StoreError::Closed)?
    }

    /// Lets the writes under way end.
    pub async fn close(&self) {
        let (caller, answer) = oneshot::channel();
        let last = Last { caller };
        if self.queue.send(Box::new(last)).await.is_ok() {
            let _ = answer.await;
        }
        self.ended.close();
    }
}

/// The write that nothing comes after: everything before it is on the disk.
struct Last {
    caller: oneshot::Sender<()>,
}

impl Write for Last {
    fn run<'c>(&'c mut self, _: &'c mut AnyConnection) -> BoxFuture<'c, bool> {
        Box::pin(async { true })
    }

    fn answer(self: Box<Self>, _: Result<(), String>) {
        let _ = self.caller.send(());
    }
}

/// The writer's connection; one that a shared transaction failed on is given up,
/// and the next group gets a new one.
struct Line {
    options: AnyConnectOptions,
    connection: Option<AnyConnection>,
}

impl Line {
    async fn open(&mut self) -> Result<&mut AnyConnection, sqlx::Error> {
        let connection = match self.connection.take() {
            Some(connection) => connection,
            None => {
                let mut connection = AnyConnection::connect_with(&self.options).await?;
                prepare(&mut connection, true).await?;
                connection
            }
        };
        Ok(self.connection.insert(connection))
    }

    async fn carry_out(&mut self, group: &mut [Box<dyn Write>]) -> Result<(), sqlx::Error> {
        let done = carry_out(self.open().await?, group).await;
        if done.is_err() {
            // Closing it ends the transaction that may be open.
            self.close().await;
        }
        done
    }

    async fn close(&mut self) {
        if let Some(connection) = self.connection.take()
            && let Err(fault) = connection.close().await
        {
            tracing::warn!(%fault, "the writer's connection did not close cleanly");
        }
    }
}

async fn serve(
    mut line: Line,
    mut writes: mpsc::Receiver<Box<dyn Write>>,
    ended: std::sync::Arc<tokio::sync::Semaphore>,
) {
    let mut group = Vec::with_capacity(GROUP);
    while writes.recv_many(&mut group, GROUP).await > 0 {
        let shared = line.carry_out(&mut group).await;
        if let Err(fault) = &shared {
            tracing::error!(%fault, "a group of writes failed");
        }
        let shared = shared.map_err(|fault| fault.to_string());
        for write in group.drain(..) {
            write.answer(shared.clone());
        }
        if ended.is_closed() {
            break;
        }
    }
    line.close().await;
}

async fn carry_out(
    connection: &mut AnyConnection,
    group: &mut [Box<dyn Write>],
) -> Result<(), sqlx::Error> {
    connection.execute("BEGIN IMMEDIATE").await?;
    for write in group {
        connection.execute("SAVEPOINT one").await?;
        if !write.run(connection).await {
            connection.execute("ROLLBACK TO one").await?;
        }
        connection.execute("RELEASE one").await?;
    }
    connection.execute("COMMIT").await?;
    Ok(())
}
