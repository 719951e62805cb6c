//! Another system that is told of events: an HTTP server which keeps what it gets.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use serde_json::Value;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// What came in.
#[derive(Debug, Clone)]
pub struct Received {
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Received {
    pub fn event(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }
}

/// Where events are told that go to an address.
pub fn hook_at(address: SocketAddr) -> String {
    format!("http://{address}/hook")
}

/// A server on loopback; it ends when dropped.
pub struct Receiver {
    pub url: String,
    kept: Arc<Mutex<Vec<Received>>>,
    status: Arc<Mutex<u16>>,
    task: tokio::task::JoinHandle<()>,
}

impl Receiver {
    pub async fn start() -> Receiver {
        Receiver::at((Ipv4Addr::LOCALHOST, 0).into()).await
    }

    pub async fn at(address: SocketAddr) -> Receiver {
        let listener = TcpListener::bind(address).await.unwrap();
        let url = hook_at(listener.local_addr().unwrap());
        let (kept, status) = (Arc::default(), Arc::new(Mutex::new(204)));
        let task = tokio::spawn(accept(listener, Arc::clone(&kept), Arc::clone(&status)));
        Receiver {
            url,
            kept,
            status,
            task,
        }
    }

    /// What it answers from now on; 0 is no answer at all.
    pub fn answers(&self, status: u16) {
        *self.status.lock().unwrap() = status;
    }

    pub fn received(&self) -> Vec<Received> {
        self.kept.lock().unwrap().clone()
    }

    /// Waits until as many came in as wanted, and tells all that did.
    pub async fn wait_for(&self, wanted: usize) -> Vec<Received> {
        let give_up = Instant::now() + Duration::from_secs(60);
        loop {
            let received = self.received();
            if received.len() >= wanted {
                return received;
            }
            assert!(Instant::now() < give_up, "waited in vain: {received:?}");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn accept(listener: TcpListener, kept: Arc<Mutex<Vec<Received>>>, status: Arc<Mutex<u16>>) {
    while let Ok((peer, _)) = listener.accept().await {
        tokio::spawn(answer(peer, Arc::clone(&kept), Arc::clone(&status)));
    }
}

/// Reads one request.
pub async fn request(peer: &mut BufReader<TcpStream>) -> Received {
    let mut line = String::new();
    peer.read_line(&mut line).await.unwrap();
    let mut headers = HeaderMap::new();
    loop {
        line.clear();
        peer.read_line(&mut line).await.unwrap();
        let Some((name, value)) = line.trim_end().split_once(": ") else {
            break;
        };
        let name: HeaderName = name.parse().unwrap();
        headers.insert(name, HeaderValue::from_str(value).unwrap());
    }
    let length = headers["content-length"].to_str().unwrap().parse().unwrap();
    let mut body = vec![0; length];
    peer.read_exact(&mut body).await.unwrap();
    Received { headers, body }
}

async fn answer(peer: TcpStream, kept: Arc<Mutex<Vec<Received>>>, status: Arc<Mutex<u16>>) {
    let mut peer = BufReader::new(peer);
    let received = request(&mut peer).await;
    kept.lock().unwrap().push(received);
    let status = *status.lock().unwrap();
    if status == 0 {
        tokio::time::sleep(Duration::from_secs(60)).await;
    }
    let answer = format!("HTTP/1.1 {status} X\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
    let _ = peer.write_all(answer.as_bytes()).await;
}
