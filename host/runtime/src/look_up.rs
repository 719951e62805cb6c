//! Look-ups: the host fetches what a plugin asks for, so that the plugin needs no
//! network and its run can be made again without the outside world.
//!
//! Only addresses of the manifest; a secret that the plugin never sees; a bound
//! on time and size; no redirects; no private or loopback address unless the
//! operator named it.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::redirect::Policy;
use reqwest::{Client, Url};
use serde_json::Value;

use crate::manifest::{Base, LookUpRule};

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
    #[error("the address {0} cannot be used: it must be http or https")]
    BadAddress(String),
    #[error("the address {0} is private; the operator has not named it")]
    Private(String),
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
}

impl LookUpError {
    /// Whether asking again later may help.
    pub fn may_pass(&self) -> bool {
        matches!(self, LookUpError::TimedOut(_) | LookUpError::NoAnswer(_))
    }
}

/// Makes look-ups.
#[derive(Clone)]
pub struct LookUps {
    client: Client,
    /// `host` or `host:port` that may be private.
    named: Arc<Vec<String>>,
}

impl LookUps {
    /// `named` are the private hosts the operator allows.
    pub fn new(named: Vec<String>) -> Result<LookUps, LookUpError> {
        let named = Arc::new(named);
        let client = Client::builder()
            .redirect(Policy::none())
            .no_proxy()
            .dns_resolver(Arc::new(PublicOnly {
                named: named.clone(),
            }))
            .user_agent(concat!("hejie/", env!("CARGO_PKG_VERSION")))
            .build()
            .map_err(|fault| LookUpError::NoAnswer(fault.to_string()))?;
        Ok(LookUps { client, named })
    }

    /// Fetches `path` below the rule's base.
    pub async fn fetch(
        &self,
        rule: &LookUpRule,
        settings: &Value,
        secret: Option<&str>,
        path: &str,
    ) -> Result<Response, LookUpError> {
        let url = self.address(rule, settings, path)?;
        let mut request = self
            .client
            .get(url)
            .timeout(Duration::from_millis(rule.timeout_ms));
        if let Some(name) = &rule.secret {
            let secret = secret.ok_or_else(|| LookUpError::NoSecret(name.clone()))?;
            request = request.bearer_auth(secret);
        }
        let response = request
            .send()
            .await
            .map_err(|fault| failure(&fault, rule))?;
        let status = response.status().as_u16();
        Ok(Response {
            status,
            body: read(response, rule).await?,
        })
    }

    fn address(&self, rule: &LookUpRule, settings: &Value, path: &str) -> Result<Url, LookUpError> {
        let base = match &rule.base {
            Base::Url(url) => url.as_str(),
            Base::Setting { setting } => settings
                .get(setting)
                .and_then(Value::as_str)
                .ok_or(LookUpError::NoBase)?,
        };
        let bad = || LookUpError::BadAddress(base.to_owned());
        let base_url = Url::parse(base).map_err(|_| bad())?;
        let web = matches!(base_url.scheme(), "http" | "https");
        if !web || base_url.host().is_none() || !base_url.username().is_empty() {
            return Err(bad());
        }
        let joined = format!(
            "{}/{}",
            base.trim_end_matches('/'),
            path.trim_start_matches('/')
        );
        let url = Url::parse(&joined).map_err(|_| bad())?;
        if url.origin() != base_url.origin() || !url.path().starts_with(base_url.path()) {
            return Err(bad());
        }
        self.check_literal(&url)?;
        Ok(url)
    }

    /// An address written as numbers never reaches the resolver: checked here.
    fn check_literal(&self, url: &Url) -> Result<(), LookUpError> {
        let host = url.host_str().unwrap_or_default();
        let literal = host
            .trim_matches(|c| c == '[' || c == ']')
            .parse::<IpAddr>();
        let port = url.port_or_known_default().unwrap_or_default();
        match literal {
            Ok(ip) if is_private(ip) && !is_named(&self.named, host, Some(port)) => {
                Err(LookUpError::Private(host.to_owned()))
            }
            _ => Ok(()),
        }
    }
}

fn failure(fault: &reqwest::Error, rule: &LookUpRule) -> LookUpError {
    if fault.is_timeout() {
        return LookUpError::TimedOut(rule.timeout_ms);
    }
    let mut cause: &dyn std::error::Error = fault;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    LookUpError::NoAnswer(cause.to_string())
}

async fn read(mut response: reqwest::Response, rule: &LookUpRule) -> Result<String, LookUpError> {
    let mut body = Vec::new();
    while let Some(chunk) = response
        .chunk()
        .await
        .map_err(|fault| failure(&fault, rule))?
    {
        if body.len() + chunk.len() > rule.max_bytes {
            return Err(LookUpError::TooLarge(rule.max_bytes));
        }
        body.extend_from_slice(&chunk);
    }
    String::from_utf8(body).map_err(|_| LookUpError::NotText)
}

/// Resolves names and drops private addresses, so that no name can point inside.
struct PublicOnly {
    named: Arc<Vec<String>>,
}

impl Resolve for PublicOnly {
    fn resolve(&self, name: Name) -> Resolving {
        let named = is_named(&self.named, name.as_str(), None);
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let allowed: Vec<SocketAddr> = found
                .filter(|address| named || !is_private(address.ip()))
                .collect();
            if allowed.is_empty() {
                let fault = LookUpError::Private(name.as_str().to_owned());
                return Err(Box::new(fault) as Box<dyn std::error::Error + Send + Sync>);
            }
            Ok(Box::new(allowed.into_iter()) as Addrs)
        })
    }
}

fn is_named(named: &[String], host: &str, port: Option<u16>) -> bool {
    named.iter().any(|entry| match entry.rsplit_once(':') {
        Some((name, number)) if number.parse::<u16>().is_ok() => {
            name == host && port.is_none_or(|port| number == port.to_string())
        }
        _ => entry == host,
    })
}

/// Loopback, private, link-local and other addresses that are not the public net.
fn is_private(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => {
            let [a, b, ..] = ip.octets();
            ip.is_loopback()
                || ip.is_private()
                || ip.is_link_local()
                || ip.is_broadcast()
                || ip.is_documentation()
                || ip.is_multicast()
                || a == 0
                || (a == 100 && (64..128).contains(&b))
                || (a == 198 && (18..20).contains(&b))
        }
        IpAddr::V6(ip) => match ip.to_ipv4() {
            Some(mapped) => is_private(IpAddr::V4(mapped)),
            None => {
                ip.is_loopback()
                    || ip.is_unspecified()
                    || ip.is_multicast()
                    || ip.is_unique_local()
                    || ip.is_unicast_link_local()
            }
        },
    }
}

#[cfg(test)]
mod tests;
