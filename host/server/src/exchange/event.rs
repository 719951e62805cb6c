//! Events as others read them: CloudEvents 1.0 in structured JSON mode.

use hejie_store::Delivery;
use serde_json::{Value, json};

/// The media type of one event.
pub const MEDIA_TYPE: &str = "application/cloudevents+json";

/// The event that a delivery carries. Its id is the same at every try and to every
/// receiver, its source the server's code.
pub fn of(delivery: &Delivery, source: &str) -> Result<Value, serde_json::Error> {
    let data: Value = serde_json::from_str(&delivery.payload)?;
    Ok(json!({
        "specversion": "1.0",
        "id": delivery.message,
        "source": format!("/hejie/{source}"),
        "type": format!("cn.hejie.{}.v1", delivery.topic),
        "subject": data["number"],
        "time": delivery.at,
        "datacontenttype": "application/json",
        "data": data,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_has_every_attribute_that_cloudevents_requires() {
        let delivery = Delivery {
            receiver: "w".to_owned(),
            message: "m-1".to_owned(),
            case_id: "c".to_owned(),
            topic: "complaint.accepted".to_owned(),
            payload: json!({"number": "HJ-260518-7K3M9QAB-4"}).to_string(),
            at: "2026-05-18T01:00:00Z".parse().unwrap(),
            tries: 0,
            lease: "l".to_owned(),
        };
        let event = of(&delivery, "hubei").unwrap();
        assert_eq!(
            event,
            json!({
                "specversion": "1.0", "id": "m-1", "source": "/hejie/hubei",
                "type": "cn.hejie.complaint.accepted.v1",
                "subject": "HJ-260518-7K3M9QAB-4", "time": "2026-05-18T01:00:00Z",
                "datacontenttype": "application/json",
                "data": {"number": "HJ-260518-7K3M9QAB-4"}
            })
        );
    }
}
