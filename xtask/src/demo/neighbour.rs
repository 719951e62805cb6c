//! The platform of another province, beside the demo's own on this machine: files go there
//! as signed dossiers, and what becomes of them comes back.

use std::path::Path;

use anyhow::{Context, Result};
use hejie_tests::{Client, Host, Place};
use serde_json::{Value, json};

pub struct Neighbour {
    host: Host,
}

/// What the neighbour is known by.
pub const CODE: &str = "henan";

impl Neighbour {
    /// Starts it, and makes both trust each other's key.
    pub async fn start(data: &Path, own: &Host) -> Result<Neighbour> {
        let place = Place {
            flags: vec!["--code".to_owned(), CODE.to_owned()],
            ..Place::in_folder(&data.join("neighbour"))
        };
        let host = Host::start(&place)?;
        trust(&own.operator, "河南省市场监督管理局", &host).await?;
        trust(&host.operator, "湖北省市场监督管理局", own).await?;
        Ok(Neighbour { host })
    }

    /// A file that came from here is accepted by the unit that it came to.
    pub async fn accepts(&self, number: &str) -> Result<()> {
        let operator = &self.host.operator;
        let file = operator.case(number).await?;
        let unit = file["complaint"]["unit"].as_str().context("no unit")?;
        let officer = operator.officer("o-1", "经办人", unit, "head").await?;
        let accepted = officer.act(number, "acceptance", json!({})).await;
        accepted.map(drop)
    }

    pub async fn pass(&self, days: u32) -> Result<()> {
        let seconds = json!({"seconds": days * 86_400});
        self.host.operator.post("/clock", seconds).await?.good()?;
        Ok(())
    }
}

async fn trust(operator: &Client, name: &str, other: &Host) -> Result<()> {
    let told = other.operator.get("/.well-known/hejie").await?.good()?;
    let code = told["code"].as_str().context("no code")?;
    let authority = json!({"name": name, "url": format!("{}/api/v1/exchange", other.url),
        "public_key": told["public_key"]});
    let path = format!("/external-authorities/{code}");
    operator.put(&path, authority).await?.good()?;
    Ok(())
}

/// The last of a complaint's ways to other authorities.
pub fn transfer(case: &Value) -> &Value {
    let transfers = case["complaint"]["transfers"].as_array();
    transfers.and_then(|all| all.last()).unwrap_or(&Value::Null)
}

/// Whether the other authority has said that it accepted the file.
pub fn is_accepted(case: &Value) -> bool {
    let statuses = transfer(case)["statuses"].as_array();
    let mut statuses = statuses.into_iter().flatten();
    statuses.any(|it| it["stage"] == "accepted")
}
