//! Whether a document says what its form asks, and nothing else.

mod fault;
mod text;
mod value;

use std::collections::BTreeMap;

use serde_json::Value;

pub use fault::{Fault, FaultKind, Faults};

use crate::document::Document;
use crate::form::{Field, Form, Numbering};
use crate::number::DocumentNumber;

/// Longest number and name of a unit, in characters.
const HEAD: usize = 100;

impl Document {
    /// Every field at fault, or nothing. What passes can be drawn.
    pub fn check(&self, form: &Form) -> Result<(), Faults> {
        let mut faults = Vec::new();
        if self.form != form.id {
            let kind = FaultKind::OtherForm {
                wanted: form.id.clone(),
            };
            faults.push(Fault::new("/form", kind));
        }
        self.check_head(form, &mut faults);
        members(&form.fields, &self.values, "/values", &mut faults);
        if faults.is_empty() {
            Ok(())
        } else {
            Err(Faults(faults))
        }
    }

    fn check_head(&self, form: &Form, faults: &mut Vec<Fault>) {
        for (pointer, words) in [("/number", &self.number), ("/unit", &self.unit)] {
            match text::line(words, HEAD) {
                Ok(()) if text::blank(words) => {
                    faults.push(Fault::new(pointer, FaultKind::Missing));
                }
                Ok(()) => {}
                Err(kind) => faults.push(Fault::new(pointer, kind)),
            }
        }
        let official = matches!(form.numbering, Numbering::Official { .. });
        if official && let Err(why) = self.number.parse::<DocumentNumber>() {
            faults.push(Fault::new("/number", FaultKind::Number(why)));
        }
        if !(1..=9999).contains(&self.issued_on.year()) {
            faults.push(Fault::new("/issued_on", FaultKind::OutOfRange));
        }
    }
}

/// Members of an object against the fields that may stand there.
fn members<'a>(
    fields: &[Field],
    values: impl IntoIterator<Item = (&'a String, &'a Value)>,
    pointer: &str,
    faults: &mut Vec<Fault>,
) {
    let values: BTreeMap<&String, &Value> = values.into_iter().collect();
    for field in fields {
        let at = fault::below(pointer, &field.key);
        match values.get(&field.key) {
            Some(value) => value::check(field, value, &at, faults),
            None if field.required => faults.push(Fault::new(&at, FaultKind::Missing)),
            None => {}
        }
    }
    let known = |key: &str| fields.iter().any(|field| field.key == key);
    for key in values.keys().filter(|key| !known(key)) {
        let at = fault::below(pointer, key);
        faults.push(Fault::new(&at, FaultKind::Unknown));
    }
}

#[cfg(test)]
mod tests;
