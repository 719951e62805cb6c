use std::collections::BTreeSet;

use jiff::ToSpan;
use jiff::civil::date;
use proptest::prelude::*;

use super::*;
use crate::case::phase::{Confirmation, Phase};
use crate::identifiers::case_number::CaseNumber;

const NOTHING: FactFilter = FactFilter {
    subtree: None,
    from: None,
    to: None,
    category: None,
    respondent: None,
};

/// A case at its beginning.
fn filed() -> CaseFacts {
    CaseFacts {
        number: CaseNumber::compose(date(2026, 5, 18), 7),
        received_on: date(2026, 5, 18),
        counted_on: date(2026, 5, 18),
        category: "clothing".into(),
        problem: "quality".into(),
        respondent: None,
        respondent_name: "江汉百货".into(),
        respondent_credit_code: None,
        settled_in_negotiation_on: None,
        unit: None,
        registered_on: None,
        decision: None,
        refusal_ground: None,
        decided_on: None,
        acceptance_in_time: None,
        acceptance_periods_missed: 0,
        mediation_end: None,
        termination_ground: None,
        mediation_ended_on: None,
        mediation_in_time: None,
        settled_in_mediation_on: None,
        complaint_ended_on: None,
        cycle_days: None,
        outcome: None,
        phase: Phase::Open,
        closing: None,
        closed_on: None,
        satisfaction: None,
        channel: "negotiation".into(),
    }
}

fn took(days: u32) -> CaseFacts {
    CaseFacts {
        cycle_days: Some(days),
        ..filed()
    }
}

fn state(rows: &[CaseFacts], filter: &FactFilter, id: &str) -> State {
    let figures = Tally::of(rows, filter).figures(filter);
    let found = figures.iter().find(|figure| figure.indicator.id == id);
    found.unwrap().state
}

fn known(numerator: u64, denominator: u64) -> State {
    State::Known {
        numerator,
        denominator,
    }
}

#[test]
fn of_no_cases_there_is_no_figure() {
    for figure in Tally::<CaseFacts>::of([], &NOTHING).figures(&NOTHING) {
        assert_eq!(figure.state, State::NoCases, "{}", figure.indicator.id);
    }
    assert_eq!(state(&[filed()], &NOTHING, "cycle-median"), State::NoCases);
}

#[test]
fn a_median_is_the_middle_one_or_half_of_the_two_in_the_middle() {
    let median = |days: &[u32]| {
        let rows: Vec<CaseFacts> = days.iter().map(|days| took(*days)).collect();
        state(&rows, &NOTHING, "cycle-median")
    };
    assert_eq!(median(&[5]), known(5, 1));
    assert_eq!(median(&[9, 0, 4]), known(4, 1));
    assert_eq!(median(&[7, 1, 30, 2]), known(9, 2));
    assert_eq!(median(&[3, 3, 3, 90]), known(6, 2));
}

#[test]
fn a_mean_keeps_its_sum_and_its_count() {
    let rows = [took(1), took(2), took(2), filed()];
    assert_eq!(state(&rows, &NOTHING, "cycle-mean"), known(5, 3));
}

#[test]
fn what_no_authority_has_is_no_figure_of_a_unit() {
    let mut row = filed();
    row.respondent = Some("shop".into());
    row.unit = Some("420106".parse().unwrap());
    let city = FactFilter {
        subtree: Some("4201".into()),
        ..NOTHING
    };
    assert_eq!(
        state(std::slice::from_ref(&row), &city, "odr-first-settlement"),
        State::NotByUnit
    );
    assert_eq!(state(&[row], &NOTHING, "odr-first-settlement"), known(0, 1));
}

#[test]
fn confirmed_unconfirmed_and_contested_are_told_apart() {
    let settled = |outcome| CaseFacts {
        settled_in_negotiation_on: Some(date(2026, 5, 19)),
        outcome,
        ..filed()
    };
    let rows = [
        settled(Some(Confirmation::Solved)),
        settled(Some(Confirmation::Solved)),
        settled(Some(Confirmation::Partly)),
        settled(Some(Confirmation::NoReply)),
        settled(Some(Confirmation::NotSolved)),
        settled(None),
        filed(),
    ];
    for (id, numerator) in [
        ("outcome-confirmed", 3),
        ("outcome-solved", 2),
        ("outcome-partly", 1),
        ("outcome-unconfirmed", 1),
        ("outcome-contested", 1),
    ] {
        assert_eq!(state(&rows, &NOTHING, id), known(numerator, 6), "{id}");
    }
}

#[test]
fn ids_are_there_once_and_formulas_name_columns_only() {
    let mut ids = BTreeSet::new();
    check_formulas::<CaseFacts>(&mut ids);
    check_formulas::<ReportFacts>(&mut ids);
    check_formulas::<InquiryFacts>(&mut ids);
    let count = CaseFacts::INDICATORS.len()
        + ReportFacts::INDICATORS.len()
        + InquiryFacts::INDICATORS.len();
    assert_eq!(ids.len(), count);
}

fn check_formulas<R: Facts>(ids: &mut BTreeSet<&'static str>) {
    let words = [
        "count", "sum", "median", "and", "or", "true", "agreed", "accepted",
    ];
    let outcomes = [
        "solved",
        "partly",
        "no_reply",
        "not_solved",
        "satisfied",
        "very_satisfied",
    ];
    for indicator in R::INDICATORS {
        ids.insert(indicator.id);
        let named = indicator
            .formula
            .split(|c: char| !c.is_ascii_alphabetic() && c != '_')
            .filter(|word| !word.is_empty());
        for word in named {
            assert!(
                words.contains(&word) || outcomes.contains(&word) || R::COLUMNS.contains(&word),
                "{}: {word}",
                indicator.id
            );
        }
    }
}

/// Rows as no case could be, too: figures must hold of any.
fn rows() -> impl Strategy<Value = Vec<CaseFacts>> {
    let unit = prop::sample::select(vec![
        None,
        Some("420106"),
        Some("420111-01"),
        Some("420500"),
    ]);
    let outcome = prop::option::of(prop::sample::select(vec![
        Confirmation::Solved,
        Confirmation::Partly,
        Confirmation::NotSolved,
        Confirmation::NoReply,
    ]));
    let decision = prop::option::of(prop::sample::select(vec![
        Decision::Accepted,
        Decision::Refused,
    ]));
    let end = prop::option::of(prop::sample::select(vec![
        MediationEnd::Agreed,
        MediationEnd::Terminated,
    ]));
    let settled = (any::<bool>(), any::<bool>(), any::<bool>());
    let row = (
        unit,
        (outcome, decision, end),
        (any::<Option<bool>>(), any::<Option<bool>>()),
        prop::option::of(0u32..90),
        settled,
        (0i64..400, prop::sample::select(vec!["clothing", "food"])),
    );
    let row = row.prop_map(
        |(unit, (outcome, decision, end), intime, days, settled, at)| {
            let day = date(2026, 1, 1).checked_add(at.0.days()).unwrap();
            CaseFacts {
                counted_on: day,
                category: at.1.into(),
                unit: unit.map(|unit| unit.parse().unwrap()),
                outcome,
                decision,
                mediation_end: end,
                acceptance_in_time: intime.0,
                mediation_in_time: intime.1,
                cycle_days: days,
                complaint_ended_on: days.map(|_| day),
                respondent: settled.0.then(|| "shop".into()),
                settled_in_negotiation_on: settled.1.then_some(day),
                settled_in_mediation_on: settled.2.then_some(day),
                ..filed()
            }
        },
    );
    prop::collection::vec(row, 0..60)
}

/// The parts of a figure; nothing where there is none.
fn parts(figure: &Figure<CaseFacts>) -> (u64, u64) {
    match figure.state {
        State::Known {
            numerator,
            denominator,
        } => (numerator, denominator),
        _ => (0, 0),
    }
}

proptest! {
    #[test]
    fn a_share_is_never_more_than_the_whole(rows in rows()) {
        for figure in Tally::of(&rows, &NOTHING).figures(&NOTHING) {
            let (numerator, denominator) = parts(&figure);
            if let Measure::Share { .. } = figure.indicator.measure {
                prop_assert!(numerator <= denominator);
            }
            prop_assert!(figure.cases <= rows.len() as u64);
            prop_assert_eq!(figure.state == State::NoCases, figure.cases == 0);
        }
    }

    #[test]
    fn figures_of_units_add_up_to_those_of_all(rows in rows()) {
        let of = |unit: Option<&str>| {
            let part: Vec<CaseFacts> = rows
                .iter()
                .filter(|row| row.unit.as_ref().map(|it| it.as_str()) == unit)
                .cloned()
                .collect();
            Tally::of(&part, &NOTHING).figures(&NOTHING)
        };
        let units = [None, Some("420106"), Some("420111-01"), Some("420500")].map(of);
        let whole = Tally::of(&rows, &NOTHING).figures(&NOTHING);
        for (at, figure) in whole.iter().enumerate() {
            if let Measure::MedianDays(_) = figure.indicator.measure {
                continue;
            }
            let sums = units.iter().map(|unit| parts(&unit[at]));
            let sum = sums.fold((0, 0), |sum, part| (sum.0 + part.0, sum.1 + part.1));
            prop_assert_eq!(sum, parts(figure), "{}", figure.indicator.id);
        }
    }

    #[test]
    fn a_median_has_as_many_below_as_above(days in prop::collection::vec(0u32..90, 1..40)) {
        let rows: Vec<CaseFacts> = days.iter().map(|days| took(*days)).collect();
        let State::Known { numerator, denominator } = state(&rows, &NOTHING, "cycle-median") else {
            panic!("there are cases");
        };
        let beyond = |wrong: fn(u64, u64) -> bool| {
            let wrong = |days: &&u32| wrong(u64::from(**days) * denominator, numerator);
            days.iter().filter(wrong).count() * 2 <= days.len()
        };
        prop_assert!(beyond(|days, median| days < median) && beyond(|days, median| days > median));
    }

    #[test]
    fn a_filter_and_the_rest_are_all(rows in rows(), day in 0i64..400) {
        let day = date(2026, 1, 1).checked_add(day.days()).unwrap();
        let until = FactFilter { to: Some(day), ..NOTHING };
        let after = FactFilter { from: Some(day.tomorrow().unwrap()), ..NOTHING };
        let count = |filter: &FactFilter| Tally::of(&rows, filter).rows();
        prop_assert_eq!(count(&until) + count(&after), rows.len() as u64);
        let category = |name: &str| FactFilter { category: Some(name.into()), ..NOTHING };
        prop_assert_eq!(count(&category("food")) + count(&category("clothing")), rows.len() as u64);
    }

    #[test]
    fn facts_are_read_back_as_they_were_written(rows in rows()) {
        for row in rows {
            let text = serde_json::to_string(&row).unwrap();
            prop_assert_eq!(serde_json::from_str::<CaseFacts>(&text).unwrap(), row);
        }
    }
}
