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
use crate::api::cases::bodies::{
    Designation, Dispatch, ExtensionDecision, ExtensionRequest, Invitation, InvitationAnswer,
    PartEnd, PartReport, Return, Supervision, SupervisionAnswer, TakingUp,
};
use crate::api::cases::command::command;
use crate::api::cases::receipt::{Once, Receipt};
use crate::app::App;
use crate::auth::Principal;
use crate::body::Body;
use crate::problem::Problem;

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(answer_inquiry))
        .routes(routes!(redirect))
        .routes(routes!(ask_again))
        .routes(routes!(dispatch))
        .routes(routes!(return_to_intake))
        .routes(routes!(designate))
        .routes(routes!(take_up))
        .routes(routes!(supervise))
        .routes(routes!(answer_supervision))
        .routes(routes!(invite_unit))
        .routes(routes!(answer_invitation))
        .routes(routes!(report_part))
        .routes(routes!(end_part))
        .routes(routes!(request_extension))
        .routes(routes!(decide_extension))
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
    let (loaded, actor) = reached::<Inquiry>(&app, &principal, &number).await?;
    request.carry_out(&app, loaded, &actor, command).await
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

command! {
    /// Sends the inquiry down to a unit below (Order 121 art. 41).
    post "/inquiries/{number}/dispatch", dispatch(value: Dispatch) =>
        Command::Dispatch { to: value.to, note: value.note, report_by: value.report_by }
}

command! {
    /// Sends it back to intake: a unit without power does not pass it on itself.
    post "/inquiries/{number}/return", return_to_intake(value: Return) =>
        Command::ReturnToIntake { reason: value.reason, note: value.note }
}

command! {
    /// A superior designates the unit that handles it.
    post "/inquiries/{number}/designation", designate(value: Designation) =>
        Command::Designate { unit: value.unit, reason: value.reason }
}

command! {
    /// A superior handles it itself.
    post "/inquiries/{number}/taking-up", take_up(value: TakingUp) =>
        Command::TakeUp { reason: value.reason }
}

command! {
    /// A unit above urges it on.
    post "/inquiries/{number}/supervision", supervise(value: Supervision) =>
        Command::Supervise { urgency: value.urgency, matter: value.matter }
}

command! {
    /// The handling unit answers a supervision.
    post "/inquiries/{number}/supervision/{seq}/answer" of seq, answer_supervision(value: SupervisionAnswer) =>
        Command::AnswerSupervision { supervision: seq, answer: value.answer }
}

command! {
    /// Asks for a running period to be extended, where the rules know an extension of it
    /// (service rules 10).
    post "/inquiries/{number}/clocks/{seq}/extension-request" of seq, request_extension(value: ExtensionRequest) =>
        Command::RequestExtension { clock: seq, reason: value.reason }
}

command! {
    /// Another officer than the one who asked decides on the extension: a head, or the
    /// unit that waits for an answer.
    post "/inquiries/{number}/clocks/{seq}/extension" of seq, decide_extension(value: ExtensionDecision) =>
        value.command(seq)
}

command! {
    /// Asks another unit to take part, or orders one below the officer's to (联合办理).
    post "/inquiries/{number}/parts", invite_unit(value: Invitation) =>
        Command::InviteUnit { unit: value.unit, task: value.task, due: value.due }
}

command! {
    /// The unit that was asked says whether it takes part.
    post "/inquiries/{number}/parts/{seq}/answer" of seq, answer_invitation(value: InvitationAnswer) =>
        Command::AnswerInvitation { part: seq, agrees: value.agrees, reason: value.reason }
}

command! {
    /// The unit reports on its part.
    post "/inquiries/{number}/parts/{seq}/reports" of seq, report_part(value: PartReport) =>
        Command::ReportPart { part: seq, text: value.text, done: value.done }
}

command! {
    /// Ends the part of another unit: it is no longer wanted.
    post "/inquiries/{number}/parts/{seq}/end" of seq, end_part(value: PartEnd) =>
        Command::EndPart { part: seq, reason: value.reason }
}
