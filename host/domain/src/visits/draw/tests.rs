use jiff::civil::date;
use proptest::prelude::*;
use rstest::rstest;

use super::*;
use crate::text::Bilingual;

fn rule(id: &str, endings: &[Ending], share_percent: u32, minimum: u32) -> SampleRule {
    SampleRule {
        id: id.into(),
        name: Bilingual::new("甲", "A"),
        endings: endings.to_vec(),
        share_percent,
        minimum,
    }
}

fn ended(serial: u64, ending: Ending) -> Ended {
    let number = CaseNumber::compose(date(2026, 5, 18), serial);
    Ended { number, ending }
}

fn rules(share: u32, minimum: u32) -> VisitRules {
    VisitRules {
        samples: vec![
            rule("refused", &[Ending::Refused], share, minimum),
            rule("settled", &[Ending::Solved, Ending::Partly], 50, 0),
        ],
        reopening: crate::visits::ReopeningRule {
            levels: Vec::new(),
            most: 0,
            not_after: Vec::new(),
        },
    }
}

fn endings() -> impl Strategy<Value = Vec<Ended>> {
    let ending = prop_oneof![
        Just(Ending::Refused),
        Just(Ending::Solved),
        Just(Ending::Partly),
        Just(Ending::Withdrawn)
    ];
    let all = prop::collection::vec(ending, 0..200);
    all.prop_map(|all| {
        let files = (0..).zip(all).map(|(serial, ending)| ended(serial, ending));
        let mut files: Vec<Ended> = files.collect();
        // Serials without a number of their own share the next one's.
        files.dedup_by(|one, other| one.number == other.number);
        files
    })
}

fn asked(drawn: &[Drawn]) -> Vec<&CaseNumber> {
    let asked = drawn.iter().filter(|it| it.drawn);
    asked.map(|it| &it.number).collect()
}

proptest! {
    #[test]
    fn whoever_repeats_a_draw_gets_the_same(
        (files, turned) in endings().prop_flat_map(|it| (Just(it.clone()), Just(it).prop_shuffle())),
        seed in any::<[u8; 8]>(),
    ) {
        let seed = Digest::of(&seed);
        let population = Population::of(files, &rules(10, 2), false);
        let other = Population::of(turned, &rules(10, 2), false);
        prop_assert_eq!(population.digest(), other.digest());
        let drawn = population.draw(&seed);
        prop_assert_eq!(&drawn, &other.draw(&seed));
        // And from what a draw left on record.
        let kept = drawn.iter().map(|it| (it.number.clone(), it.sample.clone())).collect();
        let again = Population::again(kept, rules(10, 2).samples, false);
        prop_assert_eq!(again.digest(), population.digest());
        prop_assert_eq!(again.draw(&seed), drawn);
    }

    #[test]
    fn of_each_sample_as_many_are_asked_as_its_rule_wants(
        files in endings(), share in 0u32..=100, minimum in 0u32..20, full in any::<bool>()
    ) {
        let rules = rules(share, minimum);
        let population = Population::of(files.clone(), &rules, full);
        let drawn = population.draw(&Digest::of(b"seed"));
        let visited = files.iter().filter(|it| rules.sample_of(it.ending).is_some());
        prop_assert_eq!(drawn.len(), visited.count(), "each file once, and no other");
        prop_assert!(drawn.is_sorted_by_key(|it| !it.drawn), "those who are asked come first");
        for count in population.counts() {
            let of = |it: &&Drawn| it.sample == count.rule.id;
            prop_assert_eq!(drawn.iter().filter(of).count() as u64, count.files);
            let asked = drawn.iter().filter(of).filter(|it| it.drawn).count() as u64;
            let wanted = if full { count.files } else { count.rule.wanted(count.files) };
            prop_assert_eq!(asked, wanted);
        }
    }

    #[test]
    fn a_larger_share_keeps_those_of_a_smaller(
        files in endings(), small in 0u32..=100, more in 0u32..=100
    ) {
        let seed = Digest::of(b"seed");
        let large = (small + more).min(100);
        let few = Population::of(files.clone(), &rules(small, 0), false).draw(&seed);
        let many = Population::of(files, &rules(large, 0), false).draw(&seed);
        let many = asked(&many);
        prop_assert!(asked(&few).iter().all(|it| many.contains(it)));
    }
}

#[test]
fn another_seed_draws_others_and_every_file_has_its_chance() {
    let files: Vec<Ended> = (0..100).map(|n| ended(n, Ending::Refused)).collect();
    let population = Population::of(files, &rules(10, 0), false);
    let mut often = std::collections::BTreeMap::new();
    for turn in 0u32..400 {
        for drawn in population.draw(&Digest::of(&turn.to_be_bytes())) {
            *often.entry(drawn.number).or_insert(0) += u32::from(drawn.drawn);
        }
    }
    // Each is drawn 40 times on average, with a deviation of 6.
    assert!(
        often.values().all(|times| (10..=80).contains(times)),
        "{often:?}"
    );
}

#[rstest]
#[case(date(2026, 5, 1), date(2026, 5, 17), None)]
#[case(date(2026, 5, 17), date(2026, 5, 17), None)]
#[case(date(2025, 5, 17), date(2026, 5, 17), None)]
#[case(date(2025, 5, 16), date(2026, 5, 17), Some(Invalid::TooManyDays { limit: 366 }))]
#[case(date(2026, 5, 1), date(2026, 5, 18), Some(Invalid::TooLate { latest: "2026-05-17".into() }))]
#[case(date(2026, 5, 2), date(2026, 5, 1), Some(Invalid::TooEarly { earliest: "2026-05-02".into() }))]
fn days_are_over_before_a_draw_is_made_from_them(
    #[case] from: Date,
    #[case] to: Date,
    #[case] problem: Option<Invalid>,
) {
    let wanted = Wanted {
        from,
        to,
        full: false,
    };
    let refused = problem.map(|problem| Refusal::invalid("/to", problem));
    assert_eq!(wanted.check(date(2026, 5, 18)).err(), refused);
}
