//! What others can be told of.

/// Every topic of the outbox, in order. The turns of files are told without personal data.
pub const ALL: [&str; 51] = [
    "case.closed",
    "case.filed",
    "case.reopened",
    "case.settled",
    "complaint.accepted",
    "complaint.agreed",
    "complaint.dispatched",
    "complaint.disputed",
    "complaint.document",
    "complaint.extended",
    "complaint.extension_requested",
    "complaint.merged",
    "complaint.moved",
    "complaint.notified",
    "complaint.part",
    "complaint.refused",
    "complaint.registered",
    "complaint.reopened",
    "complaint.reported_back",
    "complaint.returned",
    "complaint.served",
    "complaint.supervised",
    "complaint.supervision_raised",
    "complaint.terminated",
    "complaint.transfer_failed",
    "complaint.transferred",
    "incident.closed",
    "incident.level",
    "incident.opened",
    "incident.overdue",
    "incident.task",
    "inquiry.answered",
    "inquiry.extension_requested",
    "inquiry.moved",
    "inquiry.received",
    "inquiry.redirected",
    "inquiry.reported_back",
    "inquiry.supervised",
    "inquiry.supervision_raised",
    "report.closed",
    "report.decided",
    "report.disputed",
    "report.extended",
    "report.extension_requested",
    "report.moved",
    "report.part",
    "report.received",
    "report.reported_back",
    "report.supervised",
    "report.supervision_raised",
    "report.verified",
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use hejie_domain::case::{Actor, Case, Event, Recorded};
    use hejie_domain::file::FileKind;
    use hejie_domain::incident::Incident;
    use hejie_domain::inquiry::Inquiry;
    use hejie_domain::report::Report;
    use jiff::Timestamp;
    use serde_json::Value;

    use super::*;
    use crate::kept::Kept;

    /// One event of every type.
    const EVENTS: &str = include_str!("../../../domain/src/case/fixtures/events-v1.json");

    fn told<F: Kept>(recorded: &[Recorded]) -> Vec<&'static str> {
        let opens = |it: &&Recorded| F::open(it).is_ok();
        let file = F::open(recorded.iter().find(opens).unwrap()).unwrap();
        let messages = recorded.iter().filter_map(|it| file.message(it));
        messages.map(|message| message.topic).collect()
    }

    /// A further kind of file does not compile until it is here and below.
    fn told_of(kind: FileKind, recorded: &[Recorded]) -> Vec<&'static str> {
        match kind {
            FileKind::Dispute => told::<Case>(recorded),
            FileKind::Report => told::<Report>(recorded),
            FileKind::Inquiry => told::<Inquiry>(recorded),
            FileKind::Incident => told::<Incident>(recorded),
        }
    }

    #[test]
    fn the_topics_that_others_can_ask_for_are_those_that_are_told() {
        let entries: Vec<Value> = serde_json::from_str(EVENTS).unwrap();
        let recorded = entries.iter().map(|entry| Recorded {
            at: Timestamp::UNIX_EPOCH,
            by: Actor::Platform,
            event: Event::read(entry["kind"].as_str().unwrap(), 1, entry["payload"].clone())
                .unwrap(),
        });
        let recorded: Vec<Recorded> = recorded.collect();
        let kinds = [
            FileKind::Dispute,
            FileKind::Report,
            FileKind::Inquiry,
            FileKind::Incident,
        ];
        let told = kinds.iter().flat_map(|kind| told_of(*kind, &recorded));
        let all: BTreeSet<&str> = told.collect();
        assert_eq!(all.into_iter().collect::<Vec<_>>(), ALL);
    }
}
