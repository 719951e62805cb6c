//! Numbers that an officer enters for others, with a filing or on a file: asked of the
//! adapter and forgotten.

use axum::Json;
use axum::extract::State;
use hejie_domain::case::identity::{IdentityCheck, Person};
use hejie_domain::case::{Case, Command, Filing};
use hejie_domain::file::decide_all;
use hejie_domain::text::Text;
use serde::Deserialize;
use utoipa::ToSchema;

use super::known::{Known, of_person};
use crate::act::Loaded;
use crate::address::Path;
use crate::api::cases::visible;
use crate::api::once::WithoutKey;
use crate::app::App;
use crate::auth::Principal;
use crate::body::Body;
use crate::commit::Extras;
use crate::identity::TypedNumber;
use crate::problem::Problem;

/// A person's resident identity number (GB 11643); it is not kept.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NumberOf {
    of: Person,
    id_number: TypedNumber,
}

/// Asks of each person whether the number and the name in the filing are one person's. A
/// number that is not confirmed may have been misheard: it is told, and nothing is filed.
pub async fn entered(
    app: &App,
    filing: &Filing,
    numbers: &[NumberOf],
) -> Result<Vec<IdentityCheck>, Problem> {
    let mut questions = Vec::new();
    for (index, given) in numbers.iter().enumerate() {
        let field = format!("/identities/{index}");
        let wrong = |text| Problem::invalid(format!("{field}/of"), Text::new(text));
        let name = filing.name_of(given.of);
        let name = name.ok_or_else(|| wrong("invalid-unknown-value"))?;
        if numbers[..index].iter().any(|it| it.of == given.of) {
            return Err(wrong("invalid-repeated"));
        }
        let field = format!("{field}/id_number");
        let number = given.id_number.read(&field)?;
        questions.push((given.of, name, number, field));
    }
    let mut checks = Vec::new();
    for (of, name, number, field) in questions {
        let check = app.check_identity(of, name, &number).await?;
        if check.token.is_none() {
            let text = Text::new("invalid-identity-not-confirmed");
            return Err(Problem::invalid(field, text));
        }
        checks.push(check);
    }
    Ok(checks)
}

/// Asks whether a number is that of a person of the file, and records the answer: a no is a
/// fact too, and refuses nothing. The name that is asked for is the file's.
#[utoipa::path(post, path = "/cases/{number}/identities", tag = "identity", request_body = NumberOf,
    params(("number" = String, Path, description = "The case number")),
    responses((status = 200, body = Known), (status = 409, description = "Not possible in the case's present state"),
        (status = 422, description = "A field is wrong"),
        (status = 503, description = "No answer is to be had now; nothing was recorded")))]
pub(super) async fn check(
    State(app): State<App>,
    principal: Principal,
    _: WithoutKey,
    Path(number): Path<String>,
    Body { value, .. }: Body<NumberOf>,
) -> Result<Json<Known>, Problem> {
    let loaded = visible(&app, &principal, &number).await?;
    let name = may_check(&app, &loaded, &principal, value.of)?.to_owned();
    let number = value.id_number.read("/id_number")?;
    let check = app.check_identity(value.of, &name, &number).await?;
    let command = Command::CheckIdentity { check };
    let actor = principal.actor();
    let done = app.act(loaded, &actor, command, |_| Extras::default());
    let case = done.await?.file;
    Ok(Json(of_person(&app, &case, value.of).await?))
}

/// Who may not record the answer does not ask: nothing leaves for her.
fn may_check<'a>(
    app: &App,
    loaded: &'a Loaded,
    principal: &Principal,
    of: Person,
) -> Result<&'a str, Problem> {
    let check = IdentityCheck {
        of,
        method: app.verifier().method().to_owned(),
        token: None,
        same_name: None,
    };
    let asked = (principal.actor(), Command::CheckIdentity { check });
    decide_all::<Case>(&loaded.file, [asked], app.clock().now(), &app.rules())?;
    let name = loaded.file.filing.name_of(of);
    name.ok_or_else(Problem::not_found)
}
