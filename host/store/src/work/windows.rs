//! PostgreSQL: searching in the order of the list with an index that knows none.
//!
//! GIN gives all files that match before it gives one, so it is asked for the most
//! urgent day, then for the days that follow, then for all, until the page is full.
//! What is so common that the head of the list fills the page is not looked up at all.
//! What is over is told from what waits by a mark, so that the one is not read for the other.

use jiff::civil::Date;

use super::expression::Expression;
use super::filter::{Stage, WorkFilter};
use super::list::{Statement, WorkItem};
use super::marks;
use super::place::Day;
use crate::connection::Store;
use crate::error::StoreError;

/// Files at the head of the list that are compared one by one.
const HEAD: usize = 500;
/// Days of each window; what follows is one of its own. Few: each is a search.
const WINDOWS: [usize; 2] = [1, 8];

/// For one transaction: files are taken from an index of words whatever else looks
/// cheaper, because to compare a file's words costs far more than PostgreSQL thinks.
const INDEX_ONLY: &str = "SELECT set_config('enable_seqscan', 'off', true),
     set_config('enable_indexscan', 'off', true)";

/// The first files that match, most urgent first, as many as are wanted.
pub(super) async fn find(
    store: &Store,
    filter: &WorkFilter,
    words: &Expression,
    after: Option<i64>,
    wanted: usize,
) -> Result<Vec<WorkItem>, StoreError> {
    let (first, last) = filter.places();
    let mut search = Search {
        store,
        filter,
        words,
        from: after.map_or(first, |after| after.max(first)),
        last,
        wanted,
        found: Vec::new(),
    };
    match filter.received.days() {
        // Of a large unit's list the head is rarely of the days that are wanted.
        Some(days) if filter.subtree.is_empty() => search.head_of_days(&days).await?,
        _ => search.head().await?,
    }
    for days in WINDOWS {
        if search.is_done() || !search.window(days).await? {
            return Ok(search.found);
        }
    }
    if !search.is_done() {
        search.by_index(None, search.last).await?;
    }
    Ok(search.found)
}

struct Search<'a> {
    store: &'a Store,
    filter: &'a WorkFilter,
    words: &'a Expression,
    /// The place up to which everything was found.
    from: i64,
    last: i64,
    wanted: usize,
    found: Vec<WorkItem>,
}

impl Search<'_> {
    fn is_done(&self) -> bool {
        self.found.len() >= self.wanted
    }

    fn missing(&self) -> usize {
        self.wanted.saturating_sub(self.found.len())
    }

    /// Compares the first files of the subtree.
    async fn head(&mut self) -> Result<(), StoreError> {
        let mut head = Statement::along_the_list(&self.filter.subtree);
        let (from, last) = (self.from, self.last);
        head.conditions
            .push(format!("place > {from} AND place < {last}"));
        let conditions = head.conditions.join(" AND ");
        let first = format!("SELECT * FROM work WHERE {conditions} ORDER BY place LIMIT {HEAD}");
        self.compare(head, &first, last).await?;
        if self.is_done() {
            return Ok(());
        }
        let end = Statement::along_the_list(&self.filter.subtree);
        self.from = match self.store.nth_place(end, from, last, HEAD - 1).await? {
            Some(end) => end,
            // The head was the whole list.
            None => last,
        };
        Ok(())
    }

    /// Compares the first files that were received on each of these days, up to the place
    /// before which there is none besides.
    async fn head_of_days(&mut self, days: &[Date]) -> Result<(), StoreError> {
        let each = self.wanted.max(HEAD / days.len());
        let (from, last) = (self.from, self.last);
        let days: Vec<String> = days.iter().map(|day| format!("('{day}')")).collect();
        let first = format!(
            "SELECT of_day.* FROM (VALUES {}) AS days (day) CROSS JOIN LATERAL (
                 SELECT * FROM work WHERE received_on = days.day COLLATE \"C\"
                     AND place > {from} AND place < {last}
                 ORDER BY place LIMIT {each}) AS of_day",
            days.join(", ")
        );
        let text = format!(
            "SELECT MIN(last) FROM (
                 SELECT MAX(place) AS last FROM ({first}) AS first
                 GROUP BY received_on HAVING COUNT(*) = {each}) AS full_days"
        );
        let query = sqlx::query_as(sqlx::AssertSqlSafe(text)).persistent(false);
        let (end,): (Option<i64>,) = query.fetch_one(&self.store.pool).await?;
        let end = end.map_or(last, |end| (end + 1).min(last));
        self.compare(Statement::along_the_list(""), &first, end)
            .await?;
        self.from = end - 1;
        Ok(())
    }

    /// Compares the words of the files that a statement gives, before a place.
    async fn compare(
        &mut self,
        mut head: Statement,
        first: &str,
        end: i64,
    ) -> Result<(), StoreError> {
        let words = head.argument(self.words.for_postgres());
        head.before = format!("WITH head AS MATERIALIZED ({first})");
        head.source = "head AS work JOIN work_words ON work_words.place = work.place";
        head.conditions = vec![format!("terms @@ CAST({words} AS TSQUERY)")];
        let statement = head.within(self.filter, self.from, end);
        let found = self.store.items(statement, self.missing()).await?;
        self.found.extend(found);
        Ok(())
    }

    /// Looks for files of the next days; false where no day is left.
    async fn window(&mut self, days: usize) -> Result<bool, StoreError> {
        let whole = Statement::along_the_list("");
        let (from, last) = (self.from, self.last);
        let Some(next) = self.store.nth_place(whole, from, last, 0).await? else {
            return Ok(false);
        };
        let Some(day) = Day::of(next) else {
            return Err(StoreError::Corrupt(format!("the place {next}")));
        };
        let days: Vec<Day> = day.onward().take(days).collect();
        let end = days.last().map_or(last, |day| day.after());
        self.by_index(Some(&days), end.min(last)).await?;
        self.from = end - 1;
        Ok(true)
    }

    /// What tells files of the stage that is wanted from the others, where no days do.
    fn of_stage(&self) -> String {
        let over = marks::over();
        match self.filter.stage {
            Stage::Waiting => format!(" & !'{over}'"),
            Stage::Over => format!(" & '{over}'"),
            Stage::All => String::new(),
        }
    }

    /// What is of these days, or of any, by the index alone, which is why the places
    /// are compared outside.
    async fn by_index(&mut self, days: Option<&[Day]>, end: i64) -> Result<(), StoreError> {
        let mut all = vec![self.words.clone()];
        all.extend(days.map(|days| {
            let stands = days.iter().map(|day| Expression::mark(marks::stands(*day)));
            Expression::Any(stands.collect())
        }));
        let wanted = Expression::All(all).for_postgres();
        let stage = days.map_or_else(|| self.of_stage(), |_| String::new());
        let (from, missing) = (self.from, self.missing());
        // Where the index answers for the whole filter, only what is shown is looked up.
        let limit = match self.filter.received.is_indexed() {
            true => format!("LIMIT {missing}"),
            false => String::new(),
        };
        let statement = Statement {
            before: format!(
                "WITH matching AS MATERIALIZED (
                     SELECT place FROM work_words WHERE terms @@ CAST($1 AS TSQUERY)),
                 found AS MATERIALIZED (
                     SELECT place FROM matching WHERE place > {from} AND place < {end}
                     ORDER BY place {limit})"
            ),
            source: "found JOIN work ON work.place = found.place",
            order: "found.place",
            // The places were compared above.
            conditions: vec!["TRUE".to_owned()],
            arguments: vec![format!("{wanted}{stage}")],
        };
        let statement = statement.received(self.filter);
        let mut transaction = self.store.pool.begin().await?;
        sqlx::query(INDEX_ONLY).execute(&mut *transaction).await?;
        let found = statement.items(&mut transaction, missing).await?;
        transaction.commit().await?;
        self.found.extend(found);
        Ok(())
    }
}

impl Store {
    /// The place of a list's file with so many before it, within these.
    async fn nth_place(
        &self,
        list: Statement,
        first: i64,
        last: i64,
        before: usize,
    ) -> Result<Option<i64>, StoreError> {
        let mut list = list;
        list.conditions
            .push(format!("place > {first} AND place < {last}"));
        let text = format!(
            "SELECT place FROM work WHERE {} ORDER BY place LIMIT 1 OFFSET {before}",
            list.conditions.join(" AND ")
        );
        let mut query = sqlx::query_as(sqlx::AssertSqlSafe(text)).persistent(false);
        for argument in list.arguments {
            query = query.bind(argument);
        }
        let found: Option<(i64,)> = query.fetch_optional(&self.pool).await?;
        Ok(found.map(|(place,)| place))
    }
}
