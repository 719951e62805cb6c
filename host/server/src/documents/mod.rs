//! Official documents: prefilled from the file, completed by an officer, numbered
//! and drawn.

mod complaint;
mod dossier;
mod faults;
mod parties;
mod prefill;
mod report;

use std::collections::BTreeMap;

use hejie_documents::{Document, DrawError, Form, Numbering};
use hejie_domain::case::document::Content;
use hejie_domain::case::time::civil_date;
use hejie_domain::text::Text;
use hejie_store::Attachment;
use serde_json::Value;

use crate::app::App;
use crate::problem::Problem;

pub use dossier::of_sealed;
pub use parties::agreement;
pub use prefill::{Desk, Issuer, Source};
pub use report::identified;

/// A document with what is kept of it.
pub struct Drawn {
    pub document: Document,
    pub content: Content,
    pub attachments: Vec<Attachment>,
}

/// What the file already says, and what an officer adds or words anew.
pub fn fill<F: Source>(
    form: &Form,
    desk: &Desk<F>,
    added: BTreeMap<String, Value>,
) -> Result<BTreeMap<String, Value>, Problem> {
    let whole = F::whole(&form.id, desk).map_err(|fault| Problem::internal(&fault))?;
    let is_whole = whole.is_some();
    let mut values = whole.unwrap_or_else(|| prefill::values(form, desk));
    for (key, value) in added {
        let editable = form.field(&key).is_some_and(|field| field.editable);
        let text = match key.as_str() {
            key if F::is_withheld(key) => Some("invalid-kept-apart"),
            key if is_whole || values.contains_key(key) && !editable => Some("invalid-from-file"),
            _ => None,
        };
        if let Some(text) = text {
            let pointer = format!("/values/{key}");
            return Err(Problem::invalid(pointer, Text::new(text)));
        }
        values.insert(key, value);
    }
    Ok(values)
}

/// Numbers and draws a document of a file.
pub async fn draw<F: Source>(
    app: &App,
    form: &Form,
    desk: &Desk<'_, F>,
    added: BTreeMap<String, Value>,
) -> Result<Drawn, Problem> {
    desk.file.may_issue(&form.id, desk.rules, desk.now)?;
    let mut document = Document {
        form: form.id.clone(),
        number: trial_number(form, desk),
        issued_on: civil_date(app.clock().now()),
        unit: desk.issuer.name.clone(),
        values: fill(form, desk, added)?,
    };
    // Checked before it is numbered, so that what is refused takes no number.
    document.check(form).map_err(faults::problem)?;
    document.number = number(app, form, desk, &document).await?;
    let body = canonical(&document).map_err(|fault| Problem::internal(&fault))?;
    let pdf = pdf(form, &document).await?;
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

/// Draws a document that is not kept. What it says is in no error: it may be the name of
/// somebody who is in no log.
pub async fn draw_once(form: &Form, document: &Document) -> Result<Vec<u8>, Problem> {
    document.check(form).map_err(faults::problem)?;
    let drawn = pdf(form, document).await?;
    drawn.map_err(|_| Problem::internal(&"a completed document could not be drawn"))
}

async fn pdf(form: &Form, document: &Document) -> Result<Result<Vec<u8>, DrawError>, Problem> {
    let (form, document) = (form.clone(), document.clone());
    let drawn = tokio::task::spawn_blocking(move || hejie_documents::pdf(&form, &document));
    drawn.await.map_err(|fault| Problem::internal(&fault))
}

fn canonical(document: &Document) -> Result<String, String> {
    serde_jcs::to_string(document).map_err(|fault| fault.to_string())
}

/// A number of the right shape, to check a document before it has its own.
fn trial_number<F: Source>(form: &Form, desk: &Desk<F>) -> String {
    match form.number_for(&desk.issuer.abbreviation, 2000, 1) {
        Some(Ok(number)) => number.to_string(),
        _ => desk.file.number().to_string(),
    }
}

async fn number<F: Source>(
    app: &App,
    form: &Form,
    desk: &Desk<'_, F>,
    document: &Document,
) -> Result<String, Problem> {
    let Numbering::Official { sign } = &form.numbering else {
        return Ok(desk.file.number().to_string());
    };
    let (abbreviation, year) = (&desk.issuer.abbreviation, document.issued_on.year());
    let issuer = format!("{abbreviation}{sign}");
    let serial = app.store().next_serial(&issuer, year).await?;
    match form.number_for(abbreviation, year, serial) {
        Some(Ok(number)) => Ok(number.to_string()),
        Some(Err(fault)) => Err(Problem::internal(&fault)),
        None => Ok(desk.file.number().to_string()),
    }
}

#[cfg(test)]
mod tests {
    use hejie_documents::Forms;
    use hejie_domain::case::Case;
    use hejie_domain::case::document::Documented;
    use hejie_domain::report::Report;
    use hejie_domain::rules::RuleBook;

    #[test]
    fn every_form_that_a_file_knows_is_carried_and_has_its_name() {
        let carried = Forms::builtin().unwrap();
        for id in Case::FORMS.iter().chain(Report::FORMS) {
            let form = carried.get(id).unwrap();
            assert_eq!(super::prefill::title(id), form.title.zh);
        }
        let rules = RuleBook::builtin().unwrap();
        for id in rules.procedures().iter().flat_map(|it| &it.forms) {
            let known = |forms: &[&str]| forms.contains(&id.as_str());
            assert!(known(Case::FORMS) || known(Report::FORMS), "{id}");
        }
    }
}
