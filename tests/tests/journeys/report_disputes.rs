//! Two authorities that disagree on who verifies a report (Order 121 art. 33), and what the
//! other one sees of it meanwhile.

use hejie_tests::Client;
use rstest::rstest;
use serde_json::{Value, json};

use crate::power_cut::hejie;
use crate::reports::{Desk, SECRETS, named, number, running};
use crate::world::Kind;

const DISPUTE: &str = "handling-dispute";

fn with_hongshan() -> Value {
    json!({"with": "420111", "reason": "实际经营地在洪山区"})
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn the_other_authority_reads_the_report_not_the_reporter_and_takes_it(#[case] kind: Kind) {
    let mut desk = Desk::open(kind).await;
    let number = number(&desk.receive(&desk.reporter, named()).await);
    let wuchang = desk.officer("o-1", "420106").await;
    let hongshan = desk.officer("n-1", "420111").await;
    let stranger = desk.officer("n-2", "420102").await;
    let path = format!("/reports/{number}");
    assert_eq!(desk.status(&hongshan, &path, None).await, 404);
    let early = format!("{path}/handling-agreement");
    assert_eq!(desk.status(&wuchang, &early, Some(json!({}))).await, 409);

    desk.does(&wuchang, &number, DISPUTE, with_hongshan()).await;
    let seen = hongshan.get(&path).await.unwrap().good().unwrap();
    assert_eq!(seen["dispute"]["by"], "420106");
    assert_eq!(seen["reporter"], json!({"kind": "named"}));
    let timeline = format!("{path}/timeline");
    let timeline = hongshan.get(&timeline).await.unwrap().good().unwrap();
    for secret in SECRETS {
        let read = seen.to_string() + &timeline.to_string();
        assert!(!read.contains(secret), "{secret}");
    }
    let identity = format!("{path}/identity");
    let why = json!({"reason": "核实举报"});
    assert_eq!(desk.status(&hongshan, &identity, Some(why)).await, 403);
    assert_eq!(desk.status(&stranger, &path, None).await, 404);
    let waiting = hongshan.get("/work/parts").await.unwrap().good().unwrap();
    assert_eq!(
        (
            &waiting["parts"][0]["number"],
            &waiting["parts"][0]["awaits"]
        ),
        (&json!(number), &json!("agreement"))
    );
    assert_eq!(waiting["parts"][0]["due_on"], "2026-05-27");

    desk.days_pass(1).await;
    desk.does(&hongshan, &number, "handling-agreement", json!({}))
        .await;
    assert_eq!(desk.status(&wuchang, &path, None).await, 404);
    let taken = hongshan.get(&path).await.unwrap().good().unwrap();
    assert_eq!(taken["unit"], "420111");
    assert_eq!(taken["dispute"], Value::Null);
    let clock = running(&taken, "report-verification").unwrap();
    assert_eq!(
        clock["start"], "2026-05-19",
        "from receipt by who has power"
    );
    let waiting = hongshan.get("/work/parts").await.unwrap().good().unwrap();
    assert_eq!(waiting["parts"], json!([]));
    let why = json!({"reason": "核实举报"});
    let who = desk.does(&hongshan, &number, "identity", why).await;
    assert_eq!(who["name"], json!(SECRETS[0]), "it handles it now");
    assert!(desk.world.host.take().unwrap().stop().unwrap());
    let verified = hejie(&desk.world.place, &["ledger", "verify"]);
    assert!(verified.status.success());
}

#[tokio::test]
async fn without_agreement_the_common_superior_is_told_and_designates() {
    let mut desk = Desk::open(Kind::Sqlite).await;
    let number = number(&desk.receive(&desk.reporter, named()).await);
    let wuchang = desk.officer("o-1", "420106").await;
    let hongshan = desk.officer("n-1", "420111").await;
    let city = desk.officer("s-1", "420100").await;
    desk.does(&wuchang, &number, DISPUTE, with_hongshan()).await;
    let path = format!("/reports/{number}");
    for body in [with_hongshan(), json!({"with": "420106", "reason": "重复"})] {
        let again = format!("{path}/{DISPUTE}");
        let status = desk.status(&wuchang, &again, Some(body)).await;
        assert!(matches!(status, 409 | 422), "{status}");
    }
    desk.days_pass(10).await;
    let mut urged = Value::Null;
    for _ in 0..100 {
        urged = city.get(&path).await.unwrap().good().unwrap()["supervisions"].take();
        let all = urged.as_array().into_iter().flatten();
        let mut overdue = all.filter(|it| it["cause"]["cause"] == "overdue");
        if overdue.any(|it| it["cause"]["period"] == DISPUTE) {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    let all = urged.as_array().unwrap().iter();
    let own: Vec<&Value> = all.filter(|it| it["cause"]["period"] == DISPUTE).collect();
    let overdue = |it: &&Value| it["cause"]["cause"] == "overdue";
    assert!(own.iter().any(overdue), "{urged}");
    assert!(own.iter().all(|it| it["by"] == "420100"), "{urged}");
    let awaited = async |who: &Client| {
        let parts = who.get("/work/parts").await.unwrap().good().unwrap();
        let parts = parts["parts"].as_array().unwrap().iter();
        let theirs = parts.filter(|it| it["number"] == json!(number));
        let what = theirs.map(|it| it["awaits"].as_str().unwrap().to_owned());
        what.collect::<Vec<_>>()
    };
    assert!(awaited(&city).await.contains(&"designation".to_owned()));
    assert_eq!(
        awaited(&hongshan).await,
        ["agreement"],
        "it may still agree"
    );
    let to = json!({"unit": "420111", "reason": "由实际经营地核查"});
    for nobody in [&wuchang, &hongshan] {
        let designation = format!("{path}/designation");
        let status = desk.status(nobody, &designation, Some(to.clone())).await;
        assert_eq!(status, 403);
    }
    desk.does(&city, &number, "designation", to).await;
    assert!(awaited(&city).await.is_empty());
    assert!(awaited(&hongshan).await.is_empty());
    let file = hongshan.get(&path).await.unwrap().good().unwrap();
    assert_eq!(file["unit"], "420111");
    assert!(desk.world.host.take().unwrap().stop().unwrap());
    let verified = hejie(&desk.world.place, &["ledger", "verify"]);
    assert!(verified.status.success());
}
