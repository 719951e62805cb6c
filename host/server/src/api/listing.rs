//! Lists of files whose persons stand behind tokens: a unit's and those below it, or
//! one's own.

use hejie_domain::case::time::begin_of_day;
use hejie_domain::identifiers::case_number::CaseNumber;
use hejie_domain::text::Text;
use hejie_store::CaseScope;
use jiff::Timestamp;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

use super::access::{Personal, ownership};
use crate::address::{Given, Parameters};
use crate::app::App;
use crate::auth::{Principal, subtree_of};
use crate::problem::Problem;

/// Of one's own, at the most.
const OWN: u32 = 200;

#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Page {
    /// The number of the file with which the page before ended.
    #[param(value_type = Option<String>, max_length = 20)]
    before: Option<CaseNumber>,
    /// 1 to 200; 50 where nothing is said.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u32>,
}

impl Parameters for Page {
    const NAMES: &'static [&'static str] = &["before", "limit"];

    fn read(given: &Given) -> Result<Page, Problem> {
        Ok(Page {
            before: given.get("before", number, Text::new("invalid-cursor"))?,
            limit: given.limit()?,
        })
    }
}

#[derive(Serialize, ToSchema)]
pub struct Files {
    files: Vec<FileSummary>,
    /// The number of the last file, to be sent as `before` for the next page; absent at the end.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

#[derive(Serialize, ToSchema)]
struct FileSummary {
    number: String,
    phase: String,
    category: String,
    /// Of reports, in an officer's list, the beginning of the day.
    #[schema(value_type = String)]
    updated_at: Option<Timestamp>,
}

fn number(text: &str) -> Option<CaseNumber> {
    text.parse().ok()
}

/// The files of the officer's unit and those below it, newest first; or one's own.
pub async fn list<F: Personal>(
    app: &App,
    principal: &Principal,
    page: Page,
) -> Result<Files, Problem> {
    let Principal::Officer { unit, .. } = principal else {
        return own::<F>(app, principal).await;
    };
    let scope = CaseScope::Other {
        kind: F::KIND.name(),
        digits: subtree_of(unit).to_owned(),
    };
    let before = page.before.map(|number| number.to_string());
    let limit = page.limit.unwrap_or(50);
    let store = app.store();
    let found = store.list_cases(&scope, None, before.as_deref(), limit);
    let found = found.await?;
    let files = found.cases.into_iter().map(|file| FileSummary {
        updated_at: match F::TELLS_DAYS {
            true => begin_of_day(file.updated_at),
            false => Some(file.updated_at),
        },
        number: file.number,
        phase: file.phase,
        category: file.category,
    });
    Ok(Files {
        files: files.collect(),
        next: found.next,
    })
}

async fn own<F: Personal>(app: &App, principal: &Principal) -> Result<Files, Problem> {
    let ownership = ownership(principal).ok_or_else(Problem::forbidden)?;
    let found = app.store();
    let found = found.files_of(F::KIND.name(), &ownership, OWN).await?;
    let files = found.into_iter().map(|file| FileSummary {
        number: file.number,
        phase: file.phase,
        category: file.category,
        updated_at: Some(file.updated_at),
    });
    Ok(Files {
        files: files.collect(),
        next: None,
    })
}
