//! A file's beginning: a number, the decision, the fold.

use hejie_domain::case::time::civil_date;
use hejie_domain::case::{Actor, Command, Context, Event, Recorded, Refusal};
use hejie_domain::identifiers::case_number::CaseNumber;
use uuid::Uuid;

use crate::act::Done;
use crate::app::App;
use crate::kept::Kept;

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
        case: file,
        recorded,
    })
}
