//! The official documents of a complaint.

use hejie_domain::case::Case;

use crate::api::documents::document_routes;

document_routes!(Case, "/cases/{number}");

pub fn routes() -> OpenApiRouter<App> {
    document_routes()
}
