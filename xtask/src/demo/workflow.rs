//! What the authorities do with the complaints that came to them, each on a way of
//! its own, until all kinds of ends are reached.

use anyhow::{Context, Result};
use hejie_tests::{Client, Host};
use serde_json::{Value, json};

use super::neighbour::{self, Neighbour};
use super::papers;
use super::people::{ASSOCIATION, People};

/// A complaint in the hands of the unit that has it.
struct File<'a> {
    people: &'a People,
    number: String,
    unit: String,
    /// The respondent's agent, where it is on the platform.
    agent: Option<&'a Client>,
    officer: Client,
}

/// The ways that a respondent here must take part in.
const WITH_RESPONDENT: [&str; 4] = ["agreement", "association", "own settlement", "reopened"];
/// And those that it need not.
const ALONE: [&str; 6] = [
    "refused",
    "moved",
    "supervised",
    "withdrawn",
    "out of time",
    "transferred",
];

/// Takes every registered complaint along a way; those beyond the list are accepted.
pub async fn handle(people: &People, host: &Host, neighbour: &Neighbour) -> Result<()> {
    let listed = people.province.get("/cases?phase=registered&limit=200");
    let listed = listed.await?.good()?;
    let (mut with, mut alone) = (WITH_RESPONDENT.iter(), ALONE.iter());
    let mut late = Vec::new();
    for summary in listed["cases"].as_array().context("no list")? {
        let number = summary["number"].as_str().context("no number")?;
        let file = File::open(people, number).await?;
        let way = match file.agent {
            Some(_) => with.next().or_else(|| alone.next()),
            None => alone.next(),
        };
        match way.copied() {
            Some("supervised") => late.push(file),
            Some("transferred") => file
                .is_transferred(neighbour)
                .await
                .context("transferred")?,
            Some(way) => file.goes(way).await.with_context(|| way.to_owned())?,
            None => drop(file.does("acceptance", json!({})).await?),
        }
    }
    // Nine days on a period has run out; then those of mediation do.
    pass(host, 9).await?;
    for file in late {
        file.is_supervised().await.context("supervised")?;
    }
    pass(host, 65).await
}

async fn pass(host: &Host, days: u32) -> Result<()> {
    let seconds = json!({"seconds": days * 86_400});
    host.operator.post("/clock", seconds).await?.good()?;
    Ok(())
}

impl<'a> File<'a> {
    async fn open(people: &'a People, number: &str) -> Result<File<'a>> {
        let case = people.province.case(number).await?;
        let unit = case["complaint"]["unit"].as_str().context("no unit")?;
        let organisation = case["filing"]["respondent"]["organisation"].as_str();
        Ok(File {
            people,
            number: number.to_owned(),
            unit: unit.to_owned(),
            agent: organisation.and_then(|id| people.agents.get(id)),
            officer: people.officer(unit).await?,
        })
    }

    async fn does(&self, act: &str, body: Value) -> Result<Value> {
        self.officer.act(&self.number, act, body).await
    }

    async fn is_told(&self, form: &str, values: Value, sides: &[&str]) -> Result<()> {
        let told = papers::tell(&self.officer, &self.number, form, &values, sides);
        told.await.context("documents")
    }

    async fn goes(&self, way: &str) -> Result<()> {
        match way {
            "agreement" => self.agrees().await,
            "association" => self.is_mediated_by_the_association().await,
            "own settlement" => self.settles_by_itself().await,
            "reopened" => self.is_reopened().await,
            "refused" => self.is_refused().await,
            "moved" => self.moves_to_another_county().await,
            "withdrawn" => self.is_withdrawn().await,
            _ => self.does("acceptance", json!({})).await.map(drop),
        }
    }

    async fn is_refused(&self) -> Result<()> {
        let refusal =
            json!({"ground": "no-power", "reason": "合同约定由其他部门处理，告知其他途径"});
        self.does("refusal", refusal).await?;
        self.is_told("complaint-refusal", json!({}), &["consumer"])
            .await
    }

    async fn is_withdrawn(&self) -> Result<()> {
        let withdrawn = self
            .people
            .consumer
            .act(&self.number, "withdrawal", json!({}));
        withdrawn.await.map(drop)
    }

    /// Accepted, and both sides take part; the officer has asked them by phone.
    async fn is_accepted_with_consents(&self) -> Result<()> {
        self.does("acceptance", json!({})).await?;
        self.is_told("complaint-acceptance", papers::contact(), &["consumer"])
            .await?;
        for side in ["consumer", "respondent"] {
            let answer =
                json!({"side": side, "agrees": true, "delegation": true, "means": "phone"});
            self.does("mediation-answer", answer).await?;
        }
        Ok(())
    }

    /// Terms that somebody proposed are accepted by both, performed and confirmed.
    async fn both_accept_and_perform(&self) -> Result<()> {
        let case = self.people.consumer.case(&self.number).await?;
        let offers = case["offers"].as_array().map_or(0, Vec::len);
        let accept = format!("offers/{offers}/acceptance");
        let agent = self.agent.context("no respondent here")?;
        self.people
            .consumer
            .act(&self.number, &accept, json!({}))
            .await?;
        agent.act(&self.number, &accept, json!({})).await?;
        let performed =
            json!({"performed_on": today(&self.people.operator).await?, "note": "款项已退回"});
        agent.act(&self.number, "performance", performed).await?;
        let solved = json!({"confirmation": "solved"});
        self.people
            .consumer
            .act(&self.number, "confirmation", solved)
            .await?;
        Ok(())
    }

    async fn agrees(&self) -> Result<()> {
        self.is_accepted_with_consents().await?;
        self.agrees_on_record().await
    }

    /// On what the officer proposes, with the official record of it.
    async fn agrees_on_record(&self) -> Result<()> {
        self.does("offers", proposal()).await?;
        self.both_accept_and_perform().await?;
        let both = ["consumer", "respondent"];
        self.is_told("mediation-agreement", papers::signatory(), &both)
            .await
    }

    async fn is_mediated_by_the_association(&self) -> Result<()> {
        self.is_accepted_with_consents().await?;
        self.does("delegation", json!({"association": ASSOCIATION}))
            .await?;
        self.people
            .mediator
            .act(&self.number, "offers", proposal())
            .await?;
        self.both_accept_and_perform().await
    }

    async fn settles_by_itself(&self) -> Result<()> {
        self.is_accepted_with_consents().await?;
        let appraisal = json!({"body": "湖北省产品质量监督检验研究院", "chosen_by": "parties"});
        self.does("appraisal", appraisal).await?;
        self.does("appraisal/result", json!({"result": "不符合标识"}))
            .await?;
        let agent = self.agent.context("no respondent here")?;
        agent.act(&self.number, "offers", proposal()).await?;
        let case = self.people.consumer.case(&self.number).await?;
        let offers = case["offers"].as_array().map_or(0, Vec::len);
        let accept = format!("offers/{offers}/acceptance");
        self.people
            .consumer
            .act(&self.number, &accept, json!({}))
            .await?;
        self.does("termination/notice", json!({"means": "sms"}))
            .await
            .map(drop)
    }

    async fn is_terminated(&self, reason: &str) -> Result<()> {
        let ending = json!({"ground": "no-deal", "reason": reason});
        self.does("termination", ending).await?;
        // Each has a copy, and with that the notice.
        let both = ["consumer", "respondent"];
        self.is_told("mediation-termination", json!({}), &both)
            .await
            .map(drop)
    }

    /// She is called, is not satisfied, and the second try succeeds.
    async fn is_reopened(&self) -> Result<()> {
        self.is_accepted_with_consents().await?;
        self.does("offers", proposal()).await?;
        self.is_terminated("双方对退款金额分歧较大").await?;
        let visit =
            json!({"means": "phone", "satisfaction": "unsatisfied", "note": "希望再次协调"});
        self.does("visits", visit).await?;
        self.agrees_on_record().await?;
        let visit = json!({"means": "phone", "satisfaction": "satisfied", "note": "已退款"});
        self.does("visits", visit).await.map(drop)
    }

    async fn moves_to_another_county(&self) -> Result<()> {
        let back = json!({"reason": "not_ours", "note": "经营地在江岸区"});
        self.does("return", back).await?;
        let case = self.people.province.case(&self.number).await?;
        let intake = case["complaint"]["unit"].as_str().context("no unit")?;
        let sends = self.people.officer(intake).await?;
        // A city sends only to its own counties; elsewhere intake keeps the file.
        if !["420000", "420100"].contains(&intake) {
            let accepted = sends.act(&self.number, "acceptance", json!({})).await;
            return accepted.map(drop);
        }
        let to = if self.unit == "420102" {
            "420106"
        } else {
            "420102"
        };
        let order = json!({"to": to, "note": "请依法办理", "report_by": null});
        sends.act(&self.number, "dispatch", order).await?;
        let officer = self.people.officer(to).await?;
        officer
            .act(&self.number, "acceptance", json!({}))
            .await
            .map(drop)
    }

    /// To the authority of another province, which takes it and says so.
    async fn is_transferred(&self, neighbour: &Neighbour) -> Result<()> {
        let going = json!({"to": neighbour::CODE, "reason": "经营者住所地在外省", "article": "41"});
        // A county returns it to intake; who sends on is above it.
        let above = &self.people.province;
        above.act(&self.number, "transfer", going).await?;
        let (consumer, number) = (&self.people.consumer, &self.number);
        let arrived = |case: &Value| neighbour::transfer(case)["state"]["state"] == "acknowledged";
        let case = consumer.wait(number, "the receipt", arrived).await?;
        let theirs = &neighbour::transfer(&case)["state"]["number"];
        neighbour
            .accepts(theirs.as_str().context("no number there")?)
            .await?;
        let accepted = consumer.wait(number, "the acceptance", neighbour::is_accepted);
        accepted.await.map(drop)
    }

    /// Nobody decided in time: the unit above has been told, and wants to know why.
    async fn is_supervised(&self) -> Result<()> {
        let case = self.people.province.case(&self.number).await?;
        let opened = case["supervisions"].as_array().context("none")?.len();
        for seq in 1..=opened {
            let answer = json!({"answer": "经办人休假，已改派"});
            self.does(&format!("supervision/{seq}/answer"), answer)
                .await?;
        }
        self.does("acceptance", json!({})).await.map(drop)
    }
}

fn proposal() -> Value {
    json!({"terms": {"remedies": [{"kind": "refund", "amount_fen": 5_000}]}, "note": "折中方案"})
}

/// The date of the rehearsal's clock; it stands in the morning, when Shanghai and
/// UTC have the same.
async fn today(operator: &Client) -> Result<String> {
    let clock = operator
        .post("/clock", json!({"seconds": 0}))
        .await?
        .good()?;
    let now = clock["now"].as_str().context("no time")?;
    Ok(now.chars().take_while(|c| *c != 'T').collect())
}
