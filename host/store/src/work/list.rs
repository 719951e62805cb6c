//! Pages of the list.

use jiff::civil::Date;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AssertSqlSafe, Row};

use super::filter::WorkFilter;
use super::windows;
use crate::connection::Store;
use crate::error::StoreError;

/// A file as the list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkItem {
    /// Where it stands; a page that begins after it has this as its `after`.
    pub place: i64,
    pub number: String,
    pub kind: String,
    pub phase: String,
    pub category: String,
    pub unit: String,
    pub period: Option<String>,
    pub due_on: Option<Date>,
    /// The day since which it waits for nobody; `None` where it waits.
    pub over_on: Option<Date>,
    pub received_on: Date,
    pub consumer_name: String,
    pub respondent_name: String,
}

/// A stretch of the list, most urgent first, and what is over by its day, the latest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkPage {
    pub items: Vec<WorkItem>,
    /// Where the next page begins; `None` at the end.
    pub next: Option<i64>,
}

const ITEM: &str = "work.place, number, kind, phase, category, unit, period, due_on, over_on,
     received_on, consumer_name, respondent_name";

impl Store {
    /// The files that are wanted, from a page's `next` on.
    pub async fn work(
        &self,
        filter: &WorkFilter,
        after: Option<i64>,
        limit: u32,
    ) -> Result<WorkPage, StoreError> {
        // One more than is shown tells whether there is a next page.
        let wanted = limit as usize + 1;
        let mut items = match filter.expression() {
            Some(words) if self.is_postgres() => {
                windows::find(self, filter, &words, after, wanted).await?
            }
            _ => {
                let statement = Statement::of(filter, after, self.is_postgres());
                self.items(statement, wanted).await?
            }
        };
        let more = items.len() > limit as usize;
        items.truncate(limit as usize);
        let next = items.last().filter(|_| more).map(|item| item.place);
        Ok(WorkPage { items, next })
    }

    pub(super) async fn items(
        &self,
        statement: Statement,
        limit: usize,
    ) -> Result<Vec<WorkItem>, StoreError> {
        let mut connection = self.pool.acquire().await?;
        statement.items(&mut connection, limit).await
    }
}

/// Where a list is read, and on what conditions. Its numbers are written out,
/// because they are numbers; its texts are arguments.
pub(super) struct Statement {
    /// What stands before it.
    pub before: String,
    pub source: &'static str,
    pub order: &'static str,
    pub conditions: Vec<String>,
    pub arguments: Vec<String>,
}

impl Statement {
    pub async fn items(
        self,
        connection: &mut AnyConnection,
        limit: usize,
    ) -> Result<Vec<WorkItem>, StoreError> {
        let text = format!(
            "{} SELECT {ITEM} FROM {} WHERE {} ORDER BY {} LIMIT {limit}",
            self.before,
            self.source,
            self.conditions.join(" AND "),
            self.order,
        );
        // Planned for these very words: how common they are decides the way.
        let mut query = sqlx::query(AssertSqlSafe(text)).persistent(false);
        for argument in self.arguments {
            query = query.bind(argument);
        }
        let rows = query.fetch_all(connection).await?;
        rows.iter().map(item).collect()
    }

    pub fn of(filter: &WorkFilter, after: Option<i64>, postgres: bool) -> Statement {
        let (first, last) = filter.places();
        let first = after.map_or(first, |after| after.max(first));
        Statement::begin(filter, postgres).within(filter, first, last)
    }

    /// Of the places after the first and before the last.
    pub fn within(self, filter: &WorkFilter, first: i64, last: i64) -> Statement {
        let mut statement = self;
        let order = statement.order;
        statement.conditions.push(format!("{order} > {first}"));
        statement.conditions.push(format!("{order} < {last}"));
        statement.received(filter)
    }

    /// Received on the days that are wanted.
    pub fn received(self, filter: &WorkFilter) -> Statement {
        let mut statement = self;
        let received = [(">=", filter.received.from), ("<=", filter.received.to)];
        for (compared, day) in received {
            if let Some(day) = day {
                let place = statement.argument(day.to_string());
                statement
                    .conditions
                    .push(format!("received_on {compared} {place}"));
            }
        }
        statement
    }

    /// By the index of words where it is needed, along the list otherwise.
    fn begin(filter: &WorkFilter, postgres: bool) -> Statement {
        match (filter.expression(), postgres) {
            (None, _) => Statement::along_the_list(&filter.subtree),
            (Some(wanted), true) => Statement {
                before: String::new(),
                source: "work_words JOIN work ON work.place = work_words.place",
                order: "work_words.place",
                conditions: vec!["terms @@ CAST($1 AS TSQUERY)".to_owned()],
                arguments: vec![wanted.for_postgres()],
            },
            // CROSS JOIN is SQLite's word for: the index first.
            (Some(wanted), false) => Statement {
                before: String::new(),
                source: "work_index CROSS JOIN work ON work.place = work_index.rowid",
                order: "work_index.rowid",
                conditions: vec!["work_index MATCH $1".to_owned()],
                arguments: vec![wanted.for_sqlite()],
            },
        }
    }

    pub fn along_the_list(subtree: &str) -> Statement {
        let mut statement = Statement {
            before: String::new(),
            source: "work",
            order: "work.place",
            conditions: Vec::new(),
            arguments: Vec::new(),
        };
        let within = crate::subtree::condition("unit", subtree, &mut statement.arguments);
        statement.conditions.extend(within);
        statement
    }

    pub fn argument(&mut self, argument: String) -> String {
        self.arguments.push(argument);
        format!("${}", self.arguments.len())
    }
}

fn item(row: &AnyRow) -> Result<WorkItem, StoreError> {
    let due_on: Option<String> = row.try_get("due_on")?;
    let over_on: Option<String> = row.try_get("over_on")?;
    let received_on: String = row.try_get("received_on")?;
    Ok(WorkItem {
        place: row.try_get("place")?,
        number: row.try_get("number")?,
        kind: row.try_get("kind")?,
        phase: row.try_get("phase")?,
        category: row.try_get("category")?,
        unit: row.try_get("unit")?,
        period: row.try_get("period")?,
        due_on: due_on.as_deref().map(day).transpose()?,
        over_on: over_on.as_deref().map(day).transpose()?,
        received_on: day(&received_on)?,
        consumer_name: row.try_get("consumer_name")?,
        respondent_name: row.try_get("respondent_name")?,
    })
}

fn day(text: &str) -> Result<Date, StoreError> {
    text.parse()
        .map_err(|_| StoreError::Corrupt(format!("the day {text}")))
}
