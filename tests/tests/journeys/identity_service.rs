//! An identity service: an HTTP server that knows one number for each name it was told.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::{Value, json};
use tokio::io::{AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

use crate::receiver::{Received, request};

/// What it does with a question.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Manner {
    Answers,
    /// Answers what another asked.
    AnswersAnother,
    SaysTooMuch,
    SpeaksNoJson,
    Redirects,
    Fails,
    Sleeps,
}

/// A server on loopback; it ends when dropped.
pub struct IdentityService {
    pub url: String,
    known: Arc<Vec<(String, String)>>,
    manner: Arc<Mutex<Manner>>,
    asked: Arc<Mutex<Vec<Received>>>,
    task: tokio::task::JoinHandle<()>,
}

impl IdentityService {
    pub async fn start(known: &[(&str, &str)]) -> IdentityService {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/check", listener.local_addr().unwrap());
        let known = known
            .iter()
            .map(|(name, number)| ((*name).to_owned(), (*number).to_owned()));
        let known: Arc<Vec<_>> = Arc::new(known.collect());
        let manner = Arc::new(Mutex::new(Manner::Answers));
        let asked: Arc<Mutex<Vec<Received>>> = Arc::default();
        let (to_know, to_do, kept) = (Arc::clone(&known), Arc::clone(&manner), Arc::clone(&asked));
        let task = tokio::spawn(async move {
            while let Ok((peer, _)) = listener.accept().await {
                let manner = *to_do.lock().unwrap();
                tokio::spawn(serve(peer, Arc::clone(&to_know), manner, Arc::clone(&kept)));
            }
        });
        IdentityService {
            url,
            known,
            manner,
            asked,
            task,
        }
    }

    /// What it does from now on.
    pub fn does(&self, manner: Manner) {
        *self.manner.lock().unwrap() = manner;
    }

    pub fn asked(&self) -> Vec<Received> {
        self.asked.lock().unwrap().clone()
    }

    pub fn numbers(&self) -> Vec<&str> {
        self.known
            .iter()
            .map(|(_, number)| number.as_str())
            .collect()
    }
}

impl Drop for IdentityService {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn serve(
    peer: TcpStream,
    known: Arc<Vec<(String, String)>>,
    manner: Manner,
    asked: Arc<Mutex<Vec<Received>>>,
) {
    let mut peer = BufReader::new(peer);
    let received = request(&mut peer).await;
    let question: Value = serde_json::from_slice(&received.body).unwrap();
    asked.lock().unwrap().push(received);
    if manner == Manner::Sleeps {
        tokio::time::sleep(Duration::from_secs(60)).await;
    }
    let told = |text: &Value| text.as_str().unwrap().to_owned();
    let pair = (told(&question["name"]), told(&question["id_number"]));
    let mut answer = json!({"id": question["id"], "confirmed": known.contains(&pair)});
    match manner {
        Manner::AnswersAnother => answer["id"] = json!("another"),
        Manner::SaysTooMuch => answer["id_number"] = question["id_number"].clone(),
        _ => {}
    }
    let body = match manner {
        Manner::SpeaksNoJson => format!("yes: {}", pair.1),
        _ => answer.to_string(),
    };
    let status = match manner {
        Manner::Redirects => "302 Found\r\nlocation: /check",
        Manner::Fails => "500 X",
        _ => "200 OK",
    };
    let length = body.len();
    let head =
        format!("HTTP/1.1 {status}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n");
    let _ = peer.write_all((head + &body).as_bytes()).await;
}
