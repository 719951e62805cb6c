//! A PostgreSQL server for tests, from the binaries of the system: on a loopback port
//! and in a folder of its own, gone when dropped.

#![cfg_attr(test, allow(clippy::unwrap_used))]

mod port;

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
pub use port::Port;
use tempfile::TempDir;

/// An ordinary cluster of these parts: what sorts by bytes only where the cluster
/// does is seen.
const LOCALE: [&str; 3] = ["--locale-provider=icu", "--icu-locale=zh-CN", "--locale=C"];

/// A running server with one database.
pub struct Postgres {
    server: Child,
    port: Port,
    // Dropped after the server has ended.
    _folder: TempDir,
}

impl Postgres {
    /// Starts a server. Fails with one sentence where PostgreSQL is missing.
    pub fn start() -> Result<Postgres> {
        let binaries = binaries()?;
        let folder = tempfile::Builder::new().prefix("hejie-pg").tempdir()?;
        // PostgreSQL refuses to run as root: then it runs as its own user.
        let user = is_root()?.then_some("postgres");
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755))?;
        let data = folder.path().join("data");
        fs::create_dir(&data)?;
        if let Some(user) = user {
            run(Command::new("chown").arg(user).arg(&data))?;
        }
        let mut initdb = as_user(user, &binaries.join("initdb"));
        run(initdb
            .arg("-D")
            .arg(&data)
            .args(["-U", "hejie", "-A", "trust", "-E", "UTF8"])
            .args(LOCALE)
            .arg("--no-sync"))?;
        let port = Port::reserve()?;
        let mut server = as_user(user, &binaries.join("postgres"));
        let server = server
            .arg("-D")
            .arg(&data)
            .args([
                "-p",
                &port.address().port().to_string(),
                "-h",
                "127.0.0.1",
                "-c",
                "fsync=off",
                "-c",
                "full_page_writes=off",
            ])
            .args([
                "-c",
                "unix_socket_directories=",
                "-c",
                "max_connections=100",
            ])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .context("PostgreSQL did not start")?;
        let postgres = Postgres {
            server,
            port,
            _folder: folder,
        };
        postgres.wait(&binaries)?;
        Ok(postgres)
    }

    /// The address of its database.
    pub fn url(&self) -> String {
        format!("postgres://hejie@{}/postgres", self.port.address())
    }

    fn wait(&self, binaries: &Path) -> Result<()> {
        let give_up = Instant::now() + Duration::from_secs(60);
        let port = self.port.address().port().to_string();
        while Instant::now() < give_up {
            let ready = Command::new(binaries.join("pg_isready"))
                .args(["-q", "-h", "127.0.0.1", "-p", &port])
                .status()?;
            if ready.success() {
                return Ok(());
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        bail!("PostgreSQL did not answer within a minute")
    }
}

/// Runs a statement at a database; what it answers, without headings.
pub fn psql(url: &str, statement: &str) -> Result<String> {
    let mut psql = Command::new(binaries()?.join("psql"));
    let answer = psql
        .args(["--quiet", "--tuples-only", "--no-align", "--no-psqlrc"])
        .args(["--command", statement])
        .arg(url)
        .output()?;
    ensure!(
        answer.status.success(),
        "{statement}: {}",
        String::from_utf8_lossy(&answer.stderr)
    );
    Ok(String::from_utf8(answer.stdout)?.trim().to_owned())
}

impl Drop for Postgres {
    fn drop(&mut self) {
        // SIGINT is PostgreSQL's fast shutdown; it ends its children itself.
        let pid = self.server.id().to_string();
        let _ = Command::new("kill").args(["-INT", &pid]).status();
        let _ = self.server.wait();
    }
}

fn binaries() -> Result<PathBuf> {
    let mut found: Vec<PathBuf> = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path().join("bin")))
        .filter(|bin| bin.join("initdb").exists())
        .collect();
    found.sort();
    found
        .pop()
        .context("PostgreSQL is missing: apt-get install postgresql")
}

fn is_root() -> Result<bool> {
    let answer = Command::new("id").arg("-u").output()?;
    Ok(answer.stdout.starts_with(b"0"))
}

fn as_user(user: Option<&str>, program: &Path) -> Command {
    match user {
        None => Command::new(program),
        Some(user) => {
            let mut command = Command::new("setpriv");
            command
                .args(["--reuid", user, "--regid", user, "--clear-groups", "--"])
                .arg(program);
            command
        }
    }
}

fn run(command: &mut Command) -> Result<()> {
    let output = command
        .output()
        .with_context(|| format!("{command:?} did not start"))?;
    ensure!(
        output.status.success(),
        "{command:?} failed: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    Ok(())
}
