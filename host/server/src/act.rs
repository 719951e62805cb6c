//! One command, carried out: the only way the server changes a case.

use hejie_domain::case::{Actor, Case, Command, Recorded, Refusal, decide_all};
use hejie_store::{IdempotencyAnswer, StoreError};
use jiff::Timestamp;

use crate::app::App;
use crate::commit;
use crate::problem::Problem;

/// How often a command is decided anew when another came first.
const ATTEMPTS: usize = 8;

/// A case with its key in the store.
#[derive(Debug, Clone)]
pub struct Loaded {
    pub id: String,
    pub case: Case,
}

/// What a command did.
#[derive(Debug, Clone)]
pub struct Done {
    pub loaded: Loaded,
    pub recorded: Vec<Recorded>,
}

/// Why a command was not carried out.
#[derive(Debug, thiserror::Error)]
pub enum ActError {
    #[error(transparent)]
    Refused(#[from] Refusal),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("the case {0} cannot be read: {1}")]
    Unreadable(String, String),
    #[error("the dossier could not be sealed: {0}")]
    Dossier(String),
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

impl App {
    /// Loads a case by the number a person quotes.
    pub async fn case_by_number(&self, number: &str) -> Result<Option<Loaded>, ActError> {
        match self.store().case_by_number(number).await? {
            Some(stored) => read(stored).map(Some),
            None => Ok(None),
        }
    }

    /// Loads a case by its key in the store.
    pub async fn case(&self, id: &str) -> Result<Option<Loaded>, ActError> {
        match self.store().case(id).await? {
            Some(stored) => read(stored).map(Some),
            None => Ok(None),
        }
    }

    /// Decides a command on a case and commits what follows. When another commit
    /// came first the command is decided again, on what the case then is.
    pub async fn act(
        &self,
        mut loaded: Loaded,
        actor: &Actor,
        command: Command,
        answer: impl Fn(&Done) -> Option<IdempotencyAnswer>,
    ) -> Result<Done, ActError> {
        let mut attempt = 0;
        loop {
            attempt += 1;
            let now = Timestamp::now();
            let step = [(actor.clone(), command.clone())];
            let (case, recorded) = decide_all(&loaded.case, step, now, &self.rules())?;
            if recorded.is_empty() {
                return Ok(Done { loaded, recorded });
            }
            let id = loaded.id.clone();
            let done = Done { loaded: Loaded { id, case }, recorded };
            let pending = commit::Pending::of(done, loaded.case.version);
            match self.commit(pending, |done| answer(done)).await {
                Err(ActError::Store(StoreError::Conflict { .. })) if attempt < ATTEMPTS => {
                    loaded = self.case(&loaded.id).await?.ok_or(StoreError::NoSuchCase)?;
                }
                other => return other,
            }
        }
    }
}

fn read(stored: hejie_store::StoredCase) -> Result<Loaded, ActError> {
    let id = stored.case_id;
    match serde_json::from_value(stored.snapshot) {
        Ok(case) => Ok(Loaded { id, case }),
        Err(fault) => Err(ActError::Unreadable(id, fault.to_string())),
    }
}
