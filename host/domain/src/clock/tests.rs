use std::collections::BTreeSet;
use std::path::Path;
use std::sync::LazyLock;

use jiff::ToSpan;
use jiff::civil::{Date, date};
use proptest::prelude::*;
use rstest::rstest;
use serde_json::Value;

use super::*;
use crate::rules::RuleBook;

fn book() -> RuleBook {
    RuleBook::builtin().unwrap()
}

fn reading_of(period: &str, pack: &str, start: Date, pauses: &[Pause]) -> Reading {
    let book = book();
    let rule = book
        .procedure(pack)
        .unwrap()
        .periods
        .get(period)
        .unwrap()
        .clone();
    read(&rule, pack, start, pauses, book.calendar())
}

const NOW: &str = "cn-procedure-2026-04-15";

#[rstest]
// Filed before Spring Festival 2026 (off 15 to 23 February; 14 and 28 worked).
#[case(date(2026, 2, 10), date(2026, 2, 26))]
// A make-up Saturday counts: 9 May 2026.
#[case(date(2026, 4, 30), date(2026, 5, 13))]
// Into National Day week, with the worked Saturday 10 October.
#[case(date(2026, 9, 28), date(2026, 10, 13))]
// Started on a Sunday.
#[case(date(2026, 11, 22), date(2026, 12, 1))]
fn seven_working_days_to_accept(#[case] start: Date, #[case] end: Date) {
    assert_eq!(
        reading_of("acceptance", NOW, start, &[]).ends_on(),
        Some(end)
    );
}

#[test]
fn sixty_natural_days_roll_over_a_holiday() {
    // 60 days after 2 August 2026 are 1 October; work begins again on the 8th.
    let reading = reading_of("mediation", NOW, date(2026, 8, 2), &[]);
    assert_eq!(reading.arithmetic().last_counted, Some(date(2026, 10, 1)));
    assert_eq!(reading.ends_on(), Some(date(2026, 10, 8)));
    assert_eq!(reading.arithmetic().rolled_over.len(), 7);
}

#[test]
fn the_older_rule_counted_forty_five_working_days() {
    let reading = reading_of(
        "mediation",
        "cn-procedure-2020-01-01",
        date(2024, 3, 1),
        &[],
    );
    assert_eq!(reading.arithmetic().counting, Counting::WorkingDays);
    assert_eq!(reading.ends_on(), Some(date(2024, 5, 8)));
}

#[test]
fn an_appraisal_stops_the_clock() {
    let pause = Pause {
        from: date(2026, 6, 10),
        to: Some(date(2026, 6, 19)),
        why: "appraisal".to_owned(),
    };
    let without = reading_of("mediation", NOW, date(2026, 6, 1), &[]);
    let with = reading_of(
        "mediation",
        NOW,
        date(2026, 6, 1),
        std::slice::from_ref(&pause),
    );
    assert_eq!(without.arithmetic().last_counted, Some(date(2026, 7, 31)));
    assert_eq!(with.arithmetic().last_counted, Some(date(2026, 8, 10)));
    let skipped = &with.arithmetic().not_counted;
    assert_eq!(skipped.len(), 1, "the ten days are one stretch");
    assert_eq!(skipped[0].date, date(2026, 6, 10));
    assert_eq!(skipped[0].last(), date(2026, 6, 19));
    let open = Pause { to: None, ..pause };
    let stands = reading_of("mediation", NOW, date(2026, 6, 1), &[open]);
    assert!(matches!(stands, Reading::Paused { .. }));
    assert_eq!(stands.expires_at(), None);
}

fn pause(from: Date, to: Option<Date>) -> Pause {
    let why = "appraisal".to_owned();
    Pause { from, to, why }
}

#[test]
fn only_a_pause_that_the_period_lists_stops_it() {
    let pauses = [pause(date(2026, 9, 29), None)];
    let acceptance = reading_of("acceptance", NOW, date(2026, 9, 28), &pauses);
    assert_eq!(acceptance.ends_on(), Some(date(2026, 10, 13)));
    let hearing = Pause {
        why: "hearing".to_owned(),
        ..pauses[0].clone()
    };
    let mediation = reading_of("mediation", NOW, date(2026, 9, 28), &[hearing]);
    assert!(mediation.ends_on().is_some());
}

#[test]
fn the_end_does_not_roll_over_into_a_pause() {
    // Day 60 is 1 October, the week off lasts to the 7th; the clock stands from the 3rd.
    let start = date(2026, 8, 2);
    let until = |to| reading_of("mediation", NOW, start, &[pause(date(2026, 10, 3), to)]);
    let open = until(None);
    assert!(matches!(open, Reading::Paused { since, .. } if since == date(2026, 10, 3)));
    assert_eq!(open.arithmetic().last_counted, Some(date(2026, 10, 1)));
    // 16 October is a Friday; the 17th and 18th are a weekend.
    let covering = until(Some(date(2026, 10, 16)));
    assert_eq!(covering.ends_on(), Some(date(2026, 10, 19)));
    assert_eq!(
        until(Some(date(2026, 10, 4))).ends_on(),
        Some(date(2026, 10, 8))
    );
}

#[test]
fn of_pauses_that_overlap_the_longest_counts_and_no_day_twice() {
    let start = date(2026, 6, 1);
    let pauses = [
        pause(date(2026, 6, 10), Some(date(2026, 6, 12))),
        pause(date(2026, 6, 11), Some(date(2026, 6, 19))),
        pause(date(2026, 5, 1), Some(date(2026, 6, 3))),
    ];
    let reading = reading_of("mediation", NOW, start, &pauses);
    // 31 July and twelve days: 2 and 3 June, 10 to 19 June.
    assert_eq!(reading.arithmetic().last_counted, Some(date(2026, 8, 12)));
}

#[test]
fn a_pause_of_thousands_of_years_takes_one_line() {
    let long = pause(date(2026, 6, 2), Some(date(9000, 1, 1)));
    let reading = reading_of("mediation", NOW, date(2026, 6, 1), &[long]);
    assert!(reading.arithmetic().not_counted.len() < 3);
    assert!(serde_json::to_string(&reading).unwrap().len() < 2_000);
}

#[test]
fn an_older_entry_with_a_line_for_each_paused_day_is_explained_in_one() {
    let mut reading = reading_of("mediation", NOW, date(2026, 6, 1), &[]);
    let Reading::Ends { arithmetic, .. } = &mut reading else {
        panic!("it ends");
    };
    arithmetic.not_counted = serde_json::from_value(serde_json::json!([
        {"date": "2026-06-10", "why": {"reason": "paused", "why": "appraisal"}},
        {"date": "2026-06-11", "why": {"reason": "paused", "why": "appraisal"}}
    ]))
    .unwrap();
    let lines = explain(&reading);
    let paused = lines.iter().filter(|l| l.id == "clock-not-counted-pause");
    let paused: Vec<_> = paused.collect();
    assert_eq!(paused.len(), 1);
    assert_eq!(paused[0].args["to"], "2026-06-11");
}

#[test]
fn a_mediation_says_the_date_to_work_to_beside_its_end_in_law() {
    let lines = explain(&reading_of("mediation", NOW, date(2026, 8, 2), &[]));
    let ids: Vec<&str> = lines.iter().map(|line| line.id.as_str()).collect();
    assert!(ids.contains(&"clock-note"), "{ids:?}");
    let last = lines.last().unwrap();
    assert_eq!(last.id, "clock-work-to");
    assert_eq!(
        (&last.args["last"], &last.args["date"]),
        (&"2026-10-01".into(), &"2026-10-08".into())
    );
}

#[test]
fn an_unpublished_year_is_a_state_and_not_a_guess() {
    let reading = reading_of("odr-negotiation", NOW, date(2026, 12, 25), &[]);
    assert!(matches!(
        reading,
        Reading::AwaitingCalendar { year: 2027, .. }
    ));
    assert_eq!(reading.arithmetic().counted, 4);
    assert_eq!(reading.ends_on(), None);
    // Six of the ten days are left: it ends no sooner, whatever the calendar says.
    assert_eq!(reading.work_to(), Some(date(2027, 1, 6)));
    let told = explain(&reading).pop().unwrap();
    assert_eq!(
        (told.id.as_str(), &told.args["date"]),
        ("clock-not-before", &"2027-01-06".into())
    );
    let inside = reading_of("acceptance", NOW, date(2027, 2, 3), &[]);
    assert_eq!(inside.work_to(), Some(date(2027, 2, 10)));
    // Every day counts for a mediation: only where its end rolls over to is open.
    let mediation = reading_of("mediation", NOW, date(2026, 11, 26), &[]);
    assert!(matches!(mediation, Reading::AwaitingCalendar { .. }));
    assert_eq!(mediation.ends_on(), None);
    assert_eq!(mediation.work_to(), Some(date(2027, 1, 25)));
    assert!(mediation.reminds_at().is_some());
}

#[test]
fn an_end_that_never_rolls_over_needs_no_calendar() {
    // 15 days after 16 September 2026 are 1 October, and it stays there.
    let holiday = reading_of("performance", NOW, date(2026, 9, 16), &[]);
    assert_eq!(holiday.ends_on(), Some(date(2026, 10, 1)));
    let unpublished = reading_of("performance", NOW, date(2026, 12, 25), &[]);
    assert_eq!(unpublished.ends_on(), Some(date(2027, 1, 9)));
}

#[test]
fn a_period_ends_at_midnight_in_shanghai() {
    let reading = reading_of("acceptance", NOW, date(2026, 11, 23), &[]);
    assert_eq!(reading.ends_on(), Some(date(2026, 12, 2)));
    assert_eq!(
        reading.expires_at().unwrap().to_string(),
        "2026-12-02T16:00:00Z"
    );
}

#[test]
fn the_explanation_names_every_stretch_that_was_passed_over() {
    let ids: Vec<String> = explain(&reading_of("acceptance", NOW, date(2026, 9, 28), &[]))
        .into_iter()
        .map(|line| line.id)
        .collect();
    assert_eq!(
        ids,
        [
            "clock-rule-working-days",
            "clock-start",
            "clock-not-counted-holiday",
            "clock-not-counted-weekend",
            "clock-make-up",
            "clock-last",
            "clock-end"
        ]
    );
}

/// An independent count: a set of working days made from the published lists,
/// and the n-th of them after the start.
fn naive_working_end(start: Date, days: usize, working: &BTreeSet<Date>) -> Option<Date> {
    working
        .range(start.tomorrow().unwrap()..)
        .nth(days - 1)
        .copied()
}

/// The dates of a list in a year's file, read as plain JSON.
fn dates(year: &Value, list: &str) -> Vec<Date> {
    let days = year[list].as_array().unwrap().iter();
    days.map(|day| day["date"].as_str().unwrap().parse().unwrap())
        .collect()
}

/// The working days as the published lists give them, without [`Calendar`].
///
/// [`Calendar`]: crate::calendar::Calendar
static WORKING_DAYS: LazyLock<BTreeSet<Date>> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../schemas/rules/cn/calendars");
    let mut working = BTreeSet::new();
    for number in 2019..=2026 {
        let file = std::fs::read(folder.join(format!("{number}.json"))).unwrap();
        let year: Value = serde_json::from_slice(&file).unwrap();
        let all = date(number, 1, 1).series(1.day());
        let of_the_year = all.take_while(|day| day.year() == number);
        working.extend(of_the_year.filter(|day| day.weekday().to_monday_one_offset() <= 5));
        for day in dates(&year, "days_off") {
            working.remove(&day);
        }
        working.extend(dates(&year, "make_up_days"));
    }
    working
});

proptest! {
    #[test]
    fn working_days_agree_with_a_naive_count(offset in 0i64..2_700, length in 1u32..60) {
        let book = book();
        let start = date(2019, 1, 1).checked_add(offset.days()).unwrap();
        let mut rule = book.procedure(NOW).unwrap().periods["acceptance"].clone();
        rule.length = length;
        let reading = read(&rule, NOW, start, &[], book.calendar());
        let expected = naive_working_end(start, length as usize, &WORKING_DAYS);
        prop_assert_eq!(reading.ends_on(), expected);
    }

    #[test]
    fn natural_days_agree_with_a_naive_count(
        offset in 0i64..2_700, length in 1u32..120, pause_from in 1i64..40, pause_days in 0i64..30,
    ) {
        let book = book();
        let start = date(2019, 1, 1).checked_add(offset.days()).unwrap();
        let mut rule = book.procedure(NOW).unwrap().periods["mediation"].clone();
        rule.length = length;
        let from = start.checked_add(pause_from.days()).unwrap();
        let pause = Pause {
            from,
            to: Some(from.checked_add(pause_days.days()).unwrap()),
            why: "appraisal".to_owned(),
        };
        let reading = read(&rule, NOW, start, std::slice::from_ref(&pause), book.calendar());
        // The pause moves the end by its own length where it begins in time.
        let paused = if pause_from <= i64::from(length) { pause_days + 1 } else { 0 };
        let last = start.checked_add((i64::from(length) + paused).days()).unwrap();
        prop_assert_eq!(reading.arithmetic().last_counted, Some(last));
        let working = &*WORKING_DAYS;
        let stands = |day: &&Date| pause.from <= **day && Some(**day) <= pause.to;
        let end = working.range(last..).find(|day| !stands(day)).copied();
        prop_assert_eq!(reading.ends_on(), end);
    }
}

#[test]
fn what_stands_still_in_an_unpublished_year_stands_still() {
    let lasting = |from| Pause {
        from,
        to: None,
        why: "appraisal".into(),
    };
    let start = date(2026, 12, 21);
    let early = [lasting(date(2027, 1, 4))];
    let paused = reading_of("redo", NOW, start, &early);
    // Eight of the ten days are in the year that is known: it may have ended on the second.
    assert_eq!(paused.arithmetic().counted, 8);
    assert!(matches!(paused, Reading::AwaitingCalendar { .. }));
    let at_once = [lasting(date(2027, 1, 2))];
    let paused = reading_of("redo", NOW, start, &at_once);
    assert!(matches!(paused, Reading::Paused { .. }));
    assert_eq!(paused.work_to(), None);
}
