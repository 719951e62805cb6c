//! The people and organisations of the demo.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use hejie_tests::{Client, Host, Shop};
use serde_json::{Value, json};

use crate::build::root;

pub struct People {
    pub operator: Client,
    pub consumer: Client,
    /// By organisation.
    pub agents: BTreeMap<String, Client>,
    /// By county; made when a complaint comes there.
    pub province: Client,
    /// Of the association.
    pub mediator: Client,
}

/// The consumer association of the demo.
pub const ASSOCIATION: &str = "hubei-consumers";

impl People {
    /// Makes organisations and tokens and releases the plugins.
    pub async fn settle(host: &Host, shop: &Shop) -> Result<People> {
        let operator = host.operator.clone();
        let text = std::fs::read_to_string(root().join("tests/demo/enterprises.json"))?;
        let enterprises: Vec<Value> = serde_json::from_str(&text)?;
        let mut agents = BTreeMap::new();
        for enterprise in &enterprises {
            let id = enterprise["id"].as_str().context("no id")?;
            let organisation = json!({"id": id, "name": enterprise["name"], "kind": "enterprise",
                                      "credit_code": enterprise["credit_code"]});
            operator
                .post("/organisations", organisation)
                .await?
                .good()?;
            let agent = json!({"kind": "agent", "id": "a-1", "organisation": id,
                               "name": "客服小陈", "admin": true});
            let agent = operator.for_principal(agent).await?;
            if !enterprise["settings"].is_null() {
                let mut settings = enterprise["settings"].clone();
                settings["order_system"] = json!(shop.url);
                agent.release(id, "retail-returns", settings).await?;
            }
            agents.insert(id.to_owned(), agent);
        }
        operator
            .post(
                "/organisations",
                json!({"id": ASSOCIATION, "name": "湖北省消费者委员会", "kind": "association"}),
            )
            .await?
            .good()?;
        for plugin in ["statutory-floor", "prepaid-card"] {
            operator.release(ASSOCIATION, plugin, json!({})).await?;
        }
        let consumer = operator
            .for_principal(json!({"kind": "consumer", "id": "demo-consumer"}))
            .await?;
        let province = operator.officer("o-0", "省局", "420000", "head").await?;
        let mediator = json!({"kind": "mediator", "id": "m-1", "organisation": ASSOCIATION,
                              "name": "李敏"});
        let mediator = operator.for_principal(mediator).await?;
        Ok(People {
            mediator,
            operator,
            consumer,
            agents,
            province,
        })
    }

    pub fn agent(&self, organisation: &str) -> Result<&Client> {
        self.agents
            .get(organisation)
            .with_context(|| format!("no agent of {organisation}"))
    }

    /// An officer of a county's unit.
    pub async fn officer(&self, unit: &str) -> Result<Client> {
        let id = format!("o-{unit}");
        self.operator.officer(&id, "经办人", unit, "head").await
    }
}
