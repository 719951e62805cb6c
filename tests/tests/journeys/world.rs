//! A running host with a shop, an association and their plugins.

use hejie_faults::FaultPoint;
use hejie_postgres::Postgres;
use hejie_tests::{Client, Host, Place, Shop, shop_settings};
use serde_json::{Value, json};
use tempfile::TempDir;

#[derive(Debug, Clone, Copy)]
pub enum Kind {
    Sqlite,
    Postgres,
}

pub struct World {
    pub host: Option<Host>,
    _shop: Shop,
    pub place: Place,
    pub consumer: Client,
    pub agent: Client,
    _server: Option<Postgres>,
    _folder: TempDir,
}

impl World {
    pub async fn new(kind: Kind) -> World {
        World::at(kind, "2026-05-18T01:00:00Z").await
    }

    /// At another moment than most journeys begin at.
    pub async fn at(kind: Kind, moment: &str) -> World {
        World::with(kind, moment, &[], &[]).await
    }

    /// With further flags, and files that lie in the data folder before the start.
    pub async fn with(kind: Kind, moment: &str, flags: &[&str], files: &[(&str, &str)]) -> World {
        let folder = tempfile::tempdir().unwrap();
        let server = matches!(kind, Kind::Postgres).then(|| Postgres::start().unwrap());
        let place = Place {
            store: server.as_ref().map(Postgres::url),
            rehearsal: Some(moment.to_owned()),
            flags: flags.iter().map(ToString::to_string).collect(),
            ..Place::in_folder(&folder.path().join("data"))
        };
        std::fs::create_dir_all(&place.data).unwrap();
        for (name, text) in files {
            std::fs::write(place.data.join(name), text).unwrap();
        }
        let shop = Shop::start(&orders(&folder)).unwrap();
        let host = Host::start(&place).unwrap();
        let operator = host.operator.clone();
        for (id, kind) in [
            ("shop", "enterprise"),
            ("rival", "enterprise"),
            ("council", "association"),
        ] {
            operator.add_organisation(id, kind).await.unwrap();
        }
        let consumer = operator
            .for_principal(json!({"kind": "consumer", "id": "c-1"}))
            .await
            .unwrap();
        let agent = json!({"kind": "agent", "id": "a-1", "organisation": "shop", "name": "陈", "admin": true});
        let agent = operator.for_principal(agent).await.unwrap();
        let settings = shop_settings(&shop.url);
        let world = World {
            host: Some(host),
            _shop: shop,
            place,
            consumer,
            agent,
            _server: server,
            _folder: folder,
        };
        world.release("shop", "retail-returns", settings).await;
        for plugin in ["statutory-floor", "prepaid-card"] {
            world.release("council", plugin, json!({})).await;
        }
        world
    }

    pub fn host(&self) -> &Host {
        self.host.as_ref().unwrap()
    }

    pub fn operator(&self) -> &Client {
        &self.host().operator
    }

    /// Installs, sets and activates a plugin.
    pub async fn release(&self, organisation: &str, plugin: &str, settings: Value) {
        let released = self.operator().release(organisation, plugin, settings);
        released.await.unwrap();
    }

    /// Files a case; its number.
    pub async fn file(&self, filing: Value) -> String {
        let receipt = self
            .consumer
            .post("/cases", filing)
            .await
            .unwrap()
            .good()
            .unwrap();
        receipt["number"].as_str().unwrap().to_owned()
    }

    /// The head of a unit.
    pub async fn officer(&self, unit: &str) -> Client {
        self.officer_as(unit, "head").await
    }

    pub async fn officer_as(&self, unit: &str, role: &str) -> Client {
        let id = format!("o-{unit}-{role}");
        let officer = self.operator().officer(&id, "周", unit, role);
        officer.await.unwrap()
    }

    /// Starts the host again on the same data, as after a stop or a power cut.
    pub fn start_again(&mut self) {
        self.start(&self.place.clone());
    }

    /// Starts it again to end at the `passing`-th passing of a place between two steps.
    pub fn start_until(&mut self, point: FaultPoint, passing: u32) {
        assert!(self.host.take().unwrap().stop().unwrap());
        self.start(&ending_at(&self.place, point, passing));
    }

    /// Waits until it has ended where it was to end.
    pub async fn ended_at(&mut self, point: FaultPoint) {
        let ended = self.host.take().unwrap().ended().await;
        ended.unwrap_or_else(|fault| panic!("{}: {fault}", point.name()));
    }

    fn start(&mut self, place: &Place) {
        let host = Host::start(place).unwrap();
        let again = |client: &Client| Client::new(&host.url, &client.token);
        self.consumer = again(&self.consumer);
        self.agent = again(&self.agent);
        self.host = Some(host);
    }
}

/// The same place, for a process that ends at the `passing`-th passing of a point.
pub fn ending_at(place: &Place, point: FaultPoint, passing: u32) -> Place {
    Place {
        fault_point: Some(format!("{}:{passing}", point.name())),
        ..place.clone()
    }
}

fn orders(folder: &TempDir) -> std::path::PathBuf {
    let order = |reference: &str, fault: Option<&str>| {
        let mut order = json!({"reference": reference, "sku": "S", "name": "外套",
            "category": "clothing", "price_fen": 12_900, "ordered_on": "2026-05-10",
            "received_on": "2026-05-14", "status": "signed"});
        if let Some(fault) = fault {
            order["fault"] = json!(fault);
        }
        order
    };
    let orders = json!([
        order("HB-1", None),
        order("HB-2", Some("error")),
        order("HB-3", Some("nonsense"))
    ]);
    let file = folder.path().join("orders.json");
    std::fs::write(&file, orders.to_string()).unwrap();
    file
}

pub fn filing() -> Value {
    json!({
        "consumer": {"name": "王小明", "phone": "13800138000", "address": "武汉市武昌区中北路1号"},
        "respondent": {"organisation": "shop", "name": "江汉百货", "address": "武汉市武昌区中南路2号",
            "operator": {"kind": "ordinary", "place_of_business": "420106", "domicile": "420106"}},
        "category": "clothing", "problem": "after-sales",
        "claim": {"remedies": [{"kind": "refund", "amount_fen": 12900}, {"kind": "return_goods"}],
                  "reason": "尺码不合适"},
        "statement": "网购的外套尺码偏大，没有穿过。",
        "facts": {"channel": "online", "price_fen": 12900, "received_on": "2026-05-14"},
        "order": {"reference": "HB-1"}
    })
}

/// The open offer of the respondent's plugin.
pub fn offered(case: &Value) -> bool {
    case["offers"]
        .as_array()
        .is_some_and(|all| all.iter().any(|offer| offer["state"] == "open"))
}
