//! The binary `hejie`, running.

use std::io::{BufRead, BufReader};
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};

use crate::Client;

/// Where builds go.
pub fn target_folder() -> PathBuf {
    match std::env::var_os("CARGO_TARGET_DIR") {
        Some(folder) => folder.into(),
        None => Path::new(env!("CARGO_MANIFEST_DIR")).join("../target"),
    }
}

/// A binary of the workspace, as `cargo xtask` builds it.
pub fn binary(name: &str) -> Result<PathBuf> {
    let profile = if cfg!(debug_assertions) {
        "debug"
    } else {
        "release"
    };
    let path = target_folder().join(profile).join(name);
    ensure!(
        path.exists(),
        "{name} is not built: run `cargo xtask build`"
    );
    Ok(path)
}

/// A plugin package, as `cargo xtask` builds it.
pub fn package(name: &str) -> Result<Vec<u8>> {
    let path = target_folder().join("plugins").join(format!("{name}.wasm"));
    std::fs::read(path).with_context(|| format!("{name} is not built: run `cargo xtask build`"))
}

/// Where a host keeps its data and how it starts.
#[derive(Debug, Clone)]
pub struct Place {
    pub data: PathBuf,
    pub store: Option<String>,
    /// The moment a rehearsal shows at its start; `None`: the system's clock.
    pub rehearsal: Option<String>,
    pub listen: String,
    /// Further flags.
    pub flags: Vec<String>,
    /// The place between two steps at which it ends itself, as `hejie-faults` reads it.
    pub fault_point: Option<String>,
}

/// What `hejie-faults` reads.
pub const FAULT_POINT: &str = "HEJIE_FAULT_POINT";

impl Place {
    pub fn in_folder(data: &Path) -> Place {
        Place {
            data: data.to_owned(),
            store: None,
            rehearsal: Some("2026-05-18T01:00:00Z".to_owned()),
            listen: "127.0.0.1:0".to_owned(),
            flags: Vec::new(),
            fault_point: None,
        }
    }
}

/// A running host; it ends when dropped.
pub struct Host {
    process: Child,
    pub url: String,
    pub operator: Client,
}

impl Host {
    /// Starts the binary and waits until it listens.
    pub fn start(place: &Place) -> Result<Host> {
        let mut command = Command::new(binary("hejie")?);
        command
            .arg("serve")
            .arg("--listen")
            .arg(&place.listen)
            .arg("--data")
            .arg(&place.data);
        // The shop and the receivers of the tests and the demo are on this machine.
        command.args(["--look-up-host", "127.0.0.1"]);
        command.args(["--partner-host", "127.0.0.1"]);
        command.args(&place.flags);
        if let Some(store) = &place.store {
            command.arg("--store").arg(store);
        }
        if let Some(moment) = &place.rehearsal {
            command.arg("--rehearsal").arg(moment);
        }
        if let Some(point) = &place.fault_point {
            command.env(FAULT_POINT, point);
        }
        std::fs::create_dir_all(&place.data)?;
        let log = std::fs::File::create(place.data.join("hejie.log"))?;
        let mut process = command.stdout(Stdio::piped()).stderr(log).spawn()?;
        let url = listening(&mut process).with_context(|| {
            format!(
                "hejie did not start; see {}",
                place.data.join("hejie.log").display()
            )
        })?;
        let token = std::fs::read_to_string(place.data.join("operator-token"))?;
        let operator = Client::new(&url, token.trim());
        Ok(Host {
            process,
            url,
            operator,
        })
    }

    /// Kills it as a power cut would.
    pub fn kill(mut self) -> Result<()> {
        self.process.kill()?;
        self.process.wait()?;
        Ok(())
    }

    /// Waits until it has ended itself; an error where it lives on, or ended otherwise than
    /// by SIGKILL.
    pub async fn ended(mut self) -> Result<()> {
        let give_up = Instant::now() + Duration::from_secs(60);
        loop {
            match self.process.try_wait()? {
                Some(status) => return was_killed(status),
                None if Instant::now() > give_up => bail!("it lives on"),
                None => tokio::time::sleep(Duration::from_millis(10)).await,
            }
        }
    }

    /// Asks it to stop and waits; true where it ended in order.
    pub fn stop(mut self) -> Result<bool> {
        let pid = self.process.id().to_string();
        Command::new("kill").args(["-TERM", &pid]).status()?;
        Ok(self.process.wait()?.success())
    }
}

/// That a process ended as by a power cut.
pub fn was_killed(status: ExitStatus) -> Result<()> {
    ensure!(status.signal() == Some(9), "it ended otherwise: {status}");
    Ok(())
}

impl Drop for Host {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The address a server prints when it listens.
pub(crate) fn listening(process: &mut Child) -> Result<String> {
    let output = process.stdout.take().context("no output")?;
    for line in BufReader::new(output).lines() {
        if let Some(url) = line?.strip_prefix("listening on ") {
            return Ok(url.to_owned());
        }
    }
    anyhow::bail!("it ended before it listened")
}
