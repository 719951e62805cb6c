use hejie_store::{DrawPlace, NewDraw, StoreError};
use jiff::civil::{Date, date};
use rstest::rstest;
use serde_json::json;

use crate::backend::{Fresh, Kind, Plain};

fn draw(id: &str, unit: &str, days: (Date, Date), sampled: bool) -> NewDraw {
    let place = |place: u64| DrawPlace {
        place,
        number: format!("N-{place}"),
        sample: "refused".to_owned(),
        drawn: place <= 2 || !sampled,
    };
    NewDraw {
        id: id.to_owned(),
        unit: unit.to_owned(),
        from: days.0,
        to: days.1,
        sampled,
        document: json!({"files": 450}),
        places: (1..=450).map(place).collect(),
    }
}

fn april() -> (Date, Date) {
    (date(2026, 4, 1), date(2026, 4, 30))
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn a_draw_is_read_page_by_page_in_its_order(#[case] kind: Kind) {
    let fresh = Fresh::of(kind).await;
    let store = &fresh.store;
    for (id, unit) in [("a1", "420106"), ("a2", "420111"), ("a3", "420106")] {
        let sampled = id != "a3";
        store
            .add_draw(draw(id, unit, april(), sampled))
            .await
            .unwrap();
    }
    let ids = async |digits: &str, before: Option<&str>| {
        let found = store.draws(digits, before, 2).await.unwrap();
        found.into_iter().map(|it| it.id).collect::<Vec<_>>()
    };
    assert_eq!(ids("4201", None).await, ["a3", "a2"]);
    assert_eq!(ids("4201", Some("a2")).await, ["a1"]);
    assert_eq!(ids("420106", None).await, ["a3", "a1"]);
    assert!(ids("4202", None).await.is_empty());
    let one = store.draw("a1").await.unwrap().unwrap();
    assert_eq!(
        (one.unit.as_str(), one.document),
        ("420106", json!({"files": 450}))
    );
    assert_eq!(store.draw("a9").await.unwrap(), None);
    let places = async |drawn, after, limit| {
        let found = store.draw_places("a1", drawn, after, limit).await.unwrap();
        found.into_iter().map(|it| it.place).collect::<Vec<_>>()
    };
    assert_eq!(places(true, 0, 10).await, [1, 2]);
    assert_eq!(places(false, 2, 3).await, [3, 4, 5]);
    assert_eq!(places(false, 449, 3).await, [450]);
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn a_unit_draws_once_from_a_day(#[case] kind: Kind) {
    let fresh = Fresh::of(kind).await;
    let store = &fresh.store;
    store
        .add_draw(draw("b1", "420106", april(), true))
        .await
        .unwrap();
    let touching = [
        april(),
        (date(2026, 4, 30), date(2026, 5, 31)),
        (date(2026, 3, 1), date(2026, 4, 1)),
        (date(2026, 4, 10), date(2026, 4, 10)),
    ];
    for days in touching {
        let again = store.add_draw(draw("b2", "420106", days, true)).await;
        assert!(matches!(again, Err(StoreError::Exists)), "{days:?}");
    }
    let may = (date(2026, 5, 1), date(2026, 5, 31));
    store
        .add_draw(draw("b3", "420106", may, true))
        .await
        .unwrap();
    store
        .add_draw(draw("b4", "420111", april(), true))
        .await
        .unwrap();
    let full = store.add_draw(draw("b5", "420106", april(), false));
    full.await.unwrap();
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn draws_made_at_once_follow_one_another(#[case] kind: Kind) {
    let fresh = Fresh::of(kind).await;
    let draws = (0..8).map(|one| {
        let store = fresh.store.clone();
        let unit = format!("42010{one}");
        let draw = draw(&format!("c{one}"), &unit, april(), true);
        tokio::spawn(async move { store.add_draw(draw).await })
    });
    for draw in draws.collect::<Vec<_>>() {
        draw.await.unwrap().unwrap();
    }
    let (_, faults) = fresh.store.verify(&Plain).await.unwrap();
    assert_eq!(faults, []);
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn whatever_is_changed_in_a_draw_is_found(#[case] kind: Kind) {
    let fresh = Fresh::of(kind).await;
    for one in 1..=8 {
        let (id, unit) = (format!("d{one}"), format!("42010{one}"));
        fresh
            .store
            .add_draw(draw(&id, &unit, april(), true))
            .await
            .unwrap();
    }
    assert_eq!(fresh.store.verify(&Plain).await.unwrap().1, []);
    let mut found = 0;
    for statement in [
        "UPDATE visit_draws SET entry = REPLACE(entry, '450', '451') WHERE id = 'd1'",
        "UPDATE visit_draws SET unit = '420111' WHERE id = 'd2'",
        "UPDATE visit_draws SET sampled = 0 WHERE id = 'd3'",
        "UPDATE visit_places SET drawn = 1 WHERE draw_id = 'd4' AND place = 9",
        "UPDATE visit_places SET number = 'N-999' WHERE draw_id = 'd5' AND place = 1",
        "DELETE FROM visit_places WHERE draw_id = 'd6' AND place = 450",
        "DELETE FROM visit_draws WHERE id = 'd7'",
    ] {
        fresh.tamper(statement).await;
        let (_, faults) = fresh.store.verify(&Plain).await.unwrap();
        assert!(faults.len() > found, "{statement}");
        let all = faults.iter().all(|it| it.to_string().starts_with("draw"));
        assert!(all, "{faults:?}");
        found = faults.len();
    }
}

#[tokio::test]
async fn on_sqlite_a_last_draw_that_is_gone_is_found() {
    let fresh = Fresh::of(Kind::Sqlite).await;
    for (id, unit) in [("e1", "420106"), ("e2", "420107")] {
        let draw = draw(id, unit, april(), true);
        fresh.store.add_draw(draw).await.unwrap();
    }
    fresh
        .tamper("DELETE FROM visit_draws WHERE id = 'e2'")
        .await;
    let (_, faults) = fresh.store.verify(&Plain).await.unwrap();
    assert_eq!(faults.len(), 1);
    assert_eq!(faults[0].to_string(), "draws: 2 were made and 1 are there");
}
