//! The address of a look-up: the manifest's base, and below it what the plugin asks.

use std::net::IpAddr;

use reqwest::Url;
use serde_json::Value;

use super::LookUpError;
use super::reach::is_private;
use crate::manifest::{Base, LookUpRule};

/// A checked address: the base's own origin, at or below its path.
pub struct Address(Url);

impl Address {
    pub fn of(rule: &LookUpRule, settings: &Value, path: &str) -> Result<Address, LookUpError> {
        let base = match &rule.base {
            Base::Url(url) => url.as_str(),
            Base::Setting { setting } => settings
                .get(setting)
                .and_then(Value::as_str)
                .ok_or(LookUpError::NoBase)?,
        };
        Address::below(base, path)
    }

    fn below(base: &str, path: &str) -> Result<Address, LookUpError> {
        let base_url = base_of(base)?;
        let joined = format!(
            "{}/{}",
            base.trim_end_matches('/'),
            path.trim_start_matches('/')
        );
        let url = Url::parse(&joined).map_err(|_| LookUpError::BadPath)?;
        let asked = path.split(['?', '#']).next().unwrap_or_default();
        let stays = url.origin() == base_url.origin()
            && !steps_out(asked)
            && is_below(&segments(url.path()), &segments(base_url.path()));
        if !stays || has_user(&url) {
            return Err(LookUpError::BadPath);
        }
        Ok(Address(url))
    }

    /// An address that an operator gave whole; it may have a query.
    pub fn whole(text: &str) -> Result<Address, LookUpError> {
        let url = Url::parse(text).map_err(|_| LookUpError::BadAddress)?;
        let web = matches!(url.scheme(), "http" | "https") && url.host().is_some();
        let authority = text.split(['?', '#']).next().unwrap_or_default();
        if !web || url.fragment().is_some() || authority.contains(['@', '\\']) {
            return Err(LookUpError::BadAddress);
        }
        Ok(Address(url))
    }

    pub fn url(&self) -> Url {
        self.0.clone()
    }

    /// The host without the brackets and the dot that mean nothing.
    pub fn host(&self) -> &str {
        let host = self.0.host_str().unwrap_or_default();
        host.trim_matches(|c| c == '[' || c == ']')
            .trim_end_matches('.')
    }

    pub fn port(&self) -> u16 {
        self.0.port_or_known_default().unwrap_or_default()
    }

    pub fn is_encrypted(&self) -> bool {
        self.0.scheme() == "https"
    }

    /// An address written as numbers never reaches the resolver.
    pub fn is_private_literal(&self) -> bool {
        self.host().parse::<IpAddr>().is_ok_and(is_private)
    }
}

fn base_of(base: &str) -> Result<Url, LookUpError> {
    let url = Url::parse(base).map_err(|_| LookUpError::BadAddress)?;
    let web = matches!(url.scheme(), "http" | "https") && url.host().is_some();
    let extra = url.query().is_some() || url.fragment().is_some();
    // `http://@host` has an empty user: it shows in the text alone.
    if !web || extra || has_user(&url) || base.contains(['@', '\\']) {
        return Err(LookUpError::BadAddress);
    }
    Ok(url)
}

fn has_user(url: &Url) -> bool {
    !url.username().is_empty() || url.password().is_some()
}

/// Whether a path as a server may come to read it steps out of its place. It is
/// looked at until no more is percent-encoded: servers decode more than once.
fn steps_out(path: &str) -> bool {
    let mut path = path.as_bytes().to_vec();
    loop {
        if segments_of(&path).any(|segment| matches!(segment, b"." | b"..")) {
            return true;
        }
        let decoded = decoded(&path);
        if path.contains(&b'\\') || decoded.contains(&0) {
            return true;
        }
        if decoded == path {
            return false;
        }
        path = decoded;
    }
}

/// The parts of a path, decoded once, as a server compares them.
fn segments(path: &str) -> Vec<Vec<u8>> {
    let decoded = decoded(path.as_bytes());
    segments_of(&decoded).map(<[u8]>::to_vec).collect()
}

fn segments_of(path: &[u8]) -> impl Iterator<Item = &[u8]> {
    path.split(|byte| matches!(byte, b'/' | b'\\'))
        .filter(|segment| !segment.is_empty())
}

fn is_below(path: &[Vec<u8>], base: &[Vec<u8>]) -> bool {
    path.starts_with(base)
}

fn decoded(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((first, after)) = rest.split_first() {
        match (first, after) {
            (b'%', [high, low, after @ ..]) if is_hex(*high) && is_hex(*low) => {
                out.push(digit(*high) << 4 | digit(*low));
                rest = after;
            }
            _ => {
                out.push(*first);
                rest = after;
            }
        }
    }
    out
}

fn is_hex(byte: u8) -> bool {
    byte.is_ascii_hexdigit()
}

fn digit(byte: u8) -> u8 {
    (byte as char).to_digit(16).unwrap_or_default() as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    fn below(base: &str, path: &str) -> Result<String, LookUpError> {
        Address::below(base, path).map(|address| address.0.to_string())
    }

    #[test]
    fn a_path_stays_at_or_below_its_base() {
        for (base, path, whole) in [
            (
                "https://h/api",
                "orders/1?x=2",
                "https://h/api/orders/1?x=2",
            ),
            ("https://h/api/", "/orders/1", "https://h/api/orders/1"),
            ("https://h", "a%20b", "https://h/a%20b"),
            ("https://h/api", "a..b/c.", "https://h/api/a..b/c."),
            ("https://h/api", "x?next=../y", "https://h/api/x?next=../y"),
        ] {
            assert_eq!(below(base, path).as_deref(), Ok(whole));
        }
        for path in [
            "../admin",
            "a/../../admin",
            "%2e%2e/admin",
            "%2E./admin",
            ".%2e/admin",
            "%252e%252e/admin",
            "a%2F..%2F..%2Fadmin",
            "..%5cadmin",
            "a\\b",
            "a%5Cb",
            "a%00b",
            "./a",
        ] {
            assert_eq!(
                below("https://h/api", path),
                Err(LookUpError::BadPath),
                "{path}"
            );
        }
    }

    #[test]
    fn a_whole_address_may_have_a_query_and_neither_user_nor_fragment() {
        assert!(Address::whole("https://h/hooks?key=1").is_ok());
        for wrong in [
            "ftp://h/",
            "h/x",
            "https://joe@h/",
            "https://h/#x",
            "https://@h/",
        ] {
            assert!(Address::whole(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_base_with_a_user_or_more_than_a_path_is_refused_and_never_repeated() {
        for base in [
            "ftp://h/",
            "not an address",
            "https://joe:s3cret@h/",
            "https://joe@h/",
            "https://:s3cret@h/",
            "https://@h/",
            "https://h\\@other/",
            "https://h/?key=s3cret",
            "https://h/#s3cret",
        ] {
            let refused = below(base, "x").unwrap_err();
            assert_eq!(refused, LookUpError::BadAddress, "{base}");
            let told = format!("{refused} {refused:?}");
            assert!(!told.contains("s3cret") && !told.contains("joe"), "{told}");
        }
    }
}
