//! What a draw is made from.

use hejie_domain::indicators::CaseFacts;
use hejie_domain::text::Text;
use hejie_domain::visits::{Ended, Ending, Wanted};
use hejie_store::EndedComplaint;

use crate::app::App;
use crate::problem::Problem;

/// Files of one draw, at the most.
const MOST: usize = 100_000;
/// Files that are read at a time.
const SOME: u32 = 5_000;

/// The complaints of a subtree that were over on these days.
pub(super) async fn ended(app: &App, digits: &str, wanted: &Wanted) -> Result<Vec<Ended>, Problem> {
    let days = (wanted.from, wanted.to);
    let (mut all, mut after) = (Vec::new(), String::new());
    loop {
        let some = app.store().ended_complaints(digits, days, &after, SOME);
        let some = some.await?;
        let Some(last) = some.last() else {
            return Ok(all);
        };
        after.clone_from(&last.case_id);
        for complaint in some {
            all.extend(read(complaint)?);
        }
        if all.len() > MOST {
            let text = Text::new("invalid-too-many").arg("limit", MOST as u64);
            return Err(Problem::invalid("/to", text));
        }
    }
}

fn read(complaint: EndedComplaint) -> Result<Option<Ended>, Problem> {
    let facts: CaseFacts =
        serde_json::from_value(complaint.facts).map_err(|fault| Problem::internal(&fault))?;
    let ending = Ending::of(facts.phase, facts.closing);
    let number = facts.number;
    Ok(ending.map(|ending| Ended { number, ending }))
}
