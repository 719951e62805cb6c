//! The schema, step by step. The steps are part of the program; each runs once.

use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::{AssertSqlSafe, SqlSafeStr, SqlStr};

const STEPS: &[(i64, &str, &str)] = &[
    (1, "ledger", include_str!("../migrations/0001_ledger.sql")),
    (
        2,
        "directory",
        include_str!("../migrations/0002_directory.sql"),
    ),
    (3, "figures", include_str!("../migrations/0003_figures.sql")),
];

/// The newest step.
pub(crate) const NEWEST: i64 = STEPS[STEPS.len() - 1].0;

/// The steps for one kind of store. Text is compared by its bytes on both, as
/// SQLite does by itself: PostgreSQL has to be told, or the order of keys is that
/// of whatever language its cluster was made for. Each has its own words for a
/// column that counts.
pub(crate) fn migrator(postgres: bool) -> Migrator {
    let steps = STEPS.iter().map(|(version, name, sql)| {
        let sql = if postgres {
            AssertSqlSafe(for_postgres(sql)).into_sql_str()
        } else {
            SqlStr::from_static(sql)
        };
        let kind = MigrationType::Simple;
        Migration::new(*version, (*name).into(), kind, sql, false)
    });
    Migrator::with_migrations(steps.collect())
}

fn for_postgres(sql: &str) -> String {
    sql.replace(" TEXT", " TEXT COLLATE \"C\"").replace(
        "INTEGER PRIMARY KEY AUTOINCREMENT",
        "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY",
    )
}
