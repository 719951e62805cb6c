//! Opening a case: the first command, by whichever door it comes.

use hejie_domain::case::time::civil_date;
use hejie_domain::case::validate;
use hejie_domain::case::{Actor, Case, Command, Context, Filing, Recorded, Refusal, file};
use hejie_domain::identifiers::case_number::CaseNumber;
use hejie_domain::jurisdiction::Operator;
use hejie_domain::text::Text;
use hejie_store::StoreError;
use serde_json::Value;
use uuid::Uuid;

use crate::act::{ActError, Done};
use crate::app::App;
use crate::commit::{Base, Extras};
use crate::problem::Problem;

/// How often another number is drawn where one is taken: each has 40 random bits.
const DRAWS: usize = 4;

impl App {
    /// Decides a command that opens a case and commits what follows; the command is
    /// made for each number that is drawn.
    pub async fn open_case(
        &self,
        actor: &Actor,
        command: impl Fn(CaseNumber) -> Command,
        extras: impl Fn(&Done) -> Extras,
    ) -> Result<Done, ActError> {
        for _ in 0..DRAWS {
            let number = CaseNumber::compose(civil_date(self.clock().now()), rand::random());
            let done = self.opened(actor, command(number))?;
            match self.commit(Base::nothing(), done, &extras).await {
                Err(ActError::Store(StoreError::Exists)) => {}
                other => return other,
            }
        }
        Err(StoreError::Exists.into())
    }

    fn opened(&self, actor: &Actor, command: Command) -> Result<Done, Refusal> {
        let (now, rules) = (self.clock().now(), self.rules());
        let context = Context {
            now,
            actor,
            rules: &rules,
        };
        let recorded: Vec<Recorded> = file(command, &context)?
            .into_iter()
            .map(|event| Recorded {
                at: now,
                by: actor.clone(),
                event,
            })
            .collect();
        let case = Case::fold(recorded.clone()).map_err(|_| Refusal::Unknown {
            what: "case",
            id: String::new(),
        })?;
        Ok(Done {
            id: Uuid::now_v7().to_string(),
            case,
            recorded,
        })
    }
}

/// What of a filing the domain cannot see: the platform of a seller on one has a name,
/// and a respondent that is said to be here is.
pub async fn check_filing(app: &App, filing: &Filing) -> Result<(), Problem> {
    if let Operator::InPlatformSeller { platform, .. } = &filing.respondent.operator {
        validate::line("/respondent/operator/platform", platform, 100)?;
    }
    let Some(organisation) = &filing.respondent.organisation else {
        return Ok(());
    };
    validate::key("/respondent/organisation", organisation)?;
    let known: Option<Value> = app.store().organisation(organisation).await?;
    known.map(drop).ok_or_else(|| {
        Problem::invalid(
            "/respondent/organisation",
            Text::new("invalid-unknown-value"),
        )
    })
}
