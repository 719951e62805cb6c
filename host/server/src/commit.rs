//! From decided events to the store's commit: ledger, projection, jobs, outbox
//! and attachments of one command, together.

use hejie_domain::case::{Actor, Command, Event, Recorded};
use hejie_domain::file::decide_all;
use hejie_domain::identifiers::digest::Digest;
use hejie_store::{
    Attachment, Commit, DraftRow, IdempotencyAnswer, NewDelivery, NewEvent, NewIdentity,
    NewMessage, PartnerFiling,
};
use jiff::Timestamp;

use crate::act::{ATTEMPTS, ActError, Done, Loaded, pause};
use crate::app::App;
use crate::kept::Kept;
use crate::problem::Problem;

/// The state a command was decided on.
#[derive(Debug, Clone)]
pub struct Base {
    pub version: u64,
    pub head: Digest,
}

impl Base {
    /// Before the first entry.
    pub fn nothing() -> Base {
        Base {
            version: 0,
            head: Digest::ZERO,
        }
    }
}

/// What goes with a commit besides its events.
#[derive(Debug, Default)]
pub struct Extras {
    pub attachments: Vec<Attachment>,
    /// To other authorities, besides what follows from the events.
    pub deliveries: Vec<NewDelivery>,
    pub finish_job: Option<String>,
    pub idempotency: Option<IdempotencyAnswer>,
    pub identity: Option<NewIdentity>,
    /// The draft that this files.
    pub draft: Option<DraftRow>,
    /// The partner's reference that this files under.
    pub partner: Option<PartnerFiling>,
}

/// Several commits that are made durable together.
#[derive(Debug, Default)]
pub struct Together(Vec<Commit>);

impl Together {
    /// Keeps beside all of it an answer, the draft and the partner's reference that it
    /// files under.
    pub fn keep(&mut self, extras: Extras) {
        if let Some(first) = self.0.first_mut() {
            first.idempotency = extras.idempotency;
            first.draft = extras.draft;
            first.partner = extras.partner;
        }
    }
}

impl App {
    /// Makes decided events durable with all that follows from them. The extras are
    /// made of all that was done, so that an answer that is kept is the one given.
    pub async fn commit<F: Kept>(
        &self,
        base: Base,
        done: Done<F>,
        extras: impl FnOnce(&Done<F>) -> Extras,
    ) -> Result<Done<F>, ActError> {
        let (commit, done) = self.prepare(base, done, extras)?;
        self.store().commit(commit).await?;
        self.wake();
        Ok(done)
    }

    /// Adds what was decided on a file to what is to be committed together.
    pub fn add<F: Kept>(
        &self,
        together: &mut Together,
        base: Base,
        done: Done<F>,
        extras: Extras,
    ) -> Result<Done<F>, ActError> {
        let (commit, done) = self.prepare(base, done, |_| extras)?;
        together.0.push(commit);
        Ok(done)
    }

    /// Decides a command on a file and adds what follows to what is to be committed
    /// together.
    pub fn decide<F: Kept>(
        &self,
        together: &mut Together,
        loaded: Loaded<F>,
        actor: &Actor,
        command: Command,
    ) -> Result<Done<F>, ActError> {
        let steps = [(actor.clone(), command)];
        let now = self.clock().now();
        let (file, recorded) = decide_all(&loaded.file, steps, now, &self.rules())?;
        let base = loaded.base();
        let done = Done {
            id: loaded.id,
            file,
            recorded,
        };
        self.add(together, base, done, Extras::default())
    }

    /// Makes several commits durable together; where another came first, all is decided
    /// anew.
    pub async fn together<T, D>(&self, decided: impl Fn() -> D) -> Result<T, Problem>
    where
        D: Future<Output = Result<(Together, T), Problem>>,
    {
        for attempt in 1..ATTEMPTS {
            let (together, told) = decided().await?;
            match self.commit_together(together).await {
                Err(fault) if fault.is_conflict() => tokio::time::sleep(pause(attempt)).await,
                committed => return Ok(committed.map(|()| told)?),
            }
        }
        let (together, told) = decided().await?;
        Ok(self.commit_together(together).await.map(|()| told)?)
    }

    /// Makes all of it durable, or nothing.
    pub async fn commit_together(&self, together: Together) -> Result<(), ActError> {
        self.store().commit_all(together.0).await?;
        self.wake();
        Ok(())
    }

    fn prepare<F: Kept>(
        &self,
        base: Base,
        mut done: Done<F>,
        extras: impl FnOnce(&Done<F>) -> Extras,
    ) -> Result<(Commit, Done<F>), ActError> {
        let now = self.clock().now();
        let completing = F::complete(self, &base, &mut done, now)?;
        let mut extras = extras(&done);
        extras.attachments.extend(completing);
        let plan = F::follow_up(&done, base.version, &self.registry(), now);
        let mut deliveries = F::deliveries(&done, base.version, &self.identity().code)?;
        deliveries.extend(extras.deliveries);
        let messages = done.recorded.iter().filter_map(|it| done.file.message(it));
        // A rehearsal's days are not those on which it is sent.
        let rehearsed = self.clock().is_rehearsal();
        let messages = messages.map(|it| NewMessage {
            discreet: it
                .discreet
                .map(|at| if rehearsed { Timestamp::now() } else { at }),
            ..it
        });
        let commit = Commit {
            case_id: done.id.clone(),
            expected_version: base.version,
            expected_head: base.head,
            events: done.recorded.iter().map(entry).collect::<Result<_, _>>()?,
            attachments: extras.attachments,
            case: done.file.row(&done.id, last_change(&done.recorded))?,
            jobs: plan.jobs,
            cancel_jobs: plan.cancel,
            finish_job: extras.finish_job,
            outbox: messages.collect(),
            deliveries,
            recalled: F::recalled(&done),
            identity: extras.identity,
            idempotency: extras.idempotency,
            draft: extras.draft,
            partner: extras.partner,
        };
        Ok((commit, done))
    }
}

/// When the last of these was recorded: the file was changed then, and a
/// projection that is made anew says the same.
pub fn last_change(recorded: &[Recorded]) -> Timestamp {
    recorded.last().map(|entry| entry.at).unwrap_or_default()
}

fn entry(recorded: &Recorded) -> Result<NewEvent, ActError> {
    let unreadable = |fault: serde_json::Error| ActError::Unreadable {
        id: recorded.event.kind().to_owned(),
        why: fault.to_string(),
    };
    Ok(NewEvent {
        at: recorded.at,
        actor: serde_json::to_value(&recorded.by).map_err(unreadable)?,
        kind: recorded.event.kind(),
        version: Event::VERSION,
        payload: recorded.event.payload().map_err(unreadable)?,
    })
}
