//! One filing that is both: a complaint and a report, each on its own way (Order 121
//! art. 9). They are linked where only the unit that handles the report can look.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use hejie_domain::case::identity::IdentityCheck;
use hejie_domain::case::{Case, Command, Filing, file as decide_case};
use hejie_domain::drafts::FILING_FIELDS;
use hejie_domain::report::{Report, ReportFiling, receive as decide_report};
use hejie_store::StoreError;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::receive::{FIELDS, Person};
use crate::act::ActError;
use crate::api::cases::receipt::Receipt;
use crate::api::identity;
use crate::api::once::WithoutKey;
use crate::app::App;
use crate::auth::Principal;
use crate::body::Body;
use crate::commit::{Base, Extras, Together};
use crate::opening::{DRAWS, check_filing, open};
use crate::problem::Problem;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MixedFiling {
    complaint: Filing,
    report: ReportFiling,
}

#[derive(Serialize, ToSchema)]
pub struct MixedReceipt {
    complaint: Receipt,
    report: Receipt,
}

/// Files both at once: both files are there, or none. The report is made by name, with
/// what the complaint says of the consumer.
#[utoipa::path(post, path = "/filings", tag = "reports", request_body = MixedFiling,
    responses((status = 201, body = MixedReceipt), (status = 422, description = "A field is wrong")))]
pub async fn file(
    State(app): State<App>,
    principal: Principal,
    _: WithoutKey,
    Body { value, .. }: Body<MixedFiling>,
) -> Result<Response, Problem> {
    if !matches!(principal, Principal::Consumer { .. }) {
        return Err(Problem::forbidden());
    }
    let of_complaint = |problem: Problem| problem.within("/complaint", &FILING_FIELDS);
    let checked = check_filing(&app, &value.complaint).await;
    checked.map_err(of_complaint)?;
    let identities = identity::filed(&app, &value.complaint, principal.account()).await?;
    for _ in 0..DRAWS {
        match both(&app, &principal, &value, &identities).await? {
            Ok(receipt) => return Ok((StatusCode::CREATED, Json(receipt)).into_response()),
            Err(ActError::Store(StoreError::Exists)) => {}
            Err(fault) => return Err(fault.into()),
        }
    }
    Err(StoreError::Exists.into())
}

async fn both(
    app: &App,
    principal: &Principal,
    value: &MixedFiling,
    identities: &[IdentityCheck],
) -> Result<Result<MixedReceipt, ActError>, Problem> {
    let complaint = open::<Case>(app, &principal.actor(), decide_case, |number| {
        Command::File {
            number,
            filing: Box::new(value.complaint.clone()),
            identities: identities.to_vec(),
        }
    });
    let complaint =
        complaint.map_err(|refusal| Problem::from(refusal).within("/complaint", &FILING_FIELDS))?;
    let consumer = &value.complaint.consumer;
    let person = Person::Named {
        name: consumer.name.clone(),
        phone: consumer.phone.clone(),
        address: consumer.address.clone(),
    };
    let document = json!({
        "kind": "named",
        "name": consumer.name,
        "phone": consumer.phone,
        "address": consumer.address,
        "complaint": complaint.file.number,
    });
    let (reporter, sender) = person.hide(principal, Some(document));
    let report = open::<Report>(app, &sender.actor, decide_report, |number| {
        Command::Report {
            number,
            reporter: reporter.clone(),
            filing: Box::new(value.report.clone()),
        }
    });
    let report = report.map_err(|refusal| Problem::from(refusal).within("/report", &FIELDS))?;
    let mut together = Together::default();
    let complaint = app.add(&mut together, Base::nothing(), complaint, Extras::default())?;
    let extras = Extras {
        identity: Some(sender.identity),
        ..Extras::default()
    };
    let report = app.add(&mut together, Base::nothing(), report, extras)?;
    let receipt = MixedReceipt {
        complaint: Receipt::of(&complaint),
        report: Receipt::of(&report),
    };
    Ok(app.commit_together(together).await.map(|()| receipt))
}
