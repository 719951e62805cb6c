//! The order system of the shops, running.

use std::path::Path;
use std::process::{Child, Command, Stdio};

use anyhow::Result;

use crate::host::{binary, listening};

pub struct Shop {
    process: Child,
    pub url: String,
}

impl Shop {
    pub const TOKEN: &str = "shop-secret";

    /// Starts it with the orders of a file.
    pub fn start(orders: &Path) -> Result<Shop> {
        let mut process = Command::new(binary("order-system")?)
            .args(["--token", Shop::TOKEN])
            .arg("--orders")
            .arg(orders)
            .stdout(Stdio::piped())
            .spawn()?;
        let url = listening(&mut process)?;
        Ok(Shop { process, url })
    }
}

impl Drop for Shop {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
