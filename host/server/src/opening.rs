//! A file's beginning: a number, the decision, the fold.

use hejie_domain::case::time::civil_date;
use hejie_domain::case::{
    Actor, Command, Context, Event, Filing, Recorded, Refusal, file, validate,
};
use hejie_domain::identifiers::case_number::CaseNumber;
use hejie_domain::jurisdiction::Operator;
use hejie_domain::text::Text;
use hejie_store::StoreError;
use serde_json::Value;
use uuid::Uuid;

use crate::act::{ActError, Done};
use crate::app::App;
use crate::commit::{Base, Extras};
use crate::kept::Kept;
use crate::problem::Problem;

/// How often another number is drawn where one is taken: each has 40 random bits.
pub const DRAWS: usize = 4;

/// Decides on the command that opens a file.
pub type Decide = fn(Command, &Context) -> Result<Vec<Event>, Refusal>;

/// The file that a command opens, under a number that is drawn for it.
pub fn open<F: Kept>(
    app: &App,
    actor: &Actor,
    decide: Decide,
    command: impl FnOnce(CaseNumber) -> Command,
) -> Result<Done<F>, Refusal> {
    let (now, rules) = (app.clock().now(), app.rules());
    let number = CaseNumber::compose(civil_date(now), rand::random());
    let context = Context {
        now,
        actor,
        rules: &rules,
    };
    let events = decide(command(number), &context)?.into_iter();
    let recorded: Vec<Recorded> = events
        .map(|event| Recorded {
            at: now,
            by: actor.clone(),
            event,
        })
        .collect();
    let file = F::fold(recorded.clone()).map_err(|_| Refusal::Unknown {
        what: "case",
        id: String::new(),
    })?;
    Ok(Done {
        id: Uuid::now_v7().to_string(),
        file,
        recorded,
    })
}

impl App {
    /// Decides a command that opens a dispute and commits what follows.
    pub async fn open_case(
        &self,
        actor: &Actor,
        command: impl Fn(CaseNumber) -> Command,
        extras: impl Fn(&Done) -> Extras,
    ) -> Result<Done, ActError> {
        self.open_file(actor, file, command, extras).await
    }

    /// Decides a command that opens a file and commits what follows; the command is
    /// made for each number that is drawn.
    pub async fn open_file<F: Kept>(
        &self,
        actor: &Actor,
        decide: Decide,
        command: impl Fn(CaseNumber) -> Command,
        extras: impl Fn(&Done<F>) -> Extras,
    ) -> Result<Done<F>, ActError> {
        for _ in 0..DRAWS {
            let done = open::<F>(self, actor, decide, &command)?;
            match self.commit(Base::nothing(), done, &extras).await {
                Err(ActError::Store(StoreError::Exists)) => {}
                other => return other,
            }
        }
        Err(StoreError::Exists.into())
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
