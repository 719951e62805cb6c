//! What every kind of file has in common: a number, a ledger of events, commands that
//! are decided on what the events made of it.

use jiff::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::case::clocks::CaseClock;
use crate::case::{Actor, Command, Context, Event, FoldError, Recorded, Refusal};
use crate::identifiers::case_number::CaseNumber;
use crate::rules::RuleBook;

/// The kinds of files; each is folded by its own aggregate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FileKind {
    /// A dispute between a consumer and an enterprise, and the complaint it became.
    Dispute,
    /// A report of a breach 举报.
    Report,
    /// A consultation 咨询 or a suggestion 意见建议.
    Inquiry,
    /// An emergency incident that gathers files 应急.
    Incident,
}

impl FileKind {
    pub fn name(self) -> &'static str {
        match self {
            FileKind::Dispute => "dispute",
            FileKind::Report => "report",
            FileKind::Inquiry => "inquiry",
            FileKind::Incident => "incident",
        }
    }

    /// By its name.
    pub fn named(name: &str) -> Option<FileKind> {
        let kinds = [
            FileKind::Dispute,
            FileKind::Report,
            FileKind::Inquiry,
            FileKind::Incident,
        ];
        kinds.into_iter().find(|kind| kind.name() == name)
    }

    /// By the event that opens a file.
    pub fn opened_by(first: &Event) -> FileKind {
        match first {
            Event::ReportReceived { .. } => FileKind::Report,
            Event::InquiryReceived { .. } => FileKind::Inquiry,
            Event::IncidentOpened { .. } => FileKind::Incident,
            _ => FileKind::Dispute,
        }
    }
}

/// The fold of a file's events.
pub trait File: Clone + Serialize + DeserializeOwned + Send + Sync + 'static {
    const KIND: FileKind;

    fn number(&self) -> &CaseNumber;

    /// How many events were folded: the version commands are checked against.
    fn version(&self) -> u64;

    fn phase_name(&self) -> &'static str;

    /// The file as its first event made it.
    fn open(first: &Recorded) -> Result<Self, FoldError>;

    fn apply(&mut self, recorded: &Recorded) -> Result<(), FoldError>;

    /// What follows from `command`. The file itself is not changed.
    fn decide(&self, command: Command, context: &Context) -> Result<Vec<Event>, Refusal>;

    /// The earliest moment at which time alone changes the file.
    fn next_deadline(&self) -> Option<Timestamp>;

    /// The next thing that time asks of the file.
    fn due(&self, now: Timestamp) -> Option<Command>;

    /// Folds a file's events from the first on.
    fn fold(events: impl IntoIterator<Item = Recorded>) -> Result<Self, FoldError> {
        let mut events = events.into_iter();
        let mut file = Self::open(&events.next().ok_or(FoldError::NotFiled)?)?;
        for recorded in events {
            file.apply(&recorded)?;
        }
        Ok(file)
    }
}

/// Carries out one command after another on a file, each on what the ones before made
/// of it: all of them, or none.
pub fn decide_all<F: File>(
    file: &F,
    commands: impl IntoIterator<Item = (Actor, Command)>,
    now: Timestamp,
    rules: &RuleBook,
) -> Result<(F, Vec<Recorded>), Refusal> {
    let mut file = file.clone();
    let mut recorded = Vec::new();
    for (actor, command) in commands {
        let context = Context {
            now,
            actor: &actor,
            rules,
        };
        for event in file.decide(command, &context)? {
            let entry = Recorded {
                at: now,
                by: actor.clone(),
                event,
            };
            // Only a filing cannot be folded, and decide never returns one here.
            if file.apply(&entry).is_err() {
                return Err(Refusal::Repeated {
                    what: "case",
                    id: file.number().to_string(),
                });
            }
            recorded.push(entry);
        }
    }
    Ok((file, recorded))
}

/// The moment of the earliest of running clocks: their ends and their reminders.
pub(crate) fn clock_deadline(clocks: &[CaseClock]) -> Option<Timestamp> {
    let running = || clocks.iter().filter(|clock| clock.is_running());
    let ends = running().filter_map(|clock| clock.expires_at());
    ends.chain(running().filter_map(|clock| clock.reminds_at()))
        .min()
}

/// What the clocks of a file ask: an expiry before a reminder.
pub(crate) fn clock_due(clocks: &[CaseClock], now: Timestamp) -> Option<Command> {
    let past = |at: Option<Timestamp>| at.is_some_and(|at| at <= now);
    let mut running = clocks.iter().filter(|clock| clock.is_running());
    let expired = running.clone().filter(|clock| past(clock.expires_at()));
    // As they fell due, however late that is noticed.
    if let Some(clock) = expired.min_by_key(|clock| (clock.expires_at(), clock.seq)) {
        return Some(Command::ExpireClock { clock: clock.seq });
    }
    let reminded = running.find(|clock| past(clock.reminds_at()))?;
    Some(Command::RemindClock {
        clock: reminded.seq,
    })
}
