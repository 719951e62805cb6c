//! Members of JSON objects that a reader is not to have.

use serde_json::Value;

/// Takes members out of an object; of anything else nothing.
pub fn without(data: &mut Value, names: &[&str]) {
    if let Some(members) = data.as_object_mut() {
        members.retain(|name, _| !names.contains(&name.as_str()));
    }
}
