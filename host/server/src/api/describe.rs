//! What the description says of all routes alike: who may call, how each answers
//! when something is wrong, and a name for each operation that no other has.

use utoipa::openapi::path::{Operation, PathItem};
use utoipa::openapi::{ContentBuilder, OpenApi, Ref, RefOr, Response, ResponseBuilder};

/// Statuses of every route behind a token, then of those with more to get wrong.
const ALL: [&str; 2] = ["401", "500"];
const WRITING: [&str; 7] = ["400", "403", "408", "409", "413", "415", "422"];
const NAMED: [&str; 2] = ["400", "404"];

/// Completes the description that the routes gave.
pub fn complete(openapi: &mut OpenApi) {
    let mut paths = std::mem::take(&mut openapi.paths.paths);
    for (path, item) in &mut paths {
        for (method, operation) in operations(item) {
            operation.operation_id = Some(operation_id(method, path));
            describe(method, path, operation);
        }
    }
    openapi.paths.paths = paths;
}

fn operations(item: &mut PathItem) -> Vec<(&'static str, &mut Operation)> {
    let all = [
        ("get", item.get.as_mut()),
        ("post", item.post.as_mut()),
        ("put", item.put.as_mut()),
        ("delete", item.delete.as_mut()),
    ];
    all.into_iter()
        .filter_map(|(method, operation)| Some((method, operation?)))
        .collect()
}

/// The method and the path in words: `post_cases_number_offers`.
fn operation_id(method: &str, path: &str) -> String {
    let path = path.trim_start_matches("/api/v1");
    let words = path.split(['/', '{', '}', '-', '.']);
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    format!("{method}_{}", words.join("_"))
}

fn describe(method: &str, path: &str, operation: &mut Operation) {
    let responses = &mut operation.responses.responses;
    for (status, response) in responses.iter_mut() {
        let RefOr::T(response) = response else {
            continue;
        };
        if response.description.is_empty() {
            response.description = description(status).to_owned();
        }
        if status.starts_with(['4', '5']) {
            *response = problem(&response.description);
        }
    }
    let open = !path.starts_with("/api/v1");
    let writing = (method != "get").then_some(WRITING);
    let named = path.contains('{').then_some(NAMED);
    let query = operation.parameters.is_some().then_some("400");
    let statuses = ALL
        .into_iter()
        .filter(|_| !open)
        .chain(writing.into_iter().flatten())
        .chain(named.into_iter().flatten())
        .chain(query);
    for status in statuses {
        responses
            .entry(status.to_owned())
            .or_insert_with(|| RefOr::T(problem(description(status))));
    }
    responses
        .entry("default".to_owned())
        .or_insert_with(|| RefOr::T(problem("Any other problem")));
}

fn description(status: &str) -> &'static str {
    let known = DESCRIPTIONS.iter().find(|(known, _)| *known == status);
    known.map_or("An answer", |(_, description)| description)
}

const DESCRIPTIONS: [(&str, &str); 13] = [
    ("200", "Done, or found"),
    ("201", "Made"),
    ("204", "Done; there is nothing to tell"),
    (
        "400",
        "Not readable: the address, the query, a header or the JSON",
    ),
    ("401", "No valid token"),
    ("403", "Not the caller's to do"),
    ("404", "Nothing here that the caller may see"),
    ("408", "The request came too slowly"),
    ("409", "Not possible as things stand"),
    ("413", "Too large"),
    ("415", "Not the content type that is taken"),
    ("422", "A field is wrong"),
    ("500", "A fault of the service"),
];

fn problem(description: &str) -> Response {
    let schema = Ref::from_schema_name("ProblemBody");
    let content = ContentBuilder::new().schema(Some(schema)).build();
    ResponseBuilder::new()
        .description(description)
        .content("application/problem+json", content)
        .build()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::Value;

    use crate::api::description;

    fn operations() -> Vec<(String, Value)> {
        let described: Value = serde_json::from_str(&description().unwrap()).unwrap();
        let paths = described["paths"].as_object().unwrap().clone();
        let all = paths.into_iter().flat_map(|(path, item)| {
            let methods = item.as_object().unwrap().clone();
            methods
                .into_iter()
                .map(move |(method, operation)| (format!("{method} {path}"), operation))
        });
        all.collect()
    }

    #[test]
    fn every_operation_has_its_own_name() {
        let all = operations();
        let names: BTreeSet<String> = all
            .iter()
            .map(|(_, operation)| operation["operationId"].as_str().unwrap().to_owned())
            .collect();
        assert!(all.len() > 40, "{}", all.len());
        assert_eq!(names.len(), all.len());
    }

    #[test]
    fn every_operation_documents_its_problems() {
        for (name, operation) in operations() {
            let responses = &operation["responses"];
            let problem = |status: &str| {
                let schema = &responses[status]["content"]["application/problem+json"]["schema"];
                schema["$ref"] == "#/components/schemas/ProblemBody"
            };
            assert!(problem("default"), "{name}");
            if name.contains("/api/v1") {
                assert!(problem("401"), "{name}");
            }
            if !name.starts_with("get") {
                assert!(problem("400") && problem("422") && problem("415"), "{name}");
            }
            if name.contains('{') {
                assert!(problem("404"), "{name}");
            }
        }
    }

    #[test]
    fn every_response_is_described() {
        for (name, operation) in operations() {
            for (status, response) in operation["responses"].as_object().unwrap() {
                let description = response["description"].as_str().unwrap_or_default();
                assert!(!description.is_empty(), "{name} {status}");
            }
        }
    }

    #[test]
    fn every_parameter_says_where_it_stands() {
        for (name, operation) in operations() {
            for parameter in operation["parameters"].as_array().into_iter().flatten() {
                let place = parameter["in"].as_str().unwrap();
                let in_path =
                    name.contains(&format!("{{{}}}", parameter["name"].as_str().unwrap()));
                assert_eq!(place == "path", in_path, "{name} {parameter}");
            }
        }
    }
}
