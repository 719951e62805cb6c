//! Whatever anyone does in whatever order: the rules hold, and the ledger read
//! back gives the same case.

use jiff::civil::date;
use jiff::{Timestamp, ToSpan};
use proptest::prelude::*;
use serde_json::json;

use super::scene::{
    Scene, agent, consumer, filing, offer, officer, plugin, reference, said, terms, words,
};
use crate::case::actor::Side;
use crate::case::clocks::ClockState;
use crate::case::entries::{Floor, LookUpOutcome, Subject};
use crate::case::event::{Event, HandOverCause, Recorded};
use crate::case::filing::Claim;
use crate::case::mediation::Means;
use crate::case::phase::{Closing, Confirmation};
use crate::case::representation::{ActConsent, Consented};
use crate::case::terms::Terms;
use crate::case::{Actor, Case, Command, Phase, PluginRole};
use crate::file::File;
use crate::indicators::CaseFacts;

fn actors() -> impl Strategy<Value = Actor> {
    prop_oneof![
        4 => Just(consumer()),
        3 => Just(agent()),
        3 => Just(plugin(PluginRole::Resolver)),
        1 => Just(plugin(PluginRole::Reviewer)),
        1 => Just(plugin(PluginRole::Mediator)),
        2 => Just(officer()),
        3 => Just(Actor::Platform),
    ]
}

/// An offer that may run out, and may promise a day.
fn timed_offer(now: Timestamp) -> impl Fn((u64, Option<i64>, Option<i64>)) -> Command {
    move |(fen, hours, days)| Command::MakeOffer {
        terms: Terms {
            perform_by: days.map(|days| date(2026, 5, 18).checked_add(days.days()).unwrap()),
            ..terms(fen)
        },
        in_reply_to: None,
        expires_at: hours.map(|hours| now.checked_add(hours.hours()).unwrap()),
        note: None,
    }
}

fn talk() -> impl Strategy<Value = Command> {
    let seq = 1u32..4;
    let key = prop_oneof![Just("one"), Just("two"), Just("three")];
    let form = prop_oneof![Just(None), Just(Some(json!({"type": "object"})))];
    prop_oneof![
        (key, form).prop_map(|(key, form)| Command::Ask {
            key: key.into(),
            prompt: words(),
            form
        }),
        seq.clone().prop_map(|question| Command::Answer {
            question,
            value: json!({"a": 1})
        }),
        prop::option::of(seq).prop_map(|question| Command::AddEvidence {
            question,
            reference: reference()
        }),
        "退款|换货|修理".prop_map(|reason| Command::ReviseClaim {
            claim: Claim {
                reason,
                ..filing().claim
            }
        }),
    ]
}

fn plugin_work(now: Timestamp) -> impl Strategy<Value = Command> {
    let resolver = || plugin(PluginRole::Resolver).plugin().unwrap().clone();
    prop_oneof![
        (0i64..400).prop_map(move |hours| Command::SetTimer {
            key: "timer".into(),
            fires_at: now.checked_add(hours.hours()).unwrap()
        }),
        Just(Command::CancelTimer {
            key: "timer".into()
        }),
        Just(Command::FireTimer {
            key: "timer".into(),
            owner: resolver()
        }),
        Just(Command::RequestLookUp {
            key: "order".into(),
            name: "orders".into(),
            path: "/1".into()
        }),
        Just(Command::AnswerLookUp {
            key: "order".into(),
            requester: resolver(),
            outcome: LookUpOutcome::Failed { why: "-".into() }
        }),
        Just(Command::GiveOpinion {
            subject: Subject::Claim,
            floor: Floor::Met,
            findings: Vec::new(),
            summary: words()
        }),
        Just(Command::HandOverMediation {
            cause: HandOverCause::Plugin,
            why: words()
        }),
    ]
}

fn commands() -> impl Strategy<Value = Command> {
    let now: Timestamp = "2026-05-18T01:00:00Z".parse().unwrap();
    prop_oneof![4 => negotiation(now), 1 => talk(), 1 => plugin_work(now)]
}

fn negotiation(now: Timestamp) -> impl Strategy<Value = Command> {
    let seq = 1u32..5;
    let timed = (
        1u64..500,
        prop::option::of(1i64..900),
        prop::option::of(0i64..40),
    );
    prop_oneof![
        (1u64..500).prop_map(offer),
        timed.prop_map(timed_offer(now)),
        seq.clone().prop_map(|offer| Command::AcceptOffer { offer }),
        seq.clone()
            .prop_map(|offer| Command::DeclineOffer { offer, note: None }),
        seq.clone()
            .prop_map(|offer| Command::WithdrawOffer { offer }),
        Just(Command::PostMessage { body: said("话") }),
        Just(Command::RequestPerson),
        Just(Command::TakeOver),
        Just(Command::RequestMediation),
        Just(Command::HandOver {
            cause: HandOverCause::Plugin,
            why: words()
        }),
        Just(Command::Escalate {
            request: Default::default(),
        }),
        Just(Command::ProposeEscalation { why: words() }),
        Just(Command::AcceptComplaint),
        Just(Command::RefuseComplaint {
            ground: "no-power".into(),
            reason: "无权".into()
        }),
        Just(Command::RecordPerformance {
            performed_on: date(2026, 5, 18),
            note: None
        }),
        Just(Command::NotePerformanceDue),
        prop_oneof![
            Just(Confirmation::Solved),
            Just(Confirmation::Partly),
            Just(Confirmation::NotSolved),
            Just(Confirmation::NoReply)
        ]
        .prop_map(|confirmation| Command::Confirm { confirmation }),
        seq.clone().prop_map(|clock| Command::ExpireClock { clock }),
        seq.prop_map(|offer| Command::ExpireOffer { offer }),
        Just(Command::Withdraw),
        Just(Command::SettleElsewhere {
            note: "双方已自行和解".into()
        }),
        Just(Command::Reopen {
            reason: "没有解决".into()
        }),
        Just(Command::RecomputeClocks),
    ]
}

/// What must hold of every case, however it came about.
pub(super) fn check(case: &Case, ledger: &[Recorded]) {
    if let Some(settlement) = &case.settlement {
        let offer = case.offer(settlement.offer).unwrap();
        assert!(
            offer.is_agreed(),
            "a settlement needs both sides' own acceptance"
        );
        assert_eq!(offer.terms, settlement.terms, "of the same terms");
        let terms = settlement.terms.clone();
        check_consents(case, &Consented::Settle { terms });
    }
    if case.closing == Some(Closing::Withdrawn) {
        check_consents(case, &Consented::Withdraw);
    }
    let regulator = case.phase.is_with_regulator();
    assert!(!regulator || case.complaint.is_some(), "{:?}", case.phase);
    assert_eq!(case.phase == Phase::Closed, case.closing.is_some());
    assert!(!(regulator && case.running_clock("odr-negotiation").is_some()));
    let running = |period: &str| {
        case.clocks
            .iter()
            .filter(|clock| clock.period == period && clock.is_running())
            .count()
    };
    let disputed = case
        .complaint
        .as_ref()
        .is_some_and(|it| it.dispute.is_some());
    assert!(
        disputed || running("handling-dispute") == 0,
        "no clock outlives the disagreement it was for"
    );
    assert!(running("odr-negotiation") <= 1 && running("acceptance") <= 1);
    assert!(
        running("intake-dispatch") <= 1,
        "it waits once for dispatch"
    );
    if case.phase == Phase::Closed {
        assert!(case.timers.is_empty(), "a closed case waits for nothing");
    }
    let silent = case.confirmation == Some(Confirmation::NoReply);
    let performed = case
        .settlement
        .as_ref()
        .is_some_and(|it| it.performed_on.is_some());
    assert!(
        !silent || performed,
        "silence tells only of what was performed"
    );
    if case.phase == Phase::Settled {
        let dated = case.performance_due().is_some();
        let overdue = case.settlement.as_ref().is_some_and(|it| it.overdue);
        assert!(
            dated || overdue || running("performance") == 1,
            "a settlement has its day"
        );
    }
    for question in &case.questions {
        let evidence = question
            .answer
            .as_ref()
            .is_some_and(|it| it.get("evidence").is_some());
        assert!(
            !(evidence && question.form.is_some()),
            "a form is filled in"
        );
    }
    if !case.phase.takes_offers() {
        assert_eq!(
            case.open_offers().count(),
            0,
            "no offer outlives the negotiation"
        );
    }
    check_clock_numbers(case);
    check_acts(ledger);
    check_facts(case);
}

/// Nobody for whom others act lost anything without her own word.
fn check_consents(case: &Case, to: &Consented) {
    for person in case.complainants().iter().filter(|it| it.represented) {
        let hers = |it: &&ActConsent| it.person == person.person && it.to == *to;
        assert!(
            case.act_consents.iter().any(|it| hers(&it)),
            "{person:?}: {to:?}"
        );
    }
}

/// The facts that figures are made of agree with each other.
fn check_facts(case: &Case) {
    let facts = CaseFacts::of(case);
    let complaint = facts.registered_on.is_some();
    assert_eq!(complaint, facts.unit.is_some());
    assert!(facts.decision.is_none() || complaint);
    assert_eq!(facts.decision.is_some(), facts.decided_on.is_some());
    assert_eq!(
        facts.mediation_end.is_some(),
        facts.mediation_ended_on.is_some()
    );
    // Nobody knows what was in time until the calendar of the year is out.
    let is_known = case.clocks.iter().all(|it| it.expires_at().is_some());
    assert!(!is_known || facts.mediation_end.is_none() || facts.mediation_in_time.is_some());
    // A file that is at intake may be decided there: no period runs then.
    let last = case.clocks.iter().rfind(|it| it.period == "acceptance");
    let stopped = last.is_none_or(|it| matches!(it.state, ClockState::Stopped { .. }));
    let is_judged = !is_known || facts.acceptance_in_time.is_some();
    assert!(facts.decision.is_none() || stopped || is_judged);
    assert_eq!(
        facts.complaint_ended_on.is_some(),
        facts.cycle_days.is_some()
    );
    assert_eq!(facts.closing.is_some(), facts.closed_on.is_some());
    let settled =
        facts.settled_in_negotiation_on.is_some() || facts.settled_in_mediation_on.is_some();
    assert!(settled || case.settlement.is_none());
    let reopened = case.complaint.as_ref().is_some_and(|it| it.reopenings > 0);
    assert!(
        !settled || reopened || case.settlement.is_some(),
        "only a visit ends what was agreed"
    );
    assert!(
        facts.outcome.is_none() || settled,
        "what was not agreed has no outcome"
    );
}

/// A clock is known by its number, in the order in which they started.
fn check_clock_numbers(case: &Case) {
    let numbers = case.clocks.iter().map(|clock| clock.seq);
    assert!(
        numbers.eq(1..=case.clocks.len() as u32),
        "{:?}",
        case.clocks
    );
}

/// No side did what only another may do.
fn check_acts(ledger: &[Recorded]) {
    let mut automated = true;
    // An officer records what a side said elsewhere: what follows at once is that side's.
    let mut heard = None;
    for Recorded { at, by, event } in ledger {
        let spoken = heard.filter(|(then, _)| then == at && by.side() == Side::Officer);
        let speaker = spoken.map_or(by.side(), |(_, side)| side);
        match event {
            Event::WordRecorded { side, means, .. } => {
                assert_eq!(by.side(), Side::Officer);
                assert_ne!(*means, Means::Platform);
                heard = Some((*at, *side));
            }
            Event::OfferAccepted { side, .. } => {
                assert_eq!(*side, speaker);
                assert!(matches!(side, Side::Consumer | Side::Respondent));
            }
            Event::OutcomeConfirmed { confirmation } => {
                let silent = *confirmation == Confirmation::NoReply;
                assert_eq!(
                    speaker,
                    if silent {
                        Side::Platform
                    } else {
                        Side::Consumer
                    }
                );
            }
            Event::QuestionAnswered { .. } => assert_eq!(by.side(), Side::Consumer),
            Event::EvidenceAdded { question, .. } => {
                assert!(question.is_none() || by.side() == Side::Consumer);
            }
            Event::Escalated { .. } => {
                assert!(matches!(by.side(), Side::Consumer | Side::Platform));
            }
            Event::PersonRequested | Event::HandedOver { .. } | Event::TakenOver { .. } => {
                automated = false;
            }
            Event::OfferMade { .. } | Event::MessagePosted { .. } => {
                let resolver = by.plugin().is_some_and(|p| p.role == PluginRole::Resolver);
                assert!(automated || !resolver, "no plugin speaks beside a person");
            }
            _ => {}
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]
    #[test]
    fn no_sequence_of_commands_reaches_a_forbidden_state(
        wished: bool,
        steps in prop::collection::vec((actors(), commands(), 0i64..120), 1..40),
    ) {
        let mut filing = filing();
        filing.escalate_on_expiry = wished;
        let mut scene = Scene::filed_with(filing).unwrap();
        for (actor, command, hours) in steps {
            scene.now = scene.now.checked_add(hours.hours()).unwrap();
            let before = scene.case.clone();
            if scene.does(&actor, command).is_err() {
                prop_assert_eq!(&before, &scene.case, "a refused command leaves no trace");
            }
            check(&scene.case, &scene.ledger);
        }
        let read_back: Vec<Recorded> = scene.ledger.iter().map(through_json).collect();
        let folded = Case::fold(read_back).unwrap();
        prop_assert_eq!(&folded, &scene.case);
        let snapshot = serde_json::to_string(&scene.case).unwrap();
        prop_assert_eq!(serde_json::from_str::<Case>(&snapshot).unwrap(), scene.case);
    }
}

fn through_json(recorded: &Recorded) -> Recorded {
    let payload = recorded.event.payload().unwrap();
    let event = Event::read(recorded.event.kind(), Event::VERSION, payload).unwrap();
    Recorded {
        event,
        ..recorded.clone()
    }
}
