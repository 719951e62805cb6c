//! A partner sends in what people told it: signed, in batches, each line by itself.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use ed25519_dalek::{Signer, SigningKey};
use hejie_domain::identifiers::digest::Digest;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::representation::by_agent;
use crate::world::{Kind, World, filing};

/// The moment the world's clock begins at.
pub const NOW: i64 = 1_779_066_000;
const FILINGS: &str = "/partners/filings";

/// A city's hotline with its key.
pub struct Hotline {
    pub world: World,
    key: SigningKey,
}

impl Hotline {
    pub async fn new(kind: Kind) -> Hotline {
        let world = World::new(kind).await;
        let key = SigningKey::from_bytes(&[7; 32]);
        let operator = world.operator();
        let named = operator.put("/partners/hotline", json!({"name": "12345热线"}));
        named.await.unwrap().good().unwrap();
        let hotline = Hotline { world, key };
        hotline.enters("k1").await.good().unwrap();
        hotline
    }

    /// Enters its key under an id.
    async fn enters(&self, id: &str) -> hejie_tests::Answer {
        let public_key = BASE64_STANDARD.encode(self.key.verifying_key().as_bytes());
        let key = json!({"id": id, "public_key": public_key});
        let entered = self.world.operator().post("/partners/hotline/keys", key);
        entered.await.unwrap()
    }

    pub async fn sends(&self, lines: &[Value]) -> (StatusCode, Value) {
        let body = json!({ "lines": lines }).to_string();
        self.sends_as("hotline/k1", NOW, &body, &body).await
    }

    /// Sends a document that it signed.
    pub async fn signs(&self, path: &str, document: &Value) -> (StatusCode, Value) {
        let body = document.to_string();
        self.posts(path, "hotline/k1", NOW, &body, &body).await
    }

    pub async fn asks(&self, references: &[&str], now: i64) -> (StatusCode, Value) {
        let body = json!({ "references": references }).to_string();
        let path = "/partners/standings";
        self.posts(path, "hotline/k1", now, &body, &body).await
    }

    async fn sends_as(
        &self,
        key: &str,
        created: i64,
        signed: &str,
        sent: &str,
    ) -> (StatusCode, Value) {
        self.posts(FILINGS, key, created, signed, sent).await
    }

    /// Signs one body and sends another.
    async fn posts(
        &self,
        path: &str,
        key: &str,
        created: i64,
        signed: &str,
        sent: &str,
    ) -> (StatusCode, Value) {
        let digest = BASE64_STANDARD.encode(Digest::of(signed.as_bytes()).as_bytes());
        let digest = format!("sha-256=:{digest}:");
        let params =
            format!("(\"@method\" \"@path\" \"content-digest\");created={created};keyid=\"{key}\"");
        let base = format!(
            "\"@method\": POST\n\"@path\": /api/v1{path}\n\"content-digest\": {digest}\n\
             \"@signature-params\": {params}"
        );
        let signature = BASE64_STANDARD.encode(self.key.sign(base.as_bytes()).to_bytes());
        let nobody = hejie_tests::Client::new(&self.world.host().url, "");
        let request = nobody
            .odd(Method::POST, path)
            .header("content-type", "application/json")
            .header("content-digest", digest)
            .header("signature-input", format!("sig1={params}"))
            .header("signature", format!("sig1=:{signature}:"))
            .body(sent.to_owned());
        let response = request.send().await.unwrap();
        (response.status(), response.json().await.unwrap())
    }
}

fn line(reference: &str) -> Value {
    json!({"reference": reference, "filing": filing()})
}

async fn a_batch(kind: Kind) {
    let hotline = Hotline::new(kind).await;
    let mut blank = line("12345-2");
    blank["filing"]["statement"] = json!(" ");
    let mut odd = line("12345-3");
    odd["filing"]["colour"] = json!("红");
    let lines = [
        line("12345-1"),
        blank.clone(),
        odd,
        line("12345-1"),
        json!({"filing": filing()}),
        line("12345-4"),
    ];
    let (status, answers) = hotline.sends(&lines).await;
    assert_eq!(status, 200, "{answers}");
    let told = |answers: &Value| -> Vec<(String, String)> {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let lines = answers["lines"].as_array().unwrap().iter();
        lines
            .map(|it| {
                let pointer = &it["problem"]["errors"][0]["pointer"];
                (text(&it["outcome"]), text(pointer))
            })
            .collect()
    };
    let refused = |pointer: &str| ("refused".to_owned(), pointer.to_owned());
    let accepted = ("accepted".to_owned(), String::new());
    assert_eq!(
        told(&answers),
        [
            accepted.clone(),
            refused("/filing/statement"),
            refused("/filing/colour"),
            refused("/reference"),
            refused("/reference"),
            accepted.clone(),
        ]
    );
    let (_, again) = hotline.sends(&lines).await;
    assert_eq!(again, answers, "the same answers, and nothing twice");

    let number = answers["lines"][0]["number"].as_str().unwrap();
    let officer = hotline.world.officer("420106").await;
    let case = officer.case(number).await.unwrap();
    assert_eq!(case["phase"], "registered");
    assert_eq!(case["entered"]["channel"], "partner");
    assert_eq!(case["entered"]["reference"], "12345-1");
    assert_eq!(case["entered"]["by"]["id"], "hotline");
    let listed = officer.get("/work").await.unwrap().good().unwrap();
    assert_eq!(listed["files"].as_array().unwrap().len(), 2);
    // A caller knows the number that the partner told her.
    for (reference, found) in [("12345", 2), ("54321", 0)] {
        let known = officer.get(&format!("/work?q={reference}")).await;
        let known = known.unwrap().good().unwrap();
        assert_eq!(known["files"].as_array().unwrap().len(), found);
    }

    let mut other = line("12345-1");
    other["filing"]["statement"] = json!("另一件事");
    blank["filing"]["statement"] = json!("补上了经过");
    let (_, mended) = hotline.sends(&[other, blank]).await;
    assert_eq!(told(&mended), [refused("/reference"), accepted]);
}

#[tokio::test]
async fn one_bad_line_does_not_stop_the_others_and_nothing_is_filed_twice() {
    a_batch(Kind::Sqlite).await;
}

#[tokio::test]
async fn one_bad_line_does_not_stop_the_others_on_postgres() {
    a_batch(Kind::Postgres).await;
}

#[tokio::test]
async fn a_batch_that_comes_twice_at_once_is_filed_once() {
    let hotline = Hotline::new(Kind::Sqlite).await;
    let lines: Vec<Value> = (0..40).map(|n| line(&format!("r-{n}"))).collect();
    let (one, two) = tokio::join!(hotline.sends(&lines), hotline.sends(&lines));
    assert_eq!((one.0, two.0), (StatusCode::OK, StatusCode::OK));
    assert_eq!(one.1, two.1);
    let officer = hotline.world.officer("420106").await;
    let listed = officer.get("/work/counts").await.unwrap().good().unwrap();
    let bands = listed.as_object().unwrap().values();
    let files: u64 = bands.filter_map(|band| band["files"].as_u64()).sum();
    assert_eq!(files, 40, "{listed}");
}

#[tokio::test]
async fn what_is_not_signed_by_a_partner_now_is_not_read() {
    let hotline = Hotline::new(Kind::Sqlite).await;
    let body = json!({"lines": [line("1")]}).to_string();
    let nobody = hejie_tests::Client::new(&hotline.world.host().url, "");
    let plain = nobody.odd(Method::POST, FILINGS);
    let plain = plain.header("content-type", "application/json");
    let plain = plain.body(body.clone()).send().await.unwrap();
    assert_eq!(plain.status().as_u16(), 401);
    let other = body.replace("\"1\"", "\"2\"");
    for (key, created, sent) in [
        ("hotline/k2", NOW, &body),
        ("rival/k1", NOW, &body),
        ("k1", NOW, &body),
        ("hotline/k1", NOW - 3_600, &body),
        ("hotline/k1", NOW + 3_600, &body),
        ("hotline/k1", NOW, &other),
    ] {
        let (status, problem) = hotline.sends_as(key, created, &body, sent).await;
        assert_eq!(status, 401, "{key} {created} {problem}");
        assert_eq!(problem["type"], "/problems/bad-signature");
    }
    let (status, _) = hotline.sends_as("hotline/k1", NOW, &body, &body).await;
    assert_eq!(status, 200);
    let revoked = hotline.world.operator().delete("/partners/hotline/keys/k1");
    assert_eq!(revoked.await.unwrap().status.as_u16(), 204);
    let (status, _) = hotline.sends_as("hotline/k1", NOW, &body, &body).await;
    assert_eq!(status, 401);
    assert_eq!(
        hotline.enters("k1").await.status.as_u16(),
        409,
        "an id stays used"
    );
    hotline.enters("k2").await.good().unwrap();
    let (status, _) = hotline.sends_as("hotline/k2", NOW, &body, &body).await;
    assert_eq!(status, 200);
}

#[tokio::test]
async fn a_batch_has_its_bounds_and_partners_are_the_operators_to_enter() {
    let hotline = Hotline::new(Kind::Sqlite).await;
    let (status, problem) = hotline.sends(&[]).await;
    assert_eq!(
        (status.as_u16(), &problem["errors"][0]["pointer"]),
        (422, &json!("/lines"))
    );
    let many: Vec<Value> = (0..1_001)
        .map(|n| json!({"reference": n.to_string()}))
        .collect();
    let (status, problem) = hotline.sends(&many).await;
    assert_eq!(
        (status.as_u16(), &problem["errors"][0]["pointer"]),
        (422, &json!("/lines"))
    );
    let (status, answers) = hotline.sends(&many[..1_000]).await;
    assert_eq!(
        (status.as_u16(), answers["lines"].as_array().unwrap().len()),
        (200, 1_000)
    );
    for (key, field) in [
        (json!({"id": "k 2", "public_key": "AA=="}), "/id"),
        (json!({"id": "k2", "public_key": "AA=="}), "/public_key"),
        (
            json!({"id": "k2", "public_key": BASE64_STANDARD.encode([0u8; 32])}),
            "/public_key",
        ),
    ] {
        let entered = hotline
            .world
            .operator()
            .post("/partners/hotline/keys", key)
            .await;
        assert_eq!(entered.unwrap().pointers(), [field]);
    }
    let consumer = &hotline.world.consumer;
    let named = consumer
        .put("/partners/x", json!({"name": "x"}))
        .await
        .unwrap();
    assert_eq!(named.status.as_u16(), 403);
    assert_eq!(
        consumer
            .get("/partners/hotline")
            .await
            .unwrap()
            .status
            .as_u16(),
        403
    );
}

#[tokio::test]
async fn a_line_names_who_acts_for_whom() {
    let hotline = Hotline::new(Kind::Sqlite).await;
    let mut by_power = line("12345-1");
    by_power["filing"] = by_agent(&["settle"]);
    let mut wanting = by_power.clone();
    wanting["reference"] = json!("12345-2");
    let agent = wanting["filing"]["representation"]["agent"].as_object_mut();
    agent.unwrap().remove("matters");
    let (status, answers) = hotline.sends(&[by_power, wanting]).await;
    assert_eq!(status, 200, "{answers}");
    let [filed, refused] = [&answers["lines"][0], &answers["lines"][1]];
    assert_eq!(refused["outcome"], "refused");
    assert_eq!(
        refused["problem"]["errors"][0]["pointer"],
        "/filing/representation/agent/matters"
    );
    let number = filed["number"].as_str().unwrap();
    let agent = json!({"kind": "consumer", "id": "c-9"});
    let agent = hotline.world.operator().for_principal(agent).await.unwrap();
    let case = agent.case(number).await.unwrap();
    assert_eq!(
        case["filing"]["representation"]["agent"]["special_powers"],
        json!(["settle"])
    );
}

#[tokio::test]
async fn a_partner_asks_how_its_filings_stand_and_learns_of_no_others() {
    let hotline = Hotline::new(Kind::Sqlite).await;
    let (_, answers) = hotline.sends(&[line("12345-1"), line("12345-2")]).await;
    let number = answers["lines"][0]["number"].as_str().unwrap();
    let officer = hotline.world.officer("420106").await;
    let refusal = json!({"ground": "no-power", "reason": "属于住建部门职责"});
    officer.act(number, "refusal", refusal).await.unwrap();
    let (status, answer) = hotline.asks(&["12345-1", "12345-2", "x"], NOW).await;
    assert_eq!(status, 200, "{answer}");
    let [refused, waiting, unknown] = [0, 1, 2].map(|at| &answer["standings"][at]);
    assert_eq!(*unknown, json!({"outcome": "unknown", "reference": "x"}));
    assert_eq!(
        (&refused["number"], &refused["phase"], &refused["unit"]),
        (&json!(number), &json!("refused"), &json!("420106"))
    );
    let stages = |standing: &Value| -> Vec<(String, String)> {
        let statuses = standing["statuses"].as_array().unwrap().iter();
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        statuses
            .map(|it| (text(&it["stage"]), text(&it["text"])))
            .collect()
    };
    let told = |stage: &str, text: &str| (stage.to_owned(), text.to_owned());
    assert_eq!(
        stages(refused),
        [told("received", ""), told("refused", "属于住建部门职责")]
    );
    assert_eq!(stages(waiting), [told("received", "")]);

    for (count, wanted) in [(0, 422), (100, 200), (101, 422)] {
        let (status, answer) = hotline.asks(&vec!["x"; count], NOW).await;
        assert_eq!(status, wanted, "{answer}");
    }
    let (status, _) = hotline.asks(&["12345-1"], NOW - 900).await;
    assert_eq!(status, 401);
    let operator = hotline.world.operator();
    let named = operator.put("/partners/other", json!({"name": "外地热线"}));
    named.await.unwrap().good().unwrap();
    let public_key = BASE64_STANDARD.encode(hotline.key.verifying_key().as_bytes());
    let key = json!({"id": "k1", "public_key": public_key});
    let entered = operator.post("/partners/other/keys", key).await;
    entered.unwrap().good().unwrap();
    let body = json!({"references": ["12345-1"]}).to_string();
    let (status, answer) = hotline
        .posts("/partners/standings", "other/k1", NOW, &body, &body)
        .await;
    assert_eq!(status, 200, "{answer}");
    assert_eq!(answer["standings"][0]["outcome"], "unknown");
}
