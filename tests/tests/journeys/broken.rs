//! What somebody broke in the store holds up nobody else.

use hejie_tests::Client;
use serde_json::{Value, json};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{AssertSqlSafe, ConnectOptions};

use crate::world::{Kind, World, filing, offered};

/// Changes the store while no server has it.
async fn change(world: &mut World, statement: &str, number: &str) {
    assert!(world.host.take().unwrap().stop().unwrap());
    let file = world.place.data.join("hejie.db");
    let options = SqliteConnectOptions::new().filename(file);
    let mut store: SqliteConnection = options.connect().await.unwrap();
    // The statements of this file, with a number that the server gave.
    let changed = sqlx::query(AssertSqlSafe(statement.to_owned()))
        .bind(number)
        .execute(&mut store)
        .await
        .unwrap();
    assert_eq!(changed.rows_affected(), 1);
    sqlx::Connection::close(store).await.unwrap();
    world.start_again();
}

async fn days_later(operator: &Client, days: u32) {
    let moved = operator.post("/clock", json!({"seconds": days * 86_400}));
    moved.await.unwrap().good().unwrap();
}

#[tokio::test]
async fn a_case_that_cannot_be_read_stops_no_other_clock() {
    let mut world = World::new(Kind::Sqlite).await;
    let broken = world.file(filing()).await;
    let healthy = world.file(filing()).await;
    for number in [&broken, &healthy] {
        world
            .consumer
            .wait(number, "an offer", offered)
            .await
            .unwrap();
    }
    let spoil = "UPDATE cases SET snapshot = 'x' WHERE number = $1";
    change(&mut world, spoil, &broken).await;
    days_later(world.operator(), 30).await;
    let over = |case: &Value| case["phase"] == "open";
    world
        .consumer
        .wait(&healthy, "the end of the period", over)
        .await
        .unwrap();
    let answer = world
        .consumer
        .get(&format!("/cases/{broken}"))
        .await
        .unwrap();
    assert_eq!(answer.status, 500);
}

#[tokio::test]
async fn a_job_that_can_never_succeed_ends_at_a_person() {
    let mut world = World::new(Kind::Sqlite).await;
    let number = world.file(filing()).await;
    world
        .consumer
        .wait(&number, "an offer", offered)
        .await
        .unwrap();
    let poison = "INSERT INTO jobs (id, case_id, kind, name, payload, run_at, attempts)
        SELECT 'poison', case_id, 'run', 'poison', '{', 0, 5 FROM cases WHERE number = $1";
    change(&mut world, poison, &number).await;
    let awaited = |case: &Value| case["handling"]["by"] == "awaited";
    let case = world
        .consumer
        .wait(&number, "a person", awaited)
        .await
        .unwrap();
    assert_eq!(case["handling"]["cause"]["cause"]["outcome"], "internal");
}
