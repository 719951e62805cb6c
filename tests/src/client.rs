//! One person's way to the API.

use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

/// A client that holds one token.
#[derive(Clone)]
pub struct Client {
    http: reqwest::Client,
    url: String,
    pub token: String,
    /// Of an officer with posts in several: the unit she acts in.
    unit: Option<String>,
}

/// What the server said.
#[derive(Debug, Clone)]
pub struct Answer {
    pub status: StatusCode,
    pub body: Value,
    pub replayed: bool,
}

impl Answer {
    /// The body of a success; anything else is an error that tells all.
    pub fn good(self) -> Result<Value> {
        ensure!(self.status.is_success(), "{}: {}", self.status, self.body);
        Ok(self.body)
    }

    /// The members of the query and the headers at fault, by name.
    pub fn names(&self) -> Vec<&str> {
        let errors = self.body["errors"].as_array();
        let name = |error: &'_ Value| error["parameter"].is_string();
        errors
            .into_iter()
            .flatten()
            .filter_map(|error| {
                let place = if name(error) { "parameter" } else { "header" };
                error[place].as_str()
            })
            .collect()
    }

    /// The fields at fault, by pointer.
    pub fn pointers(&self) -> Vec<&str> {
        let errors = self.body["errors"].as_array();
        errors
            .into_iter()
            .flatten()
            .filter_map(|error| error["pointer"].as_str())
            .collect()
    }
}

impl Client {
    pub fn new(url: &str, token: &str) -> Client {
        // The server ends a connection on which nothing came for ten seconds; one that it
        // is about to end is not used again.
        let http = reqwest::Client::builder().pool_idle_timeout(Duration::from_secs(5));
        Client {
            http: http.build().unwrap_or_default(),
            url: url.to_owned(),
            token: token.to_owned(),
            unit: None,
        }
    }

    /// A client for another principal, with a token that this operator makes.
    pub async fn for_principal(&self, principal: Value) -> Result<Client> {
        let made = self
            .post("/tokens", json!({ "principal": principal }))
            .await?
            .good()?;
        let token = made["token"].as_str().context("no token")?;
        Ok(Client {
            token: token.to_owned(),
            ..self.clone()
        })
    }

    /// The same person, acting in this unit.
    pub fn acting_in(&self, unit: &str) -> Client {
        Client {
            unit: Some(unit.to_owned()),
            ..self.clone()
        }
    }

    pub async fn get(&self, path: &str) -> Result<Answer> {
        self.send(Method::GET, path, None, None).await
    }

    pub async fn post(&self, path: &str, body: Value) -> Result<Answer> {
        self.send(
            Method::POST,
            path,
            Some(body.to_string().into_bytes()),
            None,
        )
        .await
    }

    pub async fn put(&self, path: &str, body: Value) -> Result<Answer> {
        self.send(Method::PUT, path, Some(body.to_string().into_bytes()), None)
            .await
    }

    pub async fn post_once(&self, path: &str, body: Value, key: &str) -> Result<Answer> {
        self.send(
            Method::POST,
            path,
            Some(body.to_string().into_bytes()),
            Some(key),
        )
        .await
    }

    pub async fn post_bytes(&self, path: &str, body: Vec<u8>) -> Result<Answer> {
        self.send(Method::POST, path, Some(body), None).await
    }

    /// The bytes of what is no JSON: a page, a PDF.
    pub async fn bytes(&self, path: &str) -> Result<Vec<u8>> {
        let request = self.http.get(format!("{}/api/v1{path}", self.url));
        let response = request.bearer_auth(&self.token).send().await?;
        let response = response.error_for_status()?;
        Ok(response.bytes().await?.to_vec())
    }

    async fn send(
        &self,
        method: Method,
        path: &str,
        body: Option<Vec<u8>>,
        key: Option<&str>,
    ) -> Result<Answer> {
        let at_root = ["/healthz", "/metrics", "/readyz", "/.well-known"];
        let prefix = match at_root.iter().any(|root| path.starts_with(root)) {
            true => "",
            false => "/api/v1",
        };
        let method_is_post = method == Method::POST;
        let mut request = self
            .http
            .request(method, format!("{}{prefix}{path}", self.url))
            .header("accept-language", "zh-CN")
            .timeout(Duration::from_secs(60));
        if !self.token.is_empty() {
            request = request.bearer_auth(&self.token);
        }
        if let Some(unit) = &self.unit {
            request = request.header("acting-unit", unit);
        }
        if let Some(key) = key {
            request = request.header("idempotency-key", key);
        }
        if let Some(body) = body {
            let package = method_is_post && path.ends_with("/plugins");
            let kind = if package {
                "application/wasm"
            } else {
                "application/json"
            };
            request = request.header("content-type", kind).body(body);
        }
        let response = request.send().await?;
        let status = response.status();
        let replayed = response.headers().contains_key("idempotent-replayed");
        let text = response.text().await?;
        let body = serde_json::from_str(&text).unwrap_or(Value::String(text));
        Ok(Answer {
            status,
            body,
            replayed,
        })
    }

    pub async fn delete(&self, path: &str) -> Result<Answer> {
        self.send(Method::DELETE, path, None, None).await
    }

    /// A request that this client would not make by itself: other headers, any body.
    pub fn odd(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        let request = self
            .http
            .request(method, format!("{}/api/v1{path}", self.url));
        request
            .bearer_auth(&self.token)
            .timeout(Duration::from_secs(60))
    }

    /// The live stream of a case from an entry on; read it as it comes.
    pub async fn live(&self, number: &str, last: u64) -> Result<reqwest::Response> {
        let url = format!("{}/api/v1/cases/{number}/live", self.url);
        let request = self.http.get(url).bearer_auth(&self.token);
        Ok(request
            .header("last-event-id", last.to_string())
            .send()
            .await?)
    }

    pub async fn case(&self, number: &str) -> Result<Value> {
        self.get(&format!("/cases/{number}")).await?.good()
    }

    /// A command on a case.
    pub async fn act(&self, number: &str, command: &str, body: Value) -> Result<Value> {
        self.post(&format!("/cases/{number}/{command}"), body)
            .await?
            .good()
    }

    /// Waits until a case is as wanted: bounded, and the failure shows the case.
    pub async fn wait(
        &self,
        number: &str,
        what: &str,
        wanted: impl Fn(&Value) -> bool,
    ) -> Result<Value> {
        let give_up = Instant::now() + Duration::from_secs(60);
        loop {
            let case = self.case(number).await?;
            if wanted(&case) {
                return Ok(case);
            }
            if Instant::now() > give_up {
                bail!("waited in vain for {what}: {case:#}");
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}
