//! The places, by name.

use strum::{EnumString, IntoStaticStr, VariantArray};

/// A place between two steps. What comes before it was done, what comes after it was not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub enum FaultPoint {
    /// Within the transaction: the answer is kept and the job ended, no event is written.
    CommitBegun,
    /// Within the transaction: the events are written, the projection is not.
    EventsWritten,
    /// Within the transaction: the projection is written, jobs and outbox are not.
    ProjectionWritten,
    /// All of a commit is written, its transaction is open.
    CommitWritten,
    /// One of several files that are committed together is written.
    FileOfSeveralWritten,
    /// The transaction has ended, and nobody was told.
    Committed,
    /// A request was carried out, its answer is not on its way.
    AnswerReady,
    /// One of several files of a bulk act is done.
    BulkLineDone,
    /// A document has its number and is drawn; the file does not have it.
    DocumentDrawn,
    /// A job is leased, nothing of it is done.
    JobLeased,
    /// A plugin has answered, nothing of it is committed.
    PluginRan,
    /// A shop has answered a look-up, the file does not have it.
    LookedUp,
    /// What fell due in one of several files is done.
    FileSwept,
    /// A walk has been in one of its files and does not know it.
    FileWalked,
    /// A delivery is leased, nothing was sent.
    DeliveryLeased,
    /// A receiver has a delivery, and it still counts as waiting.
    DeliverySent,
    /// Another authority has a file, and its receipt is not recorded.
    DossierSent,
    /// A step of the schema is done, the next is not.
    SchemaStepDone,
    /// Within the transaction: a file's projection was taken away to be made anew.
    ProjectionRemoved,
    /// One of several files has its projection made anew.
    FileRebuilt,
}

impl FaultPoint {
    pub fn name(self) -> &'static str {
        self.into()
    }
}
