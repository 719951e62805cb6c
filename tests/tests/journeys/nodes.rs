use std::time::Duration;

use hejie_tests::{Client, Host, Place};
use serde_json::{Value, json};

use crate::world::{Kind, World, filing};

#[tokio::test]
async fn a_second_node_shares_the_work_and_hears_of_changes() {
    let mut world = World::new(Kind::Postgres).await;
    let second = Place {
        data: world.place.data.with_file_name("second"),
        ..world.place.clone()
    };
    let second = Host::start(&second).unwrap();
    let consumer = Client::new(&second.url, &world.consumer.token);

    let path = "/organisations/shop/plugins/hejie.retail-returns/suspension";
    let suspended = world.agent.post(path, json!({})).await.unwrap();
    suspended.good().unwrap();
    assert!(world.host.take().unwrap().stop().unwrap());

    let done = |case: &Value| case["handling"]["by"] == "awaited" || case["offers"][0].is_object();
    let mut causes = Vec::new();
    // It hears of it at its next tick; cases may come before, as fast as they do.
    for _ in 0..200 {
        let receipt = consumer.post("/cases", filing()).await.unwrap().good();
        let number = receipt.unwrap()["number"].as_str().unwrap().to_owned();
        let case = consumer.wait(&number, "an answer", done).await.unwrap();
        causes.push(case["handling"]["cause"]["cause"]["cause"].clone());
        if causes.last() == Some(&json!("no_plugin")) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("the suspension never reached the second node: {causes:?}");
}

#[tokio::test]
async fn a_data_folder_has_one_server() {
    let world = World::new(Kind::Sqlite).await;
    assert!(Host::start(&world.place).is_err());
    let log = std::fs::read_to_string(world.place.data.join("hejie.log")).unwrap();
    assert!(log.contains("another hejie serves"), "{log}");
    world.file(filing()).await;
}
