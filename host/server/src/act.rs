//! One command, carried out: the only way the server changes a file.

use std::time::Duration;

use hejie_domain::case::{Actor, Case, Command, Recorded, Refusal};
use hejie_domain::file::decide_all;
use hejie_domain::identifiers::digest::Digest;
use hejie_store::{StoreError, StoredCase};

use crate::app::App;
use crate::commit::{Base, Extras};
use crate::kept::Kept;
use crate::problem::Problem;

/// How often a command is decided anew when another came first.
pub const ATTEMPTS: usize = 8;

/// A file with its key and head in the store.
#[derive(Debug, Clone)]
pub struct Loaded<F = Case> {
    pub id: String,
    pub head: Digest,
    pub file: F,
}

/// What a command did.
#[derive(Debug, Clone)]
pub struct Done<F = Case> {
    pub id: String,
    pub file: F,
    pub recorded: Vec<Recorded>,
}

/// Why a command was not carried out.
#[derive(Debug, thiserror::Error)]
pub enum ActError {
    #[error(transparent)]
    Refused(#[from] Refusal),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("the case {id} cannot be read: {why}")]
    Unreadable { id: String, why: String },
    #[error("the dossier could not be sealed: {0}")]
    Dossier(String),
}

impl ActError {
    /// Another commit came first.
    pub fn is_conflict(&self) -> bool {
        matches!(self, ActError::Store(StoreError::Conflict))
    }

    /// The store as a whole is down, so no other case can be dealt with either.
    pub fn is_outage(&self) -> bool {
        matches!(self, ActError::Store(fault) if fault.is_outage())
    }
}

impl From<ActError> for Problem {
    fn from(fault: ActError) -> Problem {
        match fault {
            ActError::Refused(refusal) => refusal.into(),
            ActError::Store(fault) => fault.into(),
            other => Problem::internal(&other),
        }
    }
}

impl<F: Kept> Loaded<F> {
    pub fn base(&self) -> Base {
        Base {
            version: self.file.version(),
            head: self.head.clone(),
        }
    }
}

impl App {
    /// Loads a dispute by the number a person quotes.
    pub async fn case_by_number(&self, number: &str) -> Result<Option<Loaded>, ActError> {
        self.file_by_number(number).await
    }

    /// Loads a dispute by who handed it over and its number there.
    pub async fn case_by_origin(&self, origin: &str) -> Result<Option<Loaded>, ActError> {
        let stored = self.store().case_by_origin(origin).await?;
        stored.filter(is_of::<Case>).map(read).transpose()
    }

    /// Loads a dispute by its key in the store.
    pub async fn case(&self, id: &str) -> Result<Option<Loaded>, ActError> {
        self.file(id).await
    }

    /// Loads a file by its number, where it is of this kind.
    pub async fn file_by_number<F: Kept>(
        &self,
        number: &str,
    ) -> Result<Option<Loaded<F>>, ActError> {
        let stored = self.store().case_by_number(number).await?;
        stored.filter(is_of::<F>).map(read).transpose()
    }

    /// Loads a file by its key in the store, where it is of this kind.
    pub async fn file<F: Kept>(&self, id: &str) -> Result<Option<Loaded<F>>, ActError> {
        let stored = self.store().case(id).await?;
        stored.filter(is_of::<F>).map(read).transpose()
    }

    /// The files of this kind that units of a subtree are involved in, and those that are on
    /// an account's list, newest first.
    pub async fn involving<F: Kept>(
        &self,
        digits: &str,
        account: &str,
        limit: u32,
    ) -> Result<Vec<Loaded<F>>, ActError> {
        let stored = self.store().involving(digits, account, limit).await?;
        stored.into_iter().filter(is_of::<F>).map(read).collect()
    }

    /// Decides a command on a file and commits what follows, one command on a file
    /// at a time. Where another server came first the command is decided again, on
    /// what the file then is.
    pub async fn act<F: Kept>(
        &self,
        mut loaded: Loaded<F>,
        actor: &Actor,
        command: Command,
        extras: impl Fn(&Done<F>) -> Extras,
    ) -> Result<Done<F>, ActError> {
        let id = loaded.id.clone();
        let turn = self.alone(&id).await;
        if turn.waited {
            loaded = self.again(&id).await?;
        }
        for attempt in 1..ATTEMPTS {
            match self.act_once(&loaded, actor, &command, &extras).await {
                Err(fault) if fault.is_conflict() => {
                    tokio::time::sleep(pause(attempt)).await;
                    loaded = self.again(&id).await?;
                }
                other => return other,
            }
        }
        self.act_once(&loaded, actor, &command, &extras).await
    }

    async fn again<F: Kept>(&self, id: &str) -> Result<Loaded<F>, ActError> {
        Ok(self.file(id).await?.ok_or(StoreError::NoSuchCase)?)
    }

    async fn act_once<F: Kept>(
        &self,
        loaded: &Loaded<F>,
        actor: &Actor,
        command: &Command,
        extras: &impl Fn(&Done<F>) -> Extras,
    ) -> Result<Done<F>, ActError> {
        let step = [(actor.clone(), command.clone())];
        let decided = decide_all(&loaded.file, step, self.clock().now(), &self.rules());
        let outcome = if decided.is_ok() { "done" } else { "refused" };
        metrics::counter!("hejie_commands_total", "command" => command.name(), "outcome" => outcome)
            .increment(1);
        let (file, recorded) = decided?;
        let done = Done {
            id: loaded.id.clone(),
            file,
            recorded,
        };
        if done.recorded.is_empty() {
            return Ok(done);
        }
        self.commit(loaded.base(), done, extras).await
    }
}

/// How long to stand back for another server: longer each time and never the
/// same, so that rivals do not meet again.
pub fn pause(attempt: usize) -> Duration {
    let longest = 5 << attempt.min(7);
    Duration::from_millis(rand::random_range(1..=longest))
}

fn is_of<F: Kept>(stored: &StoredCase) -> bool {
    stored.kind == F::KIND.name()
}

fn read<F: Kept>(stored: StoredCase) -> Result<Loaded<F>, ActError> {
    match serde_json::from_value(stored.snapshot) {
        Ok(file) => Ok(Loaded {
            id: stored.case_id,
            head: stored.head,
            file,
        }),
        Err(fault) => Err(ActError::Unreadable {
            id: stored.case_id,
            why: fault.to_string(),
        }),
    }
}
