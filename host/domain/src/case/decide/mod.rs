//! From a command to events, or to the reason why not. Pure: the same case,
//! command and context give the same answer.

pub(crate) mod authority;
pub(crate) mod clocks;
mod complaint;
mod consents;
pub(crate) mod correction;
pub(crate) mod direct;
pub(crate) mod dispatch;
pub(crate) mod documents;
mod extension;
pub(crate) mod filing;
mod grounds;
mod handling;
mod identities;
pub(crate) mod joint;
mod links;
mod material;
mod mediation;
mod merging;
mod offers;
mod opinions;
mod outcome;
pub(crate) mod plugins;
mod receive;
mod renewal;
mod report_back;
mod representation;
mod representatives;
mod revocation;
pub(crate) mod shared;
pub(crate) mod supervision;
mod supplements;
mod talk;
mod telling;
mod termination;
mod termination_grounds;
mod transfer;
mod visits;
mod words;

use jiff::Timestamp;
use jiff::civil::Date;

use super::actor::{Actor, PluginRole, Side};
use super::command::Command;
use super::event::Event;
use super::phase::Phase;
use super::refusal::Refusal;
use super::state::Case;
use super::time::civil_date;
use crate::rules::RuleBook;

/// All a decision may depend on besides the case and the command.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    pub now: Timestamp,
    pub actor: &'a Actor,
    pub rules: &'a RuleBook,
}

impl Context<'_> {
    /// The civil date in Shanghai.
    pub fn today(&self) -> Date {
        civil_date(self.now)
    }

    fn side(&self) -> Side {
        self.actor.side()
    }
}

pub(crate) type Decided = Result<Vec<Event>, Refusal>;

/// Opens a case: what alone needs none.
pub fn file(command: Command, context: &Context) -> Decided {
    match command {
        Command::File {
            number,
            filing,
            identities,
        } => filing::file(number, *filing, identities, context),
        Command::FileComplaint {
            number,
            filing,
            intake,
            consumer_id,
            identities,
        } => direct::file(
            direct::Direct {
                number,
                filing: *filing,
                intake,
                consumer_id,
                identities,
            },
            context,
        ),
        Command::Receive {
            number,
            filing,
            origin,
            ..
        } => receive::receive(number, *filing, origin, context),
        other => Err(Refusal::Unknown {
            what: "case",
            id: other.name().to_owned(),
        }),
    }
}

impl Case {
    /// What follows from `command`.
    pub(super) fn follow(&self, command: Command, context: &Context) -> Decided {
        let action = command.name();
        self.check_belongs(action, context)?;
        match command {
            Command::File { number, .. } | Command::FileComplaint { number, .. } => {
                Err(Refusal::Repeated {
                    what: "case",
                    id: number.to_string(),
                })
            }
            Command::Receive {
                filing,
                before,
                origin,
                ..
            } => renewal::receive(self, *filing, before.map(|it| *it), origin, context),
            Command::PostMessage { body } => talk::post_message(self, body, context),
            Command::Ask { key, prompt, form } => talk::ask(self, key, prompt, form, context),
            Command::Answer { question, value } => talk::answer(self, question, value, context),
            Command::AddEvidence {
                question,
                reference,
            } => talk::add_evidence(self, question, reference, context),
            Command::ReviseClaim { claim } => talk::revise_claim(self, claim, context),
            Command::CorrectFiling { correction, reason } => {
                correction::filing(self, *correction, reason, context)
            }
            Command::RecordRepresentation { representation } => {
                representatives::record(self, *representation, context)
            }
            Command::RecordConsent {
                person,
                to,
                evidence,
                given_on,
            } => consents::record(
                self,
                consents::Given {
                    person,
                    to,
                    evidence,
                    given_on,
                },
                context,
            ),
            Command::MakeOffer {
                terms,
                in_reply_to,
                expires_at,
                note,
            } => offers::make(
                self,
                offers::Proposal {
                    terms,
                    in_reply_to,
                    expires_at,
                    note,
                },
                context,
            ),
            Command::AcceptOffer { offer } => offers::accept(self, offer, context),
            Command::DeclineOffer { offer, note } => offers::decline(self, offer, note, context),
            Command::WithdrawOffer { offer } => offers::withdraw(self, offer, context),
            Command::ExpireOffer { offer } => offers::expire(self, offer, context),
            Command::GiveOpinion {
                subject,
                floor,
                findings,
                summary,
            } => opinions::give(
                self,
                opinions::Given {
                    subject,
                    floor,
                    findings,
                    summary,
                },
                context,
            ),
            Command::RequestPerson => handling::request_person(self, context),
            Command::HandOver { cause, why } => handling::hand_over(self, cause, why, context),
            Command::HandOverMediation { cause, why } => {
                handling::hand_over_mediation(self, cause, why, context)
            }
            Command::TakeOver => handling::take_over(self, context),
            Command::RequestMediation => handling::request_mediation(self, context),
            Command::RequestLookUp { key, name, path } => {
                plugins::request_look_up(self, key, name, path, context)
            }
            Command::AnswerLookUp {
                key,
                requester,
                outcome,
            } => plugins::answer_look_up(self, key, requester, outcome, context),
            Command::SetTimer { key, fires_at } => plugins::set_timer(self, key, fires_at, context),
            Command::CancelTimer { key } => plugins::cancel_timer(self, key, context),
            Command::FireTimer { key, owner } => plugins::fire_timer(self, key, owner, context),
            Command::NoteSettingsChanged { plugin } => {
                plugins::note_settings_changed(self, plugin, context)
            }
            Command::AddNote { body } => plugins::add_note(self, body, context),
            Command::RecordRun { run } => plugins::record_run(*run, context),
            Command::NotePerformanceDue => outcome::note_performance_due(self, context),
            Command::RecordPerformance { performed_on, note } => {
                outcome::record_performance(self, performed_on, note, context)
            }
            Command::Confirm { confirmation } => outcome::confirm(self, confirmation, context),
            Command::Withdraw => outcome::withdraw(self, context),
            Command::SettleElsewhere { note } => {
                termination::settled_elsewhere(self, note, context)
            }
            Command::Reopen { reason } => outcome::reopen(self, reason, context),
            Command::ProposeEscalation { why } => complaint::propose(self, why, context),
            Command::Escalate { request } => complaint::escalate(self, request, context),
            Command::SealDossier { digest, size } => complaint::seal(self, digest, size, context),
            Command::AcceptComplaint => complaint::accept(self, context),
            Command::RefuseComplaint { ground, reason } => {
                complaint::refuse(self, ground, reason, context)
            }
            Command::NotifyDecision { means } => telling::notify(self, means, context),
            Command::RequestMaterial { items, due } => material::request(self, items, due, context),
            Command::ProvideMaterial { note } => material::provide(self, note, context),
            Command::DisputeHandling { with, reason } => {
                dispatch::dispute(self, with, reason, context)
            }
            Command::AgreeHandling => dispatch::agree(self, context),
            Command::AnswerMediation {
                side,
                agrees,
                delegation,
                means,
            } => mediation::answer(
                self,
                mediation::Answer {
                    side,
                    agrees,
                    delegation,
                    means,
                },
                context,
            ),
            Command::ScheduleMediation {
                mode,
                at,
                place,
                mediator,
            } => mediation::schedule(
                self,
                mediation::Setting {
                    mode,
                    at,
                    place,
                    mediator,
                },
                context,
            ),
            Command::RecordSession {
                session,
                absent,
                note,
            } => mediation::record_session(self, session, absent, note, context),
            Command::CancelSession { session, reason } => {
                mediation::cancel_session(self, session, reason, context)
            }
            Command::DelegateMediation { association } => {
                mediation::delegate(self, association, context)
            }
            Command::EndDelegation { reason } => mediation::end_delegation(self, reason, context),
            Command::RequestRecusal { mediator, reason } => {
                mediation::request_recusal(self, mediator, reason, context)
            }
            Command::DecideRecusal { granted, reason } => {
                mediation::decide_recusal(self, granted, reason, context)
            }
            Command::BeginAppraisal { body, chosen_by } => {
                mediation::begin_appraisal(self, body, chosen_by, context)
            }
            Command::EndAppraisal { result } => mediation::end_appraisal(self, result, context),
            Command::TerminateMediation { ground, reason } => {
                termination::terminate(self, ground, reason, context)
            }
            Command::NotifyTermination { means } => termination::notify(self, means, context),
            Command::Supervise { urgency, matter } => {
                self.in_phase(action, |phase| {
                    phase.is_with_regulator() && phase != Phase::Transferred
                })?;
                supervision::supervise(self, urgency, matter, context)
            }
            Command::IssueDocument {
                form,
                number,
                content,
            } => documents::issue(self, form, number, content, context),
            Command::ServeDocument { document, delivery } => {
                telling::serve(self, document, delivery, context)
            }
            Command::RecordVisit {
                means,
                satisfaction,
                note,
            } => visits::record(self, means, satisfaction, note, context),
            Command::RevokeDecision { reason } => revocation::revoke(self, reason, context),
            Command::RecordWord {
                side,
                means,
                herself,
                word,
            } => words::record(
                self,
                words::Heard {
                    side,
                    means,
                    herself,
                },
                *word,
                context,
            ),
            Command::WeighGround { ground, finding } => {
                grounds::weigh(self, ground, finding, context)
            }
            Command::CheckIdentity { check } => identities::check(self, check, context),
            Command::LinkFile {
                to,
                relation,
                reason,
            } => links::link(self, to, relation, reason, context),
            Command::TakeInComplaint {
                from,
                statement,
                evidence,
            } => merging::take_in(self, from, statement, evidence, context),
            Command::MergeComplaint { into, reason } => merging::merge(self, into, reason, context),
            Command::NoteLead { report, lead } => links::note_lead(self, report, lead, context),
            Command::TransferOut {
                to,
                name,
                reason,
                article,
            } => transfer::out(
                self,
                transfer::Going {
                    to,
                    name,
                    reason,
                    article,
                },
                context,
            ),
            Command::AcknowledgeTransfer { transfer, number } => {
                transfer::acknowledge(self, transfer, number, context)
            }
            Command::FailTransfer { transfer, why } => transfer::fail(self, transfer, why, context),
            Command::WithdrawTransfer { reason } => transfer::withdraw(self, reason, context),
            Command::RecordExternalStatus { status } => {
                transfer::record_status(self, status, context)
            }
            Command::TakeSupplement { supplement } => supplements::take(self, supplement, context),
            Command::ExpireClock { clock } => clocks::expire(self, clock, context),
            other => shared::follow(self, other, context),
        }
    }

    /// Nobody acts in a case that is not theirs, and no plugin beside a person.
    fn check_belongs(&self, action: &'static str, context: &Context) -> Result<(), Refusal> {
        let belongs = match context.actor {
            Actor::Consumer { id } => self.standing(id).is_some(),
            Actor::Agent { organisation, .. } => self.is_respondent(organisation),
            Actor::Mediator { organisation, .. } => self.is_mediated_by(organisation),
            Actor::Officer { .. } => authority::is_concerned(self, context),
            Actor::Plugin(plugin) => match plugin.role {
                PluginRole::Resolver => self.is_respondent(&plugin.organisation),
                PluginRole::Reviewer => true,
                PluginRole::Mediator => self.is_mediated_by(&plugin.organisation),
            },
            Actor::External { authority, .. } => {
                let (has, gave) = (self.transfer_to(authority), self.origin.as_ref());
                has.is_some() || gave.is_some_and(|it| it.authority == *authority)
            }
            Actor::Operator { .. } | Actor::Platform => true,
            // It sends in, and does nothing more.
            Actor::Partner { .. } => false,
            Actor::Reporter { .. } => false,
        };
        if !belongs {
            return Err(Refusal::NotAllowed { action });
        }
        representation::check_standing(self, action, context)?;
        authority::of_role(action, context)
    }

    /// An association that the consumer asked in or the authority entrusted, and that is not
    /// itself a party.
    pub fn is_mediated_by(&self, organisation: &str) -> bool {
        let delegated = self.mediation().and_then(|it| it.delegated_to.as_deref());
        let is_in = self.lets_associations_in() || delegated == Some(organisation);
        is_in && !self.is_respondent(organisation)
    }

    /// Whether the consumer asked associations in, and no authority has the file: once one
    /// has, the association that it entrusted is in it and no other, until the parties are
    /// alone again.
    pub fn lets_associations_in(&self) -> bool {
        let alone = self.complaint.is_none() || self.phase.is_between_parties();
        self.mediation_requested && alone
    }

    fn is_respondent(&self, organisation: &str) -> bool {
        self.filing.respondent.organisation.as_deref() == Some(organisation)
    }

    fn in_phase(
        &self,
        action: &'static str,
        allowed: impl Fn(Phase) -> bool,
    ) -> Result<(), Refusal> {
        if allowed(self.phase) {
            return Ok(());
        }
        Err(Refusal::WrongPhase {
            action,
            phase: self.phase.name(),
        })
    }
}

/// Only these sides may do this, and a reviewer plugin never.
pub(crate) fn only(action: &'static str, context: &Context, sides: &[Side]) -> Result<(), Refusal> {
    if context.actor.is_reviewer() || !sides.contains(&context.side()) {
        return Err(Refusal::NotAllowed { action });
    }
    Ok(())
}

/// Only the host itself: what time asks, and what comes of its own work. Others who speak
/// for no party are not it.
pub(crate) fn by_platform(action: &'static str, context: &Context) -> Result<(), Refusal> {
    match context.actor {
        Actor::Platform => Ok(()),
        _ => Err(Refusal::NotAllowed { action }),
    }
}

/// Between the parties nobody deals for an authority: no officer, and no association that
/// it entrusted with its mediation and the consumer did not ask in.
fn only_asked_in(case: &Case, action: &'static str, context: &Context) -> Result<(), Refusal> {
    match context.side() {
        Side::Officer => Err(Refusal::NotAllowed { action }),
        Side::Mediator if !case.mediation_requested => Err(Refusal::NotAllowed { action }),
        _ => Ok(()),
    }
}

/// A resolver acts only while no person has been asked for.
fn while_automated(case: &Case, action: &'static str, context: &Context) -> Result<(), Refusal> {
    let resolver = context
        .actor
        .plugin()
        .is_some_and(|p| p.role == PluginRole::Resolver);
    if resolver && !case.is_automated() {
        return Err(Refusal::NotAllowed { action });
    }
    Ok(())
}

/// The next number of a list whose entries are numbered from 1.
pub(crate) fn next(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX - 1) + 1
}

pub(crate) fn room(what: &'static str, length: usize, limit: usize) -> Result<(), Refusal> {
    if length >= limit {
        Err(Refusal::Full { what, limit })
    } else {
        Ok(())
    }
}
