//! The two clients with which anything leaves this server: one that reaches the
//! public net alone, and one for the private hosts that the operator named.

use std::sync::Arc;

use reqwest::Client;
use reqwest::redirect::Policy;

use super::LookUpError;
use super::address::Address;
use super::reach::{Named, PublicOnly};

#[derive(Clone)]
pub(crate) struct Clients {
    /// Reaches nothing private.
    public: Client,
    /// For hosts that the operator named.
    named: Client,
    names: Arc<Named>,
}

impl Clients {
    pub fn new(named: Vec<String>) -> Result<Clients, LookUpError> {
        let build = |builder: reqwest::ClientBuilder| {
            builder
                .redirect(Policy::none())
                .no_proxy()
                .user_agent(concat!("hejie/", env!("CARGO_PKG_VERSION")))
                .build()
                .map_err(|_| LookUpError::NoAnswer("the client cannot be set up".to_owned()))
        };
        Ok(Clients {
            public: build(Client::builder().dns_resolver(Arc::new(PublicOnly)))?,
            named: build(Client::builder())?,
            names: Arc::new(Named::of(named)),
        })
    }

    /// The client for an address, and whether the operator named its host.
    pub fn of(&self, address: &Address) -> Result<(&Client, bool), LookUpError> {
        let named = self.names.holds(address);
        if !named && address.is_private_literal() {
            return Err(LookUpError::Private);
        }
        Ok((if named { &self.named } else { &self.public }, named))
    }
}
