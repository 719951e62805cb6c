use super::*;
use crate::rules::{RuleBook, RuleError, read_calendar};
use jiff::ToSpan;
use jiff::civil::date;
use rstest::rstest;

fn builtin() -> Calendar {
    RuleBook::builtin().unwrap().calendar().clone()
}

#[rstest]
#[case(2019, 250)]
#[case(2020, 249)]
#[case(2021, 250)]
#[case(2022, 249)]
#[case(2023, 249)]
#[case(2024, 251)]
#[case(2025, 248)]
#[case(2026, 248)]
fn a_year_has_its_known_number_of_working_days(#[case] year: i16, #[case] expected: usize) {
    let calendar = builtin();
    let days = date(year, 1, 1)
        .series(1.day())
        .take_while(|day| day.year() == year);
    let working = days
        .filter(|day| calendar.day(*day).unwrap().is_working())
        .count();
    assert_eq!(working, expected);
}

#[rstest]
#[case(2023, 11)]
#[case(2024, 11)]
#[case(2025, 13)]
#[case(2026, 13)]
fn a_year_has_its_number_of_statutory_days(#[case] year: i16, #[case] expected: usize) {
    let calendar = builtin();
    let days = date(year, 1, 1)
        .series(1.day())
        .take_while(|day| day.year() == year);
    let statutory = days.filter(|day| {
        matches!(
            calendar.day(*day),
            Ok(Day::Holiday {
                statutory: true,
                ..
            })
        )
    });
    assert_eq!(statutory.count(), expected);
}

#[test]
fn a_make_up_saturday_is_worked_and_an_unknown_year_is_unknown() {
    let calendar = builtin();
    assert!(matches!(
        calendar.day(date(2026, 2, 14)),
        Ok(Day::MakeUp(_))
    ));
    assert!(matches!(
        calendar.day(date(2026, 10, 10)),
        Ok(Day::MakeUp(_))
    ));
    assert_eq!(calendar.day(date(2027, 1, 4)), Err(UnknownYear(2027)));
}

/// The thirteen statutory days of 2027, as the regulation of 2024 gives them.
fn next_year() -> YearCalendar {
    let days = [
        "01-01", "02-05", "02-06", "02-07", "02-08", "04-05", "05-01", "05-02", "06-09", "09-15",
        "10-01", "10-02", "10-03",
    ];
    let off = |day: &&str| DayOff {
        date: format!("2027-{day}").parse().unwrap(),
        name: Bilingual::new("假", "holiday"),
        statutory: true,
    };
    YearCalendar {
        year: 2027,
        source: "test".to_owned(),
        days_off: days.iter().map(off).collect(),
        make_up_days: Vec::new(),
    }
}

/// What reading the file of a year says, changed from [`next_year`].
fn read(change: impl FnOnce(&mut YearCalendar)) -> Result<YearCalendar, RuleError> {
    let mut year = next_year();
    change(&mut year);
    read_calendar("2027.json", &serde_json::to_vec(&year).unwrap())
}

#[test]
fn a_whole_year_is_read_and_an_empty_one_is_refused() {
    assert_eq!(read(|_| {}).unwrap(), next_year());
    let empty = read(|year| year.days_off.clear());
    assert!(matches!(
        empty,
        Err(RuleError::Calendar(CalendarError::Empty { year: 2027 }))
    ));
    let correction = read(|year| {
        year.year = 2026;
        year.days_off.clear();
    });
    assert!(correction.is_err(), "no correction empties a year");
}

#[rstest]
// Eleven to 2024, thirteen from 2025; one fewer where two fall on one day.
#[case(2027, 13, true)]
#[case(2027, 12, true)]
#[case(2027, 11, false)]
#[case(2027, 1, false)]
#[case(2024, 13, false)]
#[case(2024, 11, true)]
#[case(2020, 10, true)]
#[case(2020, 9, false)]
fn a_year_has_as_many_statutory_days_as_the_regulation_gives(
    #[case] number: i16,
    #[case] marked: usize,
    #[case] taken: bool,
) {
    let year = read(|year| {
        year.year = number;
        let days = date(number, 1, 1).series(1.day());
        for (day, (off, date)) in year.days_off.iter_mut().zip(days).enumerate() {
            off.date = date;
            off.statutory = day < marked;
        }
    });
    let refused = matches!(
        year,
        Err(RuleError::Calendar(CalendarError::Statutory { expected, .. }))
            if expected == if number < 2025 { 11 } else { 13 }
    );
    assert_eq!(year.is_ok(), taken);
    assert_eq!(refused, !taken);
}

#[test]
fn a_correction_replaces_a_known_year() {
    let mut calendar = builtin();
    let before = calendar.version().to_owned();
    let off = |day: Date| calendar.day(day).map(|what| !what.is_working());
    assert_eq!(off(date(2026, 10, 8)), Ok(false));
    let mut year = next_year();
    year.year = 2026;
    for day in &mut year.days_off {
        day.date = day.date.with().year(2026).build().unwrap();
    }
    calendar.add(year).unwrap();
    assert_ne!(calendar.version(), before);
    assert!(matches!(calendar.day(date(2026, 10, 7)), Ok(Day::Working)));
}

#[test]
fn the_version_names_the_content_and_the_years() {
    let mut versions = std::collections::BTreeSet::new();
    let mut seen = |calendar: &Calendar| assert!(versions.insert(calendar.version().to_owned()));
    let mut calendar = builtin();
    assert!(calendar.version().starts_with("cn-2026-"));
    assert_eq!(calendar.version().len(), "cn-2026-".len() + 16);
    seen(&calendar);
    let mut year = next_year();
    calendar.add(year.clone()).unwrap();
    assert!(calendar.version().starts_with("cn-2027-"));
    seen(&calendar);
    year.days_off[0].name = Bilingual::new("元旦", "New Year");
    calendar.add(year.clone()).unwrap();
    seen(&calendar);
    year.days_off[0].statutory = false;
    calendar.add(year.clone()).unwrap();
    seen(&calendar);
    // A year without a day of its own before the latest one changes it too.
    let bare = |number| YearCalendar {
        year: number,
        source: "test".to_owned(),
        days_off: Vec::new(),
        make_up_days: Vec::new(),
    };
    seen(&Calendar::of([bare(2030)]).unwrap());
    seen(&Calendar::of([bare(2029), bare(2030)]).unwrap());
}

#[test]
fn adding_a_year_changes_the_version_and_contradictions_are_refused() {
    let mut calendar = builtin();
    let before = calendar.version().to_owned();
    let name = Bilingual::new("元旦", "New Year");
    let off = |day| DayOff {
        date: day,
        name: name.clone(),
        statutory: true,
    };
    let year = |days_off| YearCalendar {
        year: 2027,
        source: "test".to_owned(),
        days_off,
        make_up_days: Vec::new(),
    };
    let twice = vec![off(date(2027, 1, 1)), off(date(2027, 1, 1))];
    assert!(matches!(
        calendar.add(year(twice)),
        Err(CalendarError::Twice { .. })
    ));
    let other = vec![off(date(2026, 1, 1))];
    assert!(matches!(
        calendar.add(year(other)),
        Err(CalendarError::OtherYear { .. })
    ));
    assert_eq!(calendar.version(), before);
    calendar.add(year(vec![off(date(2027, 1, 1))])).unwrap();
    assert_ne!(calendar.version(), before);
    assert!(matches!(calendar.day(date(2027, 1, 4)), Ok(Day::Working)));
}
