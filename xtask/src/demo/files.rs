//! Files of the other kinds: reports, inquiries and an incident, each taken to its end by
//! the officers whose it is.

use anyhow::{Context, Result};
use hejie_tests::Client;
use serde_json::{Value, json};

use super::people::People;

/// What was opened besides disputes, by number.
pub struct OtherFiles {
    pub reports: Vec<String>,
    /// The report of a filing that was a complaint too, and that complaint.
    pub mixed: String,
    pub complaint: String,
    pub inquiries: Vec<String>,
    pub incident: String,
}

const COUNTY: &str = "420106";
const NEIGHBOUR: &str = "420111";
const CITY: &str = "420100";

pub async fn handle(people: &People) -> Result<OtherFiles> {
    let county = people.officer(COUNTY).await?;
    let penalised = penalised_report(people, &county)
        .await
        .context("penalised")?;
    let unfounded = unfounded_report(people, &county)
        .await
        .context("unfounded")?;
    let (complaint, mixed) = mixed_filing(people, &county).await.context("mixed")?;
    let lead = lead_found(people, &county, &complaint)
        .await
        .context("lead")?;
    part_of_a_neighbour(people, &county, &complaint)
        .await
        .context("part")?;
    let inquiries = inquiries(people, &county).await.context("inquiries")?;
    let gathered = [&complaint, &mixed, &inquiries[0]];
    let incident = incident(people, &county, &gathered).await;
    Ok(OtherFiles {
        reports: vec![penalised, unfounded, mixed.clone(), lead],
        mixed,
        complaint,
        incident: incident.context("incident")?,
        inquiries,
    })
}

/// A file of a kind, and what is done with it.
struct File<'a> {
    kind: &'static str,
    number: &'a str,
}

impl File<'_> {
    async fn does(&self, who: &Client, act: &str, body: Value) -> Result<Value> {
        let path = format!("/{}/{}/{act}", self.kind, self.number);
        let done = who.post(&path, body).await?;
        done.good().with_context(|| format!("{} {act}", self.kind))
    }
}

async fn opened(who: &Client, path: &str, body: Value) -> Result<String> {
    let receipt = who.post(path, body).await?.good()?;
    number_of(&receipt)
}

fn number_of(receipt: &Value) -> Result<String> {
    let number = receipt["number"].as_str().context("no number")?;
    Ok(number.to_owned())
}

fn lead(lead: &str) -> Value {
    json!({
        "reported": {"name": "武汉江汉百货有限公司", "address": "武汉市武昌区中南路2号",
            "operator": {"kind": "ordinary", "place_of_business": COUNTY, "domicile": COUNTY}},
        "act_place": COUNTY, "category": "food", "breach": "food-safety", "lead": lead
    })
}

/// By name: verified, filed, handed to enforcement, fined, and the result sent to her.
async fn penalised_report(people: &People, county: &Client) -> Result<String> {
    let reporter = json!({"kind": "named", "name": "吴志强", "phone": "13971000001",
        "address": "武汉市武昌区民主路8号"});
    let report = json!({"reporter": reporter, "report": lead("货架上有过期三个月的奶粉在售，有照片和小票。")});
    let number = opened(&people.consumer, "/reports", report).await?;
    let file = File {
        kind: "reports",
        number: &number,
    };
    let city = people.officer(CITY).await?;
    let urge = json!({"urgency": "urgent", "matter": "涉及婴幼儿食品，请三日内核查"});
    file.does(&city, "supervision", urge).await?;
    let registration = json!({"form": "report-registration"});
    file.does(county, "documents", registration).await?;
    let answer = json!({"answer": "已到现场核查并封存"});
    file.does(county, "supervision/1/answer", answer).await?;
    let opens = json!({"opens": true, "reason": "现场检查属实"});
    file.does(county, "verification", opens).await?;
    let case = json!({"system": "执法办案系统", "case_number": "武昌市监立〔2026〕8号"});
    file.does(county, "enforcement", case).await?;
    let result = json!({"outcome": "penalty", "decided_on": "2026-05-18", "penalty_fen": 20_000_000,
        "decision": "武昌市监罚〔2026〕8号", "summary": "没收违法所得并处罚款"});
    file.does(county, "enforcement/result", result).await?;
    let notice = json!({"form": "report-result-notice", "values": {
        "law": "中华人民共和国食品安全法", "law_article": "一百一十五",
        "result": "已对被举报人作出行政处罚。"}});
    file.does(county, "documents", notice).await?;
    let why = json!({"reason": "告知书邮寄举报人"});
    file.does(county, "documents/2/identified", why).await?;
    let served = json!({"to": "consumer", "means": "letter", "note": null});
    file.does(county, "documents/2/service", served).await?;
    Ok(number)
}

/// Without a name, and without a breach.
async fn unfounded_report(people: &People, county: &Client) -> Result<String> {
    let report = json!({"reporter": {"kind": "anonymous"}, "report": lead("店内秤具疑似不准。")});
    let number = opened(&people.consumer, "/reports", report).await?;
    let file = File {
        kind: "reports",
        number: &number,
    };
    let closes = json!({"opens": false, "reason": "检定合格，未发现违法事实"});
    file.does(county, "verification", closes).await?;
    Ok(number)
}

/// Complaint and report in one, each on its own way: their two numbers.
async fn mixed_filing(people: &People, county: &Client) -> Result<(String, String)> {
    let complaint = json!({
        "consumer": {"name": "何雨", "phone": "13971000002", "address": "武汉市武昌区粮道街3号"},
        "respondent": {"organisation": "jianghan", "name": "武汉江汉百货有限公司",
            "address": "武汉市武昌区中南路2号",
            "operator": {"kind": "ordinary", "place_of_business": COUNTY, "domicile": COUNTY}},
        "category": "food", "problem": "food-safety",
        "claim": {"remedies": [{"kind": "refund", "amount_fen": 16_800}], "reason": "奶粉过期"},
        "statement": "买到过期奶粉，要求退款，并请查处。",
        "facts": {"channel": "store", "price_fen": 16_800}
    });
    let mixed = json!({"filing": complaint, "report": lead("同一批次奶粉仍在销售。")});
    let both = people.consumer.post("/filings", mixed).await?.good()?;
    let (complaint, report) = (number_of(&both)?, number_of(&both["report"])?);
    let to_the_authority = people.consumer.act(&complaint, "escalation", json!({}));
    to_the_authority.await?;
    let file = File {
        kind: "reports",
        number: &report,
    };
    let why = json!({"reason": "核对同一消费者的投诉"});
    file.does(county, "identity", why).await?;
    Ok((complaint, report))
}

/// A breach that comes to light in a complaint: verified as a report, in the fifteen days
/// more that the head gives.
async fn lead_found(people: &People, head: &Client, complaint: &str) -> Result<String> {
    let handler = people
        .operator
        .officer("o-handler", "经办人", COUNTY, "handler");
    let handler = handler.await?;
    let found = json!({"breach": "food-safety", "lead": "进货台账缺失，另有两批奶粉过期。",
        "evidence": []});
    let path = format!("/cases/{complaint}/leads");
    let opened = handler.post(&path, found).await?.good()?;
    let number = number_of(&opened["report"])?;
    let file = File {
        kind: "reports",
        number: &number,
    };
    let ask = json!({"reason": "需送检，等待结果"});
    file.does(&handler, "clocks/1/extension-request", ask)
        .await?;
    let grant = json!({"granted": true, "reason": "同意延长"});
    file.does(head, "clocks/1/extension", grant).await?;
    let opens = json!({"opens": true, "reason": "检验不合格"});
    file.does(&handler, "verification", opens).await?;
    Ok(number)
}

/// The county asks its neighbour to look at the warehouse there.
async fn part_of_a_neighbour(people: &People, county: &Client, complaint: &str) -> Result<()> {
    let file = File {
        kind: "cases",
        number: complaint,
    };
    let neighbour = people.officer(NEIGHBOUR).await?;
    let task = json!({"unit": NEIGHBOUR, "task": "到仓库核对库存", "due": "2026-05-22"});
    file.does(county, "parts", task).await?;
    file.does(&neighbour, "parts/1/answer", json!({"agrees": true}))
        .await?;
    let report = json!({"text": "仓库内另有同批次十二罐，已封存", "done": true});
    file.does(&neighbour, "parts/1/reports", report)
        .await
        .map(drop)
}

/// A consultation that the knowledge base answers, and a suggestion.
async fn inquiries(people: &People, county: &Client) -> Result<Vec<String>> {
    let known = json!({"question": "买到过期食品可以要求赔偿吗",
        "answer": "可以要求退款，并可主张价款十倍的赔偿；不足一千元的按一千元。",
        "law": "食品安全法第一百四十八条"});
    county.put("/knowledge/expired-food", known).await?.good()?;
    let inquiry = |kind: &str, text: &str| {
        json!({"contact": {"name": "何雨", "phone": "13971000002"},
            "inquiry": {"kind": kind, "division": COUNTY, "text": text}})
    };
    let question = inquiry("consultation", "过期食品能要求赔偿多少？");
    let question = opened(&people.consumer, "/inquiries", question).await?;
    let asked = format!("/inquiries/{question}/knowledge");
    let found = county.get(&asked).await?.good()?;
    let article = &found["articles"][0];
    let file = File {
        kind: "inquiries",
        number: &question,
    };
    let answer = json!({"text": article["answer"], "knowledge": article["id"]});
    file.does(county, "answer", answer).await?;

    let wish = inquiry("suggestion", "建议在菜市场设公平秤。");
    let wish = opened(&people.consumer, "/inquiries", wish).await?;
    let file = File {
        kind: "inquiries",
        number: &wish,
    };
    let answer = json!({"text": "已采纳，六月底前设置。", "knowledge": null});
    file.does(county, "answer", answer).await?;
    Ok(vec![question, wish])
}

/// The city gathers what belongs to one batch, and its county does what it is told.
async fn incident(people: &People, county: &Client, files: &[&String]) -> Result<String> {
    let city = people.officer(CITY).await?;
    let opening = json!({"level": "urgent", "title": "某批次过期奶粉", "gathered_by": "batch",
        "subject": "20260201A", "commander": {"id": "o-420100", "name": "经办人"}});
    let number = opened(&city, "/incidents", opening).await?;
    let file = File {
        kind: "incidents",
        number: &number,
    };
    file.does(&city, "files", json!({ "files": files })).await?;
    let task = json!({"unit": COUNTY, "what": "下架封存并抽检", "due_at": "2026-05-18T10:00:00Z"});
    file.does(&city, "tasks", task).await?;
    let done = json!({"text": "已下架三百罐，送检两罐", "done": true});
    file.does(county, "tasks/1/report", done).await?;
    let situation = json!({"text": "无人员伤亡，已通知生产企业召回"});
    file.does(&city, "situations", situation).await?;
    let closing = json!({"summary": "全部召回，转入日常监管"});
    file.does(&city, "closing", closing).await?;
    Ok(number)
}
