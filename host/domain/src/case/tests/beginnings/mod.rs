//! How complaints begin in tests of the table of the law: chance alone rarely comes to a
//! mediation that both sides agreed to, or to a period that ran out.

mod opening;
mod stations;
mod steps;
mod variants;

use jiff::ToSpan;
use jiff::civil::date;

use super::acts::agrees;
use super::scene::{agent, consumer, offer, reference, terms};
use crate::case::actor::{Actor, PluginRole, Side};
use crate::case::command::Command;
use crate::case::complaint::GroundFinding;
use crate::case::intake::Channel;
use crate::case::mediation::{ChosenBy, Means};
use crate::case::phase::Confirmation;
use crate::case::representation::Consenting;
use crate::case::terms::Terms;
use crate::case::transfer::Stage;
use crate::case::word::Word;
use crate::law_table::acts::{decision, invite, why};
use crate::law_table::samples::{plugin, refuse, status, terminate};
use crate::law_table::walk::{self, Step, issue};
use opening::{Opening, external};
use steps::{
    accepted, agree, begins, by, closed, confirms, escalated, head, mediated, mediator, on, open,
    performed, refused, reopens, sample, sample_performed, sends_on, settled, terminated,
    transferred, unit, unsatisfied, waits,
};
use variants::{
    accompanied, dispatched, dispatched_until, entrusted, sent_and_taken_back, supervised,
    taken_back,
};

pub(super) const DAYS: [&str; 3] = [
    "2026-05-18T01:00:00Z",
    "2025-05-19T01:00:00Z",
    "2024-05-20T01:00:00Z",
];

#[derive(Clone)]
pub(super) struct Beginning {
    pub opens: Opening,
    /// Of the days on which files begin: one under each version of the law.
    pub day: usize,
    pub steps: Vec<Step>,
}

pub(super) fn all() -> Vec<Beginning> {
    let mut all = mediations();
    all.extend(endings());
    let others = all.iter().flat_map(|it| [accompanied(it), supervised(it)]);
    let others: Vec<Beginning> = others.collect();
    all.extend(others);
    all.extend(mediations().iter().chain(&endings()).map(dispatched));
    all.extend(ways().iter().map(taken_back));
    all.extend(ways().iter().map(sent_and_taken_back));
    all.extend(by_telephone());
    all.extend(openings());
    all.extend(between_units());
    all.extend(stations::all());
    all.extend(received());
    all.extend(outside());
    all.extend(together());
    all.extend(in_time());
    all.extend(of_plugins());
    all.extend(dated());
    all.extend(seldom());
    all.extend(of_older_versions());
    all
}

fn openings() -> Vec<Beginning> {
    let escalate = || Step::By(consumer(), sample("escalate"));
    let resolver = || Actor::Plugin(plugin(PluginRole::Resolver));
    let expires = |clock| Step::Before(Actor::Platform, Command::ExpireClock { clock });
    let unheard = || vec![Step::After(24 * 20), expires(1), escalate()];
    let unkept = || {
        vec![
            Step::Before(agent(), offer(100)),
            Step::Before(consumer(), agree(1)),
            Step::After(24 * 20),
            expires(2),
            escalate(),
        ]
    };
    let elsewhere = || Opening::Elsewhere { wished: false };
    vec![
        escalated(Vec::new()),
        begins(Opening::Wished, vec![Step::Wait]),
        begins(
            Opening::Negotiated,
            vec![
                Step::Before(resolver(), sample("propose-escalation")),
                escalate(),
            ],
        ),
        // Nothing came of the negotiation.
        begins(Opening::Negotiated, unheard()),
        // Something did, and was not kept.
        begins(Opening::Negotiated, unkept()),
        begins(elsewhere(), vec![escalate()]),
        begins(elsewhere(), unheard()),
        begins(elsewhere(), unkept()),
        begins(Opening::Elsewhere { wished: true }, vec![Step::Wait]),
        begins(Opening::Direct(Channel::Web), Vec::new()),
        begins(Opening::Direct(Channel::Window), Vec::new()),
        begins(Opening::Direct(Channel::Partner), Vec::new()),
        begins(Opening::AtTheCity, Vec::new()),
        begins(Opening::Received, Vec::new()),
        begins(Opening::ReceivedForOthers, Vec::new()),
        begins(Opening::Received, vec![unit(Command::AcceptComplaint)]),
    ]
}

fn mediations() -> Vec<Beginning> {
    let handler = || by("420106");
    vec![
        accepted(Vec::new()),
        mediated(Vec::new()),
        entrusted(&mediated(Vec::new())),
        mediated(vec![unit(sample("schedule-mediation"))]),
        entrusted(&mediated(vec![
            unit(sample("schedule-mediation")),
            Step::After(24),
        ])),
        entrusted(&mediated(vec![Step::By(mediator(), offer(100))])),
        mediated(vec![
            unit(sample("schedule-mediation")),
            Step::After(24),
            unit(sample("record-session")),
        ]),
        mediated(vec![
            unit(Command::BeginAppraisal {
                body: "湖北省纤维检验局".into(),
                chosen_by: ChosenBy::Regulator,
            }),
            Step::After(48),
        ]),
        mediated(vec![
            Step::By(consumer(), sample("request-recusal")),
            Step::After(1),
        ]),
        // What the authority proposes.
        mediated(vec![
            Step::By(handler(), offer(100)),
            Step::By(agent(), agree(1)),
        ]),
        mediated(vec![Step::By(handler(), offer(100))]),
        mediated(vec![
            Step::By(handler(), offer(100)),
            Step::By(consumer(), agree(1)),
        ]),
        mediated(vec![Step::By(consumer(), offer(100))]),
        mediated(vec![Step::By(agent(), offer(100))]),
        settled(Vec::new()),
    ]
}

fn endings() -> Vec<Beginning> {
    vec![
        performed(Vec::new()),
        open(Vec::new()),
        open(vec![Step::By(consumer(), offer(100))]),
        open(vec![Step::By(agent(), offer(100))]),
        entrusted(&settled(Vec::new())),
        entrusted(&performed(Vec::new())),
        entrusted(&open(Vec::new())),
        entrusted(&mediated(vec![unit(terminate("other-statutory"))])),
        mediated(vec![
            unit(sample("begin-appraisal")),
            Step::After(48),
            unit(sample("end-appraisal")),
            unit(terminate("other-statutory")),
        ]),
        transferred(Vec::new()),
        performed(vec![confirms(Confirmation::Solved)]),
        performed(vec![confirms(Confirmation::NotSolved)]),
        performed(vec![confirms(Confirmation::NotSolved), unsatisfied()]),
        performed(vec![confirms(Confirmation::Solved), Step::After(24 * 40)]),
        performed(vec![confirms(Confirmation::Partly), unsatisfied()]),
        terminated(Vec::new()),
        closed(Vec::new()),
        closed(vec![unsatisfied()]),
        refused(Vec::new()),
        refused(vec![unsatisfied()]),
    ]
}

/// One into each phase.
fn ways() -> Vec<Beginning> {
    let none = Vec::new;
    vec![
        escalated(none()),
        accepted(none()),
        refused(none()),
        terminated(none()),
        transferred(none()),
        settled(none()),
        performed(none()),
        open(none()),
        closed(none()),
    ]
}

fn between_units() -> Vec<Beginning> {
    let day = || DAYS[0].parse().unwrap();
    let asks = || {
        let reason = why();
        unit(Command::RequestExtension { clock: 3, reason })
    };
    vec![
        escalated(vec![unit(sample("dispute-handling"))]),
        escalated(vec![
            unit(sample("dispute-handling")),
            Step::Wait,
            Step::Wait,
        ]),
        escalated(vec![unit(sample("return-to-intake"))]),
        transferred(Vec::new()),
        transferred(vec![Step::By(Actor::Platform, sample("fail-transfer"))]),
        transferred(vec![Step::By(external(), status(1, Stage::Closed))]),
        escalated(vec![unit(sample("dispute-handling")), Step::After(24 * 20)]),
        dispatched(&escalated(Vec::new())),
        dispatched(&escalated(vec![unit(sample("dispute-handling"))])),
        dispatched(&escalated(vec![Step::After(24 * 40)])),
        dispatched(&accepted(vec![Step::After(24 * 40)])),
        dispatched_until(date(2026, 12, 20), &mediated(waits(6))),
        accepted(vec![unit(Command::Dispatch {
            to: "420106-01".parse().unwrap(),
            note: why(),
            report_by: Some(date(2026, 6, 20)),
        })]),
        accepted(vec![unit(invite("420111", day()))]),
        escalated(vec![unit(invite("420111", day())), Step::After(24 * 10)]),
        escalated(vec![
            unit(invite("420111", day())),
            Step::By(by("420111"), sample("answer-invitation")),
        ]),
        accepted(vec![Step::By(head("420100"), invite("420111", day()))]),
        overdue_once_more(Vec::new()),
        overdue_once_more(vec![unit(sample("dispute-handling"))]),
        overdue_once_more(vec![unit(sample("return-to-intake"))]),
        dispatched(&transferred(vec![Step::By(
            Actor::Platform,
            sample("fail-transfer"),
        )])),
        escalated(vec![walk::urges(), asks()]),
        escalated(vec![
            walk::urges(),
            asks(),
            Step::By(head("420100"), decision(3, true)),
            Step::Wait,
            Step::Wait,
        ]),
    ]
}

/// A refusal that is decided anew, and is not in time.
fn overdue_once_more(then: Vec<Step>) -> Beginning {
    let mut steps = vec![Step::By(head("420106"), sample("revoke-decision"))];
    steps.extend(waits(6));
    steps.extend(then);
    refused(steps)
}

/// Who complains has no account: the unit tells her what it decided.
fn by_telephone() -> Vec<Beginning> {
    let late = || Step::After(24 * 12);
    let takes = |offer| {
        unit(Command::RecordWord {
            side: Side::Consumer,
            means: Means::Phone,
            herself: false,
            word: Box::new(Word::AcceptOffer { offer }),
        })
    };
    let all = [
        escalated(vec![unit(sample("record-word"))]),
        accepted(Vec::new()),
        accepted(vec![unit(issue("complaint-acceptance"))]),
        accepted(vec![Step::Wait, Step::Wait]),
        accepted(vec![late()]),
        accepted({
            let mut steps = waits(4);
            steps.push(unit(terminate("other-statutory")));
            steps
        }),
        mediated(vec![Step::By(agent(), offer(100))]),
        mediated(vec![Step::By(by("420106"), offer(100)), takes(1)]),
        terminated(Vec::new()),
        closed(Vec::new()),
        refused(Vec::new()),
        refused(vec![unit(issue("complaint-refusal"))]),
        refused(vec![Step::Wait, Step::Wait]),
        refused(vec![late()]),
        // Decided too late, and told to nobody.
        escalated(vec![Step::Wait, Step::Wait, unit(refuse("no-power"))]),
    ];
    // Not handed over: it comes to the unit at once.
    let direct = |it: &Beginning| {
        let opens = Opening::Direct(Channel::Hotline);
        begins(opens, it.steps[1..].to_vec())
    };
    all.iter().map(direct).collect()
}

/// From another authority: neither party has an account here, and says by telephone what
/// it has to say.
fn received() -> Vec<Beginning> {
    let says = |side, word| {
        unit(Command::RecordWord {
            side,
            means: Means::Phone,
            herself: false,
            word: Box::new(word),
        })
    };
    let agreed = || {
        vec![
            unit(Command::AcceptComplaint),
            unit(agrees(Side::Consumer, Means::Phone)),
            unit(agrees(Side::Respondent, Means::Phone)),
            unit(offer(100)),
            says(Side::Respondent, Word::AcceptOffer { offer: 1 }),
            says(Side::Consumer, Word::AcceptOffer { offer: 1 }),
        ]
    };
    let performed_on = date(2026, 5, 18);
    let performed = || {
        let mut steps = agreed();
        let done = Word::RecordPerformance { performed_on };
        steps.push(says(Side::Respondent, done));
        steps
    };
    let confirmation = Confirmation::NotSolved;
    let mut unsolved = performed();
    unsolved.push(says(Side::Consumer, Word::Confirm { confirmation }));
    let mut solved = performed();
    let confirmation = Confirmation::Solved;
    solved.push(says(Side::Consumer, Word::Confirm { confirmation }));
    let gone = vec![sends_on()];
    let refused = vec![unit(refuse("no-power"))];
    let ended = vec![
        unit(Command::AcceptComplaint),
        unit(terminate("other-statutory")),
    ];
    let asked = vec![unit(sample("request-material"))];
    let all = [
        agreed(),
        performed(),
        unsolved,
        solved,
        gone,
        refused,
        ended,
        asked,
    ];
    let received = all
        .into_iter()
        .map(|steps| begins(Opening::Received, steps));
    received.collect()
}

/// Agreed with a shop that has no account here and says by telephone what it has to say:
/// what she calls solved she may yet call not solved.
fn outside() -> Vec<Beginning> {
    let says = |word| {
        unit(Command::RecordWord {
            side: Side::Respondent,
            means: Means::Phone,
            herself: false,
            word: Box::new(word),
        })
    };
    let performed_on = date(2026, 5, 18);
    let steps = vec![
        unit(Command::AcceptComplaint),
        unit(agrees(Side::Consumer, Means::Phone)),
        unit(agrees(Side::Respondent, Means::Phone)),
        unit(offer(100)),
        Step::By(consumer(), agree(1)),
        says(Word::AcceptOffer { offer: 1 }),
        says(Word::RecordPerformance { performed_on }),
        confirms(Confirmation::Solved),
    ];
    vec![begins(Opening::Outside, steps)]
}

/// By three, of whom one acts: what she settles takes the consent of the others.
fn together() -> Vec<Beginning> {
    let of = |then: Vec<Step>| {
        let mut steps = vec![Step::By(consumer(), sample("escalate"))];
        steps.extend(then);
        begins(Opening::Together, steps)
    };
    let consents = |person| {
        unit(Command::RecordConsent {
            person,
            to: Consenting::AcceptOffer { offer: 1 },
            evidence: Some(reference()),
            given_on: None,
        })
    };
    let settled = || {
        vec![
            unit(Command::AcceptComplaint),
            unit(agrees(Side::Consumer, Means::Phone)),
            unit(agrees(Side::Respondent, Means::Phone)),
            Step::By(agent(), offer(100)),
            consents(2),
            consents(3),
            Step::By(consumer(), agree(1)),
        ]
    };
    let performed = || {
        let mut steps = settled();
        steps.push(Step::By(agent(), sample_performed()));
        steps
    };
    let mut open = performed();
    open.extend([confirms(Confirmation::Solved), reopens()]);
    let accepted = vec![unit(Command::AcceptComplaint)];
    vec![
        of(Vec::new()),
        of(accepted),
        of(settled()),
        of(performed()),
        of(open),
    ]
}

fn in_time() -> Vec<Beginning> {
    let mut all = vec![
        escalated(waits(12)),
        accepted(waits(12)),
        settled(waits(6)),
        performed(waits(6)),
        terminated(waits(6)),
        escalated(vec![unit(issue("complaint-registration"))]),
    ];
    all.extend(walk::urged(2, 3).into_iter().map(escalated));
    let mut granted = walk::supervised(3);
    granted.extend([3, 4, 5].map(|clock| Step::By(head("420100"), decision(clock, true))));
    all.push(escalated(granted));
    all.extend(redone());
    all
}

/// Handled once more, in the days that there are for that and those that may be added.
fn redone() -> Vec<Beginning> {
    let asks = |clock| {
        let reason = why();
        unit(Command::RequestExtension { clock, reason })
    };
    let grants = |clock| Step::By(head("420106"), decision(clock, true));
    let late = || Step::After(24 * 40);
    let again = |then: Vec<Step>| {
        let mut steps = vec![
            unit(terminate("other-statutory")),
            unit(Command::NotifyTermination { means: Means::Sms }),
            unsatisfied(),
        ];
        steps.extend(then);
        mediated(steps)
    };
    let withdraws = |unit| {
        let word = Command::RecordWord {
            side: Side::Consumer,
            means: Means::Phone,
            herself: false,
            word: Box::new(Word::Withdraw),
        };
        Step::By(by(unit), word)
    };
    let there_and_back = |unit| {
        vec![
            sends_on(),
            Step::By(Actor::Platform, sample("fail-transfer")),
            Step::By(by(unit), sample("withdraw-transfer")),
        ]
    };
    let extended = |then: Vec<Step>| {
        let mut steps = vec![unsatisfied(), asks(3), grants(3)];
        steps.extend(then);
        refused(steps)
    };
    let examined = |steps: Vec<Step>| {
        let mut steps = steps;
        steps.extend([
            unit(sample("begin-appraisal")),
            Step::After(48),
            unit(sample("end-appraisal")),
            unit(terminate("other-statutory")),
        ]);
        again(steps)
    };
    let returned = |then: Vec<Step>| {
        let mut steps = vec![unit(sample("return-to-intake"))];
        steps.extend(then);
        escalated(steps)
    };
    let mut redone = vec![unsatisfied()];
    redone.extend(there_and_back("420106"));
    vec![
        refused(redone),
        refused(vec![unsatisfied(), sends_on()]),
        refused(vec![unsatisfied(), sends_on(), late()]),
        refused([vec![unsatisfied(), sends_on()], waits(4)].concat()),
        dispatched(&escalated(vec![withdraws("420106")])),
        dispatched_until(date(2026, 5, 20), &transferred(waits(2))),
        refused(vec![unsatisfied(), sends_on(), asks(3)]),
        extended(vec![sends_on()]),
        returned(vec![sends_on()]),
        returned(vec![sends_on(), late()]),
        transferred(vec![late()]),
        transferred(vec![Step::Wait]),
        extended(there_and_back("420106")),
        taken_back(&refused(vec![unsatisfied()])),
        taken_back(&refused(vec![
            unsatisfied(),
            asks(5),
            Step::By(head("420100"), decision(5, true)),
        ])),
        refused(vec![unsatisfied(), unit(sample("dispute-handling"))]),
        extended(vec![unit(sample("dispute-handling"))]),
        refused(vec![unsatisfied(), withdraws("420106")]),
        extended(vec![withdraws("420106")]),
        returned(there_and_back("420100")),
        returned(vec![withdraws("420100")]),
        examined(Vec::new()),
        examined(vec![asks(5), grants(5)]),
        refused(vec![unsatisfied(), asks(3)]),
        refused(vec![unsatisfied(), asks(3), grants(3)]),
        refused(vec![unsatisfied(), asks(3), grants(3), Step::Wait]),
        refused(vec![unsatisfied(), asks(3), grants(3), late()]),
        refused(vec![unsatisfied(), late()]),
        closed(vec![unsatisfied(), asks(5)]),
        closed(vec![unsatisfied(), asks(5), grants(5)]),
        closed(vec![unsatisfied(), asks(5), grants(5), Step::Wait]),
        closed(vec![unsatisfied(), asks(5), grants(5), late()]),
        again(vec![
            Step::By(by("420106"), offer(100)),
            Step::By(agent(), agree(1)),
        ]),
        again(vec![Step::By(agent(), offer(100))]),
        again(vec![unit(sample("begin-appraisal")), Step::After(48)]),
        again(vec![
            asks(5),
            grants(5),
            unit(sample("begin-appraisal")),
            Step::After(48),
        ]),
        again(vec![
            asks(5),
            grants(5),
            Step::By(by("420106"), offer(100)),
            Step::By(agent(), agree(1)),
        ]),
        again(vec![asks(5), grants(5), Step::By(agent(), offer(100))]),
    ]
}

/// What the association and the plugins began is ended by time or by themselves.
fn of_plugins() -> Vec<Beginning> {
    let resolver = || Actor::Plugin(plugin(PluginRole::Resolver));
    let assists = || Actor::Plugin(plugin(PluginRole::Mediator));
    let waits = || {
        vec![
            Step::By(resolver(), sample("set-timer")),
            Step::By(resolver(), sample("request-look-up")),
            Step::After(2),
        ]
    };
    let sets = || vec![Step::By(assists(), sample("set-timer"))];
    let offers = |actor| vec![Step::By(actor, offer(100))];
    vec![
        settled(waits()),
        performed(waits()),
        accompanied(&open(offers(mediator()))),
        accompanied(&open(offers(assists()))),
        open(waits()),
        accompanied(&open(sets())),
        entrusted(&performed(sets())),
    ]
}

/// Offers that say until when they stand, or by when they are kept.
fn dated() -> Vec<Beginning> {
    let made = |perform_by, expires_at| Command::MakeOffer {
        terms: Terms {
            perform_by,
            ..terms(100)
        },
        in_reply_to: None,
        expires_at,
        note: None,
    };
    let now: jiff::Timestamp = DAYS[0].parse().unwrap();
    let two_hours = now.checked_add(2.hours()).ok();
    vec![
        mediated(vec![
            Step::By(agent(), made(Some(date(2026, 5, 21)), None)),
            Step::By(consumer(), agree(1)),
            Step::After(24 * 5),
        ]),
        mediated(vec![
            Step::By(agent(), made(None, two_hours)),
            Step::After(3),
        ]),
        open(vec![
            Step::By(agent(), made(None, two_hours)),
            Step::After(3),
        ]),
    ]
}

/// What chance leads to once in a while.
fn seldom() -> Vec<Beginning> {
    let invites = || unit(invite("420111", DAYS[0].parse().unwrap()));
    let served = sample("serve-document");
    let late = || Step::After(24 * 10);
    let mut all = vec![
        escalated(vec![unit(sample("request-material"))]),
        escalated(vec![Step::By(head("420100"), sample("take-up"))]),
        escalated(vec![
            unit(issue("complaint-registration")),
            unit(served.clone()),
        ]),
        // Each of the two is told by her own service of the notice.
        settled(vec![unit(issue("mediation-termination")), unit(served)]),
        // A superior's question outlives that the file has gone.
        escalated(vec![walk::urges(), sends_on()]),
        accepted(vec![invites(), late()]),
        open(vec![Step::By(agent(), sample("ask"))]),
        open(vec![late()]),
        begins(Opening::AtTheCity, vec![late()]),
    ];
    for ended in [refused(Vec::new()), performed(Vec::new()), open(Vec::new())] {
        let mut urged = ended;
        urged.steps.insert(1, walk::urges());
        all.push(urged.clone());
        urged.steps.push(late());
        all.push(urged);
    }
    all
}

fn of_older_versions() -> Vec<Beginning> {
    let mut all = Vec::new();
    for day in [1, 2] {
        all.extend([
            on(day, escalated(Vec::new())),
            on(day, accepted(Vec::new())),
            on(day, mediated(waits(4))),
            on(day, terminated(Vec::new())),
            on(day, mediated(vec![Step::By(agent(), offer(100))])),
        ]);
    }
    for day in [0, 1, 2] {
        let refuses = Command::AnswerMediation {
            side: Side::Respondent,
            agrees: false,
            delegation: false,
            means: Means::Platform,
        };
        all.push(on(day, accepted(vec![Step::By(agent(), refuses)])));
        let found = Command::WeighGround {
            ground: "no-living-needs".into(),
            finding: GroundFinding {
                applies: Some(true),
                reason: why(),
                speaks_for: Vec::new(),
                speaks_against: Vec::new(),
            },
        };
        all.push(on(day, accepted(vec![unit(found)])));
    }
    // Taken up again, and the days of the mediation run out meanwhile.
    for day in [0, 1, 2] {
        let steps = vec![unsatisfied(), Step::After(24 * 70)];
        all.push(on(day, closed(steps)));
    }
    all
}
