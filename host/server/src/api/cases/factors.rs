//! The facts that Order 121 art. 17 names, each beside what is usual: what an officer weighs,
//! and nothing that refuses by itself.

use axum::Json;
use axum::extract::State;
use hejie_domain::case::Case;
use hejie_domain::text::{Bilingual, Text};
use hejie_store::{Likeness, Spread, Trait};
use serde::Serialize;
use utoipa::ToSchema;

use super::likeness::{YEAR, days_ago, of_officer};
use super::visible;
use crate::address::Path;
use crate::app::App;
use crate::auth::Principal;
use crate::kept::case::likeness;
use crate::problem::Problem;
use crate::usual::{MONTH, Usual};

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

/// A number beside what is usual.
#[derive(Serialize, ToSchema)]
struct Fact {
    id: &'static str,
    #[schema(value_type = Object)]
    text: Bilingual,
    value: u64,
    /// What is usual is `base_numerator / base_denominator`: for instance disputes per
    /// person against this operator.
    base_numerator: u64,
    base_denominator: u64,
}

impl Fact {
    fn of(id: &'static str, value: u64, base: Spread) -> Fact {
        let text = Text::new(format!("fact-{id}"));
        Fact {
            id,
            text: hejie_texts::both(&text),
            value,
            base_numerator: base.disputes,
            base_denominator: base.values,
        }
    }
}

/// The factors of art. 17 with the facts that are known, for officers of the complaint.
/// What is usual among all disputes is counted once a day.
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
    let (likeness, usual) = (likeness(case), app.usual().await?);
    let mut factors = Vec::new();
    for ground in known.unwrap_or_default() {
        let facts = match ground.id.as_str() {
            "unusual-amount" => amount(&app, &likeness).await?,
            "many-complaints" => many(&app, &likeness, &usual).await?,
            "no-proof" => proof(case, &usual),
            "shared-contact" => contact(&app, &likeness, &usual).await?,
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

/// Art. 17(1): how often this person had to do with goods of this kind of this operator.
async fn amount(app: &App, likeness: &Likeness) -> Result<Vec<Fact>, Problem> {
    let goods = Trait::OperatorAndCategory;
    let fact = against(app, likeness, "person-on-goods", goods).await?;
    Ok(fact.into_iter().collect())
}

/// Art. 17(2): how often this person complained, and of this operator.
async fn many(app: &App, likeness: &Likeness, usual: &Usual) -> Result<Vec<Fact>, Problem> {
    let Some(person) = likeness.of(Trait::Person) else {
        return Ok(Vec::new());
    };
    let store = app.store();
    let (month, year) = (days_ago(app, MONTH), days_ago(app, YEAR));
    let by_month = store.count_alike(Trait::Person, person, month).await?;
    let by_year = store.count_alike(Trait::Person, person, year).await?;
    let mut facts = vec![
        Fact::of("person-in-30-days", by_month, usual.persons_of_month),
        Fact::of("person-in-365-days", by_year, usual.persons),
    ];
    let operator = Trait::Operator;
    facts.extend(against(app, likeness, "person-against-operator", operator).await?);
    if let Some(identity) = likeness.of(Trait::Identity) {
        let same = store.count_alike(Trait::Identity, identity, year).await?;
        facts.push(Fact::of("identity-in-365-days", same, usual.identities));
    }
    Ok(facts)
}

/// This person's disputes that share a trait, beside those of everybody that do.
async fn against(
    app: &App,
    likeness: &Likeness,
    id: &'static str,
    of: Trait,
) -> Result<Option<Fact>, Problem> {
    let (Some(person), Some(value)) = (likeness.of(Trait::Person), likeness.of(of)) else {
        return Ok(None);
    };
    let (store, year) = (app.store(), days_ago(app, YEAR));
    let both = store.count_both((Trait::Person, person), (of, value), year);
    let both = both.await?;
    let base = Spread {
        disputes: store.count_alike(of, value, year).await?,
        values: store.count_among(of, value, year, Trait::Person).await?,
    };
    Ok(Some(Fact::of(id, both, base)))
}

/// Art. 17(3): what she named to show the purchase; usual is the share of disputes that
/// name an order.
fn proof(case: &Case, usual: &Usual) -> Vec<Fact> {
    let orders = u64::from(case.filing.order.is_some());
    let base = Spread {
        disputes: usual.purchases.disputes,
        values: usual.persons.disputes,
    };
    vec![Fact::of("order-named", orders, base)]
}

/// Art. 17(4): persons who gave the same place, and places of one telephone; usual is how
/// many of the one there are to the other.
async fn contact(app: &App, likeness: &Likeness, usual: &Usual) -> Result<Vec<Fact>, Problem> {
    let (store, year) = (app.store(), days_ago(app, YEAR));
    let (persons, places) = (usual.persons.values, usual.places.values);
    let per = |disputes, values| Spread { disputes, values };
    let mut facts = Vec::new();
    if let Some(place) = likeness.of(Trait::Place) {
        let count = store.count_among(Trait::Place, place, year, Trait::Person);
        let usual = per(persons, places);
        facts.push(Fact::of("telephones-at-place", count.await?, usual));
    }
    if let Some(person) = likeness.of(Trait::Person) {
        let count = store.count_among(Trait::Person, person, year, Trait::Place);
        let usual = per(places, persons);
        facts.push(Fact::of("places-of-telephone", count.await?, usual));
    }
    Ok(facts)
}
