//! Goods that are tested while a complaint is mediated (Order 121 art. 22): the period stands
//! still, and who may say who tests.

use serde_json::{Value, json};

use crate::complaint::{Desk, running};
use crate::world::{Kind, World, filing};

#[tokio::test]
async fn time_ends_a_mediation_that_an_appraisal_had_stopped() {
    let (desk, officer) = Desk::consented(Kind::Sqlite).await;
    let appraisal = json!({"body": "湖北省纤维检验局", "chosen_by": "parties"});
    desk.does(&officer, "appraisal", appraisal).await;
    let case = desk.case(&officer).await;
    assert_eq!(running(&case, "mediation").unwrap()["ends_on"], Value::Null);
    desk.days_pass(30).await;
    desk.does(
        &officer,
        "appraisal/result",
        json!({"result": "与标识不符"}),
    )
    .await;
    let case = desk.case(&officer).await;
    let clock = running(&case, "mediation").unwrap();
    assert_eq!(clock["ends_on"], "2026-08-17", "16 August is a Sunday");
    assert!(
        clock["explanation"]["zh"].to_string().contains("鉴定"),
        "{clock}"
    );
    desk.days_pass(62).await;
    let case = desk.case(&desk.world.consumer).await;
    let ending = &case["complaint"]["mediation"]["ending"];
    assert_eq!(
        (&case["phase"], &ending["ground"]["article"]),
        (&json!("terminated"), &json!("23(5)"))
    );
    assert!(!ending["other_routes"].as_array().unwrap().is_empty());
    desk.does(&officer, "termination/notice", json!({"means": "sms"}))
        .await;
    let case = desk.case(&desk.world.consumer).await;
    assert_eq!(
        (&case["phase"], &case["closing"]),
        (&json!("closed"), &json!("terminated"))
    );
    // The whole file says who agreed to what, and what was found.
    let whole = json!({"form": "dossier"});
    desk.does(&officer, "documents", whole).await;
    let number = desk.case(&officer).await["number"].clone();
    let path = format!("/cases/{}/documents/1", number.as_str().unwrap());
    let whole = officer.get(&path).await.unwrap().good().unwrap();
    let turns = whole["values"]["timeline"].to_string();
    for told in ["答复是否同意调解", "湖北省纤维检验局", "结果：与标识不符"]
    {
        assert!(turns.contains(told), "{told}: {turns}");
    }
}

#[tokio::test]
async fn the_authority_names_who_tests_since_2026_and_not_before() {
    let appraisal = || json!({"body": "湖北省纤维检验局", "chosen_by": "regulator"});
    let (desk, officer) = Desk::consented(Kind::Sqlite).await;
    desk.does(&officer, "appraisal", appraisal()).await;
    let case = desk.case(&officer).await;
    assert_eq!(running(&case, "mediation").unwrap()["ends_on"], Value::Null);

    let before = World::at(Kind::Sqlite, "2026-04-13T01:00:00Z").await;
    let mut old = filing();
    old["facts"]["received_on"] = json!("2026-04-10");
    let number = before.file(old).await;
    let desk = Desk::handed_over(before, number).await;
    let (desk, officer) = desk.consents().await;
    assert_eq!(
        desk.refused(&officer, "appraisal", appraisal()).await,
        (422, vec!["/chosen_by".to_owned()])
    );
    let by_both = json!({"body": "湖北省纤维检验局", "chosen_by": "parties"});
    desk.does(&officer, "appraisal", by_both).await;
}
