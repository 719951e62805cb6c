//! Handing a complaint over to an authority with a system of its own, and taking it
//! back (Order 121 art. 33, 41).

use axum::extract::State;
use axum::response::Response;
use hejie_domain::case::Command;
use hejie_domain::text::Text;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::command::{carry_out, command};
use super::receipt::{Once, Receipt};
use crate::address::Path;
use crate::api::exchange::registered;
use crate::app::App;
use crate::auth::Principal;
use crate::body::Body;
use crate::problem::Problem;

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(transfer_out))
        .routes(routes!(withdraw_transfer))
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct TransferOut {
    /// The code of a registered external authority.
    #[schema(max_length = 32)]
    to: String,
    reason: String,
    /// The article of the law by which the other handles it.
    #[schema(max_length = 40)]
    article: String,
}

/// Transfers the complaint to an authority with a system of its own, before it is
/// accepted: the file goes as a signed dossier, and the periods here end once it has it.
#[utoipa::path(post, path = "/cases/{number}/transfer", tag = "commands",
    request_body = TransferOut,
    params(("number" = String, Path, description = "The case number"),
           ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request safe")),
    responses((status = 200, body = Receipt),
              (status = 409, description = "Not possible in the case's present state"),
              (status = 422, description = "A field is wrong")))]
async fn transfer_out(
    State(app): State<App>,
    principal: Principal,
    once: Once,
    Path(number): Path<String>,
    Body { value, bytes }: Body<TransferOut>,
) -> Result<Response, Problem> {
    let partner = registered(&app, &value.to).await?;
    let unknown = || Problem::invalid("/to", Text::new("invalid-unknown-value"));
    let partner = partner.ok_or_else(unknown)?;
    let command = Command::TransferOut {
        to: partner.code,
        name: partner.name,
        reason: value.reason,
        article: value.article,
    };
    carry_out(app, principal, once, number, &bytes, command).await
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct TransferWithdrawal {
    reason: String,
}

command! {
    /// Takes back a complaint whose transfer failed: its period of acceptance begins anew.
    post "/cases/{number}/transfer/withdrawal", withdraw_transfer(value: TransferWithdrawal) =>
        Command::WithdrawTransfer { reason: value.reason }
}
