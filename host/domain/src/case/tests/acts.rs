//! What may be worth trying with a complaint as it stands: for tests of what may happen.

use jiff::{Timestamp, ToSpan};

use super::scene::{mandate, neighbours, offer, reference, terms};
use crate::case::actor::Side;
use crate::case::command::Command;
use crate::case::document::Documented;
use crate::case::entries::OfferState;
use crate::case::filing::Claim;
use crate::case::identity::Person;
use crate::case::link::Relation;
use crate::case::mediation::{ChosenBy, Means};
use crate::case::phase::Confirmation;
use crate::case::representation::{Consenting, Representation};
use crate::case::state::Case;
use crate::case::terms::Terms;
use crate::case::transfer::Stage;
use crate::case::visit::Satisfaction;
use crate::case::word::Word;
use crate::identifiers::digest::Digest;
use crate::law_table::acts::{self, day_after, why};
use crate::law_table::samples::{
    identity_check, number, refuse, samples, status, terminate, visit, weigh,
};
use crate::law_table::walk::issue;

/// Every item of art. 16 and of its older version, and what is none.
const REFUSALS: [&str; 8] = [
    "no-power",
    "already-handled",
    "no-living-needs",
    "over-three-years",
    "material-missing",
    "false-identity",
    "other-statutory",
    "whim",
];
/// The same of art. 23.
const ENDINGS: [&str; 10] = [
    "withdrawn-or-settled",
    "absent-or-refusing",
    "no-deal",
    "no-agreement-on-testing",
    "no-agreement-on-testing-cost",
    "time-limit",
    "refusal-ground-found",
    "death-or-loss-of-status",
    "other-statutory",
    "whim",
];
const PARTIES: [Side; 2] = [Side::Consumer, Side::Respondent];
const CONFIRMATIONS: [Confirmation; 4] = [
    Confirmation::Solved,
    Confirmation::Partly,
    Confirmation::NotSolved,
    Confirmation::NoReply,
];

pub(super) fn wishes(case: &Case, now: Timestamp) -> Vec<Command> {
    let mut wishes = samples(now);
    wishes.extend(acts::wishes(case, now));
    wishes.extend(decisions(case));
    wishes.extend(deals(case, now));
    wishes.extend(outcome(case, now));
    wishes.extend(mediation(case));
    wishes.extend(transfers(case));
    wishes.extend(documents(case));
    wishes.extend(representation(case));
    wishes
}

fn decisions(case: &Case) -> Vec<Command> {
    let mut acts: Vec<Command> = REFUSALS.map(refuse).into();
    acts.extend(REFUSALS.map(weigh));
    acts.push(weigh("fraud"));
    acts.extend(ENDINGS.map(terminate));
    let relations = [
        Relation::SameDispute,
        Relation::SamePerson,
        Relation::SameMatter,
        Relation::Lead,
    ];
    acts.extend(relations.map(|relation| Command::LinkFile {
        to: number(20 + case.links.len() as u64),
        relation,
        reason: why(),
    }));
    acts.push(Command::DisputeHandling {
        with: "420106".parse().unwrap(),
        reason: why(),
    });
    acts
}

/// Offers with an end, with a day to perform by, and with neither; what is done with them.
fn deals(case: &Case, now: Timestamp) -> Vec<Command> {
    let made = |perform_by, expires_at| Command::MakeOffer {
        terms: Terms {
            perform_by,
            ..terms(100)
        },
        in_reply_to: None,
        expires_at,
        note: None,
    };
    let mut acts = vec![
        offer(100),
        made(Some(day_after(now, 3)), None),
        made(None, Some(now.checked_add(2.hours()).unwrap())),
    ];
    let open = case.offers.iter().filter(|it| it.state == OfferState::Open);
    for offer in open.map(|it| it.seq) {
        acts.extend([
            Command::AcceptOffer { offer },
            Command::DeclineOffer { offer, note: None },
            Command::WithdrawOffer { offer },
            Command::ExpireOffer { offer },
        ]);
        acts.extend(said(Word::AcceptOffer { offer }));
        acts.extend(said(Word::DeclineOffer { offer, note: None }));
    }
    let unanswered = case.questions.iter().filter(|it| it.answer.is_none());
    acts.extend(unanswered.map(|it| Command::Answer {
        question: it.seq,
        value: serde_json::json!({}),
    }));
    acts
}

fn outcome(case: &Case, now: Timestamp) -> Vec<Command> {
    let performed_on = day_after(now, 0);
    let mut acts: Vec<Command> = CONFIRMATIONS
        .map(|confirmation| Command::Confirm { confirmation })
        .into();
    acts.extend(
        CONFIRMATIONS
            .into_iter()
            .flat_map(|confirmation| said(Word::Confirm { confirmation })),
    );
    let words = [
        Word::RecordPerformance { performed_on },
        Word::Reopen { reason: why() },
        Word::ReviseClaim {
            claim: another_claim(case),
        },
        Word::Withdraw,
        Word::SettleElsewhere { note: why() },
        Word::ProvideMaterial { note: why() },
        Word::RequestRecusal {
            mediator: Some("周敏".into()),
            reason: why(),
        },
    ];
    acts.extend(words.into_iter().flat_map(said));
    let levels = [
        Satisfaction::VeryUnsatisfied,
        Satisfaction::Unsatisfied,
        Satisfaction::Fair,
        Satisfaction::Satisfied,
        Satisfaction::VerySatisfied,
    ];
    acts.extend(levels.map(|level| visit(Some(level))));
    let next = case.supplements.last().map_or(1, |it| it + 1);
    acts.extend(samples(now).into_iter().filter_map(|it| match it {
        Command::TakeSupplement { mut supplement } => {
            supplement.sequence = next;
            Some(Command::TakeSupplement { supplement })
        }
        Command::ReviseClaim { .. } => Some(Command::ReviseClaim {
            claim: another_claim(case),
        }),
        // Sent anew, with what was added there meanwhile.
        Command::Receive {
            number,
            filing,
            before,
            mut origin,
        } => {
            origin.digest = Digest::of(&case.version.to_be_bytes());
            Some(Command::Receive {
                number,
                filing,
                before,
                origin,
            })
        }
        _ => None,
    }));
    acts
}

/// Another than the one that there is.
fn another_claim(case: &Case) -> Claim {
    let mut claim = case.filing.claim.clone();
    claim.reason = format!("{}，第{}次变更", why(), case.version);
    claim
}

/// By either side, as it may be said by telephone.
fn said(word: Word) -> [Command; 2] {
    PARTIES.map(|side| Command::RecordWord {
        side,
        means: Means::Phone,
        herself: false,
        word: Box::new(word.clone()),
    })
}

fn mediation(case: &Case) -> Vec<Command> {
    let mut acts = vec![
        Command::DecideRecusal {
            granted: true,
            reason: why(),
        },
        Command::BeginAppraisal {
            body: why(),
            chosen_by: ChosenBy::Regulator,
        },
    ];
    for side in PARTIES {
        acts.extend([Means::Platform, Means::Phone].map(|means| agrees(side, means)));
    }
    let sessions = case.mediation().map_or(&[][..], |it| &it.sessions);
    for session in sessions.iter().filter(|it| it.is_set()).map(|it| it.seq) {
        acts.push(Command::RecordSession {
            session,
            absent: Vec::new(),
            note: why(),
        });
        let reason = why();
        acts.push(Command::CancelSession { session, reason });
    }
    acts
}

pub(super) fn agrees(side: Side, means: Means) -> Command {
    Command::AnswerMediation {
        side,
        agrees: true,
        delegation: true,
        means,
    }
}

fn transfers(case: &Case) -> Vec<Command> {
    let Some(transfer) = case.current_transfer() else {
        return Vec::new();
    };
    let stages = [
        Stage::Received,
        Stage::Accepted,
        Stage::Refused,
        Stage::MediationEnded,
        Stage::Terminated,
        Stage::Closed,
        Stage::Reopened,
        Stage::Note,
    ];
    let next = transfer.statuses.last().map_or(1, |it| it.sequence + 1);
    let mut acts: Vec<Command> = stages.map(|stage| status(next, stage)).into();
    acts.push(Command::AcknowledgeTransfer {
        transfer: transfer.seq,
        number: "沪1号".into(),
    });
    acts.push(Command::FailTransfer {
        transfer: transfer.seq,
        why: why(),
    });
    acts
}

fn documents(case: &Case) -> Vec<Command> {
    let mut acts: Vec<Command> = Case::FORMS.iter().map(|form| issue(form)).collect();
    for document in &case.documents {
        acts.extend(
            acts::deliveries()
                .into_iter()
                .map(|delivery| Command::ServeDocument {
                    document: document.seq,
                    delivery,
                }),
        );
    }
    acts
}

/// Three who complain together, one of them elected, with an agent who may settle.
pub(super) fn acting_for_others() -> Representation {
    Representation {
        agent: Some(mandate(&["settle"])),
        joint: Some(neighbours(&[1])),
    }
}

fn representation(case: &Case) -> Vec<Command> {
    let mut acts = vec![Command::RecordRepresentation {
        representation: Box::new(acting_for_others()),
    }];
    let persons = [Person::Agent, Person::Complainant { person: 2 }];
    acts.extend(persons.map(|of| Command::CheckIdentity {
        check: identity_check(of, false),
    }));
    let open = case
        .open_offers()
        .map(|it| Consenting::AcceptOffer { offer: it.seq });
    let to: Vec<Consenting> = open.chain([Consenting::Withdraw]).collect();
    for person in 2..4 {
        acts.extend(to.iter().map(|to| Command::RecordConsent {
            person,
            to: to.clone(),
            evidence: Some(reference()),
            given_on: None,
        }));
    }
    acts
}

pub(super) fn request_extension(clock: u32) -> Command {
    Command::RequestExtension {
        clock,
        reason: "尚需调查".into(),
    }
}

pub(super) fn extension(clock: u32, granted: bool) -> Command {
    Command::DecideExtension {
        clock,
        granted,
        reason: "情况属实".into(),
        days: None,
        minutes: None,
    }
}
