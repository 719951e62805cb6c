//! A node: one server and its data folder. The folder is locked while the server
//! runs, so what a node of the same id had leased before is known to be free.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Write};
use std::path::Path;

use anyhow::{Context, Result, bail};
use uuid::Uuid;

/// Holds the lock of its folder until it is dropped.
#[derive(Debug)]
pub struct Node {
    id: Uuid,
    _lock: File,
}

impl Node {
    /// Takes the folder, or says that another server has it.
    pub fn take(data: &Path) -> Result<Node> {
        let path = data.join("node");
        let name = path.display();
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path)
            .with_context(|| format!("{name} cannot be opened"))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => bail!("another hejie serves {}", data.display()),
            Err(TryLockError::Error(fault)) => {
                return Err(fault).with_context(|| format!("{name} cannot be locked"));
            }
        }
        let mut text = String::new();
        file.read_to_string(&mut text)?;
        let id = if text.is_empty() {
            let id = Uuid::new_v4();
            file.write_all(id.to_string().as_bytes())?;
            file.sync_all()?;
            id
        } else {
            text.parse()
                .with_context(|| format!("{name} does not hold a node's id"))?
        };
        Ok(Node { id, _lock: file })
    }

    pub fn id(&self) -> Uuid {
        self.id
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_has_one_server_at_a_time_and_keeps_its_id() {
        let folder = tempfile::tempdir().unwrap();
        let first = Node::take(folder.path()).unwrap();
        let second = Node::take(folder.path()).unwrap_err();
        assert!(second.to_string().starts_with("another hejie serves"));
        let id = first.id();
        drop(first);
        assert_eq!(Node::take(folder.path()).unwrap().id(), id);
    }

    #[test]
    fn a_file_that_holds_something_else_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("node"), "notes").unwrap();
        assert!(Node::take(folder.path()).is_err());
        let kept = std::fs::read_to_string(folder.path().join("node")).unwrap();
        assert_eq!(kept, "notes");
    }
}
