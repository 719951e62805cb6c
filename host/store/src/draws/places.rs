//! The files that a draw was made from, each at its place.

use hejie_domain::identifiers::digest::Digest;
use sqlx::{AnyConnection, AssertSqlSafe};

use crate::entry::{integer, natural};
use crate::error::StoreError;

/// Rows of one statement.
const ROWS: usize = 200;

/// A file of a draw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrawPlace {
    /// Counted from 1.
    pub place: u64,
    pub number: String,
    pub sample: String,
    pub drawn: bool,
}

type Row = (i64, String, String, i64);

pub(super) fn read((place, number, sample, drawn): Row) -> Result<DrawPlace, StoreError> {
    Ok(DrawPlace {
        place: natural(place)?,
        number,
        sample,
        drawn: drawn != 0,
    })
}

/// The SHA-256 of a line for each.
pub(crate) fn digest(places: &[DrawPlace]) -> Digest {
    let lines = places.iter().map(|it| {
        let drawn = u8::from(it.drawn);
        format!("{} {} {} {drawn}\n", it.place, it.number, it.sample)
    });
    Digest::of(lines.collect::<String>().as_bytes())
}

pub(super) async fn insert(
    connection: &mut AnyConnection,
    draw: &str,
    places: &[DrawPlace],
) -> Result<(), StoreError> {
    for some in places.chunks(ROWS) {
        let statement = statement(some.len());
        let mut query = sqlx::query(AssertSqlSafe(statement));
        for it in some {
            query = query
                .bind(draw.to_owned())
                .bind(integer(it.place)?)
                .bind(it.number.clone())
                .bind(it.sample.clone())
                .bind(i64::from(it.drawn));
        }
        query.execute(&mut *connection).await?;
    }
    Ok(())
}

/// Inserts so many rows of five columns.
fn statement(rows: usize) -> String {
    let row = |row: usize| {
        let columns = (1..=5).map(|column| format!("${}", row * 5 + column));
        format!("({})", columns.collect::<Vec<_>>().join(", "))
    };
    let values = (0..rows).map(row).collect::<Vec<_>>().join(", ");
    format!("INSERT INTO visit_places (draw_id, place, number, sample, drawn) VALUES {values}")
}

/// All of a draw, in their order.
pub(crate) async fn all(
    connection: &mut AnyConnection,
    draw: &str,
) -> Result<Vec<DrawPlace>, StoreError> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT place, number, sample, drawn FROM visit_places WHERE draw_id = $1 ORDER BY place",
    )
    .bind(draw)
    .fetch_all(connection)
    .await?;
    rows.into_iter().map(read).collect()
}
