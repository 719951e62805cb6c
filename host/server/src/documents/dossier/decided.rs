//! What was decided in a file, when and why, and how the parties were told.

use hejie_documents::long_date;
use hejie_domain::case::complaint::{Complaint, ComplaintDecision};
use hejie_domain::case::mediation::{Ending, Notice};
use hejie_domain::case::time::civil_date;
use hejie_domain::identifiers::unit_id::UnitId;
use hejie_domain::rules::{Ground, Procedure};
use hejie_domain::text::Text;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::Ended;
use super::words::{Words, said, word};
use crate::documents::prefill::chinese;

/// Whose complaint it is and why, whether it was accepted, how mediation ended, and how the
/// file did.
pub(super) fn all(complaint: &Complaint, ended: &Ended, words: &Words) -> Value {
    let mut rows = vec![power(complaint, words)];
    rows.extend(on_acceptance(complaint, ended, words));
    rows.extend(on_mediation(complaint, ended, words));
    rows.extend(closing(complaint, ended, words));
    Value::Array(rows)
}

fn on_acceptance(complaint: &Complaint, ended: &Ended, words: &Words) -> Option<Value> {
    let mut row = match complaint.decision.as_ref()? {
        ComplaintDecision::Accepted { by } => {
            json!({"decision": said("dossier-decision-accepted"), "by": words.actor(by)})
        }
        ComplaintDecision::Refused { by, ground, reason } => {
            let procedure = words.rules.procedure(&complaint.procedure);
            let ground = named(procedure.map(|it| &it.refusal_grounds), procedure, ground);
            json!({"decision": said("dossier-decision-refused"),
                "by": words.actor(by), "ground": ground, "reason": reason})
        }
    };
    dated(&mut row, ended.decided_at);
    row["told"] = json!(complaint.told.as_ref().map(told).unwrap_or_default());
    Some(row)
}

fn on_mediation(complaint: &Complaint, ended: &Ended, words: &Words) -> Option<Value> {
    let mut row = match complaint.mediation.as_ref()?.ending.as_ref()? {
        Ending::Agreed => json!({"decision": said("dossier-decision-agreed")}),
        Ending::Terminated {
            ground,
            reason,
            by,
            notified,
        } => {
            let procedure = words.rules.procedure(&complaint.procedure);
            let grounds = procedure.map(|it| &it.termination_grounds);
            json!({"decision": said("dossier-decision-terminated"), "by": words.actor(by),
                "ground": named(grounds, procedure, ground),
                "reason": reason.clone().unwrap_or_default(),
                "told": notified.as_ref().map(told).unwrap_or_default()})
        }
    };
    dated(&mut row, ended.mediation_ended_at);
    Some(row)
}

/// That the file is over and by whom; of one that was merged under which number it goes on.
fn closing(complaint: &Complaint, ended: &Ended, words: &Words) -> Option<Value> {
    let closing = ended.closing?;
    let by = ended.closed_by.as_ref().map(|by| words.actor(by));
    let into = complaint.merged_into.as_ref().map(ToString::to_string);
    let why: Vec<String> = [into, ended.reason.clone()].into_iter().flatten().collect();
    let mut row = json!({"decision": word("dossier-closing", &closing),
        "by": by.unwrap_or_default(), "reason": why.join("\n")});
    dated(&mut row, ended.closed_at);
    Some(row)
}

fn dated(row: &mut Value, at: Option<Timestamp>) {
    if let Some(at) = at {
        row["on"] = json!(civil_date(at));
    }
}

fn told(notice: &Notice) -> String {
    let text = Text::new("dossier-told")
        .arg("on", long_date(civil_date(notice.at)))
        .arg("means", word("dossier-means", &notice.means));
    chinese(&text)
}

/// Which authority has handling power by the rules, and why.
fn power(complaint: &Complaint, words: &Words) -> Value {
    let found = &complaint.jurisdiction;
    let article = found.article.article().unwrap_or_default();
    let ground = Text::new("dossier-ground")
        .arg("law", found.article.law.zh.as_str())
        .arg("article", article);
    let steps: Vec<String> = found.steps.iter().map(chinese).collect();
    let competent = words.unit(&UnitId::of(&found.division));
    json!({"decision": said("dossier-decision-power"), "by": competent,
           "ground": chinese(&ground), "reason": steps.join("\n")})
}

/// A ground with its article, in the words of the procedure; one it does not know by its id.
pub(super) fn named(
    grounds: Option<&Vec<Ground>>,
    procedure: Option<&Procedure>,
    id: &str,
) -> String {
    let found = grounds.and_then(|all| all.iter().find(|it| it.id == id));
    let (Some(ground), Some(procedure)) = (found, procedure) else {
        return id.to_owned();
    };
    let law = ground.law.as_ref().unwrap_or(&procedure.law);
    let text = Text::new("dossier-ground")
        .arg("law", law.zh.as_str())
        .arg("article", ground.article.as_str());
    format!("{}\n{}", chinese(&text), ground.text.zh)
}
