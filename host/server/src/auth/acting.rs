//! In which unit and role a caller acts: an officer's posts are looked up by the day.

use axum::http::StatusCode;
use axum::http::request::Parts;
use hejie_domain::case::time::civil_date;
use hejie_domain::identifiers::unit_id::UnitId;
use hejie_domain::officers::{NoPost, Officer};
use hejie_domain::text::Text;

use super::{Holder, Principal, Token};
use crate::app::App;
use crate::problem::Problem;

/// Names the unit in which an officer acts; needed where she holds posts in several.
const ACTING_UNIT: &str = "Acting-Unit";

/// The unit that a request names.
pub fn acting_unit(parts: &Parts) -> Result<Option<UnitId>, Problem> {
    let wrong = |text| Problem::header(ACTING_UNIT, Text::new(text));
    let mut given = parts.headers.get_all(ACTING_UNIT).iter();
    match (given.next(), given.next()) {
        (None, _) => Ok(None),
        (Some(value), None) => {
            let unit = value.to_str().ok().and_then(|text| text.parse().ok());
            unit.map(Some).ok_or_else(|| wrong("invalid-unit-form"))
        }
        _ => Err(wrong("invalid-repeated")),
    }
}

impl App {
    /// Who a token stands for now; a problem where it is unknown or was revoked, or
    /// where its officer holds no post to act in.
    pub async fn principal_of(
        &self,
        token: &Token,
        unit: Option<&UnitId>,
    ) -> Result<Principal, Problem> {
        let holder: Option<Holder> = self.store().principal(&token.digest()).await?;
        Ok(match holder.ok_or_else(Problem::unauthenticated)? {
            Holder::Consumer { id } => Principal::Consumer { id },
            Holder::Reporter { token } => Principal::Reporter { token },
            Holder::Operator { id } => Principal::Operator { id },
            Holder::Officer { id } => self.at_post(&id, unit).await?,
            Holder::Agent {
                id,
                organisation,
                name,
                admin,
            } => Principal::Agent {
                id,
                organisation,
                name,
                admin,
            },
            Holder::Mediator {
                id,
                organisation,
                name,
                admin,
            } => Principal::Mediator {
                id,
                organisation,
                name,
                admin,
            },
        })
    }

    async fn at_post(&self, id: &str, unit: Option<&UnitId>) -> Result<Principal, Problem> {
        let found: Option<(Officer, u64)> = self.store().officer(id).await?;
        let (officer, _) = found.ok_or_else(Problem::unauthenticated)?;
        let today = civil_date(self.clock().now());
        let post = officer.acting(today, unit).map_err(no_post)?;
        Ok(Principal::Officer {
            id: id.to_owned(),
            unit: post.unit.to_string(),
            name: officer.name().to_owned(),
            role: post.role,
        })
    }
}

fn no_post(why: NoPost) -> Problem {
    match why {
        NoPost::None => Problem::new(StatusCode::FORBIDDEN, "no-post"),
        NoPost::NotInUnit => Problem::new(StatusCode::FORBIDDEN, "no-post")
            .detail(Text::new("problem-no-post-in-unit-detail")),
        NoPost::Several(units) => {
            let units: Vec<String> = units.iter().map(UnitId::to_string).collect();
            let text = Text::new("invalid-which-unit").arg("units", units.join(", "));
            Problem::header(ACTING_UNIT, text)
        }
    }
}
