//! HTTP Message Signatures (RFC 9421), in the one profile that is taken here: Ed25519
//! over `@method`, `@path` and `content-digest` (RFC 9530, SHA-256), with the
//! parameters `created` and `keyid`. Any library for the RFC can make one.

use std::time::Duration;

use axum::http::{HeaderMap, Method};
use ed25519_dalek::{Signature, VerifyingKey};
use hejie_domain::identifiers::digest::Digest;
use jiff::{SignedDuration, Timestamp};
use sfv::{BareItem, Dictionary, FieldType, InnerList, ListEntry, Parameters, Parser};

const DIGEST: &str = "content-digest";
const INPUT: &str = "signature-input";
const SIGNATURE: &str = "signature";
const COVERED: [&str; 3] = ["@method", "@path", DIGEST];
/// How far the signer's clock may be from ours.
const TIMELY: Duration = Duration::from_secs(300);

/// What a request says of its signature, before anything of it is believed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    pub key: String,
    created: Timestamp,
    expires: Option<Timestamp>,
    /// The components in the order in which they were signed.
    covered: Vec<String>,
    /// `@signature-params` as it was signed.
    params: String,
    /// The header as it was sent, and the digest in it.
    digest_field: String,
    digest: Vec<u8>,
    signature: Signature,
}

/// Why a request does not count as signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SignatureFault {
    #[error("the header {0} is not there, or not once")]
    Missing(&'static str),
    #[error("the header {0} is not of the profile")]
    Malformed(&'static str),
    #[error("it was not signed in these minutes, or has expired")]
    Untimely,
    #[error("the body is not the one that was signed")]
    OtherBody,
    #[error("no such key made this signature")]
    Wrong,
}

impl Claim {
    pub fn read(headers: &HeaderMap) -> Result<Claim, SignatureFault> {
        let digest_field = field(headers, DIGEST)?;
        let digest = digest_of(digest_field).ok_or(SignatureFault::Malformed(DIGEST))?;
        let malformed = SignatureFault::Malformed(INPUT);
        let (label, input) = only(field(headers, INPUT)?).ok_or(malformed)?;
        let ListEntry::InnerList(input) = input else {
            return Err(malformed);
        };
        let covered = covered(&input).ok_or(malformed)?;
        let (key, created) = terms(&input.params).ok_or(malformed)?;
        let expires = expiry(&input.params).ok_or(malformed)?;
        let params = vec![ListEntry::InnerList(input)].serialize();
        let signature = signature_of(field(headers, SIGNATURE)?, &label);
        Ok(Claim {
            key,
            created,
            expires,
            covered,
            params: params.ok_or(malformed)?,
            digest_field: digest_field.to_owned(),
            digest,
            signature: signature.ok_or(SignatureFault::Malformed(SIGNATURE))?,
        })
    }

    pub fn check_time(&self, now: Timestamp) -> Result<(), SignatureFault> {
        let apart = now.duration_since(self.created).abs();
        let timely = SignedDuration::try_from(TIMELY).is_ok_and(|most| apart <= most);
        let ended = self.expires.is_some_and(|end| end < now);
        (timely && !ended)
            .then_some(())
            .ok_or(SignatureFault::Untimely)
    }

    /// Whether this key signed this very request.
    pub fn check(
        &self,
        method: &Method,
        path: &str,
        body: &[u8],
        key: &VerifyingKey,
    ) -> Result<(), SignatureFault> {
        if Digest::of(body).as_bytes().as_slice() != self.digest {
            return Err(SignatureFault::OtherBody);
        }
        let base = self.base(method, path);
        key.verify_strict(base.as_bytes(), &self.signature)
            .map_err(|_| SignatureFault::Wrong)
    }

    /// The signature base (RFC 9421 section 2.5).
    fn base(&self, method: &Method, path: &str) -> String {
        let mut base = String::new();
        for component in &self.covered {
            let value = match component.as_str() {
                "@method" => method.as_str(),
                "@path" => path,
                _ => &self.digest_field,
            };
            base += &format!("\"{component}\": {value}\n");
        }
        base + &format!("\"@signature-params\": {}", self.params)
    }
}

fn field<'a>(headers: &'a HeaderMap, name: &'static str) -> Result<&'a str, SignatureFault> {
    let mut given = headers.get_all(name).iter();
    match (given.next(), given.next()) {
        (Some(value), None) => value
            .to_str()
            .map(str::trim)
            .map_err(|_| SignatureFault::Malformed(name)),
        _ => Err(SignatureFault::Missing(name)),
    }
}

fn dictionary(text: &str) -> Option<Dictionary> {
    Parser::new(text).parse().ok()
}

/// The one member of a dictionary.
fn only(text: &str) -> Option<(String, ListEntry)> {
    let mut members = dictionary(text)?.into_iter();
    match (members.next(), members.next()) {
        (Some((label, entry)), None) => Some((label.as_str().to_owned(), entry)),
        _ => None,
    }
}

fn bytes_of(entry: Option<&ListEntry>) -> Option<Vec<u8>> {
    match entry? {
        ListEntry::Item(item) => item.bare_item.as_byte_sequence().map(<[u8]>::to_vec),
        ListEntry::InnerList(_) => None,
    }
}

fn digest_of(text: &str) -> Option<Vec<u8>> {
    bytes_of(dictionary(text)?.get("sha-256"))
}

fn signature_of(text: &str, label: &str) -> Option<Signature> {
    let (own, entry) = only(text)?;
    let bytes = bytes_of(Some(&entry)).filter(|_| own == label)?;
    Signature::from_slice(&bytes).ok()
}

/// The components; each of the profile, once, and none beside them.
fn covered(input: &InnerList) -> Option<Vec<String>> {
    let names = input.items.iter().map(|item| match &item.bare_item {
        BareItem::String(name) if item.params.is_empty() => Some(name.as_str().to_owned()),
        _ => None,
    });
    let names: Vec<String> = names.collect::<Option<_>>()?;
    let all = COVERED
        .iter()
        .all(|wanted| names.iter().any(|it| it == wanted));
    (all && names.len() == COVERED.len()).then_some(names)
}

/// The key's name and the moment of signing.
fn terms(params: &Parameters) -> Option<(String, Timestamp)> {
    let key = params.get("keyid")?.as_string()?.as_str().to_owned();
    let created = i64::from(params.get("created")?.as_integer()?);
    let algorithm = params.get("alg").map(|it| it.as_string());
    let ed25519 = algorithm.is_none_or(|it| it.is_some_and(|it| it.as_str() == "ed25519"));
    let created = Timestamp::from_second(created).ok().filter(|_| ed25519)?;
    Some((key, created))
}

/// When the signer says that it ends (RFC 9421 section 2.3).
fn expiry(params: &Parameters) -> Option<Option<Timestamp>> {
    let Some(expires) = params.get("expires") else {
        return Some(None);
    };
    let seconds = i64::from(expires.as_integer()?);
    Timestamp::from_second(seconds).ok().map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;
    use base64::Engine;
    use base64::prelude::BASE64_STANDARD;
    use ed25519_dalek::{Signer, SigningKey};

    const BODY: &[u8] = b"{\"lines\": []}";
    const PARAMS: &str =
        "(\"@method\" \"@path\" \"content-digest\");created=1779066000;keyid=\"hotline/k1\"";

    fn key() -> SigningKey {
        SigningKey::from_bytes(&[7; 32])
    }

    /// Headers as a signer makes them, written out by hand.
    fn headers(params: &str) -> HeaderMap {
        let digest = BASE64_STANDARD.encode(Digest::of(BODY).as_bytes());
        let digest = format!("sha-256=:{digest}:");
        let base = format!(
            "\"@method\": POST\n\"@path\": /p\n\"content-digest\": {digest}\n\
             \"@signature-params\": {params}"
        );
        let signature = BASE64_STANDARD.encode(key().sign(base.as_bytes()).to_bytes());
        let value = |text: String| HeaderValue::from_str(&text).unwrap();
        let mut headers = HeaderMap::new();
        headers.insert(DIGEST, value(digest));
        headers.insert(INPUT, value(format!("sig1={params}")));
        headers.insert(SIGNATURE, value(format!("sig1=:{signature}:")));
        headers
    }

    fn check(headers: &HeaderMap, path: &str, body: &[u8]) -> Result<(), SignatureFault> {
        let key = key().verifying_key();
        Claim::read(headers)?.check(&Method::POST, path, body, &key)
    }

    #[test]
    fn what_was_signed_is_taken_and_nothing_else() {
        let signed = headers(PARAMS);
        assert_eq!(Claim::read(&signed).unwrap().key, "hotline/k1");
        assert_eq!(check(&signed, "/p", BODY), Ok(()));
        assert_eq!(check(&signed, "/q", BODY), Err(SignatureFault::Wrong));
        assert_eq!(
            check(&signed, "/p", b"{\"lines\": [1]}"),
            Err(SignatureFault::OtherBody)
        );
        let mut other = signed.clone();
        let moved = PARAMS.replace("1779066000", "1779066001");
        let moved = HeaderValue::from_str(&format!("sig1={moved}")).unwrap();
        other.insert(INPUT, moved);
        assert_eq!(check(&other, "/p", BODY), Err(SignatureFault::Wrong));
    }

    #[test]
    fn what_its_signer_says_has_ended_is_not_taken() {
        let now = Timestamp::from_second(1_779_066_060).unwrap();
        let until = |end: &str| {
            let claim = Claim::read(&headers(&format!("{PARAMS};expires={end}")));
            claim.and_then(|claim| claim.check_time(now))
        };
        assert_eq!(until("1779066061"), Ok(()));
        assert_eq!(until("1779066059"), Err(SignatureFault::Untimely));
        assert_eq!(until("\"soon\""), Err(SignatureFault::Malformed(INPUT)));
    }

    #[test]
    fn each_header_is_there_once_and_of_the_profile() {
        for name in [DIGEST, INPUT, SIGNATURE] {
            let mut without = headers(PARAMS);
            without.remove(name);
            assert_eq!(Claim::read(&without), Err(SignatureFault::Missing(name)));
            let mut twice = headers(PARAMS);
            let again = twice[name].clone();
            twice.append(name, again);
            assert_eq!(Claim::read(&twice), Err(SignatureFault::Missing(name)));
            let mut odd = headers(PARAMS);
            odd.insert(name, HeaderValue::from_static("a=("));
            assert_eq!(Claim::read(&odd), Err(SignatureFault::Malformed(name)));
        }
        for wrong in [
            "(\"@method\" \"@path\");created=1779066000;keyid=\"k\"",
            "(\"@method\" \"@path\" \"content-digest\");keyid=\"k\"",
            "(\"@method\" \"@path\" \"content-digest\");created=1779066000",
            "(\"@method\" \"@path\" \"content-digest\" \"@query\");created=1779066000;keyid=\"k\"",
            "(\"@method\" \"@path\" \"content-digest\");created=1779066000;keyid=\"k\";alg=\"hmac-sha256\"",
        ] {
            let claim = Claim::read(&headers(wrong));
            assert_eq!(claim, Err(SignatureFault::Malformed(INPUT)), "{wrong}");
        }
    }

    #[test]
    fn it_counts_for_five_minutes_either_way() {
        let claim = Claim::read(&headers(PARAMS)).unwrap();
        let after = |seconds: i64| {
            claim.check_time(Timestamp::from_second(1_779_066_000 + seconds).unwrap())
        };
        assert_eq!(after(300), Ok(()));
        assert_eq!(after(-300), Ok(()));
        assert_eq!(after(301), Err(SignatureFault::Untimely));
        assert_eq!(after(-301), Err(SignatureFault::Untimely));
    }
}
