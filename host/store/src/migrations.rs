//! The schema, step by step. The steps are part of the program; each runs once.

use hejie_faults::{FaultPoint, pass};
use sqlx::migrate::{MigrateError, Migration, MigrationType, Migrator};
use sqlx::{AnyPool, AssertSqlSafe, SqlSafeStr, SqlStr};

/// The steps that both kinds of store share.
const STEPS: &[(i64, &str, &str)] = &[
    (1, "ledger", include_str!("../migrations/0001_ledger.sql")),
    (
        2,
        "directory",
        include_str!("../migrations/0002_directory.sql"),
    ),
    (3, "figures", include_str!("../migrations/0003_figures.sql")),
    (4, "work", include_str!("../migrations/0004_work.sql")),
    (6, "intake", include_str!("../migrations/0006_intake.sql")),
    (
        7,
        "exchange",
        include_str!("../migrations/0007_exchange.sql"),
    ),
    (8, "files", include_str!("../migrations/0008_files.sql")),
    (
        9,
        "knowledge",
        include_str!("../migrations/0009_knowledge.sql"),
    ),
    (
        10,
        "likeness",
        include_str!("../migrations/0010_likeness.sql"),
    ),
    (
        11,
        "endings",
        include_str!("../migrations/0011_endings.sql"),
    ),
    (
        12,
        "accounts",
        include_str!("../migrations/0012_accounts.sql"),
    ),
    (14, "parts", include_str!("../migrations/0014_parts.sql")),
    (15, "lists", include_str!("../migrations/0015_lists.sql")),
    (
        16,
        "covering",
        include_str!("../migrations/0016_covering.sql"),
    ),
    (18, "places", include_str!("../migrations/0018_places.sql")),
    (19, "visits", include_str!("../migrations/0019_visits.sql")),
    (
        20,
        "partner reports",
        include_str!("../migrations/0020_partner_reports.sql"),
    ),
    (
        21,
        "involved",
        include_str!("../migrations/0021_involved.sql"),
    ),
    (22, "over", include_str!("../migrations/0022_over.sql")),
    (
        23,
        "knowledge_versions",
        include_str!("../migrations/0023_knowledge_versions.sql"),
    ),
    (
        24,
        "part numbers",
        include_str!("../migrations/0024_part_numbers.sql"),
    ),
    (
        25,
        "calendars and numbers",
        include_str!("../migrations/0025_calendars_and_numbers.sql"),
    ),
    (
        26,
        "disputes by key",
        include_str!("../migrations/0026_disputes_by_key.sql"),
    ),
];

/// The step in which they differ: an index of words is each store's own.
const SEARCH: i64 = 5;
const SEARCH_SQLITE: &str = include_str!("../migrations/0005_search_sqlite.sql");
const SEARCH_POSTGRES: &str = include_str!("../migrations/0005_search_postgres.sql");

/// What PostgreSQL needs and SQLite does not.
const DAYS: i64 = 17;
const DAYS_POSTGRES: &str = include_str!("../migrations/0017_days_postgres.sql");

/// Does the steps beyond the newest that was done, one after the other, and then what is
/// missing of those before; a store that was done otherwise is refused.
pub(crate) async fn run(pool: &AnyPool, postgres: bool, done: i64) -> Result<(), MigrateError> {
    let migrator = migrator(postgres);
    for step in migrator.iter().filter(|step| step.version > done) {
        migrator.run_to(step.version, pool).await?;
        pass(FaultPoint::SchemaStepDone);
    }
    migrator.run(pool).await
}

/// The newest step of a kind of store.
pub(crate) fn newest(postgres: bool) -> i64 {
    let steps = migrator(postgres);
    steps.iter().map(|step| step.version).max().unwrap_or(0)
}

/// The steps for one kind of store. Text is compared by its bytes on both, as
/// SQLite does by itself: PostgreSQL has to be told, or the order of keys is that
/// of whatever language its cluster was made for. Each has its own words for a
/// column that counts.
fn migrator(postgres: bool) -> Migrator {
    let shared = STEPS.iter().map(|(version, name, sql)| {
        let sql = if postgres {
            AssertSqlSafe(for_postgres(sql)).into_sql_str()
        } else {
            SqlStr::from_static(sql)
        };
        step(*version, name, sql)
    });
    let search = if postgres {
        SEARCH_POSTGRES
    } else {
        SEARCH_SQLITE
    };
    let search = step(SEARCH, "search", SqlStr::from_static(search));
    let days = postgres.then(|| step(DAYS, "days", SqlStr::from_static(DAYS_POSTGRES)));
    let mut steps: Vec<Migration> = shared.chain([search]).chain(days).collect();
    steps.sort_by_key(|step| step.version);
    Migrator::with_migrations(steps)
}

fn step(version: i64, name: &'static str, sql: SqlStr) -> Migration {
    Migration::new(version, name.into(), MigrationType::Simple, sql, false)
}

fn for_postgres(sql: &str) -> String {
    sql.replace(" TEXT", " TEXT COLLATE \"C\"")
        .replace(
            "INTEGER PRIMARY KEY AUTOINCREMENT",
            "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY",
        )
        .replace("INTEGER PRIMARY KEY", "BIGINT PRIMARY KEY")
}
