//! Look-ups: the host fetches what a plugin asks for, so that the plugin needs no
//! network and its run can be made again without the outside world.
//!
//! Only addresses of the manifest; a secret that the plugin never sees; a bound
//! on time and size; no redirects; no private or loopback address unless the
//! operator named it. What goes wrong is told without the address: settings may
//! hold what is nobody else's business.

mod address;
mod clients;
mod reach;

use std::time::Duration;

use serde_json::Value;

use crate::manifest::LookUpRule;
pub(crate) use address::Address;
pub(crate) use clients::Clients;

/// An answer as it is recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Response {
    pub status: u16,
    pub body: String,
}

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LookUpError {
    #[error("the settings name no address for this look-up")]
    NoBase,
    #[error(
        "the address cannot be used: it must be http or https, without user, password, \
         query or fragment"
    )]
    BadAddress,
    #[error("the path leaves the address that the look-up is for")]
    BadPath,
    #[error("the address is private; the operator has not named it")]
    Private,
    #[error("a secret is only sent over https, or to a host that the operator named")]
    Insecure,
    #[error("the secret {0} is not set")]
    NoSecret(String),
    #[error("the answer is longer than {0} bytes")]
    TooLarge(usize),
    #[error("the answer is no text")]
    NotText,
    #[error("no answer within {0} ms")]
    TimedOut(u64),
    #[error("no answer: {0}")]
    NoAnswer(String),
    #[error("the other side answered {0}")]
    Unavailable(u16),
    #[error("the answer repeats the secret")]
    TellsSecret,
}

impl LookUpError {
    /// Whether asking again later may help.
    pub fn may_pass(&self) -> bool {
        matches!(
            self,
            LookUpError::TimedOut(_) | LookUpError::NoAnswer(_) | LookUpError::Unavailable(_)
        )
    }
}

/// Makes look-ups.
#[derive(Clone)]
pub struct LookUps(Clients);

impl LookUps {
    /// `named` are the private hosts the operator allows: `host` with any port, or
    /// `host:port` with that one.
    pub fn new(named: Vec<String>) -> Result<LookUps, LookUpError> {
        Ok(LookUps(Clients::new(named)?))
    }

    /// Fetches `path` below the rule's base.
    pub async fn fetch(
        &self,
        rule: &LookUpRule,
        settings: &Value,
        secret: Option<&str>,
        path: &str,
    ) -> Result<Response, LookUpError> {
        let address = Address::of(rule, settings, path)?;
        let (client, named) = self.0.of(&address)?;
        let secret = secret_of(rule, secret)?;
        if secret.is_some() && !named && !address.is_encrypted() {
            return Err(LookUpError::Insecure);
        }
        let mut request = client
            .get(address.url())
            .timeout(Duration::from_millis(rule.timeout_ms));
        if let Some(secret) = secret {
            request = request.bearer_auth(secret);
        }
        let response = request
            .send()
            .await
            .map_err(|fault| failure(&fault, rule.timeout_ms))?;
        answered(response, rule, secret).await
    }
}

/// The secret that the rule wants sent.
fn secret_of<'a>(
    rule: &LookUpRule,
    secret: Option<&'a str>,
) -> Result<Option<&'a str>, LookUpError> {
    match (&rule.secret, secret) {
        (None, _) => Ok(None),
        (Some(_), Some(secret)) if !secret.is_empty() => Ok(Some(secret)),
        (Some(name), _) => Err(LookUpError::NoSecret(name.clone())),
    }
}

/// An answer that a plugin may see: it is recorded, and secrets never are.
async fn answered(
    response: reqwest::Response,
    rule: &LookUpRule,
    secret: Option<&str>,
) -> Result<Response, LookUpError> {
    let status = response.status();
    if status.is_server_error() {
        return Err(LookUpError::Unavailable(status.as_u16()));
    }
    let body = read(response, rule).await?;
    if secret.is_some_and(|secret| body.contains(secret)) {
        return Err(LookUpError::TellsSecret);
    }
    Ok(Response {
        status: status.as_u16(),
        body,
    })
}

/// What went wrong, in words that cannot hold the address.
pub(crate) fn failure(fault: &reqwest::Error, timeout_ms: u64) -> LookUpError {
    if fault.is_timeout() {
        return LookUpError::TimedOut(timeout_ms);
    }
    let mut cause: &dyn std::error::Error = fault;
    while let Some(inner) = cause.source() {
        cause = inner;
        if let Some(refused) = cause.downcast_ref::<LookUpError>() {
            return refused.clone();
        }
    }
    let why = match cause.downcast_ref::<std::io::Error>() {
        Some(io) => io.kind().to_string(),
        None if fault.is_connect() => "no connection".to_owned(),
        None => "the exchange broke off".to_owned(),
    };
    LookUpError::NoAnswer(why)
}

async fn read(mut response: reqwest::Response, rule: &LookUpRule) -> Result<String, LookUpError> {
    let mut body = Vec::new();
    while let Some(chunk) = response
        .chunk()
        .await
        .map_err(|fault| failure(&fault, rule.timeout_ms))?
    {
        if body.len() + chunk.len() > rule.max_bytes {
            return Err(LookUpError::TooLarge(rule.max_bytes));
        }
        body.extend_from_slice(&chunk);
    }
    String::from_utf8(body).map_err(|_| LookUpError::NotText)
}

#[cfg(test)]
mod tests;
