//! What an operator or an organisation's admin sets up before there are cases.

use anyhow::{Context, Result};
use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::{Client, Shop, package};

impl Client {
    /// A client for an officer; this operator enters her with a post where she is new.
    pub async fn officer(&self, id: &str, name: &str, unit: &str, role: &str) -> Result<Client> {
        let path = format!("/officers/{id}");
        if self.get(&path).await?.status == StatusCode::NOT_FOUND {
            self.put(&path, json!({ "name": name })).await?.good()?;
            let post = json!({"unit": unit, "role": role, "from": "2020-01-01"});
            self.post(&format!("{path}/posts"), post).await?.good()?;
        }
        self.for_principal(json!({"kind": "officer", "id": id}))
            .await
    }

    /// Makes an organisation: an `enterprise` or an `association`.
    pub async fn add_organisation(&self, id: &str, kind: &str) -> Result<Value> {
        let organisation = json!({"id": id, "name": format!("{id} 有限公司"), "kind": kind});
        self.post("/organisations", organisation).await?.good()
    }

    /// Installs, sets and activates a plugin; one with an order system gets its secret.
    pub async fn release(&self, organisation: &str, plugin: &str, settings: Value) -> Result<()> {
        let base = format!("/organisations/{organisation}/plugins");
        let installed = self.post_bytes(&base, package(plugin)?).await?.good()?;
        let id = installed["plugin"].as_str().context("no plugin")?;
        let secrets = match settings.get("order_system") {
            Some(_) => json!({"order_system_token": Shop::TOKEN}),
            None => json!({}),
        };
        let set = json!({"settings": settings, "secrets": secrets});
        self.put(&format!("{base}/{id}/settings"), set)
            .await?
            .good()?;
        let digest = json!({"digest": installed["versions"][0]["digest"]});
        self.post(&format!("{base}/{id}/activation"), digest)
            .await?
            .good()?;
        Ok(())
    }
}

/// Settings of `retail-returns` for a shop whose order system is at an address.
pub fn shop_settings(order_system: &str) -> Value {
    json!({"order_system": order_system, "return_window_days": 7,
           "amount_ceiling_fen": 50_000, "max_extra_percent": 10, "goodwill_percent": 20})
}
