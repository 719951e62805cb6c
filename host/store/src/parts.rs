//! What waits in files for other units than those that handle them: what they are to do, and
//! the answers that they wait for.

use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AssertSqlSafe, Row};

use crate::cases::CaseRow;
use crate::connection::Store;
use crate::entry::integer;
use crate::error::StoreError;

/// What is awaited.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Awaited {
    /// The part that a unit has.
    Part,
    /// A unit's word on who handles the file.
    Agreement,
    /// A unit's decision on more time.
    Approval,
    /// The handling unit's answer to the unit that supervises.
    Answer,
    /// What a unit is to do in an incident.
    Task,
    /// A superior's word on who handles the file.
    Designation,
}

impl Awaited {
    const ALL: [Awaited; 6] = [
        Awaited::Part,
        Awaited::Agreement,
        Awaited::Approval,
        Awaited::Answer,
        Awaited::Task,
        Awaited::Designation,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Awaited::Part => "part",
            Awaited::Agreement => "agreement",
            Awaited::Approval => "approval",
            Awaited::Answer => "answer",
            Awaited::Task => "task",
            Awaited::Designation => "designation",
        }
    }

    pub fn named(name: &str) -> Option<Awaited> {
        Awaited::ALL.into_iter().find(|it| it.name() == name)
    }
}

/// Something that is still awaited.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct PartRow {
    pub what: Awaited,
    /// The number within the file, among those of its kind.
    pub seq: u32,
    /// Who is to do it; of an answer, who waits for it.
    pub unit: String,
    /// YYYY-MM-DD: the last day for it.
    pub due_on: String,
}

/// A part that is awaited, with the file it is in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AwaitedPart {
    pub case_id: String,
    pub number: String,
    pub kind: String,
    /// The unit that handles the file.
    pub handled_by: Option<String>,
    pub part: PartRow,
}

/// Where a part stands on the list; the default is before all of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PartPlace {
    /// YYYY-MM-DD.
    pub due_on: String,
    /// Of the file. Keys would tell in which order files came, and so which came together.
    pub number: String,
    /// By name, as they are ordered.
    pub what: String,
    pub seq: u32,
}

/// A stretch of the list of parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartPage {
    pub parts: Vec<AwaitedPart>,
    /// Where the next page begins; `None` at the end.
    pub next: Option<PartPlace>,
}

impl AwaitedPart {
    fn place(&self) -> PartPlace {
        PartPlace {
            due_on: self.part.due_on.clone(),
            number: self.number.clone(),
            what: self.part.what.name().to_owned(),
            seq: self.part.seq,
        }
    }
}

/// Writes what is awaited, in the transaction of the case itself. Where no unit handles the
/// file nothing is written.
pub(crate) async fn put(connection: &mut AnyConnection, row: &CaseRow) -> Result<(), StoreError> {
    let Some(parts) = &row.parts else {
        return Ok(());
    };
    remove(connection, &row.case_id).await?;
    for part in parts {
        sqlx::query(
            "INSERT INTO parts (case_id, what, seq, unit, due_on, number)
             VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .bind(row.case_id.as_str())
        .bind(part.what.name())
        .bind(integer(u64::from(part.seq))?)
        .bind(part.unit.as_str())
        .bind(part.due_on.as_str())
        .bind(row.number.as_str())
        .execute(&mut *connection)
        .await?;
    }
    Ok(())
}

pub(crate) async fn remove(connection: &mut AnyConnection, id: &str) -> Result<u64, StoreError> {
    let removed = sqlx::query("DELETE FROM parts WHERE case_id = $1")
        .bind(id)
        .execute(connection)
        .await?;
    Ok(removed.rows_affected())
}

/// What is kept of a file, in the order of the rows.
pub(crate) async fn kept(
    connection: &mut AnyConnection,
    id: &str,
) -> Result<Vec<PartRow>, StoreError> {
    let rows = sqlx::query("SELECT what, seq, unit, due_on FROM parts WHERE case_id = $1")
        .bind(id)
        .fetch_all(connection)
        .await?;
    let mut parts = rows.iter().map(part).collect::<Result<Vec<_>, _>>()?;
    parts.sort();
    Ok(parts)
}

fn part(row: &AnyRow) -> Result<PartRow, StoreError> {
    let (what, seq): (String, i64) = (row.try_get("what")?, row.try_get("seq")?);
    let unknown = || StoreError::Corrupt(format!("what is awaited: {what}"));
    Ok(PartRow {
        what: Awaited::named(&what).ok_or_else(unknown)?,
        seq: u32::try_from(seq).map_err(|fault| StoreError::Corrupt(fault.to_string()))?,
        unit: row.try_get("unit")?,
        due_on: row.try_get("due_on")?,
    })
}

/// Of all that units are to do, or of one kind. Written out, because the index of each list
/// is of these words.
fn wanted(what: Option<Awaited>) -> String {
    let to_do = "what <> 'answer'";
    match what {
        None => to_do.to_owned(),
        Some(Awaited::Answer) => "what = 'answer'".to_owned(),
        Some(what) => format!("{to_do} AND what = '{}'", what.name()),
    }
}

impl Store {
    /// What units of a subtree are to do, or one kind of what is awaited, the one that is due
    /// first foremost, from a page's `next` on. Answers are not theirs to give: only who asks
    /// for them is told of them.
    pub async fn awaited_parts(
        &self,
        digits: &str,
        what: Option<Awaited>,
        after: Option<&PartPlace>,
        limit: u32,
    ) -> Result<PartPage, StoreError> {
        let start = PartPlace::default();
        let after = after.unwrap_or(&start);
        // A range uses the index; `:` comes after the digits and the hyphen.
        let rows = sqlx::query(AssertSqlSafe(format!(
            "SELECT cases.number, cases.kind, COALESCE(cases.unit, cases.division) AS handled_by,
                 parts.case_id, parts.what, parts.seq, parts.unit, parts.due_on
             FROM (SELECT * FROM parts WHERE unit >= $1 AND unit < $2 AND {}
                       AND (due_on, number, what, seq) > ($3, $4, $5, $6)
                   ORDER BY due_on, number, what, seq LIMIT $7) AS parts
                 JOIN cases ON cases.case_id = parts.case_id
             ORDER BY parts.due_on, parts.number, parts.what, parts.seq",
            wanted(what)
        )))
        .bind(digits.to_owned())
        .bind(format!("{digits}:"))
        .bind(after.due_on.clone())
        .bind(after.number.clone())
        .bind(after.what.clone())
        .bind(i64::from(after.seq))
        .bind(i64::from(limit) + 1)
        .fetch_all(&self.pool)
        .await?;
        let mut parts = rows.iter().map(awaited).collect::<Result<Vec<_>, _>>()?;
        let more = parts.len() > limit as usize;
        parts.truncate(limit as usize);
        let next = parts.last().filter(|_| more).map(AwaitedPart::place);
        Ok(PartPage { parts, next })
    }
}

fn awaited(row: &AnyRow) -> Result<AwaitedPart, StoreError> {
    Ok(AwaitedPart {
        case_id: row.try_get("case_id")?,
        number: row.try_get("number")?,
        kind: row.try_get("kind")?,
        handled_by: row.try_get("handled_by")?,
        part: part(row)?,
    })
}
