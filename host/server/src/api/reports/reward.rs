//! What a reward would come to by the rule: information, never a decision.

use axum::Json;
use axum::extract::State;
use hejie_domain::report::{EnforcementOutcome, Report};
use hejie_domain::rewards::{Grade, Reward};
use hejie_domain::text::{Bilingual, Text};
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

use crate::address::{Given, Parameters, Path, Query};
use crate::api::access::for_officers;
use crate::app::App;
use crate::auth::Principal;
use crate::problem::Problem;

#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Asked {
    /// How much the report helped: 1, 2 or 3.
    #[param(value_type = u32, minimum = 1, maximum = 3)]
    grade: Grade,
}

impl Parameters for Asked {
    const NAMES: &'static [&'static str] = &["grade"];

    fn read(given: &Given) -> Result<Asked, Problem> {
        let range = Text::new("invalid-range").arg("least", 1).arg("most", 3);
        let grade = given.get("grade", |text| text.parse().ok().and_then(Grade::of), range)?;
        let missing = || Problem::parameter("grade", Text::new("invalid-missing"));
        Ok(Asked {
            grade: grade.ok_or_else(missing)?,
        })
    }
}

#[derive(Serialize, ToSchema)]
pub struct Estimate {
    /// Whether the conditions that the file shows are met; that the breach is a major one
    /// is for the authority to find.
    possible: bool,
    /// What is missing, in words; empty where nothing is.
    missing: Vec<Bilingual>,
    #[serde(flatten)]
    #[schema(value_type = Object)]
    reward: Option<Reward>,
}

/// What the reward of a named reporter would come to (Interim Measures on Rewards for
/// Reporting Major Breaches in Market Regulation): of the fines and confiscations, with
/// the floor of the grade and the cap of a case.
#[utoipa::path(get, path = "/reports/{number}/reward", tag = "reports",
    params(("number" = String, Path, description = "The number of the report"), Asked),
    responses((status = 200, body = Estimate), (status = 403), (status = 404)))]
pub async fn estimate(
    State(app): State<App>,
    principal: Principal,
    Path(number): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Json<Estimate>, Problem> {
    let loaded = for_officers::<Report>(&app, &principal, &number).await?;
    let report = &loaded.file;
    let named = report.reporter.is_named();
    let result = report
        .enforcement
        .as_ref()
        .and_then(|it| it.result.as_ref());
    let rules = app.rules();
    let rule = result.and_then(|it| rules.reward_rule_on(it.decided_on));
    let reward = result
        .zip(rule)
        .and_then(|(result, rule)| rule.reward(asked.grade, result.penalty_fen));
    let missing = [
        (!named).then_some("reward-not-named"),
        result.is_none().then_some("reward-not-decided"),
        result
            .is_some_and(|it| it.outcome == EnforcementOutcome::NotEstablished)
            .then_some("reward-no-breach"),
    ];
    let missing: Vec<&str> = missing.into_iter().flatten().collect();
    let possible = missing.is_empty();
    Ok(Json(Estimate {
        possible,
        missing: missing
            .into_iter()
            .map(|id| hejie_texts::both(&Text::new(id)))
            .collect(),
        reward: reward.filter(|_| possible),
    }))
}
