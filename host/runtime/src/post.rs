//! Posts: what the server sends to other systems by itself, within the bounds of
//! look-ups: no redirects, no private address that the operator did not name, a
//! bound on time and on the size of the answer.

use std::time::Duration;

use crate::look_up::{Address, Clients, failure};
pub use crate::look_up::{LookUpError as PostError, Response};

/// A receiver has this long to answer.
const WITHIN: Duration = Duration::from_secs(10);
/// What is read of an answer at most, in bytes.
const MAX_ANSWER: usize = 64 << 10;

/// Sends posts.
#[derive(Clone)]
pub struct Posts(Clients);

/// What is sent.
#[derive(Debug, Clone)]
pub struct Post {
    pub url: String,
    pub headers: Vec<(&'static str, String)>,
    pub body: String,
}

impl Posts {
    /// `named` are the private hosts the operator allows, as for
    /// [`crate::look_up::LookUps`].
    pub fn new(named: Vec<String>) -> Result<Posts, PostError> {
        Ok(Posts(Clients::new(named)?))
    }

    /// Whether anything may be sent there: over https, or to a host that the
    /// operator named.
    pub fn check(&self, url: &str) -> Result<(), PostError> {
        self.at(url).map(drop)
    }

    fn at(&self, url: &str) -> Result<(&reqwest::Client, Address), PostError> {
        let address = Address::whole(url)?;
        let (client, named) = self.0.of(&address)?;
        if !named && !address.is_encrypted() {
            return Err(PostError::Insecure);
        }
        Ok((client, address))
    }

    /// The answer, whatever its status; redirects are answers too. Of a long body
    /// only the beginning is read, and none of one that breaks off.
    pub async fn send(&self, post: Post) -> Result<Response, PostError> {
        let within = WITHIN.as_millis() as u64;
        let (client, address) = self.at(&post.url)?;
        let mut request = client.post(address.url()).timeout(WITHIN).body(post.body);
        for (name, value) in post.headers {
            request = request.header(name, value);
        }
        let response = request
            .send()
            .await
            .map_err(|fault| failure(&fault, within))?;
        let status = response.status().as_u16();
        let body = beginning(response).await;
        Ok(Response { status, body })
    }
}

async fn beginning(mut response: reqwest::Response) -> String {
    let mut body = Vec::new();
    while let Ok(Some(chunk)) = response.chunk().await {
        body.extend_from_slice(&chunk);
        if body.len() >= MAX_ANSWER {
            break;
        }
    }
    body.truncate(MAX_ANSWER);
    String::from_utf8_lossy(&body).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_leaves_is_encrypted_or_goes_to_a_host_that_was_named() {
        let posts = Posts::new(vec!["127.0.0.1:81".to_owned()]).unwrap();
        assert_eq!(posts.check("https://example.org/hook"), Ok(()));
        assert_eq!(posts.check("http://127.0.0.1:81/hook"), Ok(()));
        let refused = |url: &str| posts.check(url).unwrap_err();
        assert_eq!(refused("http://example.org/"), PostError::Insecure);
        assert_eq!(refused("https://127.0.0.1:82/"), PostError::Private);
        assert_eq!(refused("https://joe@example.org/"), PostError::BadAddress);
    }
}
