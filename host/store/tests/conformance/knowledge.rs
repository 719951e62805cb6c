use hejie_store::StoreError;
use rstest::rstest;
use serde_json::{Value, json};

use crate::backend::{Fresh, Kind};

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn an_answered_question_is_written_on_what_was_read_and_keeps_its_versions(
    #[case] kind: Kind,
) {
    let fresh = Fresh::of(kind).await;
    let store = &fresh.store;
    let said = |text: &str| json!({"answer": text});
    let put = async |id: &str, text: &str, revision| {
        store.put_knowledge(id, &said(text), revision, 2).await
    };
    assert!(put("return", "七日", 0).await.unwrap());
    assert!(put("return", "七日内", 1).await.unwrap());
    for late in [0, 1, 3] {
        let late = put("return", "十日", late).await;
        assert!(matches!(late, Err(StoreError::Conflict)), "{late:?}");
    }
    assert!(put("prepaid", "可以", 0).await.unwrap());
    assert!(!put("food", "十倍", 0).await.unwrap(), "one too many");
    assert!(put("return", "七日内，定做的除外", 2).await.unwrap());

    let all: Vec<(Value, u64)> = store.knowledge().await.unwrap();
    assert_eq!(all, [(said("可以"), 1), (said("七日内，定做的除外"), 3)]);
    let versions: Vec<(Value, u64)> = store.knowledge_versions("return").await.unwrap();
    let texts = ["七日", "七日内", "七日内，定做的除外"];
    let expected: Vec<_> = texts.iter().map(|it| said(it)).zip(1..).collect();
    assert_eq!(versions, expected);
    let none: Vec<(Value, u64)> = store.knowledge_versions("food").await.unwrap();
    assert!(none.is_empty());
}
