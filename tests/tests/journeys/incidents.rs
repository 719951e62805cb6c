//! Emergency incidents: files gathered under a commander, tasks with times, a log.

use hejie_tests::Client;
use rstest::rstest;
use serde_json::{Value, json};

use crate::power_cut::hejie;
use crate::world::{Kind, World, filing};

fn opening() -> Value {
    json!({"level": "urgent", "title": "某批次奶粉", "gathered_by": "batch", "subject": "20260401A",
        "commander": {"id": "o-420100-head", "name": "周"}})
}

async fn does(who: &Client, number: &str, act: &str, body: Value) -> Value {
    let path = format!("/incidents/{number}/{act}");
    let answer = who.post(&path, body).await.unwrap();
    answer
        .good()
        .unwrap_or_else(|fault| panic!("{act}: {fault}"))
}

async fn status(who: &Client, path: &str, body: Option<Value>) -> u16 {
    let answer = match body {
        Some(body) => who.post(path, body).await,
        None => who.get(path).await,
    };
    answer.unwrap().status.as_u16()
}

async fn registered(world: &World) -> String {
    let number = world.file(filing()).await;
    world
        .consumer
        .act(&number, "escalation", json!({}))
        .await
        .unwrap();
    number
}

fn number(receipt: &Value) -> String {
    receipt["number"].as_str().unwrap().to_owned()
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn an_incident_gathers_files_and_ends_when_its_tasks_are_done(#[case] kind: Kind) {
    let mut world = World::new(kind).await;
    let (city, county) = (world.officer("420100").await, world.officer("420106").await);
    let neighbour = world.officer("420111").await;
    let file = registered(&world).await;
    let inquiry = json!({"contact": null, "inquiry": {"kind": "consultation", "division": "420111", "text": "奶粉能退吗"}});
    let inquiry = world
        .consumer
        .post("/inquiries", inquiry)
        .await
        .unwrap()
        .good()
        .unwrap();
    let inquiry = number(&inquiry);
    let send = || city.post_once("/incidents", opening(), "k-1");
    let (first, again) = (send().await.unwrap(), send().await.unwrap());
    assert_eq!(first.body["number"], again.body["number"]);
    let incident = number(&first.good().unwrap());
    let path = format!("/incidents/{incident}");

    let files = json!({"files": [file, inquiry]});
    does(&city, &incident, "files", files.clone()).await;
    let twice = city.post(&format!("{path}/files"), files).await.unwrap();
    assert_eq!(
        (twice.status.as_u16(), twice.pointers()),
        (422, vec!["/files/0"])
    );
    let itself = json!({"files": [incident]});
    assert_eq!(
        status(&city, &format!("{path}/files"), Some(itself)).await,
        422,
        "it is no file of a person"
    );
    let private = world.file(filing()).await;
    let not_theirs = city
        .post(&format!("{path}/files"), json!({"files": [private]}))
        .await
        .unwrap();
    assert_eq!(
        (not_theirs.status.as_u16(), not_theirs.pointers()),
        (422, vec!["/files/0"])
    );

    assert_eq!(
        status(&county, &path, None).await,
        404,
        "it has no task yet"
    );
    let task = json!({"unit": "420106", "what": "下架并抽检", "due_at": "2026-05-18T06:00:00Z"});
    does(&city, &incident, "tasks", task).await;
    assert_eq!(status(&county, &path, None).await, 200);
    assert_eq!(status(&neighbour, &path, None).await, 404);
    let waiting = county.get("/work/parts?awaits=task").await.unwrap();
    let waiting = &waiting.good().unwrap()["parts"][0];
    assert_eq!(
        (&waiting["number"], &waiting["task"], &waiting["due_on"]),
        (&json!(incident), &json!(1), &json!("2026-05-18"))
    );
    let operator = world.operator();
    operator
        .post("/clock", json!({"seconds": 8 * 3_600}))
        .await
        .unwrap()
        .good()
        .unwrap();
    let late = async |who: &Client| {
        for _ in 0..100 {
            let shown = who.get(&path).await.unwrap().good().unwrap();
            if shown["tasks"][0]["overdue"] == true {
                return true;
            }
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        }
        false
    };
    assert!(late(&county).await, "time tells that it is late");
    let raise = json!({"level": "extremely_urgent", "reason": "涉及婴幼儿"});
    does(&city, &incident, "level", raise).await;
    does(&city, &incident, "log", json!({"body": "已通知生产企业"})).await;
    // The province's expert commands from now on, and acts in what the city leads.
    let commands = |id: &str, name: &str| json!({"commander": {"id": id, "name": name}});
    let handed = format!("{path}/commander");
    let expert = world.officer_as("420000", "handler").await;
    for (body, field) in [
        (commands("o-nobody", "周"), "/commander/id"),
        (commands("o-420000-handler", "吴"), "/commander/name"),
    ] {
        let unknown = city.post(&handed, body).await.unwrap();
        assert_eq!(
            (unknown.status.as_u16(), unknown.pointers()),
            (422, vec![field])
        );
    }
    let colleague = world.officer_as("420000", "head").await;
    let log = || json!({"body": "专家组到场"});
    let noted = format!("{path}/log");
    assert_eq!(status(&expert, &noted, Some(log())).await, 403);
    does(
        &city,
        &incident,
        "commander",
        commands("o-420000-handler", "周"),
    )
    .await;
    does(&expert, &incident, "log", log()).await;
    assert_eq!(status(&colleague, &noted, Some(log())).await, 403);
    let close = json!({"summary": "全部召回"});
    assert_eq!(
        status(&city, &format!("{path}/closing"), Some(close.clone())).await,
        409
    );
    let other = format!("{path}/tasks/1/report");
    let report = json!({"text": "已下架三百罐", "done": true});
    assert_eq!(status(&city, &other, Some(report.clone())).await, 403);
    does(&county, &incident, "tasks/1/report", report).await;
    let none = county.get("/work/parts").await.unwrap().good().unwrap();
    assert_eq!(none["parts"], json!([]), "it is done");
    does(
        &city,
        &incident,
        "situations",
        json!({"text": "无人员伤亡"}),
    )
    .await;
    does(&city, &incident, "closing", close).await;

    let shown = city.get(&path).await.unwrap().good().unwrap();
    assert_eq!(shown["phase"], "closed");
    assert_eq!(shown["level"], "extremely_urgent");
    let told = &shown["situations"][0];
    assert_eq!(
        (&told["files"], &told["done_tasks"]),
        (&json!(2), &json!(1))
    );
    let listed = county.get("/incidents").await.unwrap().good().unwrap();
    assert_eq!(listed["incidents"][0]["number"], json!(incident));
    let none = neighbour.get("/incidents").await.unwrap().good().unwrap();
    assert_eq!(none["incidents"], json!([]));
    let timeline = city
        .get(&format!("{path}/timeline"))
        .await
        .unwrap()
        .good()
        .unwrap();
    assert!(timeline.to_string().contains("已通知生产企业"));
    assert!(world.host.take().unwrap().stop().unwrap());
    assert!(hejie(&world.place, &["ledger", "verify"]).status.success());
    assert!(hejie(&world.place, &["ledger", "rebuild"]).status.success());
    assert!(hejie(&world.place, &["ledger", "verify"]).status.success());
}

#[tokio::test]
async fn a_commander_of_another_bureau_has_the_incident_on_her_list_and_her_bureau_has_not() {
    let world = World::new(Kind::Sqlite).await;
    let city = world.officer("420100").await;
    let commander = world.officer_as("420111", "handler").await;
    let colleague = world.officer("420111").await;
    let mut opening = opening();
    opening["commander"] = json!({"id": "o-420111-handler", "name": "周"});
    let opened = city.post("/incidents", opening).await.unwrap();
    let opened = number(&opened.good().unwrap());
    let listed = async |who: &Client| {
        let found = who.get("/incidents").await.unwrap().good().unwrap();
        let found = found["incidents"].as_array().unwrap().clone();
        found.iter().map(number).collect::<Vec<_>>()
    };
    assert_eq!(listed(&commander).await, std::slice::from_ref(&opened));
    assert_eq!(listed(&colleague).await, Vec::<String>::new());
    let handed = json!({"commander": {"id": "o-420100-head", "name": "周"}});
    does(&city, &opened, "commander", handed).await;
    assert_eq!(listed(&commander).await, Vec::<String>::new());
}

#[tokio::test]
async fn nobody_but_officers_has_incidents_and_every_wrong_field_is_named() {
    let world = World::new(Kind::Sqlite).await;
    let city = world.officer("420100").await;
    for who in [&world.consumer, &world.agent, world.operator()] {
        assert_eq!(status(who, "/incidents", Some(opening())).await, 403);
        assert_eq!(status(who, "/incidents", None).await, 403);
    }
    for (pointer, value) in [
        ("/level", json!("panic")),
        ("/title", json!("")),
        ("/subject", json!("字".repeat(201))),
        ("/gathered_by", json!("mood")),
        ("/commander/id", json!("王")),
        ("/commander/name", json!("")),
    ] {
        let mut body = opening();
        *body.pointer_mut(pointer).unwrap() = value;
        let answer = city.post("/incidents", body).await.unwrap();
        assert_eq!(
            (answer.status.as_u16(), answer.pointers()),
            (422, vec![pointer])
        );
    }
    let opened = city
        .post("/incidents", opening())
        .await
        .unwrap()
        .good()
        .unwrap();
    let path = format!("/incidents/{}", number(&opened));
    for (act, body, field) in [
        (
            "tasks",
            json!({"unit": "420200", "what": "查", "due_at": "2026-05-19T06:00:00Z"}),
            "/unit",
        ),
        (
            "tasks",
            json!({"unit": "420106", "what": "", "due_at": "2026-05-19T06:00:00Z"}),
            "/what",
        ),
        (
            "tasks",
            json!({"unit": "420106", "what": "查", "due_at": "2026-05-17T06:00:00Z"}),
            "/due_at",
        ),
        ("files", json!({"files": []}), "/files"),
        (
            "level",
            json!({"level": "urgent", "reason": "同"}),
            "/level",
        ),
        ("situations", json!({"text": ""}), "/text"),
    ] {
        let answer = city.post(&format!("{path}/{act}"), body).await.unwrap();
        assert_eq!(
            (answer.status.as_u16(), answer.pointers()),
            (422, vec![field]),
            "{act}"
        );
    }
    assert_eq!(
        status(
            &city,
            &format!("{path}/tasks/9/report"),
            Some(json!({"text": "无", "done": true}))
        )
        .await,
        404
    );
}
