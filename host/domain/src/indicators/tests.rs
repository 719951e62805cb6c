use std::collections::BTreeSet;

use jiff::ToSpan;
use jiff::civil::{Date, date};
use proptest::prelude::*;

use super::*;
use crate::case::phase::{Confirmation, Phase};
use crate::case::visit::Satisfaction;
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
        operator_place: Some("420106".parse().unwrap()),
        recovered_fen: None,
    }
}

fn took(days: u32) -> CaseFacts {
    CaseFacts {
        cycle_days: Some(days),
        ..filed()
    }
}

fn state<R: Facts>(rows: &[R], filter: &FactFilter, id: &str) -> State {
    let figures = Tally::of(rows, filter).figures();
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
    for figure in Tally::<CaseFacts>::of([], &NOTHING).figures() {
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

/// The part of a dispute that was negotiated, as it is read from the dispute's facts.
fn negotiated(facts: &CaseFacts) -> NegotiationFacts {
    serde_json::from_value(serde_json::to_value(facts).unwrap()).unwrap()
}

#[test]
fn first_settlements_are_counted_at_the_place_of_the_operator_and_not_where_a_complaint_is() {
    let dispute = |place: &str, settled: Option<Date>| CaseFacts {
        respondent: Some("shop".into()),
        operator_place: Some(place.parse().unwrap()),
        settled_in_negotiation_on: settled,
        ..filed()
    };
    let mut moved = dispute("420106", None);
    moved.unit = Some("420502".parse().unwrap());
    let rows = [
        dispute("420106", Some(date(2026, 5, 20))),
        dispute("420111", Some(date(2026, 5, 18))),
        dispute("420502", None),
        moved,
    ];
    let rows: Vec<NegotiationFacts> = rows.iter().map(negotiated).collect();
    let of = |digits: &str, id: &str| {
        let filter = FactFilter {
            subtree: Some(digits.into()),
            ..NOTHING
        };
        state(&rows, &filter, id)
    };
    assert_eq!(of("420106", "odr-first-settlement"), known(1, 2));
    assert_eq!(of("4201", "odr-first-settlement"), known(2, 3));
    assert_eq!(of("4205", "odr-first-settlement"), known(0, 1));
    assert_eq!(of("4201", "odr-days-mean"), known(2, 2));
    assert_eq!(of("4201", "odr-days-median"), known(2, 2));
    assert_eq!(of("4205", "odr-days-mean"), State::NoCases);
}

#[test]
fn a_first_settlement_that_led_to_one_before_the_authority_is_contested() {
    let settled = |outcome, again: Option<Date>| {
        negotiated(&CaseFacts {
            respondent: Some("shop".into()),
            settled_in_negotiation_on: Some(date(2026, 5, 19)),
            settled_in_mediation_on: again,
            outcome,
            ..filed()
        })
    };
    let rows = [
        settled(Some(Confirmation::Solved), None),
        settled(Some(Confirmation::NoReply), None),
        settled(Some(Confirmation::Solved), Some(date(2026, 7, 1))),
        settled(None, None),
    ];
    for (id, numerator) in [
        ("odr-confirmed", 1),
        ("odr-unconfirmed", 1),
        ("odr-contested", 1),
    ] {
        assert_eq!(state(&rows, &NOTHING, id), known(numerator, 4), "{id}");
    }
}

#[test]
fn satisfaction_is_a_share_and_the_mean_of_five_levels() {
    let said = |satisfaction| CaseFacts {
        satisfaction,
        ..filed()
    };
    use Satisfaction::*;
    let levels = [VeryUnsatisfied, Unsatisfied, Fair, Satisfied, VerySatisfied];
    for (points, level) in (1..).zip(levels) {
        let rows = [said(Some(level)), said(None)];
        assert_eq!(
            state(&rows, &NOTHING, "satisfaction-mean"),
            known(points, 1)
        );
    }
    let rows = [
        said(Some(VerySatisfied)),
        said(Some(Satisfied)),
        said(Some(Unsatisfied)),
    ];
    assert_eq!(state(&rows, &NOTHING, "satisfaction-mean"), known(11, 3));
    assert_eq!(state(&rows, &NOTHING, "satisfied"), known(2, 3));
}

#[test]
fn money_recovered_is_a_sum_by_the_files_that_have_one() {
    let gave = |recovered_fen| CaseFacts {
        recovered_fen,
        ..filed()
    };
    let rows = [gave(Some(12_900)), gave(None), gave(Some(99))];
    assert_eq!(state(&rows, &NOTHING, "recovered"), known(12_999, 2));
    let beyond = [gave(Some(u64::MAX)), gave(Some(1))];
    assert_eq!(state(&beyond, &NOTHING, "recovered"), known(u64::MAX, 2));
}

#[test]
fn a_formula_is_written_from_what_is_evaluated() {
    let formula = |id: &str| {
        let mut all = CaseFacts::INDICATORS.iter();
        all.find(|it| it.id == id).unwrap().measure.formula()
    };
    assert_eq!(
        formula("mediation-success-of-accepted"),
        "count(decision = accepted and mediation_end = agreed) / count(decision = accepted)"
    );
    assert_eq!(
        formula("outcome-confirmed"),
        "count((settled_in_negotiation_on <> \"\" or settled_in_mediation_on <> \"\") \
         and (outcome = solved or outcome = partly)) \
         / count(settled_in_negotiation_on <> \"\" or settled_in_mediation_on <> \"\")"
    );
    assert_eq!(formula("cycle-median"), "median(cycle_days)");
    assert_eq!(
        formula("recovered"),
        "sum(recovered_fen) / count(recovered_fen <> \"\")"
    );
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
fn ids_are_there_once_and_only_columns_are_named() {
    let mut ids = BTreeSet::new();
    let tables = [
        check_columns::<CaseFacts>(&mut ids),
        check_columns::<NegotiationFacts>(&mut ids),
        check_columns::<ReportFacts>(&mut ids),
        check_columns::<InquiryFacts>(&mut ids),
    ];
    assert_eq!(ids.len(), tables.into_iter().sum::<usize>());
}

/// How many indicators the table has.
fn check_columns<R: Facts>(ids: &mut BTreeSet<&'static str>) -> usize {
    let by = R::PICKED_BY;
    let mut named = vec![by.located.column(), by.day, by.category];
    named.extend(by.respondent);
    for indicator in R::INDICATORS {
        ids.insert(indicator.id);
        named.extend(indicator.measure.columns());
    }
    for column in named {
        assert!(R::COLUMNS.contains(&column), "{}: {column}", R::TABLE);
    }
    R::INDICATORS.len()
}

#[test]
fn a_row_has_a_value_for_each_column() {
    assert_eq!(filed().cells().len(), CaseFacts::COLUMNS.len());
    let negotiated = negotiated(&filed());
    assert_eq!(negotiated.cells().len(), NegotiationFacts::COLUMNS.len());
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
fn parts(figure: &Figure) -> (u64, u64) {
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
        for figure in Tally::of(&rows, &NOTHING).figures() {
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
            Tally::of(&part, &NOTHING).figures()
        };
        let units = [None, Some("420106"), Some("420111-01"), Some("420500")].map(of);
        let whole = Tally::of(&rows, &NOTHING).figures();
        for (at, figure) in whole.iter().enumerate() {
            if let Measure::Median { .. } = figure.indicator.measure {
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
