//! Counting a period, day by day.

use jiff::civil::Date;

use super::{Arithmetic, Counting, NamedDay, Pause, Period, Reading, RollOver, SkippedDay, WhyNot};
use crate::calendar::{Calendar, Day, UnknownYear};

/// Reads a period that started on `start`, which itself is not counted.
pub fn read(
    period: &Period,
    pack: &str,
    start: Date,
    pauses: &[Pause],
    calendar: &Calendar,
) -> Reading {
    let mut arithmetic = begin(period, pack, start, calendar);
    let mut day = start;
    while arithmetic.counted < period.length {
        let Ok(next) = day.tomorrow() else {
            return beyond(day, arithmetic);
        };
        day = next;
        if let Some(pause) = Pause::covering(pauses, day) {
            if pause.to.is_none() {
                return Reading::Paused {
                    since: pause.from,
                    arithmetic,
                };
            }
            let why = WhyNot::Paused {
                why: pause.why.clone(),
            };
            arithmetic.not_counted.push(SkippedDay { date: day, why });
            continue;
        }
        if let Err(UnknownYear(year)) = count_day(period, day, calendar, &mut arithmetic) {
            return Reading::AwaitingCalendar { year, arithmetic };
        }
    }
    arithmetic.last_counted = Some(day);
    roll_over(period, day, calendar, arithmetic)
}

fn begin(period: &Period, pack: &str, start: Date, calendar: &Calendar) -> Arithmetic {
    Arithmetic {
        period: period.id.clone(),
        name: period.name.clone(),
        article: period.article.clone(),
        pack: pack.to_owned(),
        calendar: calendar.version().to_owned(),
        length: period.length,
        counting: period.counting,
        start,
        first_counted: None,
        counted: 0,
        not_counted: Vec::new(),
        make_up_days: Vec::new(),
        last_counted: None,
        rolled_over: Vec::new(),
    }
}

/// The proleptic calendar ends in the year 9999; no period gets there.
fn beyond(day: Date, arithmetic: Arithmetic) -> Reading {
    Reading::AwaitingCalendar {
        year: day.year(),
        arithmetic,
    }
}

fn count_day(
    period: &Period,
    day: Date,
    calendar: &Calendar,
    arithmetic: &mut Arithmetic,
) -> Result<(), UnknownYear> {
    if period.counting == Counting::WorkingDays {
        let what = calendar.day(day)?;
        if let Some(why) = rest(&what) {
            arithmetic.not_counted.push(SkippedDay { date: day, why });
            return Ok(());
        }
        if let Day::MakeUp(name) = what {
            arithmetic.make_up_days.push(NamedDay {
                date: day,
                name: name.clone(),
            });
        }
    }
    arithmetic.counted += 1;
    arithmetic.first_counted.get_or_insert(day);
    Ok(())
}

fn rest(day: &Day) -> Option<WhyNot> {
    match day {
        Day::Working | Day::MakeUp(_) => None,
        Day::Weekend => Some(WhyNot::Weekend),
        Day::Holiday { name, .. } => Some(WhyNot::Holiday {
            name: (*name).clone(),
        }),
    }
}

fn roll_over(period: &Period, last: Date, calendar: &Calendar, mut steps: Arithmetic) -> Reading {
    let mut day = last;
    if period.counting == Counting::WorkingDays || period.roll_over == RollOver::Never {
        return Reading::Ends {
            ends_on: day,
            arithmetic: steps,
        };
    }
    loop {
        let why = match calendar.day(day) {
            Err(UnknownYear(year)) => {
                return Reading::AwaitingCalendar {
                    year,
                    arithmetic: steps,
                };
            }
            Ok(what) => rest(&what).filter(|why| rolls(period.roll_over, why)),
        };
        let (Some(why), Ok(next)) = (why, day.tomorrow()) else {
            return Reading::Ends {
                ends_on: day,
                arithmetic: steps,
            };
        };
        steps.rolled_over.push(SkippedDay { date: day, why });
        day = next;
    }
}

fn rolls(rule: RollOver, why: &WhyNot) -> bool {
    match rule {
        RollOver::Never => false,
        RollOver::Holidays => matches!(why, WhyNot::Holiday { .. }),
        RollOver::RestDays => true,
    }
}
