use std::net::Ipv4Addr;

use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpSocket};

use super::*;
use crate::manifest::Base;
use hejie_domain::text::Bilingual;

fn rule(base: Base, max_bytes: usize) -> LookUpRule {
    LookUpRule {
        name: "order".into(),
        base,
        reason: Bilingual::new("核对订单", "to check the order"),
        secret: Some("token".into()),
        timeout_ms: 300,
        max_bytes,
    }
}

/// A server that answers every request with the same bytes and tells what it got.
async fn server(answer: &'static str) -> (String, tokio::sync::mpsc::Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let (tell, told) = tokio::sync::mpsc::channel(8);
    tokio::spawn(async move {
        while let Ok((mut peer, _)) = listener.accept().await {
            let mut request = vec![0; 4096];
            let length = peer.read(&mut request).await.unwrap();
            let _ = tell
                .send(String::from_utf8_lossy(&request[..length]).into_owned())
                .await;
            if answer.is_empty() {
                tokio::time::sleep(Duration::from_secs(5)).await;
            }
            let _ = peer.write_all(answer.as_bytes()).await;
        }
    });
    (base, told)
}

async fn ask(named: &[&str], base: &str, path: &str) -> Result<Response, LookUpError> {
    let look_ups = LookUps::new(named.iter().map(ToString::to_string).collect()).unwrap();
    let rule = rule(
        Base::Setting {
            setting: "base".into(),
        },
        100,
    );
    look_ups
        .fetch(&rule, &json!({ "base": base }), Some("s3cret"), path)
        .await
}

#[tokio::test]
async fn a_named_host_is_asked_with_the_secret() {
    let (base, mut told) = server("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}").await;
    let answer = ask(&["127.0.0.1"], &base, "orders/1?x=2").await.unwrap();
    assert_eq!(
        answer,
        Response {
            status: 200,
            body: "{}".into()
        }
    );
    let request = told.recv().await.unwrap();
    assert!(request.starts_with("GET /orders/1?x=2 "), "{request}");
    assert!(
        request
            .to_lowercase()
            .contains("authorization: bearer s3cret"),
        "{request}"
    );
}

#[tokio::test]
async fn a_private_address_is_refused_by_number_and_by_name() {
    let (base, _told) = server("HTTP/1.1 200 OK\r\n\r\n").await;
    assert!(matches!(
        ask(&[], &base, "x").await,
        Err(LookUpError::Private)
    ));
    let other_port = ask(&["127.0.0.1:1"], &base, "x").await;
    assert!(matches!(other_port, Err(LookUpError::Private)));
    let by_name = base.replace("127.0.0.1", "localhost");
    // The secret would go unencrypted: that is refused before any name is asked for.
    assert_eq!(ask(&[], &by_name, "x").await, Err(LookUpError::Insecure));
    let encrypted = by_name.replace("http:", "https:");
    assert_eq!(ask(&[], &encrypted, "x").await, Err(LookUpError::Private));
    let port = base.rsplit(':').next().unwrap();
    let named = format!("localhost:{port}");
    assert!(ask(&[&named], &by_name, "x").await.is_ok());
    assert_eq!(
        ask(&["localhost:1"], &encrypted, "x").await,
        Err(LookUpError::Private)
    );
    assert!(matches!(
        ask(&[], "http://[::1]:9/", "x").await,
        Err(LookUpError::Private)
    ));
    assert!(matches!(
        ask(&[], "http://[::ffff:10.0.0.1]/", "x").await,
        Err(LookUpError::Private)
    ));
}

#[tokio::test]
async fn a_redirect_is_an_answer_and_not_followed() {
    let (base, _told) =
        server("HTTP/1.1 302 Found\r\nlocation: http://10.0.0.1/\r\ncontent-length: 0\r\n\r\n")
            .await;
    assert_eq!(ask(&["127.0.0.1"], &base, "x").await.unwrap().status, 302);
}

#[tokio::test]
async fn too_much_and_too_late_are_named() {
    let long = "HTTP/1.1 200 OK\r\ncontent-length: 200\r\n\r\n0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789";
    let (base, _told) = server(long).await;
    assert_eq!(
        ask(&["127.0.0.1"], &base, "x").await,
        Err(LookUpError::TooLarge(100))
    );
    let (silent, _told) = server("").await;
    let late = ask(&["127.0.0.1"], &silent, "x").await.unwrap_err();
    assert_eq!(late, LookUpError::TimedOut(300));
    assert!(late.may_pass());
}

#[tokio::test]
async fn a_path_cannot_leave_the_base() {
    for (base, path) in [
        ("http://127.0.0.1:9/api", "../admin"),
        ("http://127.0.0.1:9/api", "%2e%2e/admin"),
    ] {
        let refused = ask(&["127.0.0.1"], base, path).await;
        assert_eq!(refused, Err(LookUpError::BadPath), "{base} {path}");
    }
}

#[tokio::test]
async fn settings_without_an_address_say_so() {
    let look_ups = LookUps::new(Vec::new()).unwrap();
    let rule = rule(
        Base::Setting {
            setting: "base".into(),
        },
        100,
    );
    let refused = look_ups.fetch(&rule, &json!({}), None, "x").await;
    assert_eq!(refused, Err(LookUpError::NoBase));
}

#[tokio::test]
async fn a_server_error_is_a_fault_that_may_pass() {
    let (base, _told) =
        server("HTTP/1.1 503 Service Unavailable\r\ncontent-length: 0\r\n\r\n").await;
    let refused = ask(&["127.0.0.1"], &base, "x").await.unwrap_err();
    assert_eq!(refused, LookUpError::Unavailable(503));
    assert!(refused.may_pass());
}

#[tokio::test]
async fn an_answer_that_repeats_the_secret_is_no_answer() {
    let (base, _told) = server("HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n<s3cret/>\n").await;
    let refused = ask(&["127.0.0.1"], &base, "x").await;
    assert_eq!(refused, Err(LookUpError::TellsSecret));
}

#[tokio::test]
async fn a_secret_goes_only_over_https_or_to_a_named_host() {
    let refused = ask(&[], "http://1.1.1.1/", "x").await;
    assert_eq!(refused, Err(LookUpError::Insecure));
}

#[tokio::test]
async fn what_went_wrong_never_names_the_address() {
    // Bound and never listening: nobody else gets the port, and nobody answers there.
    let silent = TcpSocket::new_v4().unwrap();
    silent.bind((Ipv4Addr::LOCALHOST, 0).into()).unwrap();
    let base = format!("http://{}", silent.local_addr().unwrap());
    let refused = ask(&["127.0.0.1"], &base, "x").await.unwrap_err();
    assert_eq!(refused.to_string(), "no answer: connection refused");
}
