//! The files of one filing: opened together, all of them or none. A complaint and the
//! report that came with it (Order 121 art. 9) are linked where only the unit that handles
//! the report can look.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use hejie_domain::case::filing::Consumer;
use hejie_domain::case::{Case, Command, Refusal, file as decide_case};
use hejie_domain::drafts::{FILING_FIELDS, INQUIRY_FIELDS, REPORT_FIELDS};
use hejie_domain::identifiers::phone::Phone;
use hejie_domain::inquiry::{Inquiry, InquiryFiling, receive as decide_inquiry};
use hejie_domain::report::{Report, ReportFiling, receive as decide_report};
use hejie_store::{NewIdentity, StoreError};
use serde::Serialize;
use serde_json::{Map, Value, json};
use utoipa::ToSchema;

use super::brought::Matter;
use crate::act::{ActError, Done};
use crate::api::cases::receipt::{Receipt, replayed};
use crate::api::inquiries::sender;
use crate::api::receiving::{By, Sender, token_for};
use crate::api::reports::Person;
use crate::app::App;
use crate::auth::Principal;
use crate::commit::{Base, Extras, Together};
use crate::kept::Kept;
use crate::opening::{DRAWS, open as open_file};
use crate::problem::Problem;

/// The files that a filing became.
#[derive(Debug, Serialize, ToSchema)]
pub struct Filed {
    /// Of the complaint; of the report or the inquiry where that came alone.
    #[serde(flatten)]
    pub receipt: Receipt,
    /// Of the report that came with the complaint.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub report: Option<Receipt>,
    /// By this token she comes back without an account; it is shown once.
    #[serde(skip_serializing_if = "Option::is_none")]
    token: Option<String>,
}

impl Filed {
    fn alone(receipt: Receipt) -> Filed {
        Filed {
            receipt,
            report: None,
            token: None,
        }
    }
}

/// Why nothing was filed.
pub enum Unfiled {
    /// Refused, with the field at fault.
    Refused(Problem),
    /// It could not be committed.
    Uncommitted(ActError),
}

impl From<Unfiled> for Problem {
    fn from(fault: Unfiled) -> Problem {
        match fault {
            Unfiled::Refused(problem) => problem,
            Unfiled::Uncommitted(fault) => fault.into(),
        }
    }
}

/// The answer to a filing; one that a rival with the same key got first is his.
pub fn answer(filed: Result<Filed, Unfiled>) -> Result<Response, Problem> {
    match filed {
        Ok(filed) => Ok((StatusCode::CREATED, Json(filed)).into_response()),
        Err(Unfiled::Uncommitted(ActError::Store(StoreError::Repeated { status, answer }))) => {
            Ok(replayed(status, answer))
        }
        Err(fault) => Err(fault.into()),
    }
}

/// Opens the files of a matter; what is to be kept beside them is made of what became of it.
pub async fn open(
    app: &App,
    by: &By,
    matter: &Matter,
    keep: impl Fn(&Filed) -> Extras,
) -> Result<Filed, Unfiled> {
    for _ in 0..DRAWS {
        let mut opened = decide(app, by, matter).map_err(Unfiled::Refused)?;
        opened.together.keep(keep(&opened.filed));
        match app.commit_together(opened.together).await {
            Err(ActError::Store(StoreError::Exists)) => {}
            Err(fault) => return Err(Unfiled::Uncommitted(fault)),
            Ok(()) => {
                let mut filed = opened.filed;
                if let Some(token) = opened.token.filter(|_| matter.has_token(by)) {
                    let back = token_for(app, token).await.map_err(Unfiled::Refused)?;
                    filed.token = Some(back);
                }
                return Ok(filed);
            }
        }
    }
    Err(Unfiled::Uncommitted(StoreError::Exists.into()))
}

/// Fails as filing it now would.
pub fn may_open(app: &App, by: &By, matter: &Matter) -> Result<(), Problem> {
    decide(app, by, matter).map(drop)
}

/// Decided, and not yet committed.
struct Opened {
    together: Together,
    filed: Filed,
    /// That stands for the person.
    token: Option<String>,
}

fn decide(app: &App, by: &By, matter: &Matter) -> Result<Opened, Problem> {
    let mut together = Together::default();
    let (filed, token) = match matter {
        Matter::Complaint {
            filing,
            way,
            report,
            identities,
        } => {
            let command = |number| way.command(number, filing, identities.clone());
            let opened = open_file::<Case>(app, &by.actor, decide_case, command);
            let opened = opened.map_err(|it| within(it, "/filing", &FILING_FIELDS))?;
            let complaint = app.add(&mut together, Base::nothing(), opened, Extras::default())?;
            let mut filed = Filed::alone(Receipt::of(&complaint));
            if let Some(report) = report {
                let reported = beside(app, by, matter, &complaint.file, report)?;
                let report = with_identity(app, &mut together, reported)?;
                filed.report = Some(Receipt::of(&report));
            }
            (filed, None)
        }
        Matter::Report {
            reporter,
            filing,
            caller,
        } => {
            let document = with_caller(reporter, caller.as_ref())?;
            let opened = of_report(app, by, reporter, document, filing)?;
            let token = opened.1.token.clone();
            let report = with_identity(app, &mut together, opened)?;
            (Filed::alone(Receipt::of(&report)), Some(token))
        }
        Matter::Inquiry {
            contact,
            filing,
            caller,
        } => {
            let reached_at = match (contact, caller) {
                (None, None) => None,
                (contact, caller) => Some(with_caller(contact, caller.as_ref())?),
            };
            let opened = of_inquiry(app, by, reached_at, filing)?;
            let token = opened.1.token.clone();
            let inquiry = with_identity(app, &mut together, opened)?;
            (Filed::alone(Receipt::of(&inquiry)), Some(token))
        }
    };
    Ok(Opened {
        together,
        filed,
        token,
    })
}

/// A file with the person who stands behind it.
type Hidden<F> = (Done<F>, NewIdentity);

fn with_identity<F: Kept>(
    app: &App,
    together: &mut Together,
    (opened, identity): Hidden<F>,
) -> Result<Done<F>, Problem> {
    let extras = Extras {
        identity: Some(identity),
        ..Extras::default()
    };
    Ok(app.add(together, Base::nothing(), opened, extras)?)
}

/// What is kept of a person, with the number that called for her.
fn with_caller(person: &impl Serialize, caller: Option<&Phone>) -> Result<Value, Problem> {
    let kept = serde_json::to_value(person).map_err(|it| Problem::internal(&it))?;
    let Some(caller) = caller else {
        return Ok(kept);
    };
    let mut kept = match kept {
        Value::Object(kept) => kept,
        _ => Map::new(),
    };
    kept.insert("caller".to_owned(), json!(caller));
    Ok(Value::Object(kept))
}

fn within(fault: Refusal, outer: &str, inner: &[&str]) -> Problem {
    Problem::from(fault).within(outer, inner)
}

/// The report beside a complaint: by name, with what the complaint says of the consumer.
fn beside(
    app: &App,
    by: &By,
    matter: &Matter,
    complaint: &Case,
    report: &ReportFiling,
) -> Result<Hidden<Report>, Problem> {
    let consumer = &complaint.filing.consumer;
    let document = json!({
        "kind": "named",
        "name": consumer.name,
        "phone": consumer.phone,
        "address": consumer.address,
        "complaint": complaint.number,
    });
    let (opened, mut identity) = of_report(app, by, &named(consumer), document, report)?;
    // It is on her list where the complaint is, though another entered both.
    if let Some(account) = matter.account() {
        identity.owner = Some(Principal::key_of_consumer(account));
    }
    Ok((opened, identity))
}

fn named(consumer: &Consumer) -> Person {
    Person::Named {
        name: consumer.name.clone(),
        phone: consumer.phone.clone(),
        address: consumer.address.clone(),
    }
}

fn of_report(
    app: &App,
    by: &By,
    person: &Person,
    document: Value,
    filing: &ReportFiling,
) -> Result<Hidden<Report>, Problem> {
    let (reporter, Sender { actor, identity }) = person.hide(by, Some(document));
    let opened = open_file::<Report>(app, &actor, decide_report, |number| Command::Report {
        number,
        reporter: reporter.clone(),
        filing: Box::new(filing.clone()),
    });
    let opened = opened.map_err(|it| within(it, "/report", &REPORT_FIELDS))?;
    Ok((opened, identity))
}

fn of_inquiry(
    app: &App,
    by: &By,
    reached_at: Option<Value>,
    filing: &InquiryFiling,
) -> Result<Hidden<Inquiry>, Problem> {
    let Sender { actor, identity } = sender(by, reached_at);
    let opened = open_file::<Inquiry>(app, &actor, decide_inquiry, |number| Command::Inquire {
        number,
        asker: identity.token.clone(),
        filing: filing.clone(),
    });
    let opened = opened.map_err(|it| within(it, "/inquiry", &INQUIRY_FIELDS))?;
    Ok((opened, identity))
}
