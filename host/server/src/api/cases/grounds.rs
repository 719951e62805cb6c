//! The grounds of Order 121 art. 16 as a checklist, and of a mediation what else ends it
//! (art. 42): what the file says for each and against it, and what an officer found. It
//! refuses and ends nothing by itself.

use axum::Json;
use axum::extract::State;
use hejie_domain::case::Case;
use hejie_domain::case::complaint::Complaint;
use hejie_domain::case::link::Relation;
use hejie_domain::case::phase::Phase;
use hejie_domain::identifiers::unit_id::UnitId;
use hejie_domain::text::{Bilingual, Text};
use hejie_store::Trait;
use jiff::{ToSpan, Unit};
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;

use super::likeness::{of_officer, others_alike};
use super::visible;
use crate::address::Path;
use crate::api::identity::{self, Known};
use crate::app::App;
use crate::auth::Principal;
use crate::kept::case::likeness;
use crate::problem::Problem;

#[derive(Serialize, ToSchema)]
pub struct Checklist {
    /// The rule pack by which the complaint is judged.
    procedure: String,
    grounds: Vec<Ground>,
}

#[derive(Serialize, ToSchema)]
struct Ground {
    id: String,
    article: String,
    #[schema(value_type = Object)]
    text: Bilingual,
    /// What the file itself says.
    facts: Vec<Fact>,
    /// The latest finding of an officer, with the evidence for and against.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    finding: Option<Value>,
}

/// Which way a fact speaks.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum Speaks {
    For,
    Against,
}

#[derive(Serialize, ToSchema)]
struct Fact {
    id: &'static str,
    #[schema(value_type = Object)]
    text: Bilingual,
    speaks: Speaks,
    value: u64,
}

/// A fact that speaks for a ground where there is any of it.
fn speaks_for(id: &'static str, value: u64) -> Option<Fact> {
    (value > 0).then(|| fact(id, Speaks::For, value))
}

/// The same, against it.
fn speaks_against(id: &'static str, value: u64) -> Option<Fact> {
    (value > 0).then(|| fact(id, Speaks::Against, value))
}

fn fact(id: &'static str, speaks: Speaks, value: u64) -> Fact {
    let text = Text::new(format!("fact-{id}"));
    Fact {
        id,
        text: hejie_texts::both(&text),
        speaks,
        value,
    }
}

/// The grounds for refusal with what speaks for and against each, for officers of the
/// complaint.
#[utoipa::path(get, path = "/cases/{number}/grounds", tag = "cases",
    params(("number" = String, Path, description = "The case number")),
    responses((status = 200, body = Checklist), (status = 403), (status = 404)))]
pub async fn list(
    State(app): State<App>,
    principal: Principal,
    Path(number): Path<String>,
) -> Result<Json<Checklist>, Problem> {
    let loaded = visible(&app, &principal, &number).await?;
    of_officer(&principal)?;
    let case = &loaded.file;
    let complaint = case.complaint.as_ref().ok_or_else(Problem::not_found)?;
    let rules = app.rules();
    let procedure = rules.procedure(&complaint.procedure);
    let mut grounds = Vec::new();
    // What only ends a mediation is there to be found once there is one.
    let later = procedure
        .filter(|_| case.phase == Phase::Accepted)
        .into_iter();
    let refusals = procedure.into_iter().flat_map(|it| &it.refusal_grounds);
    for ground in refusals.chain(later.flat_map(|it| &it.later_grounds)) {
        let weighed = complaint.weighed.iter().find(|it| it.ground == ground.id);
        grounds.push(Ground {
            id: ground.id.clone(),
            article: ground.article.clone(),
            text: ground.text.clone(),
            facts: facts(&app, &principal, &ground.id, case, complaint).await?,
            finding: weighed.map(|it| json!(it)),
        });
    }
    Ok(Json(Checklist {
        procedure: complaint.procedure.clone(),
        grounds,
    }))
}

async fn facts(
    app: &App,
    principal: &Principal,
    ground: &str,
    case: &Case,
    complaint: &Complaint,
) -> Result<Vec<Fact>, Problem> {
    let found = match ground {
        "no-power" => power(complaint),
        "already-handled" => handled(app, case).await?,
        "no-living-needs" => vec![
            speaks_against("order-named", u64::from(case.filing.order.is_some())),
            speaks_against("pieces-of-evidence", case.evidence.len() as u64),
        ],
        "over-three-years" => vec![age(case, complaint)],
        "material-missing" => material(complaint),
        "false-identity" => identities(&identity::of_case(app, case, principal).await?),
        _ => Vec::new(),
    };
    Ok(found.into_iter().flatten().collect())
}

/// Art. 16(1): whether the authority is the one of the place that the filing names.
fn power(complaint: &Complaint) -> Vec<Option<Fact>> {
    let competent = UnitId::of(&complaint.jurisdiction.division) == complaint.unit.authority();
    let disputed = complaint.dispute.is_some();
    vec![
        speaks_against("competent-here", u64::from(competent)),
        speaks_for("competent-elsewhere", u64::from(!competent)),
        speaks_for("other-authority-named", u64::from(disputed)),
    ]
}

/// Art. 16(2): the same dispute elsewhere, as officers linked it and as the order says.
async fn handled(app: &App, case: &Case) -> Result<Vec<Option<Fact>>, Problem> {
    let linked = case.links.iter();
    let linked = linked.filter(|it| it.relation == Relation::SameDispute);
    let same = match likeness(case).of(Trait::Purchase) {
        Some(purchase) => others_alike(app, case.received_on, Trait::Purchase, purchase).await?,
        None => 0,
    };
    let transfers = case.complaint.iter().flat_map(|it| &it.transfers);
    let elsewhere = transfers.filter(|it| it.was_handled());
    Ok(vec![
        speaks_for("handled-elsewhere", elsewhere.count() as u64),
        speaks_for("linked-same-dispute", linked.count() as u64),
        speaks_for("others-on-purchase", same),
    ])
}

/// Art. 16(4): how long ago it was, at the least, by the latest day that she states.
fn age(case: &Case, complaint: &Complaint) -> Option<Fact> {
    let facts = &case.filing.facts;
    let known = [facts.received_on, facts.requested_on];
    let day = known.into_iter().flatten().max()?;
    let days = day.until((Unit::Day, complaint.received_on)).ok()?;
    let limit = day.checked_add(3.years()).ok()?;
    let speaks = match complaint.received_on > limit {
        true => Speaks::For,
        false => Speaks::Against,
    };
    let days = u64::try_from(days.get_days()).unwrap_or(0);
    Some(fact("days-since-purchase", speaks, days))
}

/// Art. 16(6): of each person whether she is who the file says she is. That another name was
/// verified than was filed may be a slip, a married name or another person: an officer weighs.
fn identities(known: &[Known]) -> Vec<Option<Fact>> {
    let count = |is: fn(&Known) -> bool| known.iter().filter(|it| is(it)).count() as u64;
    vec![
        speaks_for("identity-of-another-name", count(Known::has_another_name)),
        speaks_for("identity-not-confirmed", count(Known::was_denied)),
        speaks_against("identity-verified", count(Known::is_verified)),
    ]
}

/// Art. 16(5): what was asked for, and whether it came.
fn material(complaint: &Complaint) -> Vec<Option<Fact>> {
    let Some(request) = &complaint.material else {
        return Vec::new();
    };
    let items = request.items.len() as u64;
    vec![match request.provided {
        Some(_) => speaks_against("material-provided", items),
        None => speaks_for("material-asked-for", items),
    }]
}
