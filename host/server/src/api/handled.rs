//! The commands that units have on every kind of file which they handle, a route for each.

/// Declares their routes for a kind of file, as `handled::routes()`; `carry_out` is the one
/// in scope.
macro_rules! handled_routes {
    ($file:literal) => {
        mod handled {
            use axum::extract::State;
            use axum::response::Response;
            use hejie_domain::case::Command;
            use utoipa_axum::router::OpenApiRouter;
            use utoipa_axum::routes;

            use super::carry_out;
            use $crate::address::Path;
            use $crate::api::cases::bodies::{
                Designation, Dispatch, ExtensionDecision, Invitation, InvitationAnswer,
                PartReport, Reasoned, ReportBack, Return, Supervision, SupervisionAnswer,
            };
            use $crate::api::cases::command::command;
            use $crate::api::cases::receipt::{Once, Receipt};
            use $crate::app::App;
            use $crate::auth::Principal;
            use $crate::body::Body;
            use $crate::problem::Problem;

            pub fn routes() -> OpenApiRouter<App> {
                OpenApiRouter::new()
                    .routes(routes!(dispatch))
                    .routes(routes!(report_back))
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

            command! {
                /// Sends the file down to a unit below (Order 121 art. 41).
                post concat!($file, "/dispatch"), dispatch(value: Dispatch) =>
                    Command::Dispatch { to: value.to, note: value.note, report_by: value.report_by }
            }

            command! {
                /// Tells whoever sent the file down, and set a day for it, what became of it.
                post concat!($file, "/report-back"), report_back(value: ReportBack) =>
                    Command::ReportBack { text: value.text }
            }

            command! {
                /// Sends it back to intake: a unit without power does not pass it on itself.
                post concat!($file, "/return"), return_to_intake(value: Return) =>
                    Command::ReturnToIntake { reason: value.reason, note: value.note }
            }

            command! {
                /// A common superior designates the unit that handles it (Order 121 art. 33).
                post concat!($file, "/designation"), designate(value: Designation) =>
                    Command::Designate { unit: value.unit, reason: value.reason }
            }

            command! {
                /// A superior handles it itself (Order 121 art. 14).
                post concat!($file, "/taking-up"), take_up(value: Reasoned) =>
                    Command::TakeUp { reason: value.reason }
            }

            command! {
                /// A unit above urges it on; an answer is due by the service rules.
                post concat!($file, "/supervision"), supervise(value: Supervision) =>
                    Command::Supervise { urgency: value.urgency, matter: value.matter }
            }

            command! {
                /// The handling unit answers a supervision.
                post concat!($file, "/supervision/{seq}/answer") of seq, answer_supervision(value: SupervisionAnswer) =>
                    Command::AnswerSupervision { supervision: seq, answer: value.answer }
            }

            command! {
                /// Asks another unit to take part, or orders one below the officer's to (联合办理).
                post concat!($file, "/parts"), invite_unit(value: Invitation) =>
                    Command::InviteUnit { unit: value.unit, task: value.task, due: value.due }
            }

            command! {
                /// The unit that was asked says whether it takes part.
                post concat!($file, "/parts/{seq}/answer") of seq, answer_invitation(value: InvitationAnswer) =>
                    Command::AnswerInvitation { part: seq, agrees: value.agrees, reason: value.reason }
            }

            command! {
                /// The unit reports on its part.
                post concat!($file, "/parts/{seq}/reports") of seq, report_part(value: PartReport) =>
                    Command::ReportPart { part: seq, text: value.text, done: value.done }
            }

            command! {
                /// Ends the part of another unit: it is no longer wanted.
                post concat!($file, "/parts/{seq}/end") of seq, end_part(value: Reasoned) =>
                    Command::EndPart { part: seq, reason: value.reason }
            }

            command! {
                /// Asks for a running period to be extended, where the rules know an extension of it
                /// (service rules 10).
                post concat!($file, "/clocks/{seq}/extension-request") of seq, request_extension(value: Reasoned) =>
                    Command::RequestExtension { clock: seq, reason: value.reason }
            }

            command! {
                /// Another officer than the one who asked decides on the extension: a head, or the
                /// unit that waits for an answer.
                post concat!($file, "/clocks/{seq}/extension") of seq, decide_extension(value: ExtensionDecision) =>
                    value.command(seq)
            }
        }
    };
}

pub(in crate::api) use handled_routes;
