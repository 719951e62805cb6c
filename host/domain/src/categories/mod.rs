//! The 12315 classification: what a dispute is about, and what went wrong.

use serde::{Deserialize, Serialize};

use crate::text::Bilingual;

/// `schemas/rules/cn/categories/12315.json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Categories {
    pub source: String,
    /// 客体类别: goods and services.
    pub objects: Vec<Category>,
    /// 投诉问题类别.
    pub problems: Vec<Category>,
    /// 举报问题类别: what a report says was broken.
    pub breaches: Vec<Category>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Category {
    pub id: String,
    pub name: Bilingual,
}

impl Categories {
    pub fn object(&self, id: &str) -> Option<&Category> {
        self.objects.iter().find(|category| category.id == id)
    }

    pub fn breach(&self, id: &str) -> Option<&Category> {
        self.breaches.iter().find(|category| category.id == id)
    }

    pub fn problem(&self, id: &str) -> Option<&Category> {
        self.problems.iter().find(|category| category.id == id)
    }
}
