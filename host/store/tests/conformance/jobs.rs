use hejie_store::{Claim, NewJob, StoreError};
use jiff::{Timestamp, ToSpan};
use rstest::rstest;
use uuid::Uuid;

use crate::backend::{Fresh, Kind, commit, now, opening};

fn job(name: &str, run_at: Timestamp) -> NewJob {
    NewJob {
        kind: "run",
        name: name.to_owned(),
        payload: "{}".to_owned(),
        run_at,
    }
}

const NODE: Uuid = Uuid::from_u128(7);

/// Both clocks show the same; the lease ends after so many minutes.
fn claim(at: Timestamp, until: i64, limit: u32) -> Claim {
    Claim {
        node: NODE,
        due: at,
        now: at,
        until: after(until),
        limit,
    }
}

fn after(minutes: i64) -> Timestamp {
    now().checked_add(minutes.minutes()).unwrap()
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn jobs_of_a_case_run_one_after_another_and_in_order(#[case] kind: Kind) {
    let fresh = Fresh::of(kind).await;
    let mut first = opening("a");
    first.jobs = vec![
        job("one", now()),
        job("two", now()),
        job("later", after(60)),
    ];
    fresh.store.commit(first).await.unwrap();
    let mut second = opening("b");
    second.jobs = vec![job("three", now())];
    fresh.store.commit(second).await.unwrap();

    let names = |jobs: &[hejie_store::Job]| -> Vec<String> {
        jobs.iter().map(|job| job.name.clone()).collect()
    };
    let claimed = fresh.store.claim_jobs(claim(now(), 5, 10)).await.unwrap();
    assert_eq!(names(&claimed), ["one", "three"]);
    assert!(
        fresh
            .store
            .claim_jobs(claim(now(), 5, 10))
            .await
            .unwrap()
            .is_empty()
    );
    fresh
        .store
        .finish_job(claimed[0].lease.clone())
        .await
        .unwrap();
    let next = fresh.store.claim_jobs(claim(now(), 5, 10)).await.unwrap();
    assert_eq!(names(&next), ["two"]);
    assert_eq!(fresh.store.count_jobs(after(60)).await.unwrap(), 3);
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn a_lost_workers_job_is_taken_by_another_and_its_answer_refused(#[case] kind: Kind) {
    let fresh = Fresh::of(kind).await;
    let mut first = opening("a");
    first.jobs = vec![job("one", now())];
    let head = fresh.store.commit(first).await.unwrap().head;
    let lost = fresh
        .store
        .claim_jobs(claim(now(), 1, 1))
        .await
        .unwrap()
        .remove(0);
    let taken = fresh
        .store
        .claim_jobs(claim(after(2), 5, 1))
        .await
        .unwrap()
        .remove(0);
    assert_ne!(lost.lease, taken.lease);
    let answered = |lease: &str| {
        let mut commit = commit("a", 2, &head, 1);
        commit.finish_job = Some(lease.to_owned());
        commit
    };
    let late = fresh.store.commit(answered(&lost.lease)).await;
    assert!(matches!(late, Err(StoreError::LeaseLost)));
    assert_eq!(fresh.store.case("a").await.unwrap().unwrap().version, 2);
    fresh.store.commit(answered(&taken.lease)).await.unwrap();
    assert_eq!(fresh.store.count_jobs(after(60)).await.unwrap(), 0);
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn a_job_given_back_comes_again_later_and_a_cancelled_one_never(#[case] kind: Kind) {
    let fresh = Fresh::of(kind).await;
    let mut first = opening("a");
    first.jobs = vec![job("one", now()), job("timer-x", after(30))];
    let head = fresh.store.commit(first).await.unwrap().head;
    let claimed = fresh
        .store
        .claim_jobs(claim(now(), 1, 1))
        .await
        .unwrap()
        .remove(0);
    fresh
        .store
        .retry_job(claimed.lease, after(10), "no answer".into())
        .await
        .unwrap();
    assert!(
        fresh
            .store
            .claim_jobs(claim(after(9), 12, 5))
            .await
            .unwrap()
            .is_empty()
    );
    let again = fresh
        .store
        .claim_jobs(claim(after(10), 12, 5))
        .await
        .unwrap()
        .remove(0);
    assert_eq!(again.attempts, 1);
    let mut cancel = commit("a", 2, &head, 1);
    cancel.cancel_jobs = vec!["timer-x".to_owned()];
    cancel.finish_job = Some(again.lease);
    fresh.store.commit(cancel).await.unwrap();
    assert_eq!(fresh.store.count_jobs(after(60)).await.unwrap(), 0);
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn a_node_that_starts_again_frees_what_it_had_and_no_other_nodes(#[case] kind: Kind) {
    let fresh = Fresh::of(kind).await;
    for case in ["a", "b"] {
        let mut first = opening(case);
        first.jobs = vec![job("one", now())];
        fresh.store.commit(first).await.unwrap();
    }
    let other = Claim {
        node: Uuid::from_u128(8),
        ..claim(now(), 5, 1)
    };
    let theirs = fresh.store.claim_jobs(other).await.unwrap().remove(0);
    let ours = fresh
        .store
        .claim_jobs(claim(now(), 5, 1))
        .await
        .unwrap()
        .remove(0);
    assert_eq!(fresh.store.release_jobs(NODE).await.unwrap(), 1);
    let again = fresh.store.claim_jobs(claim(now(), 5, 9)).await.unwrap();
    let cases: Vec<&str> = again.iter().map(|job| job.case_id.as_str()).collect();
    assert_eq!(cases, [ours.case_id.as_str()]);
    fresh.store.finish_job(theirs.lease).await.unwrap();
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn the_clock_of_the_cases_does_not_end_a_lease(#[case] kind: Kind) {
    let fresh = Fresh::of(kind).await;
    let mut first = opening("a");
    first.jobs = vec![job("one", now())];
    fresh.store.commit(first).await.unwrap();
    let taken = fresh.store.claim_jobs(claim(now(), 5, 1)).await.unwrap();
    assert_eq!(taken.len(), 1);
    let moved = Claim {
        due: after(600),
        ..claim(now(), 5, 1)
    };
    assert!(fresh.store.claim_jobs(moved).await.unwrap().is_empty());
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn two_nodes_that_look_at_once_never_have_two_jobs_of_one_case(#[case] kind: Kind) {
    let fresh = Fresh::of(kind).await;
    let other = hejie_store::Store::open(&fresh.url).await.unwrap();
    for case in 0..20 {
        let mut first = opening(&format!("case-{case:02}"));
        first.jobs = (0..6).map(|n| job(&format!("{n}"), now())).collect();
        fresh.store.commit(first).await.unwrap();
    }
    let mut done = Vec::new();
    while done.len() < 120 {
        let claims = (0..6).map(|n| {
            let store = if n % 2 == 0 { &fresh.store } else { &other };
            store.claim_jobs(claim(now(), 5, 30))
        });
        let claimed = futures_util::future::try_join_all(claims).await.unwrap();
        let claimed: Vec<_> = claimed.into_iter().flatten().collect();
        let mut cases: Vec<&str> = claimed.iter().map(|job| job.case_id.as_str()).collect();
        let all = cases.len();
        cases.sort_unstable();
        cases.dedup();
        assert_eq!(cases.len(), all, "a case had two jobs under way");
        assert!(all > 0, "nothing was claimed after {} jobs", done.len());
        for job in claimed {
            fresh.store.finish_job(job.lease).await.unwrap();
            done.push((job.case_id, job.name));
        }
    }
    for case in 0..20 {
        let case = format!("case-{case:02}");
        let of_case = done.iter().filter(|(id, _)| *id == case);
        let names: Vec<&str> = of_case.map(|(_, name)| name.as_str()).collect();
        assert_eq!(names, ["0", "1", "2", "3", "4", "5"]);
    }
}
