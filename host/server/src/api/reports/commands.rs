//! One route for each command on a report.

use axum::extract::State;
use axum::response::Response;
use hejie_domain::case::Command;
use hejie_domain::case::filing::EvidenceReference;
use hejie_domain::case::mediation::Means;
use hejie_domain::identifiers::case_number::CaseNumber;
use hejie_domain::report::{EnforcementResult, Report};
use hejie_domain::text::Text;
use serde::Deserialize;
use serde_json::Value;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::identity;
use super::merging::is_on_the_same;
use crate::act::Loaded;
use crate::address::Path;
use crate::api::access::{for_officers, reached};
use crate::api::cases::bodies::{FilingCorrection, HandlingDispute};
use crate::api::cases::command::{Nothing, command};
use crate::api::cases::receipt::{Once, Receipt};
use crate::api::handled::handled_routes;
use crate::api::partners::Partner;
use crate::app::App;
use crate::auth::Principal;
use crate::body::Body;
use crate::problem::Problem;

handled_routes!("/reports/{number}");

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(supplement))
        .routes(routes!(correct_filing))
        .routes(routes!(verify))
        .routes(routes!(decline))
        .routes(routes!(mark_repeated))
        .routes(routes!(hand_over))
        .routes(routes!(record_result))
        .routes(routes!(notify))
        .routes(routes!(pause_clock))
        .routes(routes!(resume_clock))
        .routes(routes!(dispute_handling))
        .routes(routes!(agree_handling))
        .routes(routes!(add_note))
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
    let request = once.request(&principal, bytes);
    let asked = command.clone();
    let reach = async {
        let found = reached::<Report>(&app, &principal, &number).await?;
        is_there(&app, &principal, &found.0, &asked).await?;
        Ok(found)
    };
    request.carry_out(&app, reach, command).await
}

/// What a command names besides the report: an earlier one that is the officer's to see as
/// well and about the same thing, a partner of the directory.
async fn is_there(
    app: &App,
    principal: &Principal,
    report: &Loaded<Report>,
    command: &Command,
) -> Result<(), Problem> {
    let unknown = |field| Problem::invalid(field, Text::new("invalid-unknown-value"));
    match command {
        Command::MarkRepeated { of, reason } => {
            let earlier = for_officers::<Report>(app, principal, &of.to_string()).await;
            let earlier = earlier.map_err(|_| unknown("/of"))?;
            let same = is_on_the_same(&report.file, &earlier.file);
            same.map_err(|key| Problem::invalid("/of", Text::new(key)))?;
            is_repetition(app, principal, [report, &earlier], reason).await
        }
        Command::HandToEnforcement {
            partner: Some(partner),
            ..
        } => {
            let known: Option<(Partner, u64)> = app.store().partner(partner).await?;
            known.map(drop).ok_or_else(|| unknown("/partner"))
        }
        _ => Ok(()),
    }
}

/// Whether it can be a repetition: of a report that came before it, and of the same person
/// (Order 121 art. 35) as far as names tell. Keys of files grow with time.
async fn is_repetition(
    app: &App,
    principal: &Principal,
    [report, earlier]: [&Loaded<Report>; 2],
    reason: &str,
) -> Result<(), Problem> {
    let wrong = |key| Err(Problem::invalid("/of", Text::new(key)));
    if earlier.id >= report.id {
        return wrong("invalid-not-earlier");
    }
    // An answer tells who reported: it is for who may look up both of them (art. 37).
    let both = [&report.file, &earlier.file];
    if !both.iter().all(|it| may_look_up(principal, it)) {
        return Ok(());
    }
    if !both.iter().all(|it| it.reporter.is_named()) {
        return wrong("invalid-unnamed-reporter");
    }
    match is_one_person(app, principal, both, reason).await? {
        true => Ok(()),
        false => wrong("invalid-another-reporter"),
    }
}

/// An officer of the very unit that handles it, whose duty that is.
fn may_look_up(principal: &Principal, report: &Report) -> bool {
    matches!(principal, Principal::Officer { unit, role, .. }
        if *unit == report.unit.to_string() && role.does("read-identity"))
}

/// Whether two reports are of one person, by name or telephone. That they were compared, by
/// whom and why, is recorded in both, as a look is.
async fn is_one_person(
    app: &App,
    principal: &Principal,
    reports: [&Report; 2],
    reason: &str,
) -> Result<bool, Problem> {
    let [one, other] = reports.map(|it| it.number.to_string());
    let look = |number| async move {
        identity::recorded(app, principal, number, reason.to_owned(), None).await
    };
    let ((_, one), (_, other)) = (look(&one).await?, look(&other).await?);
    let shares = |field: &str| {
        let of = |who: &Option<Value>| who.as_ref()?.get(field).cloned();
        of(&one).is_some_and(|one| Some(one) == of(&other))
    };
    Ok(shares("name") || shares("phone"))
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Supplement {
    text: String,
    #[serde(default)]
    evidence: Vec<EvidenceReference>,
}

command! {
    /// Puts right what was taken down wrongly of who is reported; only what is given changes.
    post "/reports/{number}/correction", correct_filing(value: FilingCorrection) =>
        value.into()
}

command! {
    /// The reporter adds to her report.
    post "/reports/{number}/supplements", supplement(value: Supplement) =>
        Command::SupplementReport { text: value.text, evidence: value.evidence }
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct VerificationDecision {
    /// Whether an enforcement case is opened 立案.
    opens: bool,
    reason: String,
}

command! {
    /// Decides whether an enforcement case is opened (Penalty Procedure art. 18).
    post "/reports/{number}/verification", verify(value: VerificationDecision) =>
        Command::VerifyReport { opens: value.opens, reason: value.reason }
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NoPower {
    reason: String,
    /// Where the reporter can go.
    route: String,
}

command! {
    /// The authority has no power; the reporter is told where to go (Order 121 art. 34).
    post "/reports/{number}/refusal", decline(value: NoPower) =>
        Command::DeclineReport { reason: value.reason, route: value.route }
}

command! {
    /// Says that another authority should handle it (Order 121 art. 33).
    post "/reports/{number}/handling-dispute", dispute_handling(value: HandlingDispute) =>
        Command::DisputeHandling { with: value.with, reason: value.reason }
}

command! {
    /// Whichever of the two authorities takes it says so itself.
    post "/reports/{number}/handling-agreement", agree_handling(_value: Nothing) =>
        Command::AgreeHandling
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Repetition {
    /// The earlier report.
    #[schema(value_type = String)]
    of: CaseNumber,
    reason: String,
}

command! {
    /// The same person reported the same facts before (Order 121 art. 35).
    post "/reports/{number}/repetition", mark_repeated(value: Repetition) =>
        Command::MarkRepeated { of: value.of, reason: value.reason }
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct EnforcementCase {
    /// The enforcement system's name.
    system: String,
    /// The case's number there.
    case_number: String,
    /// The partner whose system it is: it tells the result itself.
    partner: Option<String>,
}

command! {
    /// Hands the case to an enforcement system: one that officers read, or a partner's,
    /// which tells the result itself. What was entered wrongly is entered anew.
    post "/reports/{number}/enforcement", hand_over(value: EnforcementCase) =>
        Command::HandToEnforcement {
            system: value.system,
            case_number: value.case_number,
            partner: value.partner,
        }
}

command! {
    /// Records how the enforcement case ended (Penalty Procedure art. 64).
    post "/reports/{number}/enforcement/result", record_result(value: EnforcementResult) =>
        Command::RecordEnforcement { result: value }
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ResultNotice {
    means: Means,
    result: String,
}

command! {
    /// Tells the reporter the result, where a law wants it (Order 121 art. 36).
    post "/reports/{number}/notice", notify(value: ResultNotice) =>
        Command::NotifyReporter { means: value.means, result: value.result }
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Stay {
    /// `hearing`, `public-notice`, `appraisal` or `suspension`.
    why: String,
}

command! {
    /// A stay: the period stands still from today on (Penalty Procedure art. 64).
    post "/reports/{number}/clocks/{seq}/stay" of seq, pause_clock(value: Stay) =>
        Command::PauseClock { clock: seq, why: value.why }
}

command! {
    /// The stay ends with today.
    post "/reports/{number}/clocks/{seq}/resumption" of seq, resume_clock(_value: Nothing) =>
        Command::ResumeClock { clock: seq }
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Note {
    body: String,
}

command! {
    /// Adds a note to the report's file.
    post "/reports/{number}/notes", add_note(value: Note) =>
        Command::AddNote { body: value.body }
}
