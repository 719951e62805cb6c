//! The mediation of an accepted complaint (Order 121 art. 18-24).

use axum::extract::State;
use axum::response::Response;
use hejie_domain::case::Command;
use hejie_domain::case::actor::Side;
use hejie_domain::case::mediation::{ChosenBy, Means, Mode};
use jiff::Timestamp;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::bodies::Reasoned;
use super::command::{carry_out, command, named};
use super::receipt::{Once, Receipt};
use crate::address::Path;
use crate::api::organisations::{Kind, check_organisation};
use crate::app::App;
use crate::auth::Principal;
use crate::body::Body;
use crate::problem::Problem;

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(answer_mediation))
        .routes(routes!(schedule_mediation))
        .routes(routes!(record_session))
        .routes(routes!(cancel_session))
        .routes(routes!(delegate_mediation))
        .routes(routes!(end_delegation))
        .routes(routes!(request_recusal))
        .routes(routes!(decide_recusal))
        .routes(routes!(begin_appraisal))
        .routes(routes!(end_appraisal))
        .routes(routes!(terminate_mediation))
        .routes(routes!(notify_termination))
        .routes(routes!(notify_decision))
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Answer {
    /// `consumer` or `respondent`; a party answers for itself.
    #[schema(value_type = String)]
    side: Side,
    agrees: bool,
    /// Whether an association may be entrusted with it (art. 19).
    #[serde(default)]
    delegation: bool,
    /// How an officer learnt of it; absent where a party answers here.
    means: Option<Means>,
}

command! {
    /// Whether a side takes part in mediation (Order 121 art. 18-19).
    post "/cases/{number}/mediation-answer", answer_mediation(value: Answer) =>
        Command::AnswerMediation {
            side: value.side,
            agrees: value.agrees,
            delegation: value.delegation,
            means: value.means.unwrap_or(Means::Platform),
        }
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewSession {
    mode: Mode,
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    /// Needed on site.
    place: Option<String>,
    mediator: String,
}

command! {
    /// Sets a mediation: time, place or means, mediator (Order 121 art. 20).
    post "/cases/{number}/sessions", schedule_mediation(value: NewSession) =>
        Command::ScheduleMediation {
            mode: value.mode,
            at: value.at,
            place: value.place,
            mediator: value.mediator,
        }
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SessionRecord {
    /// The sides that stayed away.
    #[serde(default)]
    #[schema(value_type = Vec<String>)]
    absent: Vec<Side>,
    note: String,
}

command! {
    /// The note of a mediation that was held (Order 121 art. 24).
    post "/cases/{number}/sessions/{seq}/record" of seq, record_session(value: SessionRecord) =>
        Command::RecordSession { session: seq, absent: value.absent, note: value.note }
}

command! {
    /// A mediation that was set does not take place; another may be set.
    post "/cases/{number}/sessions/{seq}/cancellation" of seq, cancel_session(value: Reasoned) =>
        Command::CancelSession { session: seq, reason: value.reason }
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Delegation {
    /// A consumer association on the platform.
    #[schema(max_length = 64, pattern = "^[a-z0-9._-]+$")]
    association: String,
}

/// Entrusts an association with it, in the authority's name (Order 121 art. 19).
#[utoipa::path(post, path = "/cases/{number}/delegation", tag = "commands", request_body = Delegation,
    params(("number" = String, Path, description = "The case number"),
           ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request safe")),
    responses((status = 200, body = Receipt),
              (status = 409, description = "Not possible in the case's present state"),
              (status = 422, description = "A field is wrong")))]
async fn delegate_mediation(
    State(app): State<App>,
    principal: Principal,
    once: Once,
    Path(number): Path<String>,
    Body { value, bytes }: Body<Delegation>,
) -> Result<Response, Problem> {
    let association = named("/association", value.association)?;
    check_organisation(&app, "/association", &association, Kind::Association).await?;
    let command = Command::DelegateMediation { association };
    carry_out(app, principal, once, number, &bytes, command).await
}

command! {
    /// The authority takes the mediation back, or the association gives it back.
    post "/cases/{number}/delegation/end", end_delegation(value: Reasoned) =>
        Command::EndDelegation { reason: value.reason }
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Recusal {
    /// Whom; may be left out where one mediator alone is still to mediate.
    mediator: Option<String>,
    reason: String,
}

command! {
    /// A party asks for another mediator; mediation waits for the decision (art. 21).
    post "/cases/{number}/recusal", request_recusal(value: Recusal) =>
        Command::RequestRecusal { mediator: value.mediator, reason: value.reason }
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct RecusalDecision {
    granted: bool,
    reason: String,
}

command! {
    /// Decides on that wish.
    post "/cases/{number}/recusal/decision", decide_recusal(value: RecusalDecision) =>
        Command::DecideRecusal { granted: value.granted, reason: value.reason }
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewAppraisal {
    /// Who appraises or tests.
    body: String,
    chosen_by: ChosenBy,
}

command! {
    /// Begins an appraisal or a test, whose days are not counted (Order 121 art. 22).
    post "/cases/{number}/appraisal", begin_appraisal(value: NewAppraisal) =>
        Command::BeginAppraisal { body: value.body, chosen_by: value.chosen_by }
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct AppraisalResult {
    result: String,
}

command! {
    /// Ends it with its result.
    post "/cases/{number}/appraisal/result", end_appraisal(value: AppraisalResult) =>
        Command::EndAppraisal { result: value.result }
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Termination {
    /// A ground of the rule pack (Order 121 art. 23).
    #[schema(max_length = 64, pattern = "^[a-z0-9._-]+$")]
    ground: String,
    reason: String,
}

command! {
    /// Terminates the mediation on a ground (Order 121 art. 23).
    post "/cases/{number}/termination", terminate_mediation(value: Termination) =>
        Command::TerminateMediation { ground: named("/ground", value.ground)?, reason: value.reason }
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Notice {
    means: Means,
}

command! {
    /// The complainant was told of the decision on her complaint, where she has no account to
    /// read it in (Order 121 art. 15). Serving the document that states it is recorded as this
    /// as well.
    post "/cases/{number}/decision-notice", notify_decision(value: Notice) =>
        Command::NotifyDecision { means: value.means }
}

command! {
    /// Both sides were told that the mediation is terminated (Order 121 art. 23).
    post "/cases/{number}/termination/notice", notify_termination(value: Notice) =>
        Command::NotifyTermination { means: value.means }
}
