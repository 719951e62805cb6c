//! The schema, step by step. The steps are part of the program; each runs once.

use sqlx::SqlStr;
use sqlx::migrate::{Migration, MigrationType, Migrator};

const STEPS: &[(i64, &str, &str)] = &[
    (1, "ledger", include_str!("../migrations/0001_ledger.sql")),
    (
        2,
        "directory",
        include_str!("../migrations/0002_directory.sql"),
    ),
];

pub(crate) fn migrator() -> Migrator {
    let steps = STEPS.iter().map(|(version, name, sql)| {
        let kind = MigrationType::Simple;
        Migration::new(
            *version,
            (*name).into(),
            kind,
            SqlStr::from_static(sql),
            false,
        )
    });
    Migrator::with_migrations(steps.collect())
}
