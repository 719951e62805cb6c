//! What units do with a complaint: accept it or refuse it, ask for material, send it
//! on, supervise it (Order 121 art. 10-16, 33, 41).

use axum::extract::State;
use axum::response::Response;
use hejie_domain::case::Command;
use hejie_domain::case::actor::Side;
use hejie_domain::case::complaint::GroundFinding;
use hejie_domain::case::mediation::Means;
use hejie_domain::case::visit::Satisfaction;
use hejie_domain::case::word::Word;
use hejie_domain::day::strict_date;
use jiff::civil::Date;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::command::{Nothing, carry_out, command, named};
use super::receipt::{Once, Receipt};
use crate::address::Path;
use crate::api::cases::bodies::{FilingCorrection, HandlingDispute, Reasoned};
use crate::api::handled::handled_routes;
use crate::app::App;
use crate::auth::Principal;
use crate::body::Body;
use crate::problem::Problem;

handled_routes!("/cases/{number}");

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(accept_complaint))
        .routes(routes!(refuse_complaint))
        .routes(routes!(request_material))
        .routes(routes!(provide_material))
        .routes(routes!(dispute_handling))
        .routes(routes!(agree_handling))
        .routes(routes!(record_visit))
        .routes(routes!(record_word))
        .routes(routes!(correct_filing))
        .routes(routes!(revoke_decision))
        .routes(routes!(weigh_ground))
        .merge(handled::routes())
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
struct Weighing {
    /// A ground of the rule pack (Order 121 art. 16).
    #[schema(max_length = 64, pattern = "^[a-z0-9._-]+$")]
    ground: String,
    finding: GroundFinding,
}

command! {
    /// Records what was found of a ground for refusal, with the evidence for and against it;
    /// the complaint is neither accepted nor refused against the latest finding.
    post "/cases/{number}/grounds", weigh_ground(value: Weighing) =>
        Command::WeighGround {
            ground: named("/ground", value.ground)?,
            finding: value.finding,
        }
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Heard {
    /// `consumer` or `respondent`.
    #[schema(value_type = String)]
    side: Side,
    /// How it reached the authority; not `platform`.
    means: Means,
    /// The complainant spoke herself, though an agent acts for her: her word needs no power
    /// of his.
    #[serde(default)]
    herself: bool,
    word: Word,
}

command! {
    /// Records what a party said by telephone, by letter or at the window: it acts as if the
    /// party had done it here.
    post "/cases/{number}/words", record_word(value: Heard) =>
        Command::RecordWord {
            side: value.side,
            means: value.means,
            herself: value.herself,
            word: Box::new(value.word),
        }
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct MaterialRequest {
    /// What is missing: at most 10, of 200 characters.
    items: Vec<String>,
    /// The last day to complete it.
    #[schema(value_type = String, format = Date)]
    #[serde(with = "strict_date")]
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
    /// Says that another authority should handle it (Order 121 art. 33).
    post "/cases/{number}/handling-dispute", dispute_handling(value: HandlingDispute) =>
        Command::DisputeHandling { with: value.with, reason: value.reason }
}

command! {
    /// Whichever of the two authorities takes it says so itself.
    post "/cases/{number}/handling-agreement", agree_handling(_value: Nothing) =>
        Command::AgreeHandling
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
    /// Puts right what was taken down wrongly of the parties; only what is given changes.
    post "/cases/{number}/correction", correct_filing(value: FilingCorrection) =>
        value.into()
}

command! {
    /// The head of the unit, or of one above, takes back that a complaint was refused, terminated,
    /// withdrawn by a recorded word or merged into another: it goes on from there.
    post "/cases/{number}/revocation", revoke_decision(value: Reasoned) =>
        Command::RevokeDecision { reason: value.reason }
}
