//! A consumer association's mediator for prepaid cards, by the judicial
//! interpretation 法释〔2025〕4号: the refund for either cause, side by side, put
//! to both. It proposes; both decide.

#![cfg_attr(test, allow(clippy::unwrap_used))]

mod card;
#[cfg(test)]
mod tests;

use card::{Card, Cause};
use hejie_sdk::values::Side;
use hejie_sdk::{Event, Mediator, Proposal, Run, Terms, Text, format_fen, refund, text};
use serde::{Deserialize, Serialize};
use serde_json::json;

pub struct PrepaidCard;

/// There is nothing to set.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {}

#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Memory {
    asked: bool,
}

#[derive(Deserialize)]
struct Facts {
    prepaid: Option<Card>,
}

impl Mediator for PrepaidCard {
    type Settings = Settings;
    type Memory = Memory;

    fn mediate(run: Run<Settings>, memory: &mut Memory, event: Event) -> Proposal {
        match event {
            Event::MediationRequested(_) => {
                let facts: Option<Facts> = run.facts();
                match facts.and_then(|facts| facts.prepaid) {
                    Some(card) if card.refunds().is_some() => propose(&run, &card),
                    _ => ask(memory),
                }
            }
            Event::QuestionAnswered(answer) if answer.key == "card" => {
                match serde_json::from_str(&answer.value) {
                    Ok(card) => propose(&run, &card),
                    Err(_) => to_a_person(),
                }
            }
            Event::OfferDeclined(offer) if offer.by == Side::Mediator => to_a_person(),
            _ => Proposal::new(),
        }
    }
}

fn ask(memory: &mut Memory) -> Proposal {
    if std::mem::replace(&mut memory.asked, true) {
        return to_a_person();
    }
    let fen = json!({"type": "integer", "minimum": 0, "maximum": 10_000_000_000u64});
    let form = json!({
        "type": "object", "additionalProperties": false,
        "required": ["paid_fen", "consumed_list_fen", "consumed_discount_fen"],
        "properties": {"paid_fen": fen, "bonus_fen": fen, "consumed_list_fen": fen,
                       "consumed_discount_fen": fen, "cause": {"enum": ["operator", "consumer"]}}
    });
    let prompt = text(
        "请填写预付金额、赠送金额和已消费金额（单位：分）。",
        "Please state what was prepaid, given as bonus and consumed, in fen.",
    );
    Proposal::new()
        .ask("card", prompt, &form)
        .because([], rule("15"))
}

fn to_a_person() -> Proposal {
    let why = text("请调解员继续调解。", "A mediator, please go on.");
    Proposal::new()
        .hand_over(why)
        .because([], text("未能自动达成", "No automatic agreement"))
}

fn propose(run: &Run<Settings>, card: &Card) -> Proposal {
    let Some(refunds) = card.refunds() else {
        return to_a_person();
    };
    let why = card.articles();
    let amount = match card.cause {
        Some(Cause::Operator) => refunds.by_operator,
        Some(Cause::Consumer) => refunds.by_consumer,
        // Neither cause is shown: halfway, and both see both figures.
        None => refunds.by_operator.midpoint(refunds.by_consumer),
    };
    if amount == 0 {
        return to_a_person();
    }
    let compared = text(
        format!(
            "经营者原因应退{}；消费者原因应退{}。",
            format_fen(refunds.by_operator),
            format_fen(refunds.by_consumer)
        ),
        format!(
            "By the operator's cause {} would be due; by the consumer's {}.",
            format_fen(refunds.by_operator),
            format_fen(refunds.by_consumer)
        ),
    );
    let note = text(
        format!("建议退还{}，利息依第十六、十七条另计。", format_fen(amount)),
        format!(
            "Proposed refund {}; interest by art. 16 and 17 comes on top.",
            format_fen(amount)
        ),
    );
    Proposal::new()
        .say(compared.clone())
        .because(card.facts(), rule(why))
        .propose(Terms::of([refund(amount)]).by_working_days(run, 10), note)
        .because([compared], rule(why))
}

fn rule(articles: &str) -> Text {
    text(
        format!("法释〔2025〕4号第{articles}条"),
        format!("SPC Interpretation Fashi 2025 No. 4, art. {articles}"),
    )
}

/// Terms that fall due some working days from today, where the calendar is known.
trait Due {
    fn by_working_days(self, run: &Run<Settings>, days: u32) -> Self;
}

impl Due for Terms {
    fn by_working_days(self, run: &Run<Settings>, days: u32) -> Terms {
        match hejie_sdk::add_working_days(&run.today, days) {
            Ok(day) => self.by(day),
            Err(_) => self,
        }
    }
}

hejie_sdk::mediator!(PrepaidCard);
