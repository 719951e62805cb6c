//! Making a draw.

use hejie_domain::case::Actor;
use hejie_domain::day::strict_date;
use hejie_domain::identifiers::digest::Digest;
use hejie_domain::identifiers::unit_id::UnitId;
use hejie_domain::visits::{Drawn, Population, SampleCount, Wanted};
use hejie_store::{DrawPlace, NewDraw};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{TYP, seed};
use crate::exchange::{Identity, Signed, key_text, sign};

/// What is drawn from, and by which rule: all that there is before the seed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Statement {
    /// Whose act it is: its own files and those of the units below it.
    #[schema(value_type = String)]
    pub unit: UnitId,
    /// What ended on these days.
    #[serde(with = "strict_date")]
    #[schema(value_type = String, format = Date)]
    pub from: Date,
    #[serde(with = "strict_date")]
    #[schema(value_type = String, format = Date)]
    pub to: Date,
    /// All of them are asked.
    pub full: bool,
    /// The rule pack in force on the day of the draw.
    pub procedure: String,
    /// Sample by sample: its rule, its files, how many are asked.
    pub samples: Vec<SampleCount>,
    pub files: u64,
    /// The SHA-256 of a line `NUMBER SAMPLE` for each file, in the order of the numbers.
    #[schema(value_type = String)]
    pub population: Digest,
}

/// A draw as it is kept and told.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Draw {
    pub id: String,
    pub statement: Statement,
    /// The statement, signed by the server that drew (JWS, EdDSA).
    pub signed: Signed,
    /// The public key of that signature.
    pub key: String,
    /// The SHA-256 of the signature. Files are ordered by the SHA-256 of `SEED NUMBER`; of
    /// each sample the first are asked.
    #[schema(value_type = String)]
    pub seed: Digest,
    #[schema(value_type = Object)]
    pub by: Actor,
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
}

/// Draws, and says what is to be kept of it.
pub fn make(
    wanted: Wanted,
    population: &Population,
    (unit, procedure): (UnitId, String),
    (by, at): (Actor, Timestamp),
    identity: &Identity,
) -> Result<(Draw, NewDraw), serde_json::Error> {
    let statement = Statement {
        unit,
        from: wanted.from,
        to: wanted.to,
        full: wanted.full,
        procedure,
        samples: population.counts(),
        files: population.len() as u64,
        population: population.digest(),
    };
    let payload = serde_jcs::to_vec(&statement)?;
    let signed = sign(&identity.key, &identity.code, TYP, &payload);
    let draw = Draw {
        id: Uuid::now_v7().to_string(),
        seed: seed(&signed),
        key: key_text(&identity.key.verifying_key()),
        statement,
        signed,
        by,
        at,
    };
    let kept = kept(&draw, population.draw(&draw.seed))?;
    Ok((draw, kept))
}

fn kept(draw: &Draw, drawn: Vec<Drawn>) -> Result<NewDraw, serde_json::Error> {
    let places = (1..).zip(drawn).map(|(place, it)| DrawPlace {
        place,
        number: it.number.to_string(),
        sample: it.sample,
        drawn: it.drawn,
    });
    Ok(NewDraw {
        id: draw.id.clone(),
        unit: draw.statement.unit.to_string(),
        from: draw.statement.from,
        to: draw.statement.to,
        sampled: !draw.statement.full,
        document: serde_json::to_value(draw)?,
        places: places.collect(),
    })
}
