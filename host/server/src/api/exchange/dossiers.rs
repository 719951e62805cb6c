//! Taking what another authority hands over.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use hejie_domain::case::transfer::Origin;
use hejie_domain::case::{Case, Command, file as decide};
use hejie_store::{Attachment, StoreError};

use super::opened;
use crate::act::ActError;
use crate::api::once::WithoutKey;
use crate::app::App;
use crate::body::Body;
use crate::commit::{Base, Extras};
use crate::exchange::{DOSSIER, Incoming, Partner, Signed, Taken, in_dossier, incoming};
use crate::opening::{DRAWS, open};
use crate::problem::Problem;

/// Takes a dossier (`schemas/json/dossier.schema.json`, canonical JSON) that a registered
/// authority signed: JWS, flattened JSON serialization, EdDSA, `typ` hejie-dossier+json.
/// It becomes a file here, registered as a complaint. The same once more gives the same
/// answer.
#[utoipa::path(post, path = "/exchange/dossiers", tag = "exchange", security(()),
    request_body = Signed,
    responses((status = 201, body = Taken), (status = 200, body = Taken, description = "Taken before"),
              (status = 403, description = "Not signed by a registered authority"),
              (status = 409, description = "Another dossier of the same file was taken"),
              (status = 422, description = "A field is wrong")))]
pub async fn take(
    State(app): State<App>,
    _: WithoutKey,
    Body { value: signed, .. }: Body<Signed>,
) -> Result<(StatusCode, Json<Taken>), Problem> {
    let (partner, payload) = opened(&app, &signed, DOSSIER.0).await?;
    let incoming = incoming::read(payload, &partner, &app.identity().code)?;
    for _ in 0..DRAWS {
        if let Some(taken) = before(&app, &incoming.origin).await? {
            return Ok((StatusCode::OK, Json(taken)));
        }
        match register(&app, &partner, &incoming).await {
            // The number is taken, or the same dossier came twice at once.
            Err(ActError::Store(StoreError::Exists)) => {}
            Ok(taken) => return Ok((StatusCode::CREATED, Json(taken))),
            Err(fault) => return Err(in_dossier(fault.into())),
        }
    }
    Err(StoreError::Exists.into())
}

/// The answer given before, where this very dossier was taken already.
async fn before(app: &App, origin: &Origin) -> Result<Option<Taken>, Problem> {
    let Some(loaded) = app.case_by_origin(&origin.key()).await? else {
        return Ok(None);
    };
    let known = loaded.file.origin.map(|it| it.digest);
    if known.as_ref() != Some(&origin.digest) {
        return Err(Problem::new(StatusCode::CONFLICT, "exists"));
    }
    Ok(Some(Taken {
        number: loaded.file.number.to_string(),
        digest: origin.digest.clone(),
    }))
}

async fn register(app: &App, from: &Partner, incoming: &Incoming) -> Result<Taken, ActError> {
    let origin = &incoming.origin;
    let done = open::<Case>(app, &from.actor(), decide, |number| Command::Receive {
        number,
        filing: Box::new(incoming.filing.clone()),
        origin: origin.clone(),
    })?;
    let extras = Extras {
        attachments: vec![Attachment::json(incoming.body.clone())],
        ..Extras::default()
    };
    let done = app.commit(Base::nothing(), done, |_| extras).await?;
    Ok(Taken {
        number: done.file.number.to_string(),
        digest: origin.digest.clone(),
    })
}
