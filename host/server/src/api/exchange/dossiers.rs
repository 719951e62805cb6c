//! Taking what another authority hands over.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use hejie_domain::case::{Case, Command, Filing, file as decide};
use hejie_domain::file::decide_all;
use hejie_domain::identifiers::case_number::CaseNumber;
use hejie_store::{Attachment, StoreError};

use super::opened;
use crate::act::{ActError, Done, Loaded};
use crate::api::once::WithoutKey;
use crate::app::App;
use crate::body::Body;
use crate::commit::{Base, Extras};
use crate::exchange::{DOSSIER, Incoming, Partner, Signed, Taken, in_dossier, incoming, statuses};
use crate::opening::{DRAWS, open};
use crate::problem::Problem;

/// Takes a dossier (`schemas/json/dossier.schema.json`, canonical JSON) that a registered
/// authority signed: JWS, flattened JSON serialization, EdDSA, `typ` hejie-dossier+json.
/// It becomes a file here, registered as a complaint. The same once more gives the same
/// answer. A newer one of the same file, as it comes where a transfer was taken back and
/// made again, is added to the file that there is, whose statuses all go out anew.
#[utoipa::path(post, path = "/exchange/dossiers", tag = "exchange", security(()),
    request_body = Signed,
    responses((status = 201, body = Taken), (status = 200, body = Taken, description = "The file was here before"),
              (status = 403, description = "Not signed by a registered authority"),
              (status = 409, description = "Another dossier of the same file was taken, and this is no newer"),
              (status = 422, description = "A field is wrong")))]
pub async fn take(
    State(app): State<App>,
    _: WithoutKey,
    Body { value: signed, .. }: Body<Signed>,
) -> Result<(StatusCode, Json<Taken>), Problem> {
    let (partner, payload) = opened(&app, &signed, DOSSIER.0).await?;
    let incoming = incoming::read(payload, &partner, &app.identity().code)?;
    for _ in 0..DRAWS {
        let (status, taken) = match app.case_by_origin(&incoming.origin.key()).await? {
            None => {
                let registered = register(&app, &partner, &incoming).await;
                (StatusCode::CREATED, registered)
            }
            Some(loaded) => (
                StatusCode::OK,
                again(&app, &partner, loaded, &incoming).await,
            ),
        };
        match taken {
            // The number is taken, or another dossier or act came first.
            Err(ActError::Store(StoreError::Exists | StoreError::Conflict)) => {}
            Ok(number) => return Ok((status, Json(incoming.taken(&number)))),
            Err(fault) => return Err(in_dossier(fault.into())),
        }
    }
    Err(Problem::new(StatusCode::CONFLICT, "exists"))
}

/// The answer given before, where this very dossier was taken already; a newer one is added.
/// A transfer that was taken back and made again has another, and one may arrive late.
async fn again(
    app: &App,
    from: &Partner,
    loaded: Loaded,
    incoming: &Incoming,
) -> Result<CaseNumber, ActError> {
    let digest = loaded.file.origin.as_ref().map(|it| it.digest.clone());
    if digest.as_ref() == Some(&incoming.origin.digest) {
        return Ok(loaded.file.number);
    }
    let body = match &digest {
        Some(digest) => app.store().attachment(&loaded.id, digest).await?,
        None => None,
    };
    let (made_at, before) = body.as_deref().and_then(incoming::taken).unzip();
    match incoming.made_at > made_at.flatten() {
        true => renew(app, from, loaded, before, incoming).await,
        false => Err(StoreError::Exists.into()),
    }
}

/// Adds a newer dossier to the file that there is. Who sends it may have refused statuses
/// of the file while it had it back, so that they all go out anew.
async fn renew(
    app: &App,
    from: &Partner,
    loaded: Loaded,
    before: Option<Filing>,
    incoming: &Incoming,
) -> Result<CaseNumber, ActError> {
    let number = loaded.file.number.clone();
    let command = Command::Receive {
        number: number.clone(),
        filing: Box::new(incoming.filing.clone()),
        before: before.map(Box::new),
        origin: incoming.origin.clone(),
    };
    let steps = [(from.actor(), command)];
    let (file, recorded) = decide_all(&loaded.file, steps, app.clock().now(), &app.rules())?;
    let ledger = app.ledger(&loaded.id).await?;
    let extras = Extras {
        attachments: vec![Attachment::json(incoming.body.clone())],
        deliveries: statuses(&incoming.origin, ledger, &app.identity().code)?,
        ..Extras::default()
    };
    let base = loaded.base();
    let done = Done {
        id: loaded.id,
        file,
        recorded,
    };
    app.commit(base, done, |_| extras).await?;
    Ok(number)
}

async fn register(app: &App, from: &Partner, incoming: &Incoming) -> Result<CaseNumber, ActError> {
    let done = open::<Case>(app, &from.actor(), decide, |number| Command::Receive {
        number,
        filing: Box::new(incoming.filing.clone()),
        before: None,
        origin: incoming.origin.clone(),
    })?;
    let extras = Extras {
        attachments: vec![Attachment::json(incoming.body.clone())],
        ..Extras::default()
    };
    let done = app.commit(Base::nothing(), done, |_| extras).await?;
    Ok(done.file.number)
}
