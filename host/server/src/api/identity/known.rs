//! What is known of each person of a file: by a check that stands in it, or else by her
//! account.

use hejie_domain::case::identity::{CheckedIdentity, IdentityCheck, NamedPerson, Person};
use hejie_domain::case::time::civil_date;
use hejie_domain::case::{Case, Filing};
use hejie_store::Verification;
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::App;
use crate::auth::Principal;
use crate::problem::Problem;

/// Whether somebody's identity was verified, on which day and by what.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Verified {
    verified: bool,
    /// The day of the answer, which may have been a no.
    #[serde(skip_serializing_if = "Option::is_none")]
    on: Option<String>,
    /// `checksum`: the number is well formed, no more was asked; `service`: an identity
    /// service was.
    #[serde(skip_serializing_if = "Option::is_none")]
    method: Option<String>,
}

impl Verified {
    pub fn of_account(found: Option<&Verification>) -> Verified {
        Verified {
            verified: found.is_some(),
            on: found.map(|it| civil_date(it.at).to_string()),
            method: found.map(|it| it.method.clone()),
        }
    }
}

/// A person of a file. Tokens never show.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Known {
    #[serde(flatten)]
    of: Person,
    #[serde(flatten)]
    verified: Verified,
    /// Whether the file has the name that was verified; absent where that is not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    same_name: Option<bool>,
}

impl Known {
    fn checked(checked: &CheckedIdentity) -> Known {
        let check = &checked.check;
        Known {
            of: check.of,
            verified: Verified {
                verified: check.token.is_some(),
                on: Some(civil_date(checked.at).to_string()),
                method: Some(check.method.clone()),
            },
            same_name: check.same_name,
        }
    }

    fn of_account(app: &App, person: &NamedPerson, found: Option<&Verification>) -> Known {
        Known {
            of: person.of,
            verified: Verified::of_account(found),
            same_name: found.and_then(|it| same_name(app, it, person.name)),
        }
    }

    /// Her own name was verified, as far as that is known.
    pub fn is_verified(&self) -> bool {
        self.verified.verified && self.same_name != Some(false)
    }

    /// Somebody was verified, by another name than the file has.
    pub fn has_another_name(&self) -> bool {
        self.verified.verified && self.same_name == Some(false)
    }

    /// Name and number were said not to be one person's.
    pub fn was_denied(&self) -> bool {
        !self.verified.verified && self.verified.on.is_some()
    }
}

/// `None` of what was verified before names were kept.
fn same_name(app: &App, found: &Verification, name: &str) -> Option<bool> {
    let verified = found.name.as_ref()?;
    Some(*verified == app.identity_secret().name(name))
}

/// All persons of a file that a reader may know of: the authority of everybody, a
/// complainant or agent of her own.
pub async fn of_case(app: &App, case: &Case, reader: &Principal) -> Result<Vec<Known>, Problem> {
    let mut known = Vec::new();
    for person in case.filing.persons(case.consumer_id.as_deref()) {
        let hers = match reader {
            Principal::Officer { .. } | Principal::Operator { .. } => true,
            Principal::Consumer { id } => person.account == Some(id),
            _ => false,
        };
        if hers {
            known.push(of_named(app, case, &person).await?);
        }
    }
    Ok(known)
}

/// One of them.
pub(super) async fn of_person(app: &App, case: &Case, of: Person) -> Result<Known, Problem> {
    let persons = case.filing.persons(case.consumer_id.as_deref());
    let found = persons.into_iter().find(|it| it.of == of);
    of_named(app, case, &found.ok_or_else(Problem::not_found)?).await
}

async fn of_named(app: &App, case: &Case, person: &NamedPerson<'_>) -> Result<Known, Problem> {
    if let Some(checked) = case.identity(person.of) {
        return Ok(Known::checked(checked));
    }
    let found = verification(app, person).await?;
    Ok(Known::of_account(app, person, found.as_ref()))
}

async fn verification(
    app: &App,
    person: &NamedPerson<'_>,
) -> Result<Option<Verification>, Problem> {
    match person.account {
        Some(account) => Ok(app.store().verification(account).await?),
        None => Ok(None),
    }
}

/// What is known of a filing's persons by their accounts, to stand in its ledger; `filer` is
/// the account of the complainant, or of her agent.
pub async fn filed(
    app: &App,
    filing: &Filing,
    filer: Option<&str>,
) -> Result<Vec<IdentityCheck>, Problem> {
    let agent = filing.representation.as_ref();
    let agent = agent.and_then(|it| it.agent.as_ref()?.account.as_deref());
    let mut checks = Vec::new();
    for person in filing.persons(filer.filter(|filer| agent != Some(filer))) {
        let Some(found) = verification(app, &person).await? else {
            continue;
        };
        checks.push(IdentityCheck {
            of: person.of,
            same_name: same_name(app, &found, person.name),
            method: found.method,
            token: Some(found.token),
        });
    }
    Ok(checks)
}
