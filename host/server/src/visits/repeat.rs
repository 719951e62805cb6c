//! Repeating a draw from what was kept of it.

use hejie_domain::visits::Population;
use hejie_store::{DrawPlace, Store, StoreError, StoredDraw};
use serde::Serialize;
use utoipa::ToSchema;

use super::{Draw, TYP, seed};
use crate::exchange::key_of;

/// Draws at a time.
const SOME: u32 = 50;
/// Places at a time.
const PLACES: u32 = 10_000;

/// What came of it, point by point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct Repetition {
    /// The server's key made the signature of this very statement.
    pub signed: bool,
    /// The seed is the signature's.
    pub seeded: bool,
    /// The files that were kept are those of the statement.
    pub population: bool,
    /// The rule and the seed give the same list of the same files.
    pub list: bool,
}

impl Repetition {
    pub fn is_same(self) -> bool {
        self.signed && self.seeded && self.population && self.list
    }
}

/// Draws once more, by what the statement says alone.
pub fn repeat(draw: &Draw, places: &[DrawPlace]) -> Repetition {
    let statement = &draw.statement;
    let numbers = places
        .iter()
        .map(|it| Some((it.number.parse().ok()?, it.sample.clone())));
    let files: Option<Vec<_>> = numbers.collect();
    let rules = statement.samples.iter().map(|it| it.rule.clone()).collect();
    let population = Population::again(files.unwrap_or_default(), rules, statement.full);
    let again = population.draw(&draw.seed);
    let kept = (1..).zip(places).zip(&again).all(|((place, kept), it)| {
        kept.place == place
            && kept.number == it.number.to_string()
            && kept.sample == it.sample
            && kept.drawn == it.drawn
    });
    Repetition {
        signed: is_signed(draw),
        seeded: seed(&draw.signed) == draw.seed,
        population: population.digest() == statement.population
            && population.counts() == statement.samples
            && population.len() as u64 == statement.files,
        list: kept && again.len() == places.len(),
    }
}

fn is_signed(draw: &Draw) -> bool {
    let Some(key) = key_of(&draw.key) else {
        return false;
    };
    let header = draw.signed.header(TYP);
    let payload = draw.signed.verify(&key);
    let statement = serde_jcs::to_vec(&draw.statement);
    match (header, payload, statement) {
        (Ok(_), Ok(payload), Ok(statement)) => payload == statement,
        _ => false,
    }
}

/// Repeats every draw of a store; the ids of those that do not come out the same.
pub async fn check_all(store: &Store) -> Result<Vec<String>, StoreError> {
    let (mut wrong, mut before) = (Vec::new(), None);
    loop {
        let draws = store.draws("", before.as_deref(), SOME).await?;
        let Some(last) = draws.last() else {
            return Ok(wrong);
        };
        before = Some(last.id.clone());
        for stored in draws {
            let id = stored.id.clone();
            if !comes_out(store, stored).await? {
                wrong.push(id);
            }
        }
    }
}

async fn comes_out(store: &Store, stored: StoredDraw) -> Result<bool, StoreError> {
    let places = all_places(store, &stored.id).await?;
    let draw: Result<Draw, _> = serde_json::from_value(stored.document);
    Ok(draw.is_ok_and(|draw| repeat(&draw, &places).is_same()))
}

pub async fn all_places(store: &Store, id: &str) -> Result<Vec<DrawPlace>, StoreError> {
    let (mut places, mut after) = (Vec::new(), 0);
    loop {
        let some = store.draw_places(id, false, after, PLACES).await?;
        let Some(last) = some.last() else {
            return Ok(places);
        };
        after = last.place;
        places.extend(some);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::Identity;
    use crate::visits::make;
    use hejie_domain::case::Actor;
    use hejie_domain::identifiers::case_number::CaseNumber;
    use hejie_domain::rules::RuleBook;
    use hejie_domain::visits::{Ended, Ending, Wanted};
    use jiff::civil::date;

    fn drawn() -> (Draw, Vec<DrawPlace>) {
        let rules = RuleBook::builtin().unwrap();
        let procedure = rules.procedure_on(date(2026, 6, 1)).unwrap();
        let files = (0..60).map(|n| Ended {
            number: CaseNumber::compose(date(2026, 5, 1), n),
            ending: Ending::Terminated,
        });
        let population = Population::of(files.collect(), &procedure.visits, false);
        let wanted = Wanted {
            from: date(2026, 5, 1),
            to: date(2026, 5, 31),
            full: false,
        };
        let of = ("420106".parse().unwrap(), procedure.version.clone());
        let by = (Actor::Platform, jiff::Timestamp::UNIX_EPOCH);
        let (draw, kept) = make(wanted, &population, of, by, &Identity::nobody()).unwrap();
        (draw, kept.places)
    }

    #[test]
    fn a_draw_comes_out_the_same_and_one_that_was_touched_does_not() {
        let (draw, places) = drawn();
        assert!(repeat(&draw, &places).is_same());
        assert_eq!(places.iter().filter(|it| it.drawn).count(), 12);
        let touched = |change: &dyn Fn(&mut Draw, &mut Vec<DrawPlace>)| {
            let (mut draw, mut places) = (draw.clone(), places.clone());
            change(&mut draw, &mut places);
            repeat(&draw, &places)
        };
        let other = touched(&|_, places| places.swap(0, 1));
        assert!(!other.list && other.population);
        let hidden = touched(&|_, places| drop(places.pop()));
        assert!(!hidden.population);
        let seed = touched(&|draw, _| draw.seed = draw.statement.population.clone());
        assert!(!seed.seeded && !seed.list && seed.signed);
        let rule = touched(&|draw, _| draw.statement.samples[1].rule.share_percent = 50);
        assert!(!rule.signed && !rule.list);
        let more = touched(&|draw, _| draw.statement.files += 1);
        assert!(!more.signed && !more.population);
        let key = touched(&|draw, _| draw.key.replace_range(..4, "AAAA"));
        assert!(!key.signed);
    }
}
