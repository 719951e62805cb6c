//! How a command of a person is carried out: the caller must have to do with the case,
//! the domain decides, the answer is a receipt.

use axum::response::Response;
use hejie_domain::case::Command;
use hejie_domain::case::validate;
use serde::Deserialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::own;
use super::receipt::Once;
use crate::app::App;
use crate::auth::Principal;
use crate::problem::Problem;

pub(super) async fn carry_out(
    app: App,
    principal: Principal,
    once: Once,
    number: String,
    bytes: &[u8],
    command: Command,
) -> Result<Response, Problem> {
    let request = once.request(&principal, bytes);
    let evidence = matches!(command, Command::AddEvidence { .. });
    let reach = async {
        let loaded = own(&app, &principal, &number).await?;
        Ok((loaded, principal.actor()))
    };
    let answered = request.carry_out(&app, reach, command).await;
    if evidence {
        return answered.map_err(|problem| problem.within("/reference", &EVIDENCE));
    }
    answered
}

/// The fields of evidence, which lie within `reference` in the body.
const EVIDENCE: [&str; 4] = ["sha256", "media_type", "size", "name"];

/// A value of no fixed form whose texts can all be read.
pub(super) fn readable(field: &str, value: Value) -> Result<Value, Problem> {
    validate::free_json(field, &value)?;
    Ok(value)
}

/// A name of the rules; what cannot be one is not repeated to the caller.
pub(super) fn named(field: &str, name: String) -> Result<String, Problem> {
    validate::key(field, &name)?;
    Ok(name)
}

/// A command without arguments.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Nothing {}

/// Declares the route of a command on a file; `carry_out` is the one in scope.
macro_rules! command {
    ($(#[$doc:meta])* $verb:ident $path:literal $($rest:tt)+) => {
        $crate::api::cases::command::command! { $(#[$doc])* $verb concat!($path) $($rest)+ }
    };
    ($(#[$doc:meta])* $verb:ident concat!($($path:literal),+), $name:ident($value:ident: $body:ty) => $command:expr) => {
        $(#[$doc])*
        #[utoipa::path($verb, path = concat!($($path),+), tag = "commands", request_body = $body,
            params(("number" = String, Path, description = "The number of the file"),
                   ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request safe")),
            responses((status = 200, body = Receipt),
                      (status = 409, description = "Not possible in the case's present state"),
                      (status = 422, description = "A field is wrong")))]
        async fn $name(
            State(app): State<App>,
            principal: Principal,
            once: Once,
            Path(number): Path<String>,
            Body { value: $value, bytes }: Body<$body>,
        ) -> Result<Response, Problem> {
            carry_out(app, principal, once, number, &bytes, $command).await
        }
    };
    ($(#[$doc:meta])* $verb:ident concat!($($path:literal),+) of $seq:ident, $name:ident($value:ident: $body:ty) => $command:expr) => {
        $(#[$doc])*
        #[utoipa::path($verb, path = concat!($($path),+), tag = "commands", request_body = $body,
            params(("number" = String, Path, description = "The number of the file"),
                   ("seq" = u32, Path, description = "The number within the case"),
                   ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request safe")),
            responses((status = 200, body = Receipt),
                      (status = 409, description = "Not possible in the case's present state"),
                      (status = 422, description = "A field is wrong")))]
        async fn $name(
            State(app): State<App>,
            principal: Principal,
            once: Once,
            Path((number, $seq)): Path<(String, String)>,
            Body { value: $value, bytes }: Body<$body>,
        ) -> Result<Response, Problem> {
            let $seq: u32 = $seq.parse().map_err(|_| Problem::not_found())?;
            carry_out(app, principal, once, number, &bytes, $command).await
        }
    };
}

pub(in crate::api) use command;
