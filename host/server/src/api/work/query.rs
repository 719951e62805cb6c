//! The query of the list: its filters, a view's name, and the page.

use hejie_domain::day;
use hejie_domain::text::Text;
use utoipa::IntoParams;

use super::filters::Filters;
use crate::address::{Given, Parameters};
use crate::problem::Problem;

/// Which stretch of the list.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Page {
    /// A view of the caller's own; filters that are given go before the view's.
    #[param(max_length = 32)]
    pub view: Option<String>,
    /// The `next` of the page before.
    #[param(value_type = Option<String>, max_length = 16)]
    pub next: Option<i64>,
    /// 1 to 200; 50 where nothing is said.
    #[param(minimum = 1, maximum = 200)]
    pub limit: Option<u32>,
}

pub struct Wanted {
    pub filters: Filters,
    pub page: Page,
}

impl Parameters for Wanted {
    const NAMES: &'static [&'static str] = &[
        "stage",
        "band",
        "kind",
        "phase",
        "category",
        "respondent",
        "organisation",
        "division",
        "received_from",
        "received_to",
        "q",
        "view",
        "next",
        "limit",
    ];

    fn read(given: &Given) -> Result<Wanted, Problem> {
        let text = |name| given.get(name, |text| Some(text.to_owned()), Text::new(""));
        Ok(Wanted {
            filters: filters(given)?,
            page: Page {
                view: text("view")?,
                next: given.get("next", place, Text::new("invalid-cursor"))?,
                limit: given.limit()?,
            },
        })
    }
}

fn filters(given: &Given) -> Result<Filters, Problem> {
    let text = |name| given.get(name, |text| Some(text.to_owned()), Text::new(""));
    let date = |name| {
        let read = |text: &str| day::parse(text).ok();
        given.get(name, read, Text::new("invalid-date-form"))
    };
    let unknown = || Text::new("invalid-unknown-value");
    let division = |text: &str| text.parse().ok();
    Ok(Filters {
        stage: given.get("stage", known, unknown())?,
        band: given.get("band", known, unknown())?,
        kind: given.get("kind", known, unknown())?,
        phase: given.get("phase", known, unknown())?,
        category: text("category")?,
        respondent: text("respondent")?,
        organisation: text("organisation")?,
        division: given.get("division", division, Text::new("code-division-form"))?,
        received_from: date("received_from")?,
        received_to: date("received_to")?,
        q: text("q")?,
    })
}

/// One of the words of an enumeration.
fn known<T: serde::de::DeserializeOwned>(text: &str) -> Option<T> {
    serde_json::from_value(text.into()).ok()
}

/// A place as a page's `next` says it.
pub fn cursor(place: i64) -> String {
    format!("{place:016x}")
}

fn place(cursor: &str) -> Option<i64> {
    let place = i64::from_str_radix(cursor, 16).ok()?;
    (self::cursor(place) == cursor && place >= 0).then_some(place)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_is_read_as_it_was_written_and_no_other_way() {
        for given in [0, 1, i64::MAX] {
            assert_eq!(place(&cursor(given)), Some(given));
        }
        let wrong = [
            "",
            "1",
            "+000000000000001",
            "ffffffffffffffff",
            "000000000000000G",
        ];
        assert!(wrong.into_iter().all(|text| place(text).is_none()));
        assert_eq!(place("00000000000000AB"), None);
    }
}
