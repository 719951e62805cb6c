//! Deliveries: what is on its way to whom, from the transaction of what happened
//! until the receiver has it. A case's deliveries reach a receiver in their order:
//! one that is not through holds back those after it, and no other case's.
//!
//! Tries and leases are counted by the machine's clock: a rehearsal does not move
//! the receivers.

use jiff::Timestamp;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};
use uuid::Uuid;

use crate::connection::Store;
use crate::entry::{micros, moment, natural};
use crate::error::StoreError;
use crate::outbox::NewMessage;

/// Something for one receiver.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDelivery {
    pub receiver: String,
    pub topic: &'static str,
    /// JSON.
    pub payload: String,
    pub at: Timestamp,
}

/// What of a file was on its way to a receiver, of one topic, and is not to reach it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recalled {
    pub receiver: String,
    pub topic: &'static str,
}

/// A leased delivery.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    pub receiver: String,
    /// Names it to its receiver, the same at every try.
    pub message: String,
    pub case_id: String,
    pub topic: String,
    /// JSON.
    pub payload: String,
    /// When what it tells of happened.
    pub at: Timestamp,
    /// How often it was tried before.
    pub tries: u32,
    pub lease: String,
}

/// Where a delivery stands, for its operator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentDelivery {
    pub message: String,
    pub topic: String,
    pub at: Timestamp,
    pub state: DeliveryState,
    pub tries: u32,
    /// When it is tried next, or when it came to its state.
    pub moved_at: Timestamp,
    pub last_error: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeliveryState {
    Waiting,
    Delivered,
    /// Given up after too many tries; it waits for an operator, and what follows waits for it.
    Parked,
    /// The receiver takes it as little as it will later; it waits for an operator, and what
    /// follows goes on.
    Refused,
}

impl DeliveryState {
    pub fn name(self) -> &'static str {
        match self {
            DeliveryState::Waiting => "waiting",
            DeliveryState::Delivered => "delivered",
            DeliveryState::Parked => "parked",
            DeliveryState::Refused => "refused",
        }
    }

    pub fn named(name: &str) -> Option<DeliveryState> {
        let all = [
            DeliveryState::Waiting,
            DeliveryState::Delivered,
            DeliveryState::Parked,
            DeliveryState::Refused,
        ];
        all.into_iter().find(|state| state.name() == name)
    }
}

/// How a try ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ended {
    Delivered,
    /// To be tried again at a moment.
    Later(Timestamp, String),
    Parked(String),
    Refused(String),
}

/// What a node asks for when it has room for a receiver.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeliveryClaim {
    pub receiver: String,
    pub node: Uuid,
    pub now: Timestamp,
    /// When the leases end.
    pub until: Timestamp,
    pub limit: u32,
}

pub(crate) async fn insert(
    connection: &mut AnyConnection,
    case_id: &str,
    delivery: &NewDelivery,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO deliveries
             (receiver, message, case_id, topic, payload, created_at, state, tries, moved_at)
         VALUES ($1, $2, $3, $4, $5, $6, 'waiting', 0, $7)",
    )
    .bind(delivery.receiver.as_str())
    .bind(Uuid::now_v7().to_string())
    .bind(case_id)
    .bind(delivery.topic)
    .bind(delivery.payload.as_str())
    .bind(micros(delivery.at))
    .bind(micros(Timestamp::now()))
    .execute(connection)
    .await?;
    Ok(())
}

/// Takes back what is not through; what follows it is held back by it no more.
pub(crate) async fn recall(
    connection: &mut AnyConnection,
    case_id: &str,
    recalled: &Recalled,
) -> Result<(), StoreError> {
    sqlx::query(
        "DELETE FROM deliveries
         WHERE receiver = $1 AND case_id = $2 AND topic = $3 AND state <> 'delivered'",
    )
    .bind(recalled.receiver.as_str())
    .bind(case_id)
    .bind(recalled.topic)
    .execute(connection)
    .await?;
    Ok(())
}

/// One delivery to each webhook that asked for the topic.
pub(crate) async fn fan_out(
    connection: &mut AnyConnection,
    case_id: &str,
    id: &str,
    message: &NewMessage,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO deliveries
             (receiver, message, case_id, topic, payload, created_at, state, tries, moved_at)
         SELECT webhook, CAST($1 AS TEXT), CAST($2 AS TEXT), topic, CAST($3 AS TEXT),
                CAST($4 AS BIGINT), 'waiting', 0, CAST($5 AS BIGINT)
         FROM webhook_topics WHERE topic = $6",
    )
    .bind(id)
    .bind(case_id)
    .bind(message.payload.as_str())
    .bind(micros(message.at))
    .bind(micros(message.discreet.unwrap_or_else(Timestamp::now)))
    .bind(message.topic)
    .execute(connection)
    .await?;
    Ok(())
}

/// Free, due, and the first of its case that the receiver does not have yet and may take.
macro_rules! free {
    () => {
        "d.state = 'waiting' AND d.moved_at <= $1
         AND (d.leased_until IS NULL OR d.leased_until < $1)
         AND NOT EXISTS (SELECT 1 FROM deliveries o
                         WHERE o.receiver = d.receiver AND o.case_id = d.case_id
                           AND o.state <> 'delivered' AND o.state <> 'refused'
                           AND o.position < d.position)"
    };
}

impl Store {
    /// Receivers for which something is due.
    pub async fn receivers_due(&self, now: Timestamp) -> Result<Vec<String>, StoreError> {
        let rows: Vec<(String,)> = sqlx::query_as(
            "SELECT DISTINCT receiver FROM deliveries
             WHERE state = 'waiting' AND moved_at <= $1
               AND (leased_until IS NULL OR leased_until < $1)",
        )
        .bind(micros(now))
        .fetch_all(&self.pool)
        .await?;
        Ok(rows.into_iter().map(|(receiver,)| receiver).collect())
    }

    /// Leases what is due to one receiver, at most one delivery of a case.
    pub async fn claim_deliveries(
        &self,
        wanted: DeliveryClaim,
    ) -> Result<Vec<Delivery>, StoreError> {
        let found: Vec<(i64,)> = sqlx::query_as(concat!(
            "SELECT d.position FROM deliveries d WHERE ",
            free!(),
            " AND d.receiver = $2 ORDER BY d.moved_at, d.position LIMIT $3"
        ))
        .bind(micros(wanted.now))
        .bind(wanted.receiver.as_str())
        .bind(i64::from(wanted.limit))
        .fetch_all(&self.pool)
        .await?;
        if found.is_empty() {
            return Ok(Vec::new());
        }
        self.write(move |connection| {
            Box::pin(async move {
                let mut claimed = Vec::new();
                for (position,) in found {
                    claimed.extend(lease(connection, position, &wanted).await?);
                }
                Ok(claimed)
            })
        })
        .await
    }

    /// Notes how a try ended; nothing where another node has the delivery by now.
    pub async fn end_delivery(&self, lease: String, ended: Ended) -> Result<(), StoreError> {
        let now = Timestamp::now();
        let (state, moved_at, error) = match ended {
            Ended::Delivered => (DeliveryState::Delivered, now, None),
            Ended::Later(at, why) => (DeliveryState::Waiting, at, Some(why)),
            Ended::Parked(why) => (DeliveryState::Parked, now, Some(why)),
            Ended::Refused(why) => (DeliveryState::Refused, now, Some(why)),
        };
        self.write(move |connection| {
            Box::pin(async move {
                sqlx::query(
                    "UPDATE deliveries SET state = $1, moved_at = $2, last_error = $3,
                         tries = tries + 1, node = NULL, leased_until = NULL, lease = NULL
                     WHERE lease = $4",
                )
                .bind(state.name())
                .bind(micros(moved_at))
                .bind(error)
                .bind(lease)
                .execute(connection)
                .await?;
                Ok(())
            })
        })
        .await
    }

    /// Frees the deliveries that a node had under way when it ended.
    pub async fn release_deliveries(&self, node: Uuid) -> Result<u64, StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                let freed = sqlx::query(
                    "UPDATE deliveries SET lease = NULL, leased_until = NULL, node = NULL
                     WHERE node = $1",
                )
                .bind(node.to_string())
                .execute(connection)
                .await?;
                Ok(freed.rows_affected())
            })
        })
        .await
    }

    /// A receiver's deliveries, newest first.
    pub async fn deliveries(
        &self,
        receiver: &str,
        state: Option<DeliveryState>,
        limit: u32,
    ) -> Result<Vec<SentDelivery>, StoreError> {
        let rows = sqlx::query(
            "SELECT message, topic, created_at, state, tries, moved_at, last_error
             FROM deliveries WHERE receiver = $1 AND ($2 = '' OR state = $2)
             ORDER BY position DESC LIMIT $3",
        )
        .bind(receiver)
        .bind(state.map_or("", DeliveryState::name))
        .bind(i64::from(limit))
        .fetch_all(&self.pool)
        .await?;
        rows.iter().map(sent).collect()
    }

    /// What of a file is not through to a receiver, oldest first, at most 100.
    pub async fn undelivered(
        &self,
        receiver: &str,
        case_id: &str,
    ) -> Result<Vec<SentDelivery>, StoreError> {
        let rows = sqlx::query(
            "SELECT message, topic, created_at, state, tries, moved_at, last_error
             FROM deliveries
             WHERE receiver = $1 AND case_id = $2 AND state <> 'delivered'
             ORDER BY position LIMIT 100",
        )
        .bind(receiver)
        .bind(case_id)
        .fetch_all(&self.pool)
        .await?;
        rows.iter().map(sent).collect()
    }

    /// Tries a delivery anew that was parked, refused or is through; false where there is
    /// none, or it waits already.
    pub async fn redeliver(&self, receiver: &str, message: &str) -> Result<bool, StoreError> {
        let (receiver, message) = (receiver.to_owned(), message.to_owned());
        self.write(move |connection| {
            Box::pin(async move {
                let moved = sqlx::query(
                    "UPDATE deliveries SET state = 'waiting', tries = 0, moved_at = $1
                     WHERE receiver = $2 AND message = $3 AND state <> 'waiting'",
                )
                .bind(micros(Timestamp::now()))
                .bind(receiver)
                .bind(message)
                .execute(connection)
                .await?;
                Ok(moved.rows_affected() == 1)
            })
        })
        .await
    }

    /// Forgets what was delivered before a moment; how many those were.
    pub async fn forget_deliveries(&self, before: Timestamp) -> Result<u64, StoreError> {
        let oldest: (Option<i64>,) =
            sqlx::query_as("SELECT MIN(moved_at) FROM deliveries WHERE state = 'delivered'")
                .fetch_one(&self.pool)
                .await?;
        if oldest.0.is_none_or(|oldest| oldest >= micros(before)) {
            return Ok(0);
        }
        self.write(move |connection| {
            Box::pin(async move {
                let forgotten = sqlx::query(
                    "DELETE FROM deliveries WHERE state = 'delivered' AND moved_at < $1",
                )
                .bind(micros(before))
                .execute(connection)
                .await?;
                Ok(forgotten.rows_affected())
            })
        })
        .await
    }
}

/// Leases a delivery where it is still free.
async fn lease(
    connection: &mut AnyConnection,
    position: i64,
    wanted: &DeliveryClaim,
) -> Result<Option<Delivery>, StoreError> {
    let row = sqlx::query(concat!(
        "UPDATE deliveries AS d SET lease = $2, leased_until = $3, node = $4
         WHERE d.position = $5 AND ",
        free!(),
        " RETURNING receiver, message, case_id, topic, payload, created_at, tries, lease"
    ))
    .bind(micros(wanted.now))
    .bind(Uuid::new_v4().to_string())
    .bind(micros(wanted.until))
    .bind(wanted.node.to_string())
    .bind(position)
    .fetch_optional(connection)
    .await?;
    row.as_ref().map(delivery).transpose()
}

fn delivery(row: &AnyRow) -> Result<Delivery, StoreError> {
    Ok(Delivery {
        receiver: row.try_get("receiver")?,
        message: row.try_get("message")?,
        case_id: row.try_get("case_id")?,
        topic: row.try_get("topic")?,
        payload: row.try_get("payload")?,
        at: moment(row.try_get("created_at")?)?,
        tries: tries(row)?,
        lease: row.try_get("lease")?,
    })
}

fn sent(row: &AnyRow) -> Result<SentDelivery, StoreError> {
    let state: String = row.try_get("state")?;
    Ok(SentDelivery {
        message: row.try_get("message")?,
        topic: row.try_get("topic")?,
        at: moment(row.try_get("created_at")?)?,
        state: DeliveryState::named(&state)
            .ok_or_else(|| StoreError::Corrupt(format!("a delivery that is {state}")))?,
        tries: tries(row)?,
        moved_at: moment(row.try_get("moved_at")?)?,
        last_error: row.try_get("last_error")?,
    })
}

fn tries(row: &AnyRow) -> Result<u32, StoreError> {
    Ok(u32::try_from(natural(row.try_get("tries")?)?).unwrap_or(u32::MAX))
}
