//! A request that a partner signed: there is no token, the signature says who sends.

use axum::extract::{FromRequest, OriginalUri, Request};
use axum::http::StatusCode;
use axum::http::request::Parts;
use hejie_domain::case::Actor;
use hejie_domain::text::Text;
use hejie_texts::Language;
use serde_json::Value;

use super::directory::Partner;
use crate::app::App;
use crate::body::Document;
use crate::problem::{Problem, language_of};
use crate::signature::{Claim, SignatureFault};

/// The JSON of a request that this partner signed.
pub struct Signed {
    pub partner: Partner,
    pub value: Value,
    /// What the partner reads.
    pub language: Language,
}

impl Signed {
    pub fn actor(&self) -> Actor {
        Actor::Partner {
            id: self.partner.id.clone(),
            name: self.partner.name.clone(),
        }
    }
}

impl FromRequest<App> for Signed {
    type Rejection = Problem;

    async fn from_request(request: Request, app: &App) -> Result<Signed, Problem> {
        let (mut parts, body) = request.into_parts();
        let language = language_of(&parts.headers);
        let claim = Claim::read(&parts.headers)?;
        claim.check_time(app.clock().now())?;
        let (partner, key) = claimed(app, &claim).await?;
        let (method, path) = (parts.method.clone(), path_of(&mut parts, app).await);
        let body = Document::from_request(Request::from_parts(parts, body), app).await?;
        claim.check(&method, &path, &body.bytes, &key)?;
        Ok(Signed {
            partner,
            value: body.value,
            language,
        })
    }
}

/// The path as it was sent, before any nesting.
async fn path_of(parts: &mut Parts, app: &App) -> String {
    use axum::extract::FromRequestParts;
    let uri = OriginalUri::from_request_parts(parts, app).await;
    uri.map(|OriginalUri(uri)| uri.path().to_owned())
        .unwrap_or_default()
}

/// The partner and the key that the signature names: `PARTNER/KEY`.
async fn claimed(
    app: &App,
    claim: &Claim,
) -> Result<(Partner, ed25519_dalek::VerifyingKey), Problem> {
    let unknown = || Problem::from(SignatureFault::Wrong);
    let (id, key) = claim.key.split_once('/').ok_or_else(unknown)?;
    let found: Option<(Partner, u64)> = app.store().partner(id).await?;
    let (partner, _) = found.ok_or_else(unknown)?;
    let key = partner.key(key).ok_or_else(unknown)?;
    Ok((partner, key))
}

impl From<SignatureFault> for Problem {
    fn from(fault: SignatureFault) -> Problem {
        let text = match fault {
            SignatureFault::Missing(header) => Text::new("signature-missing").arg("header", header),
            SignatureFault::Malformed(header) => {
                Text::new("signature-malformed").arg("header", header)
            }
            SignatureFault::Untimely => Text::new("signature-untimely"),
            SignatureFault::OtherBody => Text::new("signature-other-body"),
            SignatureFault::Wrong => Text::new("signature-wrong"),
        };
        Problem::new(StatusCode::UNAUTHORIZED, "bad-signature").detail(text)
    }
}
