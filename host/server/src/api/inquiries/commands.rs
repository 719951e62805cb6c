//! One route for each command on an inquiry.

use axum::extract::State;
use axum::response::Response;
use hejie_domain::case::Command;
use hejie_domain::inquiry::Inquiry;
use hejie_domain::text::Text;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::address::Path;
use crate::api::access::reached;
use crate::api::cases::command::command;
use crate::api::cases::receipt::{Once, Receipt};
use crate::api::handled::handled_routes;
use crate::app::App;
use crate::auth::Principal;
use crate::body::Body;
use crate::problem::Problem;

handled_routes!("/inquiries/{number}");

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(answer_inquiry))
        .routes(routes!(redirect))
        .routes(routes!(ask_again))
        .merge(handled::routes())
}

async fn carry_out(
    app: App,
    principal: Principal,
    once: Once,
    number: String,
    bytes: &[u8],
    command: Command,
) -> Result<Response, Problem> {
    check_known(&app, &command)?;
    let request = once.request(&principal, bytes);
    let reach = reached::<Inquiry>(&app, &principal, &number);
    request.carry_out(&app, reach, command).await
}

/// An answer rests on what is in the knowledge base.
fn check_known(app: &App, command: &Command) -> Result<(), Problem> {
    let Command::AnswerInquiry {
        knowledge: Some(id),
        ..
    } = command
    else {
        return Ok(());
    };
    let unknown = || Problem::invalid("/knowledge", Text::new("invalid-unknown-value"));
    let knowledge = app.knowledge();
    knowledge.get(id).map(drop).ok_or_else(unknown)
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct InquiryAnswer {
    text: String,
    /// The answered question of the knowledge base that it rests on.
    knowledge: Option<String>,
}

command! {
    /// Answers the inquiry.
    post "/inquiries/{number}/answer", answer_inquiry(value: InquiryAnswer) =>
        Command::AnswerInquiry { text: value.text, knowledge: value.knowledge }
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Redirection {
    reason: String,
    /// Where she can go.
    route: String,
}

command! {
    /// It belongs elsewhere; she is told where (Order 121 art. 44).
    post "/inquiries/{number}/redirection", redirect(value: Redirection) =>
        Command::RedirectInquiry { reason: value.reason, route: value.route }
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct FurtherQuestion {
    text: String,
}

command! {
    /// Who asked has a further question; a new period begins.
    post "/inquiries/{number}/question", ask_again(value: FurtherQuestion) =>
        Command::AskAgain { text: value.text }
}
