//! How a file moves between units (Order 121 art. 13-14, 33, 41).

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::actor::Actor;
use crate::identifiers::unit_id::UnitId;

/// One step on a file's way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Move {
    pub from: UnitId,
    pub to: UnitId,
    pub why: MoveKind,
    pub note: String,
    pub at: Timestamp,
    /// The day to report back by, where one was set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub report_by: Option<Date>,
    /// What was reported back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reported: Option<ReportedBack>,
    /// Why it was sent back, of the list that officers know.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<ReturnReason>,
}

/// What became of a file, as it was reported to whoever sent it down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportedBack {
    pub at: Timestamp,
    pub text: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MoveKind {
    /// Down to a unit below (分送).
    Dispatched,
    /// Back to the unit that sent it, or to the one above (退回).
    Returned,
    /// Two authorities agreed which of them handles it.
    Agreed,
    /// Their common superior said which.
    Designated,
    /// A superior handles it itself.
    TakenUp,
}

/// The last time that a file was sent down.
pub fn last_dispatch(moves: &[Move]) -> Option<&Move> {
    moves.iter().rfind(|it| it.why == MoveKind::Dispatched)
}

/// Why a unit sends a file back to intake: the list officers know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ReturnReason {
    /// 缺失要素
    ElementsMissing,
    /// 表述不清
    Unclear,
    /// 类型有误
    WrongType,
    /// 地址不详
    AddressUnknown,
    /// 已有知识
    AnsweredByKnowledge,
    /// 重复受理
    HandledAlready,
    /// 市民撤诉
    Withdrawn,
    /// 不属本职
    NotOurs,
    /// 其他
    Other,
}

/// Two authorities that disagree on which of them handles a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandlingDispute {
    pub by: UnitId,
    pub with: UnitId,
    pub reason: String,
    pub since: Date,
}

/// A request to complete the material (art. 10-11): what, and until when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MaterialRequest {
    pub items: Vec<String>,
    pub due: Date,
    /// When it was asked for, and who asked; older projections do not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<Actor>,
    /// What she sent in answer, and when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provided: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provided_at: Option<Timestamp>,
}
