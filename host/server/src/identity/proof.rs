//! What stays of a number that was confirmed, and the way to it.

use axum::http::StatusCode;
use hejie_domain::case::identity::{IdentityCheck, Person};
use hejie_domain::identifiers::resident_id::ResidentId;

use crate::app::App;
use crate::problem::Problem;

/// Two keyed hashes, and what they rest on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    /// Stands for the person.
    pub token: String,
    /// Stands for the name that was verified.
    pub name: String,
    pub method: &'static str,
}

impl App {
    /// Asks whether name and number are one person's; `None`: they are not.
    pub async fn prove(&self, name: &str, number: &ResidentId) -> Result<Option<Proof>, Problem> {
        let verifier = self.verifier();
        let confirmed = verifier.verify(name, number).await.map_err(|fault| {
            tracing::error!(%fault, "a verifier is down");
            Problem::new(StatusCode::SERVICE_UNAVAILABLE, "unavailable")
        })?;
        let secret = self.identity_secret();
        let method = verifier.method();
        Ok(confirmed.then(|| Proof {
            token: secret.token(number),
            name: secret.name(name),
            method,
        }))
    }

    /// The same as what a file keeps of it: the name is the file's own.
    pub async fn check_identity(
        &self,
        of: Person,
        name: &str,
        number: &ResidentId,
    ) -> Result<IdentityCheck, Problem> {
        let proof = self.prove(name, number).await?;
        Ok(IdentityCheck {
            of,
            method: self.verifier().method().to_owned(),
            same_name: proof.is_some().then_some(true),
            token: proof.map(|it| it.token),
        })
    }
}
