//! What happened, in the order of time.

use hejie_documents::long_date;
use hejie_domain::case::Phase;
use hejie_domain::case::actor::Side;
use hejie_domain::case::complaint::{Complaint, Corrected, Revoked};
use hejie_domain::case::document::{IssuedDocument, Service};
use hejie_domain::case::entries::{Offer, Question};
use hejie_domain::case::mediation::Mediation;
use hejie_domain::case::moves::MoveKind;
use hejie_domain::case::representation::Consented;
use hejie_domain::case::time::{begin_of, civil_date};
use hejie_domain::case::transfer::{Stage, TransferState};
use hejie_domain::text::Text;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::Dossier;
use super::decided::named;
use super::held::title;
use super::words::{Words, body, minute, said, side, word};
use crate::documents::parties::{agreement, asked_for};
use crate::documents::prefill::chinese;

/// One thing that happened.
struct Turn {
    at: Timestamp,
    by: String,
    what: &'static str,
    text: String,
}

/// Every turn with its moment; of the same moment as they stand in the dossier.
pub(super) fn timeline(dossier: &Dossier, words: &Words) -> Value {
    let mut turns = Vec::new();
    talk(dossier, words, &mut turns);
    proposals(dossier, words, &mut turns);
    acts(dossier, words, &mut turns);
    turns.sort_by_key(|turn| turn.at);
    let row = |turn: Turn| json!({"at": minute(turn.at), "by": turn.by, "what": said(turn.what), "text": turn.text});
    turns.into_iter().map(row).collect()
}

fn talk(dossier: &Dossier, words: &Words, turns: &mut Vec<Turn>) {
    turns.extend(dossier.negotiation.messages.iter().map(|it| Turn {
        at: it.at,
        by: words.actor(&it.by),
        what: "dossier-turn-message",
        text: body(&it.body).to_owned(),
    }));
    turns.extend(dossier.negotiation.questions.iter().map(|it| Turn {
        at: it.at,
        by: words.actor(&it.by),
        what: "dossier-turn-question",
        text: asked(it),
    }));
    turns.extend(dossier.evidence.iter().map(|it| Turn {
        at: it.at,
        by: side(it.by),
        what: "dossier-turn-evidence",
        text: it.reference.name.clone(),
    }));
}

fn proposals(dossier: &Dossier, words: &Words, turns: &mut Vec<Turn>) {
    turns.extend(dossier.negotiation.offers.iter().map(|it| Turn {
        at: it.at,
        by: words.actor(&it.by),
        what: "dossier-turn-offer",
        text: proposed(it),
    }));
    turns.extend(dossier.opinions.iter().map(|it| Turn {
        at: it.at,
        by: words.actor(&it.by),
        what: "dossier-turn-opinion",
        text: it.summary.zh.clone(),
    }));
    turns.extend(dossier.negotiation.settlement.iter().map(|it| Turn {
        at: it.at,
        by: said("dossier-both-sides"),
        what: "dossier-turn-settlement",
        text: agreement(&it.terms),
    }));
}

/// Of programs and of the authority.
fn acts(dossier: &Dossier, words: &Words, turns: &mut Vec<Turn>) {
    turns.extend(dossier.decisions.iter().map(|it| Turn {
        at: it.at,
        by: words.program(&it.summary.plugin),
        what: "dossier-turn-automated",
        text: words.outcome(&it.summary.outcome),
    }));
    if let Some(mediation) = &dossier.complaint.mediation {
        answers(mediation, turns);
        sessions(mediation, turns);
        delegations(mediation, turns);
        recusals(mediation, words, turns);
        appraisals(mediation, turns);
    }
    material(&dossier.complaint, words, turns);
    represented(dossier, words, turns);
    moves(dossier, words, turns);
    transfers(dossier, words, turns);
    put_right(dossier, words, turns);
    redone(&dossier.complaint, words, turns);
    merged_in(&dossier.complaint, words, turns);
    visits(dossier, turns);
    for document in &dossier.documents {
        turns.extend(document.services.iter().map(|it| Turn {
            at: it.at,
            by: words.actor(&document.by),
            what: "dossier-turn-service",
            text: brought(document, it),
        }));
    }
}

/// What each side said to being mediated, and to an association that does it.
fn answers(mediation: &Mediation, turns: &mut Vec<Turn>) {
    let earlier = mediation.earlier_answers.iter();
    let earlier = earlier.map(|it| (it.side, &it.answer));
    let latest = [Side::Consumer, Side::Respondent];
    let latest = latest
        .into_iter()
        .filter_map(|of| Some((of, mediation.answer(of)?)));
    turns.extend(earlier.chain(latest).map(|(of, it)| {
        let what = match (it.agrees, it.delegation) {
            (true, true) => "dossier-consent-delegation",
            (true, false) => "dossier-consent",
            (false, _) => "dossier-consent-refused",
        };
        Turn {
            at: it.at,
            by: side(of),
            what: "dossier-turn-consent",
            text: said(what),
        }
    }));
}

/// How it was held and where, who stayed away, and what came of it.
fn sessions(mediation: &Mediation, turns: &mut Vec<Turn>) {
    turns.extend(mediation.sessions.iter().map(|it| {
        let what = match (&it.held, &it.cancelled) {
            (_, Some(_)) => "dossier-turn-session-cancelled",
            (Some(_), None) => "dossier-turn-session",
            (None, None) => "dossier-turn-session-set",
        };
        let mut lines = vec![word("dossier-mode", &it.mode)];
        lines.extend(it.place.clone());
        if let Some(held) = &it.held {
            let absent = held
                .absent
                .iter()
                .map(|of| chinese(&Text::new("dossier-absent").arg("side", side(*of))));
            lines.extend(absent);
            lines.push(held.note.clone());
        }
        let struck = it.struck.iter();
        lines.extend(
            struck.map(|why| chinese(&Text::new("dossier-struck").arg("reason", why.as_str()))),
        );
        lines.extend(it.cancelled.clone());
        Turn {
            at: it.at,
            by: it.mediator.clone(),
            what,
            text: lines.join("；"),
        }
    }));
}

/// Which association was entrusted, and that it is no more.
fn delegations(mediation: &Mediation, turns: &mut Vec<Turn>) {
    for it in &mediation.delegations {
        turns.push(Turn {
            at: it.at,
            by: said("dossier-side-officer"),
            what: "dossier-turn-delegation",
            text: it.association.clone(),
        });
        turns.extend(it.ended.as_ref().map(|end| Turn {
            at: end.at,
            by: it.association.clone(),
            what: "dossier-turn-delegation-ended",
            text: end.reason.clone().unwrap_or_default(),
        }));
    }
}

/// Whose mediator she does not want and why, and who decided on that.
fn recusals(mediation: &Mediation, words: &Words, turns: &mut Vec<Turn>) {
    for it in &mediation.recusals {
        let mediator = it.mediator.clone().unwrap_or_default();
        let wish = Text::new("dossier-recusal")
            .arg("mediator", mediator)
            .arg("reason", it.reason.as_str());
        turns.extend(it.at.map(|at| Turn {
            at,
            by: side(it.by),
            what: "dossier-turn-recusal",
            text: chinese(&wish),
        }));
        turns.extend(it.decision.as_ref().map(|decision| {
            let granted = match it.granted {
                Some(true) => "dossier-recusal-granted",
                _ => "dossier-recusal-denied",
            };
            let text = Text::new(granted).arg("reason", decision.reason.as_str());
            Turn {
                at: decision.at,
                by: words.actor(&decision.by),
                what: "dossier-turn-recusal-decided",
                text: chinese(&text),
            }
        }));
    }
}

/// Where something was examined, and what was found.
fn appraisals(mediation: &Mediation, turns: &mut Vec<Turn>) {
    turns.extend(mediation.appraisals.iter().filter_map(|it| {
        let result = it.result.as_deref().unwrap_or_default();
        let text = match it.to {
            Some(day) => Text::new("dossier-appraisal")
                .arg("until", long_date(day))
                .arg("result", result),
            None => Text::new("dossier-appraisal-open"),
        };
        Some(Turn {
            at: it.at.or_else(|| begin_of(it.from))?,
            by: it.body.clone(),
            what: "dossier-turn-appraisal",
            text: chinese(&text),
        })
    }));
}

/// What she was asked to complete, and that she did.
fn material(complaint: &Complaint, words: &Words, turns: &mut Vec<Turn>) {
    let requests = complaint.earlier_material.iter().chain(&complaint.material);
    for it in requests {
        let text = Text::new("dossier-material")
            .arg("items", it.items.join("；"))
            .arg("due", long_date(it.due));
        turns.extend(it.at.map(|at| {
            Turn {
                at,
                by: it
                    .by
                    .as_ref()
                    .map_or_else(String::new, |by| words.actor(by)),
                what: "dossier-turn-material",
                text: chinese(&text),
            }
        }));
        turns.extend(it.provided_at.map(|at| Turn {
            at,
            by: side(Side::Consumer),
            what: "dossier-turn-material-provided",
            text: it.provided.clone().unwrap_or_default(),
        }));
    }
}

/// What those who are represented agreed to, and who acts for them.
fn represented(dossier: &Dossier, words: &Words, turns: &mut Vec<Turn>) {
    let given = &dossier.parties.representation;
    let others = given.joint.iter().flat_map(|it| &it.others);
    let names: Vec<&str> = [dossier.parties.consumer.name.as_str()]
        .into_iter()
        .chain(others.map(|it| it.name.as_str()))
        .collect();
    turns.extend(given.consents.iter().map(|it| {
        let at = usize::try_from(it.person).unwrap_or_default();
        let name = at.checked_sub(1).and_then(|at| names.get(at));
        Turn {
            at: it.at,
            by: name.copied().unwrap_or_default().to_owned(),
            what: "dossier-turn-act-consent",
            text: consented(&it.to),
        }
    }));
    turns.extend(dossier.complaint.agents.iter().map(|it| {
        let before = it.before.clone().unwrap_or_default();
        let text = match &it.now {
            Some(agent) => Text::new("dossier-agent-named")
                .arg("name", agent.name.as_str())
                .arg("power", words.mandate(agent)),
            None => Text::new("dossier-agent-dismissed").arg("name", before),
        };
        Turn {
            at: it.at,
            by: words.actor(&it.by),
            what: "dossier-turn-agent",
            text: chinese(&text),
        }
    }));
}

fn consented(to: &Consented) -> String {
    let (id, what) = match to {
        Consented::Settle { terms } => ("dossier-power-settle", agreement(terms)),
        Consented::ChangeClaim { claim } => ("dossier-power-change_claim", asked_for(claim)),
        Consented::Withdraw => ("dossier-power-withdraw", String::new()),
        Consented::SettleElsewhere { note } => ("dossier-power-settle", note.clone()),
    };
    [said(id), what].join(" ").trim_end().to_owned()
}

/// What was put right, and what the authority took back.
fn put_right(dossier: &Dossier, words: &Words, turns: &mut Vec<Turn>) {
    let complaint = &dossier.complaint;
    turns.extend(complaint.corrected.iter().map(|it| Turn {
        at: it.at,
        by: words.actor(&it.by),
        what: "dossier-turn-corrected",
        text: corrected(it),
    }));
    turns.extend(complaint.revoked.iter().map(|it| {
        let phase = Text::new(format!("phase-{}", it.phase.name()));
        let text = Text::new("dossier-revoked")
            .arg("what", chinese(&phase))
            .arg("ground", ground(complaint, it, words))
            .arg("reason", it.reason.as_str());
        Turn {
            at: it.at,
            by: words.actor(&it.by),
            what: "dossier-turn-revoked",
            text: chinese(&text),
        }
    }));
}

/// The end that a visit had handled once more: when it was, whose, on which ground and why.
fn redone(complaint: &Complaint, words: &Words, turns: &mut Vec<Turn>) {
    let procedure = words.rules.procedure(&complaint.procedure);
    turns.extend(complaint.redone.iter().map(|it| {
        let grounds = procedure.map(|of| match it.refused {
            true => &of.refusal_grounds,
            false => &of.termination_grounds,
        });
        let ground = it.ground.as_deref();
        let lines = [
            it.ended_at.map(|at| long_date(civil_date(at))),
            it.by.as_ref().map(|by| words.actor(by)),
            ground.map(|id| named(grounds, procedure, id)),
            it.reason.clone(),
        ];
        Turn {
            at: it.at,
            by: said("dossier-side-officer"),
            what: "dossier-turn-redone",
            text: lines.into_iter().flatten().collect::<Vec<_>>().join("\n"),
        }
    }));
}

/// What came of the same dispute under other numbers.
fn merged_in(complaint: &Complaint, words: &Words, turns: &mut Vec<Turn>) {
    turns.extend(complaint.taken_in.iter().map(|it| Turn {
        at: it.at,
        by: words.actor(&it.by),
        what: "dossier-turn-taken-in",
        text: format!("{}\n{}", it.from, it.statement),
    }));
}

/// What the complainant said of how it was handled (art. 26).
fn visits(dossier: &Dossier, turns: &mut Vec<Turn>) {
    turns.extend(dossier.visits.iter().map(|it| {
        let said_of_it = match &it.satisfaction {
            Some(level) => word("dossier-satisfaction", level),
            None => said("dossier-not-reached"),
        };
        Turn {
            at: it.at,
            by: side(Side::Consumer),
            what: "dossier-turn-visit",
            text: [
                word("dossier-means", &it.means),
                said_of_it,
                it.note.clone(),
            ]
            .join("；"),
        }
    }));
}

/// Why, and what stood there before.
fn corrected(it: &Corrected) -> String {
    let (consumer, respondent) = (it.before.consumer.as_ref(), it.before.respondent.as_ref());
    let of_consumer = consumer.map(|it| {
        let phone = it.phone.as_ref().map(ToString::to_string);
        [it.name.clone(), phone, it.address.clone()]
    });
    let of_respondent = respondent.map(|it| {
        let code = it.credit_code.as_ref().map(ToString::to_string);
        [it.name.clone(), code, it.address.clone()]
    });
    let others = it.before.others.iter().map(|it| {
        let phone = it.phone.as_ref().map(ToString::to_string);
        [it.name.clone(), phone, it.address.clone()]
    });
    let before = of_consumer.into_iter().chain(others).chain(of_respondent);
    let before: Vec<String> = before.flatten().flatten().collect();
    if before.is_empty() {
        return it.reason.clone();
    }
    let text = Text::new("dossier-corrected")
        .arg("before", before.join("，"))
        .arg("reason", it.reason.as_str());
    chinese(&text)
}

/// The ground of a decision that was revoked, in the law's words.
fn ground(complaint: &Complaint, revoked: &Revoked, words: &Words) -> String {
    let procedure = words.rules.procedure(&complaint.procedure);
    let grounds = procedure.map(|it| match revoked.phase {
        Phase::Refused => &it.refusal_grounds,
        _ => &it.termination_grounds,
    });
    let ground = revoked.ground.as_deref();
    ground.map_or_else(String::new, |id| named(grounds, procedure, id))
}

/// From which authority to which; why is among themselves.
fn moves(dossier: &Dossier, words: &Words, turns: &mut Vec<Turn>) {
    turns.extend(dossier.complaint.moves.iter().map(|it| {
        let id = match it.from == it.to {
            true => "dossier-kept",
            false => "dossier-moved",
        };
        let text = Text::new(id)
            .arg("from", words.unit(&it.from))
            .arg("to", words.unit(&it.to));
        // Who has it and takes back that another should.
        let what = match it.why {
            MoveKind::Agreed if it.from == it.to => said("dossier-move-kept"),
            why => word("dossier-move", &why),
        };
        Turn {
            at: it.at,
            by: match it.why {
                MoveKind::TakenUp | MoveKind::Agreed => words.unit(&it.to),
                MoveKind::Dispatched | MoveKind::Returned => words.unit(&it.from),
                MoveKind::Designated => said("dossier-superior"),
            },
            what: "dossier-turn-move",
            text: [what, chinese(&text)].join("："),
        }
    }));
}

/// To which authority it was sent on, what that said, and what became of that; why is among
/// themselves.
fn transfers(dossier: &Dossier, words: &Words, turns: &mut Vec<Turn>) {
    let procedure = words.rules.procedure(&dossier.complaint.procedure);
    for transfer in &dossier.complaint.transfers {
        let turn = |at, what, text| Turn {
            at,
            by: words.unit(transfer.from.as_ref().unwrap_or(&dossier.complaint.unit)),
            what,
            text,
        };
        let text = Text::new("dossier-transferred")
            .arg("to", transfer.name.as_str())
            .arg("article", transfer.article.as_str());
        turns.push(turn(transfer.at, "dossier-turn-transfer", chinese(&text)));
        let moved = transfer.moved_at.map(|at| match &transfer.state {
            TransferState::Pending => None,
            TransferState::Acknowledged { number } => Some(turn(
                at,
                "dossier-turn-transfer-acknowledged",
                number.clone(),
            )),
            TransferState::Failed { .. } => {
                Some(turn(at, "dossier-turn-transfer-failed", String::new()))
            }
            TransferState::Withdrawn { .. } => {
                Some(turn(at, "dossier-turn-transfer-withdrawn", String::new()))
            }
        });
        turns.extend(moved.flatten());
        turns.extend(transfer.statuses.iter().map(|it| {
            let grounds = procedure.map(|of| match it.stage {
                Stage::Refused => &of.refusal_grounds,
                _ => &of.termination_grounds,
            });
            let ground = it.ground.as_deref();
            let ground = ground.map(|id| named(grounds, procedure, id));
            let result = it
                .result
                .as_deref()
                .filter(|_| it.stage == Stage::MediationEnded);
            let told = [ground.as_deref(), result, it.text.as_deref()];
            let told: Vec<&str> = told.into_iter().flatten().collect();
            let text = [word("dossier-stage", &it.stage), told.join("，")].join(" ");
            Turn {
                by: transfer.name.clone(),
                ..turn(it.at, "dossier-turn-status", text)
            }
        }));
    }
}

/// The question, and the answer where there is one.
fn asked(question: &Question) -> String {
    let Some(answer) = &question.answer else {
        return question.prompt.zh.clone();
    };
    let line = |(name, value): (&String, &Value)| match value {
        Value::String(text) => format!("{name}：{text}"),
        other => format!("{name}：{other}"),
    };
    let lines: Vec<String> = answer.as_object().into_iter().flatten().map(line).collect();
    let text = Text::new("dossier-answered")
        .arg("question", question.prompt.zh.as_str())
        .arg("answer", lines.join("\n"));
    chinese(&text)
}

/// The terms, and what was said with them.
fn proposed(offer: &Offer) -> String {
    let terms = agreement(&offer.terms);
    match &offer.note {
        Some(note) => format!("{terms}\n{}", body(note)),
        None => terms,
    }
}

/// Which document was brought, and what came of it.
fn brought(document: &IssuedDocument, service: &Service) -> String {
    let text = Text::new("dossier-brought")
        .arg("document", title(document))
        .arg("outcome", word("dossier-service", &service.outcome));
    chinese(&text)
}
