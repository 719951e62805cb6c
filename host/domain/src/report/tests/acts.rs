//! What may be worth trying with a report as it stands, and how reports begin: for tests
//! of what may happen.

use jiff::Timestamp;
use jiff::civil::date;

use super::scene::TOKEN;
use crate::case::document::Documented;
use crate::case::moves::ReturnReason;
use crate::case::{Actor, Command};
use crate::law_table::acts::{self, decision, invite, why};
use crate::law_table::samples::{
    SYSTEM, decided, number, operator_elsewhere, report_filing, samples, stay,
};
use crate::law_table::walk::{self, Step, issue, officer, supervised};
use crate::officers::OfficerRole;
use crate::report::{EnforcementOutcome, Report, ReportFiling, Reporter};

pub(super) fn wishes(report: &Report, now: Timestamp) -> Vec<Command> {
    let mut wishes = samples(now);
    wishes.extend(acts::wishes(report, now));
    wishes.push(verify(false));
    wishes.push(Command::MergeFacts {
        from: number(20 + report.merged.len() as u64),
        received_on: acts::day_after(now, 0),
    });
    let outcomes = [
        EnforcementOutcome::NoPenalty,
        EnforcementOutcome::NotEstablished,
        EnforcementOutcome::Transferred,
    ];
    wishes.extend(outcomes.map(|outcome| decided(now, outcome)));
    wishes.extend(time(report));
    wishes.extend(documents(report));
    wishes
}

/// The stays of art. 64 and one that it does not know, and what the heads decide together.
fn time(report: &Report) -> Vec<Command> {
    let mut acts = Vec::new();
    for clock in report.clocks.iter().filter(|it| it.is_running()) {
        let clock = clock.seq;
        let stays = [
            "hearing",
            "public-notice",
            "appraisal",
            "suspension",
            "whim",
        ];
        acts.extend(stays.map(|why| stay(clock, why)));
        acts.push(Command::ResumeClock { clock });
        acts.push(together(clock));
    }
    acts
}

fn together(clock: u32) -> Command {
    Command::DecideExtension {
        clock,
        granted: true,
        reason: why(),
        days: Some(20),
        minutes: Some(why()),
    }
}

fn documents(report: &Report) -> Vec<Command> {
    let mut acts: Vec<Command> = Report::FORMS.iter().map(|form| issue(form)).collect();
    for document in &report.documents {
        let document = document.seq;
        acts.extend(
            acts::deliveries()
                .into_iter()
                .map(|delivery| Command::ServeDocument { document, delivery }),
        );
        acts.push(Command::ReadIdentity {
            reason: why(),
            document: Some(document),
        });
    }
    acts
}

pub(super) const DAYS: [&str; 3] = [
    "2026-05-18T01:00:00Z",
    "2025-05-19T01:00:00Z",
    "2024-05-20T01:00:00Z",
];

#[derive(Clone)]
pub(super) struct Beginning {
    pub reporter: Reporter,
    pub by: Actor,
    pub filing: ReportFiling,
    /// Of the days on which files begin: one under each version of the law.
    pub day: usize,
    pub steps: Vec<Step>,
}

impl Beginning {
    pub fn command(&self) -> Command {
        Command::Report {
            number: number(7),
            reporter: self.reporter.clone(),
            filing: Box::new(self.filing.clone()),
        }
    }
}

fn by(unit: &str) -> Actor {
    officer(unit, OfficerRole::Handler)
}

fn unit(command: Command) -> Step {
    Step::By(by("420106"), command)
}

fn verify(opens: bool) -> Command {
    Command::VerifyReport {
        opens,
        reason: why(),
    }
}

fn named(steps: Vec<Step>) -> Beginning {
    let token = TOKEN.to_owned();
    Beginning {
        by: Actor::Reporter {
            token: Some(token.clone()),
        },
        reporter: Reporter::Named { token },
        filing: report_filing(),
        day: 0,
        steps,
    }
}

fn anonymous(steps: Vec<Step>) -> Beginning {
    Beginning {
        by: Actor::Reporter { token: None },
        reporter: Reporter::Anonymous,
        filing: report_filing(),
        day: 0,
        steps,
    }
}

/// What the authority found itself.
fn found(steps: Vec<Step>) -> Beginning {
    Beginning {
        by: by("420106"),
        reporter: Reporter::Authority {
            complaint: number(3),
        },
        filing: report_filing(),
        day: 0,
        steps,
    }
}

/// Of what happened in another province.
fn elsewhere(beginning: Beginning) -> Beginning {
    let mut filing = report_filing();
    filing.reported.operator = operator_elsewhere();
    filing.act_place = Some("310101".parse().unwrap());
    Beginning {
        filing,
        ..beginning
    }
}

/// A partner's system keeps its enforcement case.
fn handed_over() -> Vec<Step> {
    investigated(vec![unit(sample("hand-to-enforcement"))])
}

fn sample(name: &str) -> Command {
    let now = DAYS[0].parse().unwrap();
    let found = samples(now).into_iter().find(|it| it.name() == name);
    found.unwrap()
}

fn asks(clock: u32) -> Step {
    let reason = why();
    unit(Command::RequestExtension { clock, reason })
}

fn grants(command: Command) -> Step {
    Step::By(officer("420106", OfficerRole::Head), command)
}

fn investigated(mut then: Vec<Step>) -> Vec<Step> {
    then.insert(0, unit(verify(true)));
    then
}

fn extended() -> Vec<Step> {
    investigated(vec![asks(2), grants(decision(2, true))])
}

fn further() -> Vec<Step> {
    let mut steps = extended();
    steps.extend([asks(3), grants(together(3))]);
    steps
}

pub(super) fn all() -> Vec<Beginning> {
    let mut all = vec![
        named(Vec::new()),
        anonymous(Vec::new()),
        found(Vec::new()),
        named(investigated(Vec::new())),
        anonymous(investigated(Vec::new())),
        found(investigated(Vec::new())),
        found(vec![unit(sample("return-to-intake"))]),
        named(vec![unit(verify(false))]),
        anonymous(vec![unit(verify(false))]),
        named(handed_over()),
        elsewhere(named(Vec::new())),
    ];
    all.extend(in_time());
    all.extend(between_units());
    all.extend(disputed());
    all.extend(sent_down());
    all.extend(seldom());
    for day in [1, 2] {
        all.extend([
            Beginning {
                day,
                ..named(Vec::new())
            },
            Beginning {
                day,
                ..named(vec![unit(verify(true))])
            },
            Beginning {
                day,
                ..named(vec![unit(verify(true)), Step::After(24 * 10)])
            },
            Beginning {
                day,
                ..named(vec![unit(verify(false))])
            },
            Beginning {
                day,
                ..named(vec![unit(verify(false)), Step::Wait, Step::Wait])
            },
            Beginning {
                day,
                ..named(vec![
                    unit(verify(false)),
                    unit(issue("report-no-case-notice-2019")),
                ])
            },
        ]);
    }
    all
}

fn in_time() -> Vec<Beginning> {
    let verification = || vec![asks(1), grants(decision(1, true))];
    let waits = || vec![Step::Wait; 8];
    let mut all: Vec<Beginning> = walk::urged(1, 2).into_iter().map(named).collect();
    all.extend(vec![
        named(verification()),
        found(verification()),
        found(then(verification(), vec![Step::After(24 * 25)])),
        named(then(verification(), vec![Step::After(24 * 25)])),
        named(then(extended(), vec![unit(stay(3, "hearing"))])),
        named(then(further(), vec![unit(stay(4, "hearing"))])),
        named(extended()),
        named(further()),
        named(waits()),
        found(waits()),
        named(then(verification(), waits())),
        found(then(verification(), waits())),
        named(then(investigated(Vec::new()), waits())),
        named(then(extended(), waits())),
        named(then(further(), waits())),
        named(investigated(vec![
            unit(stay(2, "hearing")),
            Step::After(48),
        ])),
    ]);
    all
}

/// What chance leads to once in a while.
fn seldom() -> Vec<Beginning> {
    let invites = || unit(invite("420111", DAYS[0].parse().unwrap()));
    let late = || Step::After(24 * 10);
    let served = || {
        vec![
            unit(issue("report-registration")),
            unit(sample("serve-document")),
        ]
    };
    let dispatched = |opens| {
        vec![
            Step::By(officer("420100", OfficerRole::Head), sample("take-up")),
            Step::By(by("420100"), sample("dispatch")),
            unit(verify(opens)),
        ]
    };
    // Sent down, and taken up again.
    let back = |more: Vec<Command>| {
        let city = || officer("420100", OfficerRole::Head);
        let moves = ["take-up", "dispatch", "take-up"].map(sample);
        let all = moves.into_iter().chain(more);
        all.map(|command| Step::By(city(), command)).collect()
    };
    let system = Actor::Partner {
        id: SYSTEM.into(),
        name: "执法办案系统".into(),
    };
    let decides = Step::By(system, sample("record-enforcement"));
    let expires = |clock| Step::By(Actor::Platform, Command::ExpireClock { clock });
    let expired = || vec![Step::After(24 * 40), expires(1)];
    vec![
        named(vec![Step::Calendar]),
        named(vec![invites(), late()]),
        named(investigated(vec![invites(), late()])),
        named(served()),
        named(investigated(served())),
        named(dispatched(true)),
        named(dispatched(false)),
        named(back(Vec::new())),
        named(back(vec![verify(true)])),
        named(back(vec![verify(false)])),
        named(then(handed_over(), vec![decides])),
        named(then(
            vec![walk::urges()],
            investigated(vec![Step::Calendar]),
        )),
        elsewhere(named(vec![late()])),
        found(vec![late()]),
        // What the rules urge lapses with its matter.
        named(vec![Step::Wait]),
        named(expired()),
        named(then(expired(), vec![late(), expires(2)])),
    ]
}

fn then(mut steps: Vec<Step>, more: Vec<Step>) -> Vec<Step> {
    steps.extend(more);
    steps
}

/// Another county should have it.
fn disputed() -> Vec<Beginning> {
    let disputes = || unit(sample("dispute-handling"));
    let extended = || vec![asks(1), grants(decision(1, true)), disputes()];
    vec![
        named(vec![disputes()]),
        found(vec![disputes()]),
        named(extended()),
        found(extended()),
        named(vec![disputes(), Step::Wait]),
        named(vec![disputes(), Step::After(24 * 20)]),
        named(then(sent(), vec![disputes()])),
    ]
}

/// The city takes it up and sends it down, with a day to report back by.
fn sent() -> Vec<Step> {
    let down = Command::Dispatch {
        to: "420106".parse().unwrap(),
        note: why(),
        report_by: Some(date(2026, 6, 20)),
    };
    vec![
        Step::By(officer("420100", OfficerRole::Head), sample("take-up")),
        Step::By(by("420100"), down),
    ]
}

fn sent_down() -> Vec<Beginning> {
    let to_station = |report_by| {
        unit(Command::Dispatch {
            to: "420106-01".parse().unwrap(),
            note: why(),
            report_by,
        })
    };
    let at_station = || investigated(vec![to_station(Some(date(2026, 6, 20)))]);
    let answers = Command::AnswerSupervision {
        supervision: 1,
        answer: why(),
    };
    let answers = Step::By(by("420106-01"), answers);
    // Its end nears, that is answered, and it is over.
    let nears_and_ends = |mut steps: Vec<Step>| {
        steps.extend([to_station(None), Step::Wait]);
        let ends = then(steps.clone(), vec![answers.clone(), Step::Wait]);
        [named(steps), named(ends)]
    };
    let late = || Step::After(24 * 40);
    let mut all = vec![
        named(sent()),
        named(then(sent(), vec![late()])),
        named(at_station()),
        named(then(at_station(), vec![late()])),
    ];
    // The authority watches what is due at its station.
    all.extend(nears_and_ends(Vec::new()));
    all.extend(nears_and_ends(investigated(Vec::new())));
    all
}

fn between_units() -> Vec<Beginning> {
    let now = || DAYS[0].parse().unwrap();
    let joins = || Command::AnswerInvitation {
        part: 1,
        agrees: true,
        reason: why(),
    };
    let back = || Command::ReturnToIntake {
        reason: ReturnReason::NotOurs,
        note: why(),
    };
    let city = |role| officer("420100", role);
    // The city has it itself, and more time for it.
    let taken_up = || {
        let reason = why();
        let asks = Command::RequestExtension { clock: 2, reason };
        vec![
            Step::By(city(OfficerRole::Head), Command::TakeUp { reason: why() }),
            Step::By(city(OfficerRole::Handler), asks),
            Step::By(city(OfficerRole::Head), decision(2, true)),
        ]
    };
    let invites = || unit(invite("420111", now()));
    vec![
        named(vec![invites(), Step::By(by("420111"), joins())]),
        named(investigated(vec![
            invites(),
            Step::By(by("420111"), joins()),
        ])),
        named(vec![unit(back())]),
        named(taken_up()),
        found(taken_up()),
        found(taken_up()[..1].to_vec()),
        named(then(
            taken_up()[..1].to_vec(),
            vec![Step::By(city(OfficerRole::Handler), sample("dispatch"))],
        )),
        named(then(
            supervised(2),
            vec![unit(verify(false)), Step::Calendar],
        )),
        named(supervised(2)),
        named(then(supervised(2), vec![unit(verify(true))])),
        named(then(supervised(2), vec![unit(verify(false))])),
    ]
}
