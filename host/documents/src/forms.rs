//! The forms the program carries, each checked when it is read.

use std::collections::{BTreeMap, BTreeSet};

use include_dir::{Dir, include_dir};
use jsonschema::Validator;
use serde_json::Value;

use crate::form::{Block, Field, Form, Kind};

static FILES: Dir = include_dir!("$CARGO_MANIFEST_DIR/../../schemas/forms/cn");
const SCHEMA: &str = include_str!("../../../schemas/json/official-form.schema.json");

/// A set of forms, by id.
#[derive(Debug, Clone)]
pub struct Forms(BTreeMap<String, Form>);

/// A form that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum FormsError {
    #[error("{file} is no JSON: {source}")]
    NotJson {
        file: String,
        source: serde_json::Error,
    },
    #[error("the schema of forms cannot be used: {why}")]
    Unusable { why: String },
    #[error("{file}: {pointer}: {fault}")]
    Schema {
        file: String,
        pointer: String,
        fault: String,
    },
    #[error("{file}: {source}")]
    Shape {
        file: String,
        source: serde_json::Error,
    },
    #[error("{file}: its id is {id}; name the file after it")]
    Name { file: String, id: String },
    #[error("{file}: two fields or choices are called {key}")]
    Twice { file: String, key: String },
    #[error("{file}: a block shows {key}, which is no field it can show")]
    NoField { file: String, key: String },
    #[error("{file}: no block shows {key}")]
    NotShown { file: String, key: String },
}

impl Forms {
    /// The forms of every set.
    pub fn builtin() -> Result<Forms, FormsError> {
        let schema = validator()?;
        let mut forms = BTreeMap::new();
        for file in FILES.dirs().flat_map(Dir::files) {
            let name = file.path().file_name().unwrap_or_default();
            let name = name.to_string_lossy().into_owned();
            let form = read(&schema, &name, file.contents())?;
            forms.insert(form.id.clone(), form);
        }
        Ok(Forms(forms))
    }

    pub fn get(&self, id: &str) -> Option<&Form> {
        self.0.get(id)
    }

    /// All forms: the official set in its order, then the others by id.
    pub fn all(&self) -> Vec<&Form> {
        let mut forms: Vec<&Form> = self.0.values().collect();
        forms.sort_by_key(|form| form.number.unwrap_or(u8::MAX));
        forms
    }
}

fn validator() -> Result<Validator, FormsError> {
    let unusable = |why: String| FormsError::Unusable { why };
    let schema: Value = serde_json::from_str(SCHEMA).map_err(|why| unusable(why.to_string()))?;
    jsonschema::validator_for(&schema).map_err(|why| unusable(why.to_string()))
}

fn read(schema: &Validator, name: &str, bytes: &[u8]) -> Result<Form, FormsError> {
    let file = || name.to_owned();
    let not_json = |source| FormsError::NotJson {
        file: file(),
        source,
    };
    let value: Value = serde_json::from_slice(bytes).map_err(not_json)?;
    schema
        .validate(&value)
        .map_err(|broken| FormsError::Schema {
            file: file(),
            pointer: broken.instance_path().as_str().to_owned(),
            fault: broken.to_string(),
        })?;
    let shape = |source| FormsError::Shape {
        file: file(),
        source,
    };
    let form: Form = serde_json::from_value(value).map_err(shape)?;
    if name != format!("{}.json", form.id) {
        let id = form.id;
        return Err(FormsError::Name { file: file(), id });
    }
    coherent(name, &form)?;
    Ok(form)
}

/// What the schema cannot say: keys are told apart, a block shows only fields of
/// the form, in a manner that suits them, and no field is forgotten.
fn coherent(name: &str, form: &Form) -> Result<(), FormsError> {
    let file = name.to_owned();
    if let Some(key) = twice(&form.fields) {
        return Err(FormsError::Twice { file, key });
    }
    let mut shown = BTreeSet::new();
    for block in &form.blocks {
        for key in block.fields() {
            let fits = form.field(key).is_some_and(|field| suits(block, field));
            if !fits {
                let key = key.to_owned();
                return Err(FormsError::NoField { file, key });
            }
            shown.insert(key);
        }
    }
    let hidden = form
        .fields
        .iter()
        .find(|field| !shown.contains(field.key.as_str()));
    match hidden {
        Some(field) => Err(FormsError::NotShown {
            file,
            key: field.key.clone(),
        }),
        None => Ok(()),
    }
}

/// The first key or choice that is there twice.
fn twice(fields: &[Field]) -> Option<String> {
    let mut keys = BTreeSet::new();
    for field in fields {
        let mut ids = BTreeSet::new();
        let ids = field.kind.choices().iter().find(|one| !ids.insert(&one.id));
        let inner = match &field.kind {
            Kind::Rows { columns, .. } => twice(columns),
            _ => ids.map(|one| one.id.clone()),
        };
        if inner.is_some() {
            return inner;
        }
        if !keys.insert(&field.key) {
            return Some(field.key.clone());
        }
    }
    None
}

fn suits(block: &Block, field: &Field) -> bool {
    match block {
        Block::Checklist { .. } => !field.kind.choices().is_empty(),
        Block::Area { .. } => matches!(field.kind, Kind::LongText { .. }),
        Block::Rows { .. } => matches!(field.kind, Kind::Rows { .. }),
        Block::Paragraph { .. } => !matches!(field.kind, Kind::LongText { .. } | Kind::Rows { .. }),
        _ => !matches!(field.kind, Kind::Rows { .. }),
    }
}

#[cfg(test)]
mod tests;
