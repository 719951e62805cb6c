//! The ways a dispute goes, step by step, by the people who take the steps.

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use super::Filed;
use super::people::People;

/// Takes a dispute along its way.
pub async fn walk(people: &People, filed: &Filed) -> Result<()> {
    match filed.dispute.path.as_str() {
        "accept" => accept_first(people, filed).await,
        "evidence" => with_evidence(people, filed).await,
        "counter" => with_counter_offer(people, filed).await,
        "person" => by_a_person(people, filed).await,
        "mediate" => by_the_mediator(people, filed).await,
        "wish" => escalate(people, filed).await,
        "expiry" => Ok(()),
        "failure" => after_failure(people, filed).await,
        "withdraw" => withdraw(people, filed).await,
        "silent" => settle_and_perform(people, filed).await,
        other => bail!("no path {other}"),
    }
}

fn organisation(filed: &Filed) -> Result<&str> {
    filed.dispute.filing["respondent"]["organisation"]
        .as_str()
        .context("no respondent here")
}

/// The number of the open offer of a side.
fn open_offer(case: &Value, side: &str) -> Option<u64> {
    let offers = case["offers"].as_array()?;
    let open = offers.iter().rev().find(|offer| {
        offer["state"] == "open"
            && match side {
                "consumer" => offer["by"]["kind"] == "consumer",
                "mediator" => offer["by"]["role"] == "mediator",
                _ => offer["by"]["role"] == "resolver" || offer["by"]["kind"] == "agent",
            }
    });
    open?["seq"].as_u64()
}

async fn accept(people: &People, filed: &Filed, side: &str) -> Result<()> {
    let offered = |case: &Value| open_offer(case, side).is_some();
    let case = people
        .consumer
        .wait(&filed.number, "an offer", offered)
        .await?;
    let seq = open_offer(&case, side).context("no offer")?;
    people
        .consumer
        .act(
            &filed.number,
            &format!("offers/{seq}/acceptance"),
            json!({}),
        )
        .await?;
    Ok(())
}

async fn settle_and_perform(people: &People, filed: &Filed) -> Result<()> {
    accept(people, filed, "respondent").await?;
    perform(people, filed).await
}

/// The shop pays, says so, and she confirms.
async fn perform(people: &People, filed: &Filed) -> Result<()> {
    let agent = people.agent(organisation(filed)?)?;
    agent.act(&filed.number, "takeover", json!({})).await?;
    let done = json!({"performed_on": "2026-05-18", "note": "款项已原路退回"});
    agent.act(&filed.number, "performance", done).await?;
    Ok(())
}

async fn confirm(people: &People, filed: &Filed) -> Result<()> {
    let solved = json!({"confirmation": "solved"});
    people
        .consumer
        .act(&filed.number, "confirmation", solved)
        .await?;
    Ok(())
}

async fn accept_first(people: &People, filed: &Filed) -> Result<()> {
    settle_and_perform(people, filed).await?;
    confirm(people, filed).await
}

async fn with_evidence(people: &People, filed: &Filed) -> Result<()> {
    let asked = |case: &Value| {
        case["questions"]
            .as_array()
            .is_some_and(|all| !all.is_empty())
    };
    people
        .consumer
        .wait(&filed.number, "the request for a photo", asked)
        .await?;
    let photo = json!({"question": 1, "reference": {
        "sha256": format!("{:064x}", 0xfeed), "media_type": "image/jpeg", "size": 183_204,
        "name": "问题照片.jpg"}});
    people
        .consumer
        .act(&filed.number, "evidence", photo)
        .await?;
    accept_first(people, filed).await
}

async fn with_counter_offer(people: &People, filed: &Filed) -> Result<()> {
    let offered = |case: &Value| open_offer(case, "respondent").is_some();
    let case = people
        .consumer
        .wait(&filed.number, "an offer", offered)
        .await?;
    let first = open_offer(&case, "respondent").context("no offer")?;
    let ask = filed.dispute.ask_fen.context("nothing to ask")?;
    let counter = json!({"terms": {"remedies": [{"kind": "refund", "amount_fen": ask}]},
                         "in_reply_to": first, "note": "这样比较合理"});
    people
        .consumer
        .act(&filed.number, "offers", counter)
        .await?;
    let moved = |case: &Value| {
        case["phase"] == "settled" || open_offer(case, "respondent").is_some_and(|seq| seq > first)
    };
    let case = people
        .consumer
        .wait(&filed.number, "the shop's reply", moved)
        .await?;
    if case["phase"] != "settled" {
        accept(people, filed, "respondent").await?;
    }
    perform(people, filed).await?;
    confirm(people, filed).await
}

async fn by_a_person(people: &People, filed: &Filed) -> Result<()> {
    // The plugin may have handed over by itself before she asks.
    let asked = people
        .consumer
        .post(&format!("/cases/{}/person", filed.number), json!({}))
        .await?;
    if asked.status.as_u16() != 409 {
        asked.good()?;
    }
    let agent = people.agent(organisation(filed)?)?;
    agent.act(&filed.number, "takeover", json!({})).await?;
    agent
        .act(
            &filed.number,
            "messages",
            json!({"body": "您好，我是客服小陈，我来为您处理。"}),
        )
        .await?;
    let price = filed.dispute.filing["claim"]["remedies"][0]["amount_fen"].clone();
    let offer = json!({"terms": {"remedies": [{"kind": "refund", "amount_fen": price}]}});
    agent.act(&filed.number, "offers", offer).await?;
    accept_first(people, filed).await
}

async fn by_the_mediator(people: &People, filed: &Filed) -> Result<()> {
    people
        .consumer
        .act(&filed.number, "mediation", json!({}))
        .await?;
    accept(people, filed, "mediator").await?;
    let agent = people.agent(organisation(filed)?)?;
    let case = people.consumer.case(&filed.number).await?;
    let seq = open_offer(&case, "mediator").context("no proposal")?;
    agent.act(&filed.number, "takeover", json!({})).await?;
    agent
        .act(
            &filed.number,
            &format!("offers/{seq}/acceptance"),
            json!({}),
        )
        .await?;
    perform(people, filed).await?;
    confirm(people, filed).await
}

async fn escalate(people: &People, filed: &Filed) -> Result<()> {
    let wish = json!({"reason": "希望由市场监管部门处理", "consents": {"publication": true}});
    people
        .consumer
        .act(&filed.number, "escalation", wish)
        .await?;
    Ok(())
}

async fn after_failure(people: &People, filed: &Filed) -> Result<()> {
    let failed = |case: &Value| case["handling"]["by"] == "awaited";
    people
        .consumer
        .wait(&filed.number, "the hand-over to a person", failed)
        .await?;
    escalate(people, filed).await
}

async fn withdraw(people: &People, filed: &Filed) -> Result<()> {
    people
        .consumer
        .act(&filed.number, "withdrawal", json!({}))
        .await?;
    Ok(())
}
