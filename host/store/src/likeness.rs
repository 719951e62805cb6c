//! By what disputes are alike, and reports: found by a hash of what they share.

use hejie_domain::identifiers::digest::Digest;
use jiff::civil::Date;
use sqlx::{AnyConnection, Row};

use crate::connection::Store;
use crate::error::StoreError;

/// Files that are looked at for those of one subtree, so that an operator whom the whole
/// country complains of costs no more than others.
const LOOKED_AT: i64 = 2_000;

/// Something that two disputes, or two reports, may share.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Trait {
    /// The consumer, by her telephone.
    Person,
    /// The consumer, by what stands for her verified identity.
    Identity,
    /// Where she lives, as it was written.
    Place,
    /// The operator complained of.
    Operator,
    /// The operator and the object category.
    OperatorAndCategory,
    /// The operator and the number of the order: one purchase.
    Purchase,
    /// The operator that a report is about.
    Reported,
    /// That operator and the class of breach: one matter.
    ReportedBreach,
}

impl Trait {
    pub const ALL: [Trait; 8] = [
        Trait::Person,
        Trait::Identity,
        Trait::Place,
        Trait::Operator,
        Trait::OperatorAndCategory,
        Trait::Purchase,
        Trait::Reported,
        Trait::ReportedBreach,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Trait::Person => "person",
            Trait::Identity => "identity",
            Trait::Place => "place",
            Trait::Operator => "operator",
            Trait::OperatorAndCategory => "operator-and-category",
            Trait::Purchase => "purchase",
            Trait::Reported => "reported",
            Trait::ReportedBreach => "reported-breach",
        }
    }
}

/// The traits of a dispute, hashed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Likeness {
    pub filed_on: Date,
    /// In the order of [`Trait::ALL`].
    pub traits: Vec<(Trait, String)>,
}

impl Likeness {
    /// The trait's value of what it is made of.
    pub fn value(parts: &[&str]) -> String {
        let mut bytes = Vec::new();
        for part in parts {
            bytes.extend_from_slice(part.trim().as_bytes());
            bytes.push(0);
        }
        Digest::of(&bytes).to_string()
    }

    /// As they are kept: the trait's name, its value and the day, in the order of these.
    pub(crate) fn rows(&self) -> Vec<(String, String, String)> {
        let day = self.filed_on.to_string();
        let traits = self.traits.iter();
        let mut rows: Vec<_> = traits
            .map(|(of, value)| (of.name().to_owned(), value.clone(), day.clone()))
            .collect();
        rows.sort();
        rows
    }

    pub fn of(&self, wanted: Trait) -> Option<&str> {
        let found = self.traits.iter().find(|(of, _)| *of == wanted);
        found.map(|(_, value)| value.as_str())
    }
}

/// How many disputes have a trait, and how many different values of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spread {
    pub disputes: u64,
    pub values: u64,
}

/// A file that shares something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alike {
    pub case_id: String,
    pub number: String,
    pub phase: String,
    pub category: String,
    pub filed_on: String,
}

/// Writes the traits of a dispute that is opened, or made anew.
pub(crate) async fn put(
    connection: &mut AnyConnection,
    case_id: &str,
    likeness: &Likeness,
) -> Result<(), StoreError> {
    for (of, value, filed_on) in likeness.rows() {
        sqlx::query(
            "INSERT INTO likeness (trait, value, filed_on, case_id) VALUES ($1, $2, $3, $4)",
        )
        .bind(of)
        .bind(value)
        .bind(filed_on)
        .bind(case_id)
        .execute(&mut *connection)
        .await?;
    }
    Ok(())
}

pub(crate) async fn remove(connection: &mut AnyConnection, id: &str) -> Result<u64, StoreError> {
    let removed = sqlx::query("DELETE FROM likeness WHERE case_id = $1")
        .bind(id)
        .execute(connection)
        .await?;
    Ok(removed.rows_affected())
}

/// Most commits change no trait; then nothing is written.
pub(crate) async fn change(
    connection: &mut AnyConnection,
    case_id: &str,
    likeness: &Likeness,
) -> Result<(), StoreError> {
    if kept(connection, case_id).await? == likeness.rows() {
        return Ok(());
    }
    remove(connection, case_id).await?;
    put(connection, case_id, likeness).await
}

/// What is kept of a dispute, in the order of its traits' names.
pub(crate) async fn kept(
    connection: &mut AnyConnection,
    id: &str,
) -> Result<Vec<(String, String, String)>, StoreError> {
    Ok(sqlx::query_as(
        "SELECT trait, value, filed_on FROM likeness WHERE case_id = $1 ORDER BY trait, value",
    )
    .bind(id)
    .fetch_all(connection)
    .await?)
}

impl Store {
    /// The disputes at units of a subtree that share a value with `case_id`, from a day on,
    /// newest first; of those that share it the newest 2,000 are looked at.
    pub async fn alike(
        &self,
        case_id: &str,
        (of, value): (Trait, &str),
        from: Date,
        digits: &str,
        limit: u32,
    ) -> Result<Vec<Alike>, StoreError> {
        // A range, as everywhere; `:` comes after the digits and the hyphen.
        let rows = sqlx::query(
            "SELECT newest.case_id, number, phase, category, filed_on
             FROM (SELECT case_id, filed_on FROM likeness
                   WHERE trait = $1 AND value = $2 AND filed_on >= $3
                   ORDER BY filed_on DESC, case_id DESC LIMIT $4) AS newest
                 JOIN cases ON cases.case_id = newest.case_id
             WHERE COALESCE(division, unit) >= $5 AND COALESCE(division, unit) < $6
                 AND newest.case_id <> $7
             ORDER BY filed_on DESC, newest.case_id DESC LIMIT $8",
        )
        .bind(of.name())
        .bind(value)
        .bind(from.to_string())
        .bind(LOOKED_AT)
        .bind(digits)
        .bind(format!("{digits}:"))
        .bind(case_id)
        .bind(i64::from(limit))
        .fetch_all(&self.pool)
        .await?;
        let alike = |row: &sqlx::any::AnyRow| -> Result<Alike, StoreError> {
            Ok(Alike {
                case_id: row.try_get("case_id")?,
                number: row.try_get("number")?,
                phase: row.try_get("phase")?,
                category: row.try_get("category")?,
                filed_on: row.try_get("filed_on")?,
            })
        };
        rows.iter().map(alike).collect()
    }

    /// How many disputes share a value from a day on.
    pub async fn count_alike(&self, of: Trait, value: &str, from: Date) -> Result<u64, StoreError> {
        let (count,): (i64,) = sqlx::query_as(
            "SELECT COUNT(*) FROM likeness WHERE trait = $1 AND value = $2 AND filed_on >= $3",
        )
        .bind(of.name())
        .bind(value)
        .bind(from.to_string())
        .fetch_one(&self.pool)
        .await?;
        Ok(u64::try_from(count).unwrap_or_default())
    }

    /// All disputes that have a trait, from a day on.
    pub async fn spread(&self, of: Trait, from: Date) -> Result<Spread, StoreError> {
        let (disputes, values): (i64, i64) = sqlx::query_as(
            "SELECT COUNT(*), COUNT(DISTINCT value) FROM likeness
             WHERE trait = $1 AND filed_on >= $2",
        )
        .bind(of.name())
        .bind(from.to_string())
        .fetch_one(&self.pool)
        .await?;
        let count = |it: i64| u64::try_from(it).unwrap_or_default();
        Ok(Spread {
            disputes: count(disputes),
            values: count(values),
        })
    }

    /// Of the disputes that share a value, how many different values of another trait
    /// they have: persons against one operator, persons at one place.
    pub async fn count_among(
        &self,
        of: Trait,
        value: &str,
        from: Date,
        other: Trait,
    ) -> Result<u64, StoreError> {
        let (count,): (i64,) = sqlx::query_as(
            "SELECT COUNT(DISTINCT others.value)
             FROM likeness shared JOIN likeness others ON others.case_id = shared.case_id
             WHERE shared.trait = $1 AND shared.value = $2 AND shared.filed_on >= $3
               AND others.trait = $4",
        )
        .bind(of.name())
        .bind(value)
        .bind(from.to_string())
        .bind(other.name())
        .fetch_one(&self.pool)
        .await?;
        Ok(u64::try_from(count).unwrap_or_default())
    }

    /// How many disputes share both of two values from a day on.
    pub async fn count_both(
        &self,
        one: (Trait, &str),
        other: (Trait, &str),
        from: Date,
    ) -> Result<u64, StoreError> {
        let (count,): (i64,) = sqlx::query_as(
            "SELECT COUNT(*) FROM likeness a JOIN likeness b ON b.case_id = a.case_id
             WHERE a.trait = $1 AND a.value = $2 AND a.filed_on >= $3
               AND b.trait = $4 AND b.value = $5",
        )
        .bind(one.0.name())
        .bind(one.1)
        .bind(from.to_string())
        .bind(other.0.name())
        .bind(other.1)
        .fetch_one(&self.pool)
        .await?;
        Ok(u64::try_from(count).unwrap_or_default())
    }
}
