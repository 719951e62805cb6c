//! Full disputes through the running host over HTTP: filed, an offer by the
//! shop's plugin with an opinion by the association's, accepted, settled. Two
//! hosts take turns: one on a fresh store, one whose store holds many cases.

use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use futures_util::{StreamExt, TryStreamExt, stream};
use hejie_tests::{Client, Host, Place, Shop, shop_settings};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::time::timeout;

use crate::crowd;
use crate::figure::Figure;

/// Consumers who have a dispute at the same time.
const AT_ONCE: usize = 8;
/// Disputes of a round, and rounds; the two hosts take turns.
const DISPUTES: usize = 120;
const ROUNDS: usize = 10;
/// Four days before the rehearsal begins: within the window of return.
const RECEIVED: &str = "2026-05-14";
/// No dispute takes longer, or something is broken.
const GIVE_UP: Duration = Duration::from_secs(30);

pub async fn measure(cases: u32) -> Result<Vec<Figure>> {
    let shop_folder = tempfile::tempdir()?;
    let shop = start_shop(&shop_folder)?;
    let fresh = Market::open(&shop).await?;
    let crowded = Market::open(&shop).await?.crowded(cases).await?;
    for market in [&fresh, &crowded] {
        market.round().await?;
    }
    let (mut few, mut many) = (Times::default(), Times::default());
    for _ in 0..ROUNDS {
        few.add(fresh.round().await?);
        many.add(crowded.round().await?);
    }
    Ok(vec![
        Figure::of("disputes a second, fresh store", few.rate(), "1/s"),
        Figure::of("disputes a second, crowded store", many.rate(), "1/s"),
        Figure::of(
            "cases in the crowded store before",
            f64::from(cases),
            "cases",
        ),
        Figure::of("a dispute's p99, fresh store", few.p99(), "ms"),
        Figure::of("a dispute's p99, crowded store", many.p99(), "ms"),
        Figure::of("p99, crowded over fresh", many.p99() / few.p99(), "x").at_most(1.3),
    ])
}

/// What the rounds took.
#[derive(Default)]
struct Times {
    /// Of each dispute, in milliseconds.
    each: Vec<f64>,
    /// Of all rounds, in seconds.
    total: f64,
}

impl Times {
    fn add(&mut self, other: Times) {
        self.each.extend(other.each);
        self.total += other.total;
    }

    fn rate(&self) -> f64 {
        self.each.len() as f64 / self.total
    }

    fn p99(&self) -> f64 {
        hejie_bench_lists::percentile(&mut self.each.clone(), 99)
    }
}

/// A host with its shop, its association and a consumer.
struct Market {
    host: Host,
    place: Place,
    consumer: Client,
    _folder: TempDir,
}

impl Market {
    async fn open(shop: &Shop) -> Result<Market> {
        let folder = tempfile::tempdir()?;
        let place = Place::in_folder(&folder.path().join("data"));
        let host = Host::start(&place)?;
        let operator = host.operator.clone();
        operator.add_organisation("shop", "enterprise").await?;
        operator.add_organisation("rival", "enterprise").await?;
        operator.add_organisation("council", "association").await?;
        let settings = shop_settings(&shop.url);
        operator.release("shop", "retail-returns", settings).await?;
        operator
            .release("council", "statutory-floor", json!({}))
            .await?;
        let consumer = json!({"kind": "consumer", "id": "c-1"});
        Ok(Market {
            consumer: operator.for_principal(consumer).await?,
            host,
            place,
            _folder: folder,
        })
    }

    /// The same market, with many cases of others in its store.
    async fn crowded(self, cases: u32) -> Result<Market> {
        // Without a plugin of its own the shop's people are to answer: an open case.
        let template = self.file("rival").await?;
        self.follow(&template, &["handed_over"]).await?;
        self.host.stop()?;
        crowd::fill(&self.place.data.join("hejie.db"), cases).await?;
        let host = Host::start(&self.place)?;
        Ok(Market {
            consumer: Client::new(&host.url, &self.consumer.token),
            host,
            ..self
        })
    }

    async fn round(&self) -> Result<Times> {
        let start = Instant::now();
        let each = stream::iter((0..DISPUTES).map(|_| self.dispute()))
            .buffer_unordered(AT_ONCE)
            .try_collect()
            .await?;
        Ok(Times {
            each,
            total: start.elapsed().as_secs_f64(),
        })
    }

    /// One dispute from filing to settlement, in milliseconds.
    async fn dispute(&self) -> Result<f64> {
        let start = Instant::now();
        let number = self.file("shop").await?;
        let offered = self.follow(&number, &["offer_made", "opinion_given"]);
        timeout(GIVE_UP, offered).await??;
        let case = self.consumer.act(&number, "offers/1/acceptance", json!({}));
        ensure!(case.await?["phase"] == "settled", "{number} is not settled");
        Ok(start.elapsed().as_secs_f64() * 1e3)
    }

    async fn file(&self, respondent: &str) -> Result<String> {
        let receipt = self
            .consumer
            .post("/cases", filing(respondent))
            .await?
            .good()?;
        Ok(receipt["number"].as_str().context("no number")?.to_owned())
    }

    /// Reads the live stream until these events came, one after another.
    async fn follow(&self, number: &str, wanted: &[&str]) -> Result<()> {
        let mut stream = self.consumer.live(number, 0).await?;
        let (mut text, mut wanted) = (String::new(), wanted.iter());
        let mut next = wanted.next();
        while let Some(name) = next {
            let chunk = stream.chunk().await?.context("the stream ended")?;
            text.push_str(&String::from_utf8_lossy(&chunk));
            if let Some(at) = text.find(&format!("event: {name}\n")) {
                text.drain(..=at);
                next = wanted.next();
            }
        }
        Ok(())
    }
}

fn start_shop(folder: &TempDir) -> Result<Shop> {
    let orders = json!([{"reference": "HB-1", "sku": "S", "name": "外套", "category": "clothing",
        "price_fen": 12_900, "ordered_on": "2026-05-10", "received_on": RECEIVED, "status": "signed"}]);
    let file = folder.path().join("orders.json");
    std::fs::write(&file, orders.to_string())?;
    Shop::start(&file)
}

fn filing(respondent: &str) -> Value {
    json!({
        "consumer": {"name": "王小明", "phone": "13800138000"},
        "respondent": {"organisation": respondent, "name": "江汉百货",
            "operator": {"kind": "ordinary", "place_of_business": "420106", "domicile": "420106"}},
        "category": "clothing", "problem": "after-sales",
        "claim": {"remedies": [{"kind": "refund", "amount_fen": 12900}, {"kind": "return_goods"}],
                  "reason": "尺码不合适"},
        "statement": "网购的外套尺码偏大，没有穿过，想退货退款。",
        "facts": {"channel": "online", "price_fen": 12900, "received_on": RECEIVED},
        "order": {"reference": "HB-1"}
    })
}
