//! Lists of cases: a scope, newest first, page by page. Files of which nobody is to learn
//! when in the day they came are in the order of their numbers: those are drawn.

use jiff::Timestamp;
use sqlx::any::AnyRow;
use sqlx::{AssertSqlSafe, Row};

use crate::connection::Store;
use crate::entry::moment;
use crate::error::StoreError;
use crate::subtree;

/// Which cases somebody may see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CaseScope {
    All,
    /// Of who has no cases.
    Nobody,
    Consumer(String),
    Respondent(String),
    /// Divisions that begin with these two, four or six digits, a station by its whole id;
    /// of the whole country where there are none.
    Division(String),
    /// Cases in which mediation was asked for, and those that were entrusted to this
    /// association.
    Mediation(String),
    /// Files of another kind than disputes, at units whose ids begin with these digits.
    Other {
        kind: &'static str,
        digits: String,
    },
}

/// The columns of a summary.
pub(crate) const SUMMARY: &str = "case_id, number, phase, category, division, updated_at";

#[derive(Debug, Clone, PartialEq)]
pub struct CaseSummary {
    pub case_id: String,
    pub number: String,
    pub phase: String,
    pub category: String,
    pub division: Option<String>,
    pub updated_at: Timestamp,
}

/// A stretch of a list, newest first.
#[derive(Debug, Clone, PartialEq)]
pub struct CasePage {
    pub cases: Vec<CaseSummary>,
    /// Where the next page begins; `None` at the end.
    pub next: Option<String>,
}

impl CaseScope {
    /// What its list is ordered by: keys tell the moment of filing, numbers the day.
    fn order(&self) -> &'static str {
        match self {
            CaseScope::Other { .. } => "number",
            _ => "case_id",
        }
    }

    /// Its condition, with the places of its arguments, and these.
    pub(crate) fn condition(&self) -> (String, Vec<String>) {
        let plain = |condition: &str| condition.to_owned();
        match self {
            CaseScope::All => (plain("kind = 'dispute'"), Vec::new()),
            CaseScope::Nobody => (plain("1 = 0"), Vec::new()),
            CaseScope::Consumer(id) => {
                // Each of the two by its own index; with OR, PostgreSQL reads all cases.
                let hers = "case_id IN
                    (SELECT case_id FROM cases WHERE consumer_id = $1
                     UNION SELECT case_id FROM case_accounts WHERE account = $1)";
                (plain(hers), vec![id.clone()])
            }
            CaseScope::Respondent(id) => (plain("respondent = $1"), vec![id.clone()]),
            CaseScope::Division(digits) => {
                let mut arguments = Vec::new();
                let subtree = subtree::condition("division", digits, &mut arguments);
                (all_of("division IS NOT NULL", subtree), arguments)
            }
            CaseScope::Mediation(id) => {
                let asked = plain("(mediation = 1 OR delegated = $1)");
                (asked, vec![id.clone()])
            }
            CaseScope::Other { kind, digits } => {
                let mut arguments = vec![(*kind).to_owned()];
                let subtree = subtree::condition("unit", digits, &mut arguments);
                (all_of("unit IS NOT NULL AND kind = $1", subtree), arguments)
            }
        }
    }
}

/// A condition, and a further one where there is one.
fn all_of(condition: &str, further: Option<String>) -> String {
    match further {
        Some(further) => format!("{condition} AND {further}"),
        None => condition.to_owned(),
    }
}

impl Store {
    /// Cases in a scope, newest first, from a page's `next` on.
    pub async fn list_cases(
        &self,
        scope: &CaseScope,
        phase: Option<&str>,
        before: Option<&str>,
        limit: u32,
    ) -> Result<CasePage, StoreError> {
        let (statement, arguments) = listing(scope, phase, before);
        let mut query = sqlx::query(AssertSqlSafe(statement));
        for argument in arguments {
            query = query.bind(argument);
        }
        let rows = query
            .bind(i64::from(limit) + 1)
            .fetch_all(&self.pool)
            .await?;
        let mut cases = rows.iter().map(summary).collect::<Result<Vec<_>, _>>()?;
        let more = cases.len() > limit as usize;
        cases.truncate(limit as usize);
        let last = cases.last().filter(|_| more);
        let next = last.map(|case| match scope {
            CaseScope::Other { .. } => case.number.clone(),
            _ => case.case_id.clone(),
        });
        Ok(CasePage { cases, next })
    }
}

/// The statement and its arguments, but for the limit, which comes last. Keys and numbers
/// are time-ordered, so the newest case has the greatest.
fn listing(scope: &CaseScope, phase: Option<&str>, before: Option<&str>) -> (String, Vec<String>) {
    let (condition, mut arguments) = scope.condition();
    let mut statement = format!("SELECT {SUMMARY} FROM cases WHERE {condition}");
    let order = scope.order();
    let older = format!("{order} < ");
    let optional = [("phase = ", phase), (older.as_str(), before)];
    for (condition, argument) in optional {
        if let Some(argument) = argument {
            arguments.push(argument.to_owned());
            statement += &format!(" AND {condition}${}", arguments.len());
        }
    }
    let limit = arguments.len() + 1;
    statement += &format!(" ORDER BY {order} DESC LIMIT ${limit}");
    (statement, arguments)
}

pub(crate) fn summary(row: &AnyRow) -> Result<CaseSummary, StoreError> {
    Ok(CaseSummary {
        case_id: row.try_get("case_id")?,
        number: row.try_get("number")?,
        phase: row.try_get("phase")?,
        category: row.try_get("category")?,
        division: row.try_get("division")?,
        updated_at: moment(row.try_get("updated_at")?)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sorting a list costs as much as there are files; PostgreSQL plans by what a store holds.
    #[tokio::test]
    async fn sqlite_reads_every_list_in_the_order_of_an_index() {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("store").display());
        let store = Store::open(&url).await.unwrap();
        let division = |digits: &str| CaseScope::Division(digits.to_owned());
        let reports = |digits: &str| CaseScope::Other {
            kind: "report",
            digits: digits.to_owned(),
        };
        let scopes = [
            CaseScope::All,
            CaseScope::Respondent("o-1".into()),
            division(""),
            division("42"),
            division("4201"),
            division("420106"),
            reports(""),
            reports("42"),
            reports("4201"),
            reports("420106"),
        ];
        for scope in scopes {
            for phase in [None, Some("closed")] {
                let plan = plan(&store, &scope, phase).await;
                assert!(!plan.contains("ORDER BY"), "{scope:?} {phase:?}: {plan}");
            }
        }
    }

    async fn plan(store: &Store, scope: &CaseScope, phase: Option<&str>) -> String {
        let (statement, arguments) = listing(scope, phase, Some("9"));
        let explained = format!("EXPLAIN QUERY PLAN {statement}");
        let mut query = sqlx::query(AssertSqlSafe(explained));
        for argument in arguments {
            query = query.bind(argument);
        }
        let rows = query.bind(51_i64).fetch_all(&store.pool).await.unwrap();
        let steps = rows.iter().map(|row| row.get::<String, _>("detail"));
        steps.collect::<Vec<_>>().join("; ")
    }
}
