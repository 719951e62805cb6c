//! What an officer weighs and nobody decides by itself: disputes that share something with
//! this one, and the facts that Order 121 art. 17 names, each beside what is usual.

use axum::Json;
use axum::extract::State;
use hejie_domain::case::Case;
use hejie_domain::case::time::civil_date;
use hejie_domain::text::Bilingual;
use hejie_store::{Alike, Likeness, Trait};
use jiff::ToSpan;
use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;

use super::visible;
use crate::address::Path;
use crate::app::App;
use crate::auth::{Principal, subtree_of};
use crate::kept::case::likeness;
use crate::problem::Problem;

/// How far back is looked, in days.
const YEAR: i64 = 365;
const MONTH: i64 = 30;
/// Disputes shown of one trait, at the most.
const SHOWN: u32 = 20;

#[derive(Serialize, ToSchema)]
pub struct Similar {
    shared: Vec<Shared>,
}

#[derive(Serialize, ToSchema)]
struct Shared {
    /// `purchase`, `identity`, `person`, `place`, `operator-and-category` or `operator`.
    by: &'static str,
    /// In the last 365 days, with those at other units; this one is not counted.
    count: u64,
    /// The newest of the officer's own units, at most 20.
    files: Vec<SharedFile>,
}

#[derive(Serialize, ToSchema)]
struct SharedFile {
    number: String,
    phase: String,
    category: String,
    filed_on: String,
}

/// Disputes that share the purchase, the person, her place or the operator with this
/// one; for officers. What is alike is a suggestion: to link it is theirs.
#[utoipa::path(get, path = "/cases/{number}/similar", tag = "cases",
    params(("number" = String, Path, description = "The case number")),
    responses((status = 200, body = Similar), (status = 403), (status = 404)))]
pub async fn similar(
    State(app): State<App>,
    principal: Principal,
    Path(number): Path<String>,
) -> Result<Json<Similar>, Problem> {
    let loaded = visible(&app, &principal, &number).await?;
    let digits = of_officer(&principal)?;
    let likeness = likeness(&loaded.file);
    let from = days_ago(&app, YEAR);
    let mut shared = Vec::new();
    for of in [
        Trait::Purchase,
        Trait::Identity,
        Trait::Person,
        Trait::Place,
        Trait::OperatorAndCategory,
        Trait::Operator,
    ] {
        let Some(value) = likeness.of(of) else {
            continue;
        };
        let others = others_alike(&app, &loaded.file, of, value).await?;
        let found = app.store().alike(of, value, from, SHOWN * 4).await?;
        shared.push(Shared {
            by: of.name(),
            count: others,
            files: own(found, &loaded.id, digits),
        });
    }
    Ok(Json(Similar { shared }))
}

/// Of the units that the officer sees, without the dispute itself.
fn own(found: Vec<Alike>, id: &str, digits: &str) -> Vec<SharedFile> {
    let theirs = |it: &Alike| {
        let unit = it.division.as_deref();
        it.case_id != id && unit.is_some_and(|unit| unit.starts_with(digits))
    };
    let shown = found.into_iter().filter(theirs).take(SHOWN as usize);
    shown
        .map(|it| SharedFile {
            number: it.number,
            phase: it.phase,
            category: it.category,
            filed_on: it.filed_on,
        })
        .collect()
}

pub(super) fn of_officer(principal: &Principal) -> Result<&str, Problem> {
    match principal {
        Principal::Officer { unit, .. } => Ok(subtree_of(unit)),
        _ => Err(Problem::forbidden()),
    }
}

/// How many others of the last year share this, wherever they are.
pub(super) async fn others_alike(
    app: &App,
    case: &Case,
    of: Trait,
    value: &str,
) -> Result<u64, Problem> {
    let from = days_ago(app, YEAR);
    let count = app.store().count_alike(of, value, from).await?;
    Ok(count.saturating_sub(u64::from(case.received_on >= from)))
}

fn days_ago(app: &App, days: i64) -> Date {
    let today = civil_date(app.clock().now());
    today.checked_sub(days.days()).unwrap_or(Date::MIN)
}

#[derive(Serialize, ToSchema)]
pub struct Factors {
    /// The rule pack by which the complaint is judged.
    procedure: String,
    factors: Vec<Factor>,
}

/// A factor of the law with what the files say of it; it refuses nothing by itself.
#[derive(Serialize, ToSchema)]
struct Factor {
    id: String,
    article: String,
    #[schema(value_type = Object)]
    text: Bilingual,
    facts: Vec<Fact>,
}

/// A number beside what is usual, where that can be said.
#[derive(Serialize, ToSchema)]
struct Fact {
    id: &'static str,
    #[schema(value_type = Object)]
    text: Bilingual,
    value: u64,
    /// What is usual is `base_numerator / base_denominator`: for instance disputes per
    /// person against this operator.
    #[serde(skip_serializing_if = "Option::is_none")]
    base_numerator: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    base_denominator: Option<u64>,
}

impl Fact {
    fn of(id: &'static str, value: u64, base: Option<(u64, u64)>) -> Fact {
        let text = hejie_domain::text::Text::new(format!("fact-{id}"));
        Fact {
            id,
            text: hejie_texts::both(&text),
            value,
            base_numerator: base.map(|(numerator, _)| numerator),
            base_denominator: base.map(|(_, denominator)| denominator),
        }
    }
}

/// The factors of art. 17 with the facts that are known, for officers of the complaint.
#[utoipa::path(get, path = "/cases/{number}/factors", tag = "cases",
    params(("number" = String, Path, description = "The case number")),
    responses((status = 200, body = Factors), (status = 403), (status = 404)))]
pub async fn factors(
    State(app): State<App>,
    principal: Principal,
    Path(number): Path<String>,
) -> Result<Json<Factors>, Problem> {
    let loaded = visible(&app, &principal, &number).await?;
    of_officer(&principal)?;
    let case = &loaded.file;
    let rules = app.rules();
    let pack = case.complaint_pack();
    let known = rules
        .procedure(pack)
        .map(|it| it.purpose_factors.as_slice());
    let likeness = likeness(case);
    let mut factors = Vec::new();
    for ground in known.unwrap_or_default() {
        let facts = match ground.id.as_str() {
            "many-complaints" => many(&app, &likeness).await?,
            "no-proof" => proof(case),
            "shared-contact" => contact(&app, &likeness).await?,
            _ => Vec::new(),
        };
        factors.push(Factor {
            id: ground.id.clone(),
            article: ground.article.clone(),
            text: ground.text.clone(),
            facts,
        });
    }
    Ok(Json(Factors {
        procedure: pack.to_owned(),
        factors,
    }))
}

/// Art. 17(2): how often this person complained, and of this operator.
async fn many(app: &App, likeness: &Likeness) -> Result<Vec<Fact>, Problem> {
    let store = app.store();
    let (Some(person), Some(operator)) = (likeness.of(Trait::Person), likeness.of(Trait::Operator))
    else {
        return Ok(Vec::new());
    };
    let (month, year) = (days_ago(app, MONTH), days_ago(app, YEAR));
    let by_month = store.count_alike(Trait::Person, person, month).await?;
    let by_year = store.count_alike(Trait::Person, person, year).await?;
    let pair = (Trait::Person, person);
    let both = store.count_both(pair, (Trait::Operator, operator), year);
    let both = both.await?;
    let all = store.count_alike(Trait::Operator, operator, year).await?;
    let persons = store.count_among(Trait::Operator, operator, year, Trait::Person);
    let persons = persons.await?;
    let mut facts = vec![
        Fact::of("person-in-30-days", by_month, None),
        Fact::of("person-in-365-days", by_year, None),
        Fact::of("person-against-operator", both, Some((all, persons))),
    ];
    if let Some(identity) = likeness.of(Trait::Identity) {
        let same = store.count_alike(Trait::Identity, identity, year).await?;
        facts.push(Fact::of("identity-in-365-days", same, None));
    }
    Ok(facts)
}

/// Art. 17(3): what she named to show the purchase.
fn proof(case: &Case) -> Vec<Fact> {
    let orders = u64::from(case.filing.order.is_some());
    let evidence = case.evidence.len() as u64;
    vec![
        Fact::of("order-named", orders, None),
        Fact::of("pieces-of-evidence", evidence, None),
    ]
}

/// Art. 17(4): persons who gave the same place, and places of one telephone.
async fn contact(app: &App, likeness: &Likeness) -> Result<Vec<Fact>, Problem> {
    let (store, year) = (app.store(), days_ago(app, YEAR));
    let mut facts = Vec::new();
    if let Some(place) = likeness.of(Trait::Place) {
        let persons = store.count_among(Trait::Place, place, year, Trait::Person);
        facts.push(Fact::of("telephones-at-place", persons.await?, None));
    }
    if let Some(person) = likeness.of(Trait::Person) {
        let places = store.count_among(Trait::Person, person, year, Trait::Place);
        facts.push(Fact::of("places-of-telephone", places.await?, None));
    }
    Ok(facts)
}
