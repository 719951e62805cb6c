use hejie_domain::identifiers::digest::Digest;
use hejie_store::{Due, Received, WorkFilter, WorkItem, WorkWord};
use jiff::civil::date;
use rstest::rstest;
use serde_json::{Value, json};

use crate::backend::{Fresh, Kind, commit, faults, list, waiting};

/// Four files of three units: two are overdue or near, one has time, one has no day.
async fn with_work(kind: Kind) -> Fresh {
    let fresh = Fresh::of(kind).await;
    for (id, work) in [
        (
            "late",
            json!({"unit": "420106", "due": "2026-06-30", "received": "2026-05-02",
            "respondent": "武昌手机店", "text": "屏幕碎了，商家不退货款"}),
        ),
        (
            "none",
            json!({"unit": "420106", "text": "退了一半的钱", "consumer": "退思"}),
        ),
        (
            "first",
            json!({"unit": "420111", "due": "2026-05-20", "received": "2026-04-30",
            "text": "外套退货。款没有退 iPhone"}),
        ),
        (
            "soon",
            json!({"unit": "430104", "due": "2026-05-26", "text": "食品过期"}),
        ),
    ] {
        fresh.store.commit(waiting(id, work)).await.unwrap();
    }
    fresh
}

pub async fn found(fresh: &Fresh, filter: &WorkFilter) -> Vec<String> {
    let page = fresh.store.work(filter, None, 10).await.unwrap();
    let names = page.items.into_iter().map(|item| item.number);
    names.map(|number| number.replace("N-", "")).collect()
}

pub fn of(subtree: &str) -> WorkFilter {
    WorkFilter {
        subtree: subtree.to_owned(),
        ..WorkFilter::default()
    }
}

pub fn sought(text: &str) -> WorkFilter {
    let words = text.split(' ').map(|text| WorkWord {
        text: text.to_owned(),
        categories: Vec::new(),
    });
    WorkFilter {
        words: words.collect(),
        ..of("42")
    }
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn a_station_sees_its_own_work_and_finds_it(#[case] kind: Kind) {
    let fresh = with_work(kind).await;
    let own = json!({"unit": "420106-03", "due": "2026-06-01", "text": "外套退货"});
    fresh.store.commit(waiting("own", own)).await.unwrap();
    for (subtree, wanted) in [
        ("420106-03", vec!["own"]),
        ("420106-04", vec![]),
        ("420106", vec!["own", "late", "none"]),
    ] {
        assert_eq!(found(&fresh, &of(subtree)).await, wanted, "{subtree}");
    }
    let sought = WorkFilter {
        subtree: "420106-03".to_owned(),
        ..sought("退货")
    };
    assert_eq!(found(&fresh, &sought).await, ["own"]);
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn a_unit_sees_the_work_of_its_subtree_most_urgent_first(#[case] kind: Kind) {
    let fresh = with_work(kind).await;
    for (subtree, wanted) in [
        ("", vec!["first", "soon", "late", "none"]),
        ("42", vec!["first", "late", "none"]),
        ("4201", vec!["first", "late", "none"]),
        ("420111", vec!["first"]),
        ("43", vec!["soon"]),
        ("11", vec![]),
    ] {
        assert_eq!(found(&fresh, &of(subtree)).await, wanted, "{subtree}");
    }
    let page = fresh.store.work(&of("420106"), None, 10).await.unwrap();
    let late = &page.items[0];
    assert_eq!(late.due_on, Some(date(2026, 6, 30)));
    assert_eq!(late.received_on, date(2026, 5, 2));
    assert_eq!(late.period.as_deref(), Some("acceptance"));
    let shown = [&late.consumer_name, &late.respondent_name, &late.unit];
    assert_eq!(shown, ["王小明", "武昌手机店", "420106"]);
    assert_eq!((&*late.phase, &*late.category), ("registered", "food"));
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn a_page_goes_on_where_the_one_before_ended(#[case] kind: Kind) {
    let fresh = with_work(kind).await;
    for filter in [
        WorkFilter::default(),
        of("42"),
        sought("退"),
        sought("外 退"),
    ] {
        let whole = found(&fresh, &filter).await;
        let (mut pages, mut after) = (Vec::new(), None);
        loop {
            let page = fresh.store.work(&filter, after, 1).await.unwrap();
            pages.extend(page.items.iter().map(|it| it.number.replace("N-", "")));
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        assert_eq!(pages, whole);
    }
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn work_is_filtered_by_day_receipt_phase_category_and_respondent(#[case] kind: Kind) {
    let fresh = with_work(kind).await;
    let received = |from, to| Received { from, to };
    let (may, april) = (date(2026, 5, 1), date(2026, 4, 1));
    for (filter, wanted) in [
        (
            WorkFilter {
                due: Due::Until(date(2026, 5, 25)),
                ..of("")
            },
            vec!["first"],
        ),
        (
            WorkFilter {
                due: Due::Between(date(2026, 5, 25), date(2026, 5, 26)),
                ..of("")
            },
            vec!["soon"],
        ),
        (
            WorkFilter {
                due: Due::After(date(2026, 5, 26)),
                ..of("")
            },
            vec!["late"],
        ),
        (
            WorkFilter {
                due: Due::Unknown,
                ..of("")
            },
            vec!["none"],
        ),
        (
            WorkFilter {
                received: received(Some(may), None),
                ..of("42")
            },
            vec!["late", "none"],
        ),
        (
            WorkFilter {
                received: received(Some(april), Some(may)),
                ..of("42")
            },
            vec!["first"],
        ),
        (
            WorkFilter {
                received: received(Some(april), Some(date(2026, 5, 17))),
                ..of("42")
            },
            vec!["first", "late"],
        ),
        (
            WorkFilter {
                category: Some("food".into()),
                phase: Some("registered".into()),
                organisation: Some("shop".into()),
                respondent: Some("手机".into()),
                ..of("42")
            },
            vec!["late"],
        ),
        (
            WorkFilter {
                phase: Some("accepted".into()),
                ..of("42")
            },
            vec![],
        ),
        (
            WorkFilter {
                organisation: Some("Shop".into()),
                ..of("42")
            },
            vec![],
        ),
        // A name's words are asked for in names only.
        (
            WorkFilter {
                respondent: Some("屏幕".into()),
                ..of("42")
            },
            vec![],
        ),
    ] {
        assert_eq!(found(&fresh, &filter).await, wanted, "{filter:?}");
    }
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn words_of_one_and_two_characters_and_phrases_are_found(#[case] kind: Kind) {
    let fresh = with_work(kind).await;
    for (text, wanted) in [
        ("退", vec!["first", "late", "none"]),
        ("退货", vec!["first", "late"]),
        ("退货款", vec!["late"]),
        ("货款没", vec![]),
        ("退货 外套", vec!["first"]),
        ("退货 屏幕 外套", vec![]),
        ("IPHONE", vec!["first"]),
        ("iphon", vec![]),
        ("手机店", vec!["late"]),
        ("百货", vec!["first", "none"]),
        ("退思", vec!["none"]),
        ("N-late", vec!["late"]),
        ("食品", vec![]),
        ("\" OR d:42", vec![]),
        ("'); --", vec!["first", "late", "none"]),
    ] {
        assert_eq!(found(&fresh, &sought(text)).await, wanted, "{text}");
    }
    let mut by_category = sought("食品");
    by_category.words[0].categories = vec!["food".to_owned()];
    assert_eq!(found(&fresh, &by_category).await, ["first", "late", "none"]);
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn counting_stops_at_its_bound_and_says_so(#[case] kind: Kind) {
    let fresh = with_work(kind).await;
    let count = async |filter: &WorkFilter, bound| {
        let count = fresh.store.count_work(filter, bound).await.unwrap();
        (count.files, count.more)
    };
    assert_eq!(count(&of("42"), 2).await, (2, true));
    assert_eq!(count(&of("42"), 3).await, (3, false));
    assert_eq!(count(&sought("退货"), 10).await, (2, false));
}

/// Acts on a case: what its row is to be after one more entry.
pub async fn act(fresh: &Fresh, id: &str, work: Value) {
    let case = fresh.store.case(id).await.unwrap().unwrap();
    let mut commit = commit(id, case.version, &case.head, 1);
    list(&mut commit.case, &work);
    commit.events[0].payload = json!({"work": work});
    fresh.store.commit(commit).await.unwrap();
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn a_file_moves_with_its_day_and_goes_when_nothing_waits(#[case] kind: Kind) {
    let fresh = with_work(kind).await;
    let late = |due: &str, text: &str| json!({"unit": "420106", "due": due, "text": text});
    act(&fresh, "late", late("2026-05-19", "另一件事")).await;
    assert_eq!(found(&fresh, &of("42")).await, ["late", "first", "none"]);
    assert_eq!(found(&fresh, &sought("屏幕")).await, Vec::<String>::new());
    assert_eq!(found(&fresh, &sought("一件")).await, ["late"]);
    // The same day again, another text.
    act(&fresh, "late", late("2026-05-19", "又一件事")).await;
    assert_eq!(found(&fresh, &sought("又一")).await, ["late"]);
    assert_eq!(found(&fresh, &sought("另")).await, Vec::<String>::new());
    // Another unit.
    act(
        &fresh,
        "late",
        json!({"unit": "110105", "due": "2026-05-19"}),
    )
    .await;
    assert_eq!(found(&fresh, &of("42")).await, ["first", "none"]);
    assert_eq!(found(&fresh, &of("11")).await, ["late"]);
    assert!(faults(&fresh).await.is_empty());

    let case = fresh.store.case("first").await.unwrap().unwrap();
    let mut closing = commit("first", case.version, &case.head, 1);
    closing.case.division = Some("420111".to_owned());
    fresh.store.commit(closing).await.unwrap();
    assert_eq!(found(&fresh, &of("42")).await, ["none"]);
    assert_eq!(found(&fresh, &sought("外套")).await, Vec::<String>::new());
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn a_commit_that_fails_leaves_the_list_as_it_was(#[case] kind: Kind) {
    let fresh = with_work(kind).await;
    let mut stale = commit("late", 1, &Digest::ZERO, 1);
    list(
        &mut stale.case,
        &json!({"unit": "420106", "due": "2026-05-01"}),
    );
    assert!(fresh.store.commit(stale).await.is_err());
    assert_eq!(found(&fresh, &of("42")).await, ["first", "late", "none"]);
    assert_eq!(found(&fresh, &sought("屏幕")).await, ["late"]);
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn many_who_come_at_once_all_have_their_place(#[case] kind: Kind) {
    let fresh = Fresh::of(kind).await;
    let commits = (0..40).map(|n| {
        let work = json!({"unit": "420106", "due": "2026-05-20"});
        fresh.store.commit(waiting(&format!("case-{n}"), work))
    });
    for committed in futures_util::future::join_all(commits).await {
        committed.unwrap();
    }
    let all = fresh.store.count_work(&of("4201"), 100).await.unwrap();
    assert_eq!(all.files, 40);
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn what_is_sought_is_found_behind_many_others_on_whatever_day(#[case] kind: Kind) {
    let fresh = Fresh::of(kind).await;
    let mut works: Vec<(String, Value)> = (0..600)
        .map(|n| {
            let work = json!({"unit": "420106", "due": "2026-05-20", "text": "充电器"});
            (format!("other-{n}"), work)
        })
        .collect();
    let days = [
        "2026-05-20",
        "2026-05-21",
        "2026-05-24",
        "2026-06-30",
        "2027-03-01",
    ];
    for (n, day) in days.into_iter().enumerate() {
        let work = json!({"unit": "420106", "due": day, "text": "琥珀"});
        works.push((format!("sought-{n}"), work));
    }
    works.push((
        "sought-5".to_owned(),
        json!({"unit": "420106", "text": "琥珀"}),
    ));
    works.push((
        "elsewhere".to_owned(),
        json!({"unit": "110101", "text": "琥珀"}),
    ));
    for (id, work) in works {
        fresh.store.commit(waiting(&id, work)).await.unwrap();
    }
    let sought = sought("琥珀");
    let all: Vec<String> = (0..6).map(|n| format!("sought-{n}")).collect();
    assert_eq!(found(&fresh, &sought).await, all);
    let page = fresh.store.work(&sought, None, 3).await.unwrap();
    let rest = fresh.store.work(&sought, page.next, 9).await.unwrap();
    assert_eq!((page.items.len(), rest.items.len()), (3, 3));
    let later = WorkFilter {
        due: Due::After(date(2026, 5, 21)),
        ..sought.clone()
    };
    assert_eq!(found(&fresh, &later).await, all[2..5]);
    let unknown = WorkFilter {
        due: Due::Unknown,
        ..sought
    };
    assert_eq!(found(&fresh, &unknown).await, all[5..]);
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn what_was_received_on_days_with_many_is_found_in_the_order_of_the_list(#[case] kind: Kind) {
    let fresh = Fresh::of(kind).await;
    for n in 0..560u32 {
        let received = ["2026-05-03", "2026-05-04", "2026-05-09", "2026-06-01"][n as usize % 4];
        // Each day's files are due later than those of the day before, mostly.
        let due = format!("2026-06-{:02}", 1 + n * 7 % 10 + 6 * (n % 4));
        let text = ["充电器", "琥珀"][usize::from(n % 35 == 0)];
        let work = json!({"unit": "420106", "due": due, "received": received, "text": text});
        let id = format!("file-{n:03}");
        fresh.store.commit(waiting(&id, work)).await.unwrap();
    }
    let all = pages(&fresh, &of("")).await;
    assert_eq!(all.len(), 560);
    let days = |last| Received {
        from: Some(date(2026, 5, 3)),
        to: Some(last),
    };
    // Of one day, of two, and of a month, all of which have more than is compared at once.
    for last in [date(2026, 5, 3), date(2026, 5, 4), date(2026, 5, 31)] {
        let filter = WorkFilter {
            received: days(last),
            ..of("")
        };
        let expected: Vec<_> = all.iter().filter(|it| it.received_on <= last).collect();
        let found = pages(&fresh, &filter).await;
        assert!(expected.into_iter().eq(&found), "up to {last}");
        let sought = WorkFilter {
            subtree: String::new(),
            received: days(last),
            ..sought("琥珀")
        };
        let expected = found.iter().filter(|it| number(it).is_multiple_of(35));
        assert!(expected.eq(&pages(&fresh, &sought).await), "up to {last}");
    }
}

fn number(item: &WorkItem) -> u32 {
    item.number.trim_start_matches("N-file-").parse().unwrap()
}

/// The whole list, by pages of seven.
async fn pages(fresh: &Fresh, filter: &WorkFilter) -> Vec<WorkItem> {
    let (mut items, mut after) = (Vec::new(), None);
    loop {
        let page = fresh.store.work(filter, after, 7).await.unwrap();
        items.extend(page.items);
        match page.next {
            Some(next) => after = Some(next),
            None => return items,
        }
    }
}
