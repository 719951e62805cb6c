use serde_json::{Value, json};

use crate::world::{Kind, World, filing, offered};

/// Reads events from the stream until one of a type came; all of them, in order.
async fn until(stream: &mut reqwest::Response, wanted: &str) -> Vec<(u64, String)> {
    let mut text = String::new();
    let read = async {
        while let Some(chunk) = stream.chunk().await.unwrap() {
            text.push_str(&String::from_utf8_lossy(&chunk));
            if text.contains(&format!("event: {wanted}\n")) && text.ends_with("\n\n") {
                break;
            }
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(30), read)
        .await
        .unwrap();
    let field = |event: &str, name: &str| {
        let line = event
            .lines()
            .find_map(|line| line.strip_prefix(name).map(str::to_owned));
        line.unwrap_or_default()
    };
    text.split("\n\n")
        .filter(|event| event.contains("event: "))
        .map(|event| {
            (
                field(event, "id: ").parse().unwrap(),
                field(event, "event: "),
            )
        })
        .collect()
}

#[tokio::test]
async fn changes_come_as_they_happen_and_go_on_where_a_connection_ended() {
    let world = World::new(Kind::Sqlite).await;
    let number = world.file(filing()).await;
    let mut stream = world.agent.live(&number, 0).await.unwrap();
    let first = until(&mut stream, "offer_made").await;
    assert_eq!(first[0], (1, "case_filed".to_owned()));
    let numbers: Vec<u64> = first.iter().map(|(id, _)| *id).collect();
    assert_eq!(
        numbers,
        (1..=numbers.len() as u64).collect::<Vec<_>>(),
        "none is missing"
    );

    world
        .consumer
        .act(&number, "messages", json!({"body": "在吗"}))
        .await
        .unwrap();
    let last = numbers.last().unwrap();
    let mut again = world.agent.live(&number, *last).await.unwrap();
    let next = until(&mut again, "message_posted").await;
    assert_eq!(next[0].0, last + 1);
}

#[tokio::test]
async fn a_stranger_hears_nothing() {
    let world = World::new(Kind::Sqlite).await;
    let number = world.file(filing()).await;
    let other = json!({"kind": "consumer", "id": "c-2"});
    let other = world.operator().for_principal(other).await.unwrap();
    assert_eq!(other.live(&number, 0).await.unwrap().status().as_u16(), 404);
}

#[tokio::test]
async fn half_a_request_does_not_hold_up_the_stop() {
    use std::io::Write;
    let mut world = World::new(Kind::Sqlite).await;
    let host = world.host.take().unwrap();
    let address = host.url.trim_start_matches("http://").to_owned();
    let mut half = std::net::TcpStream::connect(&address).unwrap();
    half.write_all(b"GET /healthz HTTP/1.1\r\nhos").unwrap();
    let mut body = std::net::TcpStream::connect(&address).unwrap();
    body.write_all(b"POST /api/v1/cases HTTP/1.1\r\nhost: a\r\ncontent-length: 9\r\n\r\n{")
        .unwrap();
    std::thread::sleep(std::time::Duration::from_millis(100));
    let began = std::time::Instant::now();
    assert!(host.stop().unwrap());
    assert!(began.elapsed().as_secs() < 25, "{:?}", began.elapsed());
}

#[tokio::test]
async fn health_metrics_and_an_orderly_stop() {
    let mut world = World::new(Kind::Sqlite).await;
    let number = world.file(filing()).await;
    world
        .consumer
        .wait(&number, "an offer", offered)
        .await
        .unwrap();
    assert_eq!(
        world.operator().get("/healthz").await.unwrap().body,
        Value::from("ok\n")
    );
    assert_eq!(
        world
            .operator()
            .get("/readyz")
            .await
            .unwrap()
            .status
            .as_u16(),
        200
    );
    let metrics = world
        .operator()
        .get("/metrics")
        .await
        .unwrap()
        .body
        .to_string();
    assert!(metrics.contains("hejie_runs_total") && metrics.contains("hejie_commands_total"));
    assert!(!metrics.contains(&number));
    assert!(world.host.take().unwrap().stop().unwrap());
    let log = std::fs::read_to_string(world.place.data.join("hejie.log")).unwrap();
    assert!(log.contains("stopping"), "{log}");
    let token = &world.consumer.token;
    for personal in ["13800138000", "王小明", "尺码", token.as_str()] {
        assert!(!log.contains(personal), "{personal} is in the log");
    }
}
