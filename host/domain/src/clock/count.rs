//! Counting a period, day by day.

use jiff::civil::Date;

use super::period::Pauses;
use super::{Arithmetic, Counting, NamedDay, Pause, Period, Reading, RollOver, SkippedDay, WhyNot};
use crate::calendar::{Calendar, Day, UnknownYear};

/// Reads a period that started on `start`, which itself is not counted. Of the
/// pauses only those stop it that the period lists.
pub fn read(
    period: &Period,
    pack: &str,
    start: Date,
    pauses: &[Pause],
    calendar: &Calendar,
) -> Reading {
    let pauses = Pauses::of(period, pauses);
    let mut arithmetic = begin(period, pack, start, calendar);
    let mut day = start;
    while arithmetic.counted < period.length {
        let Ok(next) = day.tomorrow() else {
            return beyond(day, arithmetic);
        };
        day = next;
        if let Some(pause) = pauses.covering(day) {
            let Some(stretch) = passed_over(pause, day) else {
                return stands_still(pause, arithmetic);
            };
            day = stretch.last();
            arithmetic.not_counted.push(stretch);
            continue;
        }
        if let Err(UnknownYear(year)) = count_day(period, day, calendar, &mut arithmetic) {
            let awaiting = Reading::AwaitingCalendar { year, arithmetic };
            // Whatever the calendar says, it stood still before it could end.
            let pause = awaiting.work_to().and_then(|day| pauses.lasting_from(day));
            return match pause {
                Some(pause) => stands_still(pause, awaiting.into_arithmetic()),
                None => awaiting,
            };
        }
    }
    arithmetic.last_counted = Some(day);
    roll_over(period, day, &pauses, calendar, arithmetic)
}

/// The days of a pause from `day` on; `None` while it lasts.
fn passed_over(pause: &Pause, day: Date) -> Option<SkippedDay> {
    Some(SkippedDay {
        date: day,
        to: Some(pause.to?),
        why: WhyNot::Paused {
            why: pause.why.clone(),
        },
    })
}

fn stands_still(pause: &Pause, arithmetic: Arithmetic) -> Reading {
    Reading::Paused {
        since: pause.from,
        arithmetic,
    }
}

fn one_day(date: Date, why: WhyNot) -> SkippedDay {
    SkippedDay {
        date,
        to: None,
        why,
    }
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
        remind_days: period.remind_days,
        note: period.note.clone(),
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
            arithmetic.not_counted.push(one_day(day, why));
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

/// Moves the end of a period in natural days off the days the rule names. A pause
/// that covers such a day stops the clock there too.
fn roll_over(
    period: &Period,
    last: Date,
    pauses: &Pauses,
    calendar: &Calendar,
    mut steps: Arithmetic,
) -> Reading {
    let mut day = last;
    if period.counting == Counting::WorkingDays || period.roll_over == RollOver::Never {
        return ends(day, steps);
    }
    loop {
        let stretch = match pauses.covering(day) {
            Some(pause) => match passed_over(pause, day) {
                Some(stretch) => stretch,
                None => return stands_still(pause, steps),
            },
            None => match calendar.day(day) {
                Err(UnknownYear(year)) => {
                    return Reading::AwaitingCalendar {
                        year,
                        arithmetic: steps,
                    };
                }
                Ok(what) => match rest(&what).filter(|why| rolls(period.roll_over, why)) {
                    Some(why) => one_day(day, why),
                    None => return ends(day, steps),
                },
            },
        };
        let Ok(next) = stretch.last().tomorrow() else {
            return beyond(day, steps);
        };
        steps.rolled_over.push(stretch);
        day = next;
    }
}

fn ends(ends_on: Date, arithmetic: Arithmetic) -> Reading {
    Reading::Ends {
        ends_on,
        arithmetic,
    }
}

fn rolls(rule: RollOver, why: &WhyNot) -> bool {
    match rule {
        RollOver::Never => false,
        RollOver::Holidays => matches!(why, WhyNot::Holiday { .. }),
        RollOver::RestDays => true,
    }
}
