//! Which files of the list are wanted.

use hejie_domain::words;
use jiff::ToSpan;
use jiff::civil::Date;

use super::expression::Expression;
use super::place::{Day, END_OF_WAITING};
use super::{marks, phones};

/// Days of receipt that are looked for one by one.
const DAYS: usize = 31;
/// Months of receipt that are looked for one by one; a longer time is compared
/// file by file, because then most files are of it.
const MONTHS: usize = 36;

/// What is wanted; the default is all of the country's work.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WorkFilter {
    /// Units whose codes begin with these two, four or six digits, or a station's whole id;
    /// all where there are none.
    pub subtree: String,
    pub stage: Stage,
    pub due: Due,
    /// The kind of file.
    pub kind: Option<String>,
    pub phase: Option<String>,
    pub category: Option<String>,
    /// The respondent's organisation.
    pub organisation: Option<String>,
    /// What the respondent's name has in it.
    pub respondent: Option<String>,
    pub received: Received,
    /// All of these are somewhere in the file, or in a telephone number of its complainant.
    pub words: Vec<WorkWord>,
}

/// By whether anything of it waits for the authority.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Stage {
    /// What waits, most urgent first.
    #[default]
    Waiting,
    /// What waits for nobody, the latest first.
    Over,
    /// What waits, and then what does not.
    All,
}

/// By the last day of the period that counts; what is over has none.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Due {
    #[default]
    Whenever,
    /// On this day or before it.
    Until(Date),
    /// After the first day, and on the second or before it.
    Between(Date, Date),
    /// After this day.
    After(Date),
    /// On no day that is known.
    Unknown,
}

/// By the day the unit received it, the ends included.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Received {
    pub from: Option<Date>,
    pub to: Option<Date>,
}

/// Something looked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WorkWord {
    pub text: String,
    /// Categories by whose name a file is found too.
    pub categories: Vec<String>,
}

impl WorkWord {
    /// Whether there is anything in a text that can be looked for.
    pub fn is_word(text: &str) -> bool {
        !words::phrases(text).is_empty()
    }
}

impl Due {
    /// The places after the first and before the second.
    fn places(self) -> (i64, i64) {
        let after = |day| Day::Due(day).after();
        match self {
            Due::Whenever => (-1, i64::MAX),
            Due::Until(day) => (-1, after(day)),
            Due::Between(first, last) => (after(first) - 1, after(last)),
            Due::After(day) => (after(day) - 1, Day::Open.before()),
            Due::Unknown => (Day::Open.before(), END_OF_WAITING),
        }
    }
}

impl Stage {
    /// The places after the first and before the second.
    fn places(self) -> (i64, i64) {
        match self {
            Stage::Waiting => (-1, END_OF_WAITING),
            Stage::Over => (END_OF_WAITING, i64::MAX),
            Stage::All => (-1, i64::MAX),
        }
    }
}

impl WorkFilter {
    /// The places after the first and before the second; there may be none.
    pub(crate) fn places(&self) -> (i64, i64) {
        let (due, stage) = (self.due.places(), self.stage.places());
        (due.0.max(stage.0), due.1.min(stage.1))
    }

    /// What the index is asked; `None` where the list alone answers.
    pub(crate) fn expression(&self) -> Option<Expression> {
        let single = [
            self.kind.as_deref().map(marks::kind),
            self.phase.as_deref().map(marks::phase),
            self.category.as_deref().map(marks::category),
            self.organisation.as_deref().map(marks::organisation),
        ];
        let mut parts: Vec<Expression> =
            single.into_iter().flatten().map(Expression::mark).collect();
        let name = self.respondent.as_deref().map(words::phrases);
        parts.extend(name.into_iter().flatten().map(Expression::InName));
        parts.extend(self.received.expression());
        parts.extend(self.words.iter().filter_map(WorkWord::expression));
        if parts.is_empty() {
            return None;
        }
        if !self.subtree.is_empty() {
            parts.push(Expression::mark(marks::subtree(&self.subtree)));
        }
        Some(Expression::All(parts))
    }
}

impl Received {
    /// Whether the index tells these days from all others.
    pub(super) fn is_indexed(&self) -> bool {
        match (self.from, self.to) {
            (None, None) => true,
            (Some(from), Some(to)) => from
                .until(to)
                .is_ok_and(|apart| (0..DAYS as i32).contains(&apart.get_days())),
            _ => false,
        }
    }

    /// The days, where they are so few that each is looked for by itself.
    pub(super) fn days(&self) -> Option<Vec<Date>> {
        let (from, to) = (self.from?, self.to?);
        let days = from.series(1.day()).take_while(|day| *day <= to);
        let days: Vec<Date> = days.take(DAYS + 1).collect();
        (1..=DAYS).contains(&days.len()).then_some(days)
    }

    fn expression(&self) -> Option<Expression> {
        let (from, to) = (self.from?, self.to?);
        if to < from {
            return None;
        }
        let months = from.first_of_month().series(1.month());
        let months = months.take_while(|month| *month <= to).take(MONTHS + 1);
        let marks: Vec<String> = match self.days() {
            Some(days) => days.into_iter().map(marks::day).collect(),
            None => months.map(marks::month).collect(),
        };
        let any = marks.into_iter().map(Expression::mark).collect::<Vec<_>>();
        (any.len() <= MONTHS).then_some(Expression::Any(any))
    }
}

impl WorkWord {
    fn expression(&self) -> Option<Expression> {
        let phrases = words::phrases(&self.text);
        if phrases.is_empty() {
            return None;
        }
        let all = Expression::All(phrases.into_iter().map(Expression::Phrase).collect());
        let categories = self.categories.iter().map(|id| marks::category(id));
        let mut any = vec![all];
        any.extend(phones::sought(&self.text).map(Expression::Phrase));
        any.extend(categories.map(Expression::mark));
        Some(Expression::Any(any))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn sqlite(filter: &WorkFilter) -> Option<String> {
        filter.expression().map(|it| it.for_sqlite())
    }

    #[test]
    fn the_list_alone_answers_where_only_the_subtree_is_asked_for() {
        let filter = WorkFilter {
            subtree: "42".into(),
            due: Due::Unknown,
            ..WorkFilter::default()
        };
        assert_eq!(filter.expression(), None);
    }

    #[test]
    fn filters_and_words_are_one_expression() {
        let filter = WorkFilter {
            subtree: "42".into(),
            phase: Some("registered".into()),
            respondent: Some("百货".into()),
            words: vec![WorkWord {
                text: "退货款".into(),
                categories: vec!["food".into()],
            }],
            ..WorkFilter::default()
        };
        assert_eq!(
            sqlite(&filter).unwrap(),
            r#"("p:registered" AND names : "百货" AND (("退货 货款") OR "c:food") AND "d:42")"#
        );
        assert_eq!(
            filter.expression().unwrap().for_postgres(),
            "(('p:registered') & ('百货':A) & ((('退货' <-> '货款')) | ('c:food')) & ('d:42'))"
        );
    }

    #[test]
    fn days_of_receipt_are_looked_for_by_day_by_month_or_not_at_all() {
        let between = |from, to| {
            let received = Received {
                from: Some(from),
                to: Some(to),
            };
            (
                received.expression().map(|it| it.for_sqlite()),
                received.is_indexed(),
            )
        };
        let may = |day| date(2026, 5, day);
        let marks = |text: &str| Some(text.to_owned());
        assert_eq!(
            between(may(1), may(2)),
            (marks(r#"("r:20260501" OR "r:20260502")"#), true)
        );
        let (month, told_apart) = between(may(1), may(31));
        assert!(month.unwrap().contains("r:20260531") && told_apart);
        // The marks of months are of more days than were asked for.
        assert_eq!(
            between(may(31), date(2026, 7, 1)),
            (marks(r#"("m:202605" OR "m:202606" OR "m:202607")"#), false)
        );
        assert_eq!(between(may(2), may(1)), (None, false));
        assert_eq!(between(date(1990, 1, 1), may(1)), (None, false));
        assert!(Received::default().is_indexed());
    }

    #[test]
    fn bands_follow_one_another_without_a_gap() {
        let (first, second) = (date(2026, 5, 25), date(2026, 5, 27));
        let (_, red) = Due::Until(first).places();
        let (amber_from, amber) = Due::Between(first, second).places();
        let (green_from, green) = Due::After(second).places();
        assert_eq!((amber_from, green_from), (red - 1, amber - 1));
        assert_eq!(green, Due::Unknown.places().0);
    }
}
