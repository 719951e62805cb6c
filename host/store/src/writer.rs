//! SQLite's one writer: concurrent writes share a transaction and its one fsync.
//!
//! Each write runs in a savepoint of its own, so one that fails undoes itself and
//! not its neighbours; nobody is answered before the whole is on the disk.

use futures_util::future::BoxFuture;
use sqlx::{AnyConnection, Connection, Executor};
use tokio::sync::{mpsc, oneshot};

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
            let outcome = run(connection).await;
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
            (Err(fault), _) => Err(StoreError::Corrupt(fault)),
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
    pub fn start(connection: AnyConnection) -> Writer {
        let (queue, writes) = mpsc::channel(QUEUE);
        let ended = std::sync::Arc::new(tokio::sync::Semaphore::new(0));
        tokio::spawn(serve(connection, writes, ended.clone()));
        Writer { queue, ended }
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

async fn serve(
    mut connection: AnyConnection,
    mut writes: mpsc::Receiver<Box<dyn Write>>,
    ended: std::sync::Arc<tokio::sync::Semaphore>,
) {
    let mut group = Vec::with_capacity(GROUP);
    while writes.recv_many(&mut group, GROUP).await > 0 {
        let shared = carry_out(&mut connection, &mut group).await;
        if let Err(fault) = &shared {
            tracing::error!(%fault, "a group of writes failed");
            // Leaves no transaction open for the next group.
            let _ = connection.execute("ROLLBACK").await;
        }
        let shared = shared.map_err(|fault| fault.to_string());
        for write in group.drain(..) {
            write.answer(shared.clone());
        }
        if ended.is_closed() {
            break;
        }
    }
    if let Err(fault) = connection.close().await {
        tracing::warn!(%fault, "the writer's connection did not close cleanly");
    }
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
