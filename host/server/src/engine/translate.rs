//! A plugin's answer as commands. What goes beyond its manifest is refused here;
//! what the case forbids is refused where all commands are decided.

use hejie_domain::case::command::Command;
use hejie_domain::case::entries::{Finding, Floor, MessageBody, Subject};
use hejie_domain::case::event::HandOverCause;
use hejie_domain::case::run::RunReason;
use hejie_domain::case::terms::{Remedy, Terms};
use hejie_domain::case::{Case, terms::total};
use hejie_domain::money::Fen;
use hejie_domain::remedy::RemedyKind;
use hejie_domain::text::Bilingual;
use hejie_runtime::contract::{self, MediatorAction, ResolverAction, ReviewerAction, actions};
use hejie_runtime::{Decision, Manifest};
use jiff::Timestamp;

/// An action that the manifest does not cover, or that has no meaning.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Breach(String);

type Translated = Result<Command, Breach>;

/// The commands of a decision in order; a hand-over comes last, since a plugin
/// does nothing after it.
pub fn commands(
    decision: &Decision,
    manifest: &Manifest,
    case: &Case,
) -> Result<Vec<Command>, Breach> {
    let mandate = Mandate { manifest, case };
    let commands: Result<Vec<Command>, Breach> = match decision {
        Decision::Resolver(decision) => decision
            .actions
            .iter()
            .map(|action| mandate.resolver(action))
            .collect(),
        Decision::Reviewer(decision) => decision.actions.iter().map(reviewer).collect(),
        Decision::Mediator(decision) => decision
            .actions
            .iter()
            .map(|action| mandate.mediator(action))
            .collect(),
    };
    let mut commands = commands?;
    commands.sort_by_key(|command| matches!(command, Command::HandOver { .. }));
    Ok(commands)
}

/// The reasons, each with the name of the action it explains.
pub fn reasons(decision: &Decision) -> Vec<RunReason> {
    let names = names(decision);
    decision
        .reasons()
        .iter()
        .map(|reason| RunReason {
            action: names
                .get(reason.action as usize)
                .copied()
                .unwrap_or_default()
                .to_owned(),
            facts: reason.facts.iter().map(bilingual).collect(),
            rule: bilingual(&reason.rule),
        })
        .collect()
}

fn names(decision: &Decision) -> Vec<&'static str> {
    match decision {
        Decision::Resolver(decision) => decision.actions.iter().map(resolver_name).collect(),
        Decision::Reviewer(decision) => decision.actions.iter().map(reviewer_name).collect(),
        Decision::Mediator(decision) => decision.actions.iter().map(mediator_name).collect(),
    }
}

fn resolver_name(action: &ResolverAction) -> &'static str {
    match action {
        ResolverAction::Say(_) => "say",
        ResolverAction::Ask(_) => "ask",
        ResolverAction::RequestEvidence(_) => "request_evidence",
        ResolverAction::LookUp(_) => "look_up",
        ResolverAction::Propose(_) => "propose",
        ResolverAction::Accept(_) => "accept",
        ResolverAction::Decline(_) => "decline",
        ResolverAction::SetTimer(_) => "set_timer",
        ResolverAction::CancelTimer(_) => "cancel_timer",
        ResolverAction::RecordPerformance(_) => "record_performance",
        ResolverAction::HandOver(_) => "hand_over",
        ResolverAction::Escalate(_) => "escalate",
        ResolverAction::Note(_) => "note",
    }
}

fn mediator_name(action: &MediatorAction) -> &'static str {
    match action {
        MediatorAction::Say(_) => "say",
        MediatorAction::Ask(_) => "ask",
        MediatorAction::Propose(_) => "propose",
        MediatorAction::SetTimer(_) => "set_timer",
        MediatorAction::CancelTimer(_) => "cancel_timer",
        MediatorAction::HandOver(_) => "hand_over",
        MediatorAction::Note(_) => "note",
    }
}

fn reviewer_name(action: &ReviewerAction) -> &'static str {
    match action {
        ReviewerAction::Opine(_) => "opine",
        ReviewerAction::Note(_) => "note",
    }
}

/// What the manifest lets the plugin promise.
struct Mandate<'a> {
    manifest: &'a Manifest,
    case: &'a Case,
}

impl Mandate<'_> {
    fn resolver(&self, action: &ResolverAction) -> Translated {
        Ok(match action {
            ResolverAction::Say(said) => say(said),
            ResolverAction::Ask(question) => ask(question)?,
            ResolverAction::RequestEvidence(request) => Command::Ask {
                key: request.key.clone(),
                prompt: bilingual(&request.prompt),
                form: None,
            },
            ResolverAction::LookUp(look_up) => self.look_up(look_up)?,
            ResolverAction::Propose(offer) => self.propose(offer)?,
            ResolverAction::Accept(offer) => self.accept(*offer)?,
            ResolverAction::Decline(decline) => Command::DeclineOffer {
                offer: decline.offer,
                note: Some(said(&decline.note)),
            },
            ResolverAction::SetTimer(timer) => set_timer(timer)?,
            ResolverAction::CancelTimer(key) => Command::CancelTimer { key: key.clone() },
            ResolverAction::RecordPerformance(performance) => Command::RecordPerformance {
                performed_on: date(&performance.performed_on)?,
                note: Some(said(&performance.note)),
            },
            ResolverAction::HandOver(why) => hand_over(why),
            ResolverAction::Escalate(why) => Command::ProposeEscalation {
                why: bilingual(why),
            },
            ResolverAction::Note(note) => Command::AddNote { body: note.clone() },
        })
    }

    fn mediator(&self, action: &MediatorAction) -> Translated {
        Ok(match action {
            MediatorAction::Say(said) => say(said),
            MediatorAction::Ask(question) => ask(question)?,
            MediatorAction::Propose(offer) => self.propose(offer)?,
            MediatorAction::SetTimer(timer) => set_timer(timer)?,
            MediatorAction::CancelTimer(key) => Command::CancelTimer { key: key.clone() },
            MediatorAction::HandOver(why) => hand_over(why),
            MediatorAction::Note(note) => Command::AddNote { body: note.clone() },
        })
    }

    fn look_up(&self, look_up: &actions::LookUp) -> Translated {
        let actions::LookUp { name, key, path } = look_up;
        if self.manifest.look_up(name).is_none() {
            return Err(Breach(format!("the manifest has no look-up {name}")));
        }
        Ok(Command::RequestLookUp {
            key: key.clone(),
            name: name.clone(),
            path: path.clone(),
        })
    }

    fn propose(&self, offer: &actions::Propose) -> Translated {
        let terms = terms(&offer.terms)?;
        self.check(&terms)?;
        Ok(Command::MakeOffer {
            terms,
            in_reply_to: offer.in_reply_to,
            expires_at: offer.expires_at.map(moment).transpose()?,
            note: Some(said(&offer.note)),
        })
    }

    fn accept(&self, seq: u32) -> Translated {
        if let Some(offer) = self.case.offer(seq) {
            self.check(&offer.terms)?;
        }
        Ok(Command::AcceptOffer { offer: seq })
    }

    fn check(&self, terms: &Terms) -> Result<(), Breach> {
        let scope = &self.manifest.scope;
        let outside =
            |remedy: &&Remedy| !scope.remedies.is_empty() && !scope.remedies.contains(&remedy.kind);
        if let Some(remedy) = terms.remedies.iter().find(outside) {
            return Err(Breach(format!(
                "{} is not in the manifest's scope",
                remedy.kind.name()
            )));
        }
        match scope.amount_ceiling {
            Some(ceiling) if total(&terms.remedies) > ceiling => Err(Breach(format!(
                "more than the manifest's ceiling of {ceiling}"
            ))),
            _ => Ok(()),
        }
    }
}

fn reviewer(action: &ReviewerAction) -> Translated {
    Ok(match action {
        ReviewerAction::Note(note) => Command::AddNote { body: note.clone() },
        ReviewerAction::Opine(opinion) => Command::GiveOpinion {
            subject: match opinion.subject {
                actions::Subject::Claim => Subject::Claim,
                actions::Subject::Offer(seq) => Subject::Offer(seq),
            },
            floor: match opinion.floor {
                actions::Floor::Met => Floor::Met,
                actions::Floor::NotMet => Floor::NotMet,
                actions::Floor::NoneApplies => Floor::NoneApplies,
                actions::Floor::Unclear => Floor::Unclear,
            },
            findings: opinion.findings.iter().map(finding).collect(),
            summary: bilingual(&opinion.summary),
        },
    })
}

fn finding(finding: &actions::Finding) -> Finding {
    Finding {
        entitlement: finding.entitlement.clone(),
        article: bilingual(&finding.article),
        unconditional: finding.unconditional,
        short_by_fen: finding.short_by,
        explanation: bilingual(&finding.explanation),
    }
}

fn say(say: &actions::Say) -> Command {
    Command::PostMessage {
        body: said(&say.body),
    }
}

fn ask(ask: &actions::Ask) -> Translated {
    let form = serde_json::from_str(&ask.form).map_err(|fault| Breach(fault.to_string()))?;
    Ok(Command::Ask {
        key: ask.key.clone(),
        prompt: bilingual(&ask.prompt),
        form: Some(form),
    })
}

fn set_timer(timer: &actions::SetTimer) -> Translated {
    Ok(Command::SetTimer {
        key: timer.key.clone(),
        fires_at: moment(timer.fires_at)?,
    })
}

fn hand_over(why: &contract::Text) -> Command {
    Command::HandOver {
        cause: HandOverCause::Plugin,
        why: bilingual(why),
    }
}

fn terms(terms: &contract::Terms) -> Result<Terms, Breach> {
    Ok(Terms {
        remedies: terms
            .remedies
            .iter()
            .map(remedy)
            .collect::<Result<_, _>>()?,
        perform_by: terms.perform_by.as_deref().map(date).transpose()?,
        conditions: terms.conditions.clone(),
    })
}

fn remedy(remedy: &contract::Remedy) -> Result<Remedy, Breach> {
    let amount = remedy.amount.map(Fen::new).transpose();
    Ok(Remedy {
        kind: kind(remedy.kind),
        amount: amount.map_err(|f| Breach(f.to_string()))?,
    })
}

fn kind(kind: contract::RemedyKind) -> RemedyKind {
    match kind {
        contract::RemedyKind::Repair => RemedyKind::Repair,
        contract::RemedyKind::Redo => RemedyKind::Redo,
        contract::RemedyKind::Replace => RemedyKind::Replace,
        contract::RemedyKind::ReturnGoods => RemedyKind::ReturnGoods,
        contract::RemedyKind::MakeUpQuantity => RemedyKind::MakeUpQuantity,
        contract::RemedyKind::Refund => RemedyKind::Refund,
        contract::RemedyKind::Compensation => RemedyKind::Compensation,
        contract::RemedyKind::Apology => RemedyKind::Apology,
    }
}

fn date(text: &str) -> Result<jiff::civil::Date, Breach> {
    text.parse()
        .map_err(|_| Breach(format!("{text} is no date")))
}

fn moment(millis: u64) -> Result<Timestamp, Breach> {
    let beyond = || Breach(format!("{millis} is beyond all time"));
    let millis = i64::try_from(millis).map_err(|_| beyond())?;
    Timestamp::from_millisecond(millis).map_err(|_| beyond())
}

fn said(text: &contract::Text) -> MessageBody {
    MessageBody::Said(bilingual(text))
}

fn bilingual(text: &contract::Text) -> Bilingual {
    Bilingual::new(text.zh.as_str(), text.en.as_str())
}
