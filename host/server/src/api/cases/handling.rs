//! What units do with a complaint: accept it or refuse it, ask for material, send it
//! on, supervise it (Order 121 art. 10-16, 33, 41).

use axum::extract::State;
use axum::response::Response;
use hejie_domain::case::Command;
use hejie_domain::case::mediation::Means;
use hejie_domain::case::visit::Satisfaction;
use hejie_domain::identifiers::unit_id::UnitId;
use jiff::civil::Date;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::bodies::{
    Designation, Dispatch, ExtensionDecision, ExtensionRequest, Invitation, InvitationAnswer,
    PartEnd, PartReport, Return, Supervision, SupervisionAnswer, TakingUp,
};
use super::command::{Nothing, carry_out, command, named};
use super::receipt::{Once, Receipt};
use crate::address::Path;
use crate::app::App;
use crate::auth::Principal;
use crate::body::Body;
use crate::problem::Problem;

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(accept_complaint))
        .routes(routes!(refuse_complaint))
        .routes(routes!(request_material))
        .routes(routes!(provide_material))
        .routes(routes!(dispatch))
        .routes(routes!(return_to_intake))
        .routes(routes!(dispute_handling))
        .routes(routes!(agree_handling))
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
        .routes(routes!(record_visit))
}

command! {
    /// The unit accepts the complaint (Order 121 art. 15).
    post "/cases/{number}/acceptance", accept_complaint(_value: Nothing) =>
        Command::AcceptComplaint
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ComplaintRefusal {
    /// A ground of the rule pack (Order 121 art. 16).
    #[schema(max_length = 64, pattern = "^[a-z0-9._-]+$")]
    ground: String,
    reason: String,
}

command! {
    /// The unit refuses the complaint on a ground (Order 121 art. 15-16).
    post "/cases/{number}/refusal", refuse_complaint(value: ComplaintRefusal) =>
        Command::RefuseComplaint { ground: named("/ground", value.ground)?, reason: value.reason }
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct MaterialRequest {
    /// What is missing: at most 10, of 200 characters.
    items: Vec<String>,
    /// The last day to complete it.
    #[schema(value_type = String, format = Date)]
    due: Date,
}

command! {
    /// Asks the complainant to complete the material in a set time (Order 121 art. 10-11).
    post "/cases/{number}/material-request", request_material(value: MaterialRequest) =>
        Command::RequestMaterial { items: value.items, due: value.due }
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Material {
    note: String,
}

command! {
    /// The complainant says that the material is there; evidence is added beside it.
    post "/cases/{number}/material", provide_material(value: Material) =>
        Command::ProvideMaterial { note: value.note }
}

command! {
    /// Sends the complaint down to a unit below (Order 121 art. 41).
    post "/cases/{number}/dispatch", dispatch(value: Dispatch) =>
        Command::Dispatch { to: value.to, note: value.note, report_by: value.report_by }
}

command! {
    /// Sends it back to intake: a unit without power does not pass it on itself.
    post "/cases/{number}/return", return_to_intake(value: Return) =>
        Command::ReturnToIntake { reason: value.reason, note: value.note }
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct HandlingDispute {
    /// The authority that should handle it instead.
    #[schema(value_type = String, pattern = "^[0-9]{6}(-[0-9]{2})?$")]
    with: UnitId,
    reason: String,
}

command! {
    /// Says that another authority should handle it (Order 121 art. 33).
    post "/cases/{number}/handling-dispute", dispute_handling(value: HandlingDispute) =>
        Command::DisputeHandling { with: value.with, reason: value.reason }
}

command! {
    /// Whichever of the two authorities takes it says so itself.
    post "/cases/{number}/handling-agreement", agree_handling(_value: Nothing) =>
        Command::AgreeHandling
}

command! {
    /// A common superior designates the unit that handles it (Order 121 art. 33).
    post "/cases/{number}/designation", designate(value: Designation) =>
        Command::Designate { unit: value.unit, reason: value.reason }
}

command! {
    /// A superior handles it itself (Order 121 art. 14).
    post "/cases/{number}/taking-up", take_up(value: TakingUp) =>
        Command::TakeUp { reason: value.reason }
}

command! {
    /// A unit above urges it on; an answer is due by the service rules.
    post "/cases/{number}/supervision", supervise(value: Supervision) =>
        Command::Supervise { urgency: value.urgency, matter: value.matter }
}

command! {
    /// The handling unit answers a supervision.
    post "/cases/{number}/supervision/{seq}/answer" of seq, answer_supervision(value: SupervisionAnswer) =>
        Command::AnswerSupervision { supervision: seq, answer: value.answer }
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Visited {
    means: Means,
    /// Absent where she was not reached.
    satisfaction: Option<Satisfaction>,
    note: String,
}

command! {
    /// A follow-up visit; who is not satisfied has the file handled once more (art. 26).
    post "/cases/{number}/visits", record_visit(value: Visited) =>
        Command::RecordVisit {
            means: value.means,
            satisfaction: value.satisfaction,
            note: value.note,
        }
}

command! {
    /// Asks for a running period to be extended, where the rules know an extension of it
    /// (service rules 10).
    post "/cases/{number}/clocks/{seq}/extension-request" of seq, request_extension(value: ExtensionRequest) =>
        Command::RequestExtension { clock: seq, reason: value.reason }
}

command! {
    /// Another officer than the one who asked decides on the extension: a head, or the
    /// unit that waits for an answer.
    post "/cases/{number}/clocks/{seq}/extension" of seq, decide_extension(value: ExtensionDecision) =>
        value.command(seq)
}

command! {
    /// Asks another unit to take part, or orders one below the officer's to (联合办理).
    post "/cases/{number}/parts", invite_unit(value: Invitation) =>
        Command::InviteUnit { unit: value.unit, task: value.task, due: value.due }
}

command! {
    /// The unit that was asked says whether it takes part.
    post "/cases/{number}/parts/{seq}/answer" of seq, answer_invitation(value: InvitationAnswer) =>
        Command::AnswerInvitation { part: seq, agrees: value.agrees, reason: value.reason }
}

command! {
    /// The unit reports on its part.
    post "/cases/{number}/parts/{seq}/reports" of seq, report_part(value: PartReport) =>
        Command::ReportPart { part: seq, text: value.text, done: value.done }
}

command! {
    /// Ends the part of another unit: it is no longer wanted.
    post "/cases/{number}/parts/{seq}/end" of seq, end_part(value: PartEnd) =>
        Command::EndPart { part: seq, reason: value.reason }
}
