use std::time::Duration;

use serde_json::{Value, json};

use crate::world::{Kind, World, filing};

fn awaited(case: &Value) -> bool {
    case["handling"]["by"] == "awaited"
}

#[tokio::test]
async fn a_plugin_that_fails_never_silences_a_consumer() {
    let world = World::new(Kind::Sqlite).await;
    for (behaviour, outcome) in [
        ("panic", "trapped"),
        ("memory", "out_of_memory"),
        ("control", "invalid_output"),
        ("over-ceiling", "refused_answer"),
        ("unknown-offer", "refused_answer"),
    ] {
        let settings = json!({"behaviour": behaviour, "after_trial": true});
        world.release("rival", "hostile", settings).await;
        let mut filing = filing();
        filing["respondent"]["organisation"] = json!("rival");
        let number = world.file(filing).await;
        let case = world
            .consumer
            .wait(&number, "a person", awaited)
            .await
            .unwrap();
        assert_eq!(
            case["handling"]["cause"]["cause"]["outcome"], outcome,
            "{behaviour}"
        );
        let timeline = world
            .consumer
            .get(&format!("/cases/{number}/timeline"))
            .await
            .unwrap();
        let told = timeline.good().unwrap().to_string();
        assert!(told.contains("已转人工处理"), "{told}");
        let runs = world
            .operator()
            .get(&format!("/cases/{number}/decisions"))
            .await
            .unwrap();
        let runs = runs.good().unwrap();
        let failed = runs
            .as_array()
            .unwrap()
            .iter()
            .find(|run| run["outcome"] == outcome)
            .unwrap();
        let whole = format!(
            "/cases/{number}/decisions/{}",
            failed["id"].as_str().unwrap()
        );
        let whole = world.operator().get(&whole).await.unwrap().good().unwrap();
        assert_eq!(
            whole["input"]["event"], "CaseOpened",
            "the author gets the input"
        );
    }
}

#[tokio::test]
async fn a_plugin_that_says_nothing_leaves_nobody_waiting() {
    let world = World::new(Kind::Sqlite).await;
    world
        .release("rival", "hostile", json!({"behaviour": "quiet"}))
        .await;
    let mut filing = filing();
    filing["respondent"]["organisation"] = json!("rival");
    let number = world.file(filing).await;
    let case = world.consumer.wait(&number, "a person", awaited);
    let case = case.await.unwrap();
    assert_eq!(case["handling"]["cause"]["cause"]["outcome"], "no_answer");
}

/// Why a person is to answer a new case against the shop with the broken plugin.
async fn handed_over(world: &World) -> String {
    let mut filing = filing();
    filing["respondent"]["organisation"] = json!("rival");
    let number = world.file(filing).await;
    let case = world.consumer.wait(&number, "a person", awaited).await;
    let cause = &case.unwrap()["handling"]["cause"]["cause"]["cause"];
    cause.as_str().unwrap().to_owned()
}

async fn is_broken(world: &World) -> bool {
    let plugins = world.operator().get("/organisations/rival/plugins").await;
    plugins.unwrap().good().unwrap()[0]["broken"] == true
}

#[tokio::test]
async fn a_version_that_fails_again_and_again_is_taken_out() {
    let world = World::new(Kind::Sqlite).await;
    let settings = json!({"behaviour": "panic", "after_trial": true});
    world.release("rival", "hostile", settings).await;
    for turn in 0..5 {
        assert_eq!(handed_over(&world).await, "failure", "case {turn}");
    }
    // The fifth failure is counted after its effect is there to see.
    let mut looks = 0;
    while !is_broken(&world).await {
        looks += 1;
        assert!(looks < 500, "it is never taken out");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    // A run that was begun before the count is still a run; from then on nothing runs:
    // the case goes to a person directly.
    let causes = [handed_over(&world).await, handed_over(&world).await];
    assert_eq!(causes[1], "no_plugin", "{causes:?}");
}

#[tokio::test]
async fn a_shop_that_is_silent_or_talks_nonsense_goes_to_a_person() {
    let world = World::new(Kind::Sqlite).await;
    for reference in ["HB-2", "HB-3"] {
        let mut filing = filing();
        filing["order"]["reference"] = json!(reference);
        let number = world.file(filing).await;
        let case = world
            .consumer
            .wait(&number, "a person", awaited)
            .await
            .unwrap();
        assert_eq!(
            case["handling"]["cause"]["cause"]["cause"], "plugin",
            "{reference}"
        );
    }
}

#[tokio::test]
async fn a_person_on_request_stops_the_plugin_and_the_wait_is_shown() {
    let world = World::new(Kind::Sqlite).await;
    let number = world.file(filing()).await;
    world
        .consumer
        .act(&number, "person", json!({}))
        .await
        .unwrap();
    let case = world.consumer.case(&number).await.unwrap();
    assert_eq!(case["handling"]["cause"]["why"], "requested");
    assert!(case["handling"]["since"].is_string());
    world
        .consumer
        .act(&number, "messages", json!({"body": "有人吗"}))
        .await
        .unwrap();
    world
        .agent
        .act(&number, "takeover", json!({}))
        .await
        .unwrap();
    assert_eq!(
        world.consumer.case(&number).await.unwrap()["handling"]["by"],
        "person"
    );
}

#[tokio::test]
async fn a_suspended_plugin_runs_nothing_and_people_answer() {
    let world = World::new(Kind::Sqlite).await;
    let path = "/organisations/shop/plugins/hejie.retail-returns/suspension";
    world
        .agent
        .post(path, json!({}))
        .await
        .unwrap()
        .good()
        .unwrap();
    let number = world.file(filing()).await;
    let case = world
        .consumer
        .wait(&number, "a person", awaited)
        .await
        .unwrap();
    assert_eq!(case["handling"]["cause"]["cause"]["cause"], "no_plugin");
}

#[tokio::test]
async fn a_version_that_fails_its_trial_is_not_released() {
    let world = World::new(Kind::Sqlite).await;
    for (behaviour, why) in [("loop", "out_of_fuel"), ("control", "invalid_output")] {
        let settings = json!({ "behaviour": behaviour });
        let released = world.operator().release("rival", "hostile", settings);
        let fault = released.await.unwrap_err().to_string();
        assert!(
            fault.contains("422") && fault.contains("failed-trial") && fault.contains(why),
            "{fault}"
        );
    }
    let plugins = world.operator().get("/organisations/rival/plugins").await;
    let plugins = plugins.unwrap().good().unwrap();
    assert_eq!(plugins[0]["state"], "installed");
}

#[tokio::test]
async fn open_cases_are_told_of_other_settings() {
    let world = World::new(Kind::Sqlite).await;
    let settings = |behaviour: &str| json!({"behaviour": behaviour});
    world.release("rival", "hostile", settings("count")).await;
    let mut filing = filing();
    filing["respondent"]["organisation"] = json!("rival");
    let number = world.file(filing).await;
    let said =
        |words: &'static str| move |case: &Value| case["messages"].to_string().contains(words);
    let told = |case: &Value| case["messages"][0].is_object();
    world
        .consumer
        .wait(&number, "an answer", told)
        .await
        .unwrap();
    let path = "/organisations/rival/plugins/hejie.hostile/settings";
    let set = json!({"settings": settings("ambient")});
    world
        .operator()
        .put(path, set)
        .await
        .unwrap()
        .good()
        .unwrap();
    let told = said("now ambient");
    world
        .consumer
        .wait(&number, "the word of other settings", told)
        .await
        .unwrap();
}
