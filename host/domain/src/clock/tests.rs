use std::collections::BTreeSet;

use jiff::ToSpan;
use jiff::civil::{Date, date};
use proptest::prelude::*;
use rstest::rstest;

use super::*;
use crate::calendar::Calendar;
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
    assert_eq!(with.arithmetic().not_counted.len(), 10);
    let open = Pause { to: None, ..pause };
    let stands = reading_of("mediation", NOW, date(2026, 6, 1), &[open]);
    assert!(matches!(stands, Reading::Paused { .. }));
    assert_eq!(stands.expires_at(), None);
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

fn working_days(calendar: &Calendar) -> BTreeSet<Date> {
    let all = date(2019, 1, 1)
        .series(1.day())
        .take_while(|day| day.year() < 2027);
    all.filter(|day| calendar.day(*day).unwrap().is_working())
        .collect()
}

proptest! {
    #[test]
    fn working_days_agree_with_a_naive_count(offset in 0i64..2_700, length in 1u32..60) {
        let book = book();
        let start = date(2019, 1, 1).checked_add(offset.days()).unwrap();
        let mut rule = book.procedure(NOW).unwrap().periods["acceptance"].clone();
        rule.length = length;
        let reading = read(&rule, NOW, start, &[], book.calendar());
        let expected = naive_working_end(start, length as usize, &working_days(book.calendar()));
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
        let working = working_days(book.calendar());
        if let Some(end) = reading.ends_on() {
            prop_assert_eq!(Some(&end), working.range(last..).next());
        } else {
            prop_assert!(working.range(last..).next().is_none());
        }
    }
}
