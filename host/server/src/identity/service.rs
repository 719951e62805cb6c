//! A verification service over HTTPS: name and number go out, a yes or no comes back
//! (`schemas/json/identity-question.schema.json`, `identity-answer.schema.json`).

use std::sync::LazyLock;

use anyhow::{Context, Result, ensure};
use futures_util::future::BoxFuture;
use hejie_domain::identifiers::resident_id::ResidentId;
use hejie_runtime::post::{Post, Posts};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use super::{Verifier, VerifierDown};
use crate::exchange::form::{Form, compile, fault};

static ANSWER: Form = LazyLock::new(|| compile("identity-answer"));

/// Asks what the operator named, within the bounds of posts.
pub struct Service {
    posts: Posts,
    url: String,
    secret: String,
}

/// What is asked.
#[derive(Serialize)]
struct Question<'a> {
    /// The answer repeats it: one to another question is none to this.
    id: String,
    name: &'a str,
    id_number: &'a str,
}

#[derive(Deserialize)]
struct Answer {
    id: String,
    confirmed: bool,
}

impl Service {
    /// `hosts` are the private hosts that it may have; the secret goes with each question
    /// as a bearer token.
    pub fn new(url: &str, secret: &str, hosts: Vec<String>) -> Result<Service> {
        let posts = Posts::new(hosts)?;
        posts
            .check(url)
            .context("the address of the identity service")?;
        let plain = !secret.is_empty() && secret.bytes().all(|it| it.is_ascii_graphic());
        ensure!(plain, "the identity service's secret is one word of ASCII");
        Ok(Service {
            posts,
            url: url.to_owned(),
            secret: secret.to_owned(),
        })
    }

    async fn ask(&self, name: &str, number: &ResidentId) -> Result<bool, VerifierDown> {
        let question = Question {
            id: Uuid::new_v4().to_string(),
            name,
            id_number: number.reveal(),
        };
        let body =
            serde_json::to_string(&question).map_err(|_| down("the question has no form"))?;
        let sent = self.posts.send(Post {
            url: self.url.clone(),
            headers: vec![
                ("content-type", "application/json".to_owned()),
                ("authorization", format!("Bearer {}", self.secret)),
            ],
            body,
        });
        let response = sent.await.map_err(|fault| down(&fault.to_string()))?;
        match response.status {
            200 => read(&response.body, &question.id),
            other => Err(down(&format!("the other side answered {other}"))),
        }
    }
}

fn down(why: &str) -> VerifierDown {
    VerifierDown(why.to_owned())
}

/// What is wrong with an answer is told without a word of it: it may repeat the number.
fn read(body: &str, id: &str) -> Result<bool, VerifierDown> {
    let value: Value = serde_json::from_str(body).map_err(|_| down("the answer is no JSON"))?;
    let formed = fault(&ANSWER, &value).map_err(|fault| down(&fault))?;
    if formed.is_some() {
        return Err(down("the answer is not of its form"));
    }
    let answer: Answer =
        serde_json::from_value(value).map_err(|_| down("the answer is not of its form"))?;
    match answer.id == id {
        true => Ok(answer.confirmed),
        false => Err(down("the answer is to another question")),
    }
}

impl Verifier for Service {
    fn method(&self) -> &'static str {
        "service"
    }

    fn verify<'a>(
        &'a self,
        name: &'a str,
        number: &'a ResidentId,
    ) -> BoxFuture<'a, Result<bool, VerifierDown>> {
        Box::pin(self.ask(name, number))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn an_answer_is_of_its_form_and_to_the_question() {
        let number = "11010519491231002X";
        for (answer, expected) in [
            (json!({"id": "q", "confirmed": true}), Some(true)),
            (json!({"id": "q", "confirmed": false}), Some(false)),
            (json!({"id": "r", "confirmed": true}), None),
            (json!({"id": "q"}), None),
            (json!({"id": "q", "confirmed": "true"}), None),
            (
                json!({"id": "q", "confirmed": true, "id_number": number}),
                None,
            ),
            (json!(number), None),
        ] {
            let read = read(&answer.to_string(), "q");
            let told = read.as_ref().err().map(ToString::to_string);
            assert!(!told.unwrap_or_default().contains("1949"));
            assert_eq!(read.ok(), expected, "{answer}");
        }
    }

    #[test]
    fn a_question_is_of_its_form() {
        let form: Form = LazyLock::new(|| compile("identity-question"));
        let question = |id_number| {
            let question = Question {
                id: Uuid::new_v4().to_string(),
                name: "王小明",
                id_number,
            };
            serde_json::to_value(question).unwrap()
        };
        assert_eq!(fault(&form, &question("11010519491231002X")), Ok(None));
        assert!(fault(&form, &question("1")).unwrap().is_some());
    }

    #[test]
    fn a_service_is_encrypted_or_on_a_host_that_was_named_and_has_a_secret() {
        let named = || vec!["127.0.0.1".to_owned()];
        let made = |url, secret, hosts| Service::new(url, secret, hosts).is_ok();
        assert!(made("https://id.example.org/check", "s", Vec::new()));
        assert!(made("http://127.0.0.1:9/check", "s", named()));
        assert!(!made("http://id.example.org/check", "s", named()));
        assert!(!made("https://127.0.0.1/check", "s", Vec::new()));
        for secret in ["", "two words", "密"] {
            assert!(!made("https://id.example.org/check", secret, Vec::new()));
        }
    }
}
