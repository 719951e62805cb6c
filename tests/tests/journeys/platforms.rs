//! Platforms of several authorities, each the real binary with a store and a key of its
//! own, and what another system signs with.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD as BASE64URL;
use ed25519_dalek::{Signer, SigningKey};
use hejie_faults::FaultPoint;
use hejie_postgres::{Port, Postgres};
use hejie_tests::{Answer, Client, Host, Place};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::power_cut::hejie;
use crate::world::{Kind, ending_at, filing};

/// A platform at an address that stays when it starts again.
pub struct Platform {
    pub host: Option<Host>,
    pub place: Place,
    pub code: &'static str,
    // Others reach it under one address before and after it was down.
    _port: Port,
    _server: Option<Postgres>,
    _folder: TempDir,
}

impl Platform {
    pub fn new(code: &'static str, kind: Kind, tries: u32) -> Platform {
        let folder = tempfile::tempdir().unwrap();
        let server = matches!(kind, Kind::Postgres).then(|| Postgres::start().unwrap());
        let port = Port::reserve().unwrap();
        let flags = ["--code", code, "--delivery-tries", &tries.to_string()];
        let place = Place {
            store: server.as_ref().map(Postgres::url),
            listen: port.address().to_string(),
            flags: flags.map(str::to_owned).to_vec(),
            ..Place::in_folder(folder.path())
        };
        let mut platform = Platform {
            host: None,
            place,
            code,
            _port: port,
            _server: server,
            _folder: folder,
        };
        platform.start();
        platform
    }

    pub fn start(&mut self) {
        self.host = Some(Host::start(&self.place).unwrap());
    }

    /// Starts it to end at the `passing`-th passing of a place between two steps.
    pub fn start_until(&mut self, point: FaultPoint, passing: u32) {
        let place = ending_at(&self.place, point, passing);
        self.host = Some(Host::start(&place).unwrap());
    }

    /// Waits until it has ended where it was to end.
    pub async fn ended_at(&mut self, point: FaultPoint) {
        let ended = self.host.take().unwrap().ended().await;
        ended.unwrap_or_else(|fault| panic!("{}: {fault}", point.name()));
    }

    pub fn stop(&mut self) {
        assert!(self.host.take().unwrap().stop().unwrap());
    }

    pub fn power_cut(&mut self) {
        self.host.take().unwrap().kill().unwrap();
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.place.listen)
    }

    pub fn operator(&self) -> &Client {
        &self.host.as_ref().unwrap().operator
    }

    pub async fn officer(&self, unit: &str) -> Client {
        let id = format!("o-{unit}");
        let officer = self.operator().officer(&id, "周", unit, "head");
        officer.await.unwrap()
    }

    pub async fn consumer(&self) -> Client {
        let consumer = json!({"kind": "consumer", "id": "c-1"});
        self.operator().for_principal(consumer).await.unwrap()
    }

    pub fn exchange(&self) -> String {
        format!("http://{}/api/v1/exchange", self.place.listen)
    }

    /// Whom others may trust: read as another operator reads it.
    pub async fn public_key(&self) -> String {
        let url = format!("http://{}/.well-known/hejie", self.place.listen);
        let told: Value = reqwest::get(url).await.unwrap().json().await.unwrap();
        assert_eq!(told["code"], self.code);
        told["public_key"].as_str().unwrap().to_owned()
    }

    pub async fn trust(&self, code: &str, url: &str, public_key: &str) {
        let authority =
            json!({"name": format!("{code}市场监督管理局"), "url": url, "public_key": public_key});
        let path = format!("/external-authorities/{code}");
        let put = self.operator().put(&path, authority).await.unwrap();
        put.good().unwrap();
    }

    pub async fn days_pass(&self, days: u32) {
        let day = json!({"seconds": 86_400 * days});
        self.operator()
            .post("/clock", day)
            .await
            .unwrap()
            .good()
            .unwrap();
    }

    /// A complaint of hers at the authority of Wuchang.
    pub async fn registered(&self, consumer: &Client) -> String {
        let receipt = consumer
            .post("/cases", outside())
            .await
            .unwrap()
            .good()
            .unwrap();
        let number = receipt["number"].as_str().unwrap().to_owned();
        consumer
            .act(&number, "escalation", json!({}))
            .await
            .unwrap();
        number
    }

    pub async fn files(&self) -> Vec<Value> {
        let cases = self.operator().get("/cases").await.unwrap().good().unwrap();
        cases["cases"].as_array().unwrap().clone()
    }

    pub fn verify(&self) {
        let verified = hejie(&self.place, &["ledger", "verify"]);
        let told = String::from_utf8_lossy(&verified.stdout);
        assert!(verified.status.success(), "{told}");
    }
}

/// Hubei and Henan, which trust each other.
pub async fn neighbours(here: Kind, there: Kind) -> (Platform, Platform) {
    let (a, b) = (
        Platform::new("hubei", here, 11),
        Platform::new("henan", there, 11),
    );
    a.trust("henan", &b.exchange(), &b.public_key().await).await;
    b.trust("hubei", &a.exchange(), &a.public_key().await).await;
    (a, b)
}

/// A filing against somebody who does not resolve disputes here.
pub fn outside() -> Value {
    let mut filing = filing();
    filing["respondent"]
        .as_object_mut()
        .unwrap()
        .remove("organisation");
    filing
}

pub fn going(to: &str) -> Value {
    json!({"to": to, "reason": "经营者住所地在外省", "article": "41"})
}

pub fn transfer(case: &Value) -> &Value {
    case["complaint"]["transfers"]
        .as_array()
        .unwrap()
        .last()
        .unwrap()
}

pub fn stages(case: &Value) -> Vec<&str> {
    let statuses = transfer(case)["statuses"].as_array();
    statuses
        .into_iter()
        .flatten()
        .map(|it| it["stage"].as_str().unwrap())
        .collect()
}

/// What another system signs with, whatever it is.
pub struct Signer8037(SigningKey);

impl Signer8037 {
    pub fn new(seed: u8) -> Signer8037 {
        Signer8037(SigningKey::from_bytes(&[seed; 32]))
    }

    pub fn public(&self) -> String {
        BASE64URL.encode(self.0.verifying_key().as_bytes())
    }

    pub fn sign(&self, code: &str, typ: &str, payload: &str) -> Value {
        let header = json!({"alg": "EdDSA", "kid": code, "typ": typ}).to_string();
        let (protected, payload) = (BASE64URL.encode(header), BASE64URL.encode(payload));
        let signature = self.0.sign(format!("{protected}.{payload}").as_bytes());
        json!({"protected": protected, "payload": payload,
               "signature": BASE64URL.encode(signature.to_bytes())})
    }

    pub fn dossier(&self, dossier: &Value) -> Value {
        let payload = serde_jcs::to_string(dossier).unwrap();
        self.sign("shanghai", "hejie-dossier+json", &payload)
    }

    pub fn status(&self, status: &Value) -> Value {
        self.sign("shanghai", "hejie-status+json", &status.to_string())
    }
}

/// What Shanghai would hand over to a platform: of the form that this one seals.
pub async fn dossier_for(platform: &Platform, to: &str) -> Value {
    let consumer = platform.consumer().await;
    let number = platform.registered(&consumer).await;
    let dossier = consumer
        .get(&format!("/cases/{number}/dossier"))
        .await
        .unwrap();
    let mut dossier = dossier.good().unwrap();
    dossier["number"] = json!("SH-2026-1");
    dossier["transfer"] =
        json!({"from": "shanghai", "to": to, "reason": "住所地", "article": "41"});
    dossier
}

pub async fn hand_over(platform: &Platform, signed: Value) -> Answer {
    let nobody = Client::new(&format!("http://{}", platform.place.listen), "");
    nobody.post("/exchange/dossiers", signed).await.unwrap()
}
