//! A small order system over HTTP: what a shop has and a resolver asks.
//!
//! `GET /orders/{reference}` with the shop's bearer token gives the order as JSON.
//! Orders come from a file; one may carry a `fault` (an error, silence, nonsense,
//! too much), as real order systems do.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use clap::Parser;
use serde::{Deserialize, Serialize};

/// An order system for shops.
#[derive(Parser)]
struct Args {
    /// Where to listen; port 0 takes a free one.
    #[arg(long, default_value = "127.0.0.1:0")]
    listen: String,
    /// The bearer token that callers must send.
    #[arg(long)]
    token: String,
    /// A JSON file with an array of orders.
    #[arg(long)]
    orders: PathBuf,
}

#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Order {
    reference: String,
    sku: String,
    name: String,
    category: String,
    price_fen: u64,
    ordered_on: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    received_on: Option<String>,
    status: String,
    /// What goes wrong when this order is asked for.
    #[serde(default, skip_serializing)]
    fault: Option<Fault>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Fault {
    Error,
    Silence,
    Nonsense,
    TooMuch,
}

struct Shop {
    token: String,
    orders: BTreeMap<String, Order>,
}

#[tokio::main]
async fn main() -> Result<()> {
    let args = Args::parse();
    let text = std::fs::read_to_string(&args.orders)
        .with_context(|| format!("{} cannot be read", args.orders.display()))?;
    let orders: Vec<Order> =
        serde_json::from_str(&text).context("the orders are not as expected")?;
    let orders = orders
        .into_iter()
        .map(|order| (order.reference.clone(), order))
        .collect();
    let shop = Arc::new(Shop {
        token: args.token,
        orders,
    });
    let app = Router::new()
        .route("/orders/{reference}", get(order))
        .with_state(shop);
    let listener = tokio::net::TcpListener::bind(&args.listen).await?;
    println!("listening on http://{}", listener.local_addr()?);
    axum::serve(listener, app).await?;
    Ok(())
}

async fn order(
    State(shop): State<Arc<Shop>>,
    Path(reference): Path<String>,
    headers: HeaderMap,
) -> Response {
    let sent = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok());
    if sent.and_then(|value| value.strip_prefix("Bearer ")) != Some(shop.token.as_str()) {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    let Some(order) = shop.orders.get(&reference) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    match order.fault {
        None => Json(order.clone()).into_response(),
        Some(Fault::Error) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        Some(Fault::Nonsense) => "<html>maintenance</html>".into_response(),
        Some(Fault::TooMuch) => "x".repeat(1 << 20).into_response(),
        Some(Fault::Silence) => {
            tokio::time::sleep(Duration::from_secs(30)).await;
            StatusCode::GATEWAY_TIMEOUT.into_response()
        }
    }
}
