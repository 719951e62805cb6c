//! Official documents: prefilled from the file, completed by an officer, numbered
//! and drawn.

mod faults;
mod parties;
mod prefill;

use std::collections::BTreeMap;

use hejie_documents::{Document, Form, Numbering};
use hejie_domain::case::document::Content;
use hejie_domain::case::time::civil_date;
use hejie_domain::case::{Case, may_issue};
use hejie_domain::text::Text;
use hejie_domain::units::Unit;
use hejie_store::Attachment;
use serde_json::Value;

use crate::app::App;
use crate::problem::Problem;

pub use parties::agreement;
pub use prefill::Desk;

/// A document with what is kept of it.
pub struct Drawn {
    pub document: Document,
    pub content: Content,
    pub attachments: Vec<Attachment>,
}

/// What the file already says, and what an officer adds or words anew.
pub fn fill(
    form: &Form,
    desk: &Desk,
    added: BTreeMap<String, Value>,
) -> Result<BTreeMap<String, Value>, Problem> {
    let mut values = prefill::values(form, desk);
    for (key, value) in added {
        let editable = form.field(&key).is_some_and(|field| field.editable);
        if values.contains_key(&key) && !editable {
            let pointer = format!("/values/{key}");
            return Err(Problem::invalid(pointer, Text::new("invalid-from-file")));
        }
        values.insert(key, value);
    }
    Ok(values)
}

/// Numbers and draws a document of a case.
pub async fn draw(
    app: &App,
    form: &Form,
    desk: &Desk<'_>,
    added: BTreeMap<String, Value>,
) -> Result<Drawn, Problem> {
    may_issue(desk.case, &form.id)?;
    let mut document = Document {
        form: form.id.clone(),
        number: trial_number(form, desk),
        issued_on: civil_date(app.clock().now()),
        unit: desk.unit.name.clone(),
        values: fill(form, desk, added)?,
    };
    // Checked before it is numbered, so that what is refused takes no number.
    document.check(form).map_err(faults::problem)?;
    document.number = number(app, form, desk, &document).await?;
    let internal = |fault: String| Problem::internal(&fault);
    let body = canonical(&document).map_err(internal)?;
    let (form, drawn) = (form.clone(), document.clone());
    let pdf = tokio::task::spawn_blocking(move || hejie_documents::pdf(&form, &drawn));
    let pdf = pdf.await.map_err(|fault| Problem::internal(&fault))?;
    let pdf = pdf.map_err(|fault| Problem::internal(&fault))?;
    let (values, paper) = (Attachment::json(body), Attachment::pdf(&pdf));
    Ok(Drawn {
        document,
        content: Content {
            values: values.digest(),
            pdf: paper.digest(),
            size: pdf.len() as u64,
        },
        attachments: vec![values, paper],
    })
}

fn canonical(document: &Document) -> Result<String, String> {
    serde_jcs::to_string(document).map_err(|fault| fault.to_string())
}

/// A number of the right shape, to check a document before it has its own.
fn trial_number(form: &Form, desk: &Desk) -> String {
    match form.number_for(abbreviation(desk.unit), 2000, 1) {
        Some(Ok(number)) => number.to_string(),
        _ => desk.case.number.to_string(),
    }
}

async fn number(
    app: &App,
    form: &Form,
    desk: &Desk<'_>,
    document: &Document,
) -> Result<String, Problem> {
    let Numbering::Official { sign } = &form.numbering else {
        return Ok(desk.case.number.to_string());
    };
    let (abbreviation, year) = (abbreviation(desk.unit), document.issued_on.year());
    let issuer = format!("{abbreviation}{sign}");
    let serial = app.store().next_serial(&issuer, year).await?;
    match form.number_for(abbreviation, year, serial) {
        Some(Ok(number)) => Ok(number.to_string()),
        Some(Err(fault)) => Err(Problem::internal(&fault)),
        None => Ok(desk.case.number.to_string()),
    }
}

/// Units that the rules carry have one; another's is its name.
fn abbreviation(unit: &Unit) -> &str {
    unit.abbreviation.as_deref().unwrap_or(&unit.name)
}

/// Whether the file gives occasion for this form now.
pub fn is_possible(case: &Case, form: &Form) -> bool {
    may_issue(case, &form.id).is_ok()
}

#[cfg(test)]
mod tests {
    use hejie_documents::Forms;
    use hejie_domain::case::document::forms;

    #[test]
    fn every_form_that_a_case_knows_is_carried_and_has_its_name() {
        let carried = Forms::builtin().unwrap();
        for id in forms::ALL {
            let form = carried.get(id).unwrap();
            let name =
                super::parties::chinese(&hejie_domain::text::Text::new(format!("form-{id}")));
            assert_eq!(name, form.title.zh);
        }
    }
}
