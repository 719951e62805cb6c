//! The precompiled artefacts: compiled once on upload, loaded ever after. The
//! name of each holds the package's digest and the engine's own fingerprint, so
//! another engine or other settings never meet an artefact that is not theirs.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::Write;
use std::path::{Path, PathBuf};

use hejie_domain::identifiers::digest::Digest;
use wasmtime::Engine;
use wasmtime::component::Component;

use crate::code;
use crate::engine::RuntimeError;

pub(crate) struct Cache {
    folder: PathBuf,
}

impl Cache {
    pub fn in_folder(folder: &Path) -> Result<Cache, RuntimeError> {
        fs::create_dir_all(folder).map_err(|fault| RuntimeError::Cache(fault.to_string()))?;
        Ok(Cache {
            folder: folder.to_owned(),
        })
    }

    /// The compiled component: from the cache, or compiled now and kept.
    pub fn component(
        &self,
        engine: &Engine,
        digest: &Digest,
        bytes: &[u8],
    ) -> Result<Component, RuntimeError> {
        let path = self.path(engine, digest);
        if let Some(component) = load(engine, &path) {
            return Ok(component);
        }
        code::check(bytes)?;
        let artefact = engine
            .precompile_component(bytes)
            .map_err(|fault| RuntimeError::Compile(fault.to_string()))?;
        self.keep(&path, &artefact)?;
        load(engine, &path)
            .ok_or_else(|| RuntimeError::Cache(format!("{} cannot be read back", path.display())))
    }

    fn path(&self, engine: &Engine, digest: &Digest) -> PathBuf {
        let mut hasher = DefaultHasher::new();
        engine.precompile_compatibility_hash().hash(&mut hasher);
        self.folder
            .join(format!("{digest}-{:016x}.cwasm", hasher.finish()))
    }

    /// Writes the artefact with its own SHA-256 before it, in one step.
    fn keep(&self, path: &Path, artefact: &[u8]) -> Result<(), RuntimeError> {
        let failed = |fault: std::io::Error| RuntimeError::Cache(fault.to_string());
        let mut file = tempfile::NamedTempFile::new_in(&self.folder).map_err(failed)?;
        file.write_all(Digest::of(artefact).as_bytes())
            .map_err(failed)?;
        file.write_all(artefact).map_err(failed)?;
        file.persist(path).map_err(|fault| failed(fault.error))?;
        Ok(())
    }
}

/// A kept artefact, if it is there and whole; a damaged one counts as absent.
#[allow(unsafe_code)]
fn load(engine: &Engine, path: &Path) -> Option<Component> {
    let file = fs::read(path).ok()?;
    let (digest, artefact) = file.split_at_checked(32)?;
    if Digest::of(artefact).as_bytes() != digest {
        return None;
    }
    // SAFETY: `deserialize` must be given bytes that `precompile_component` made.
    // The folder belongs to the host and nothing but `keep` writes into it; the
    // digest before the artefact shows that these are the bytes it wrote, whole;
    // and the engine itself refuses bytes of another version or configuration.
    unsafe { Component::deserialize(engine, artefact) }.ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const EMPTY: &[u8] = b"\0asm\x0d\0\x01\0";

    #[test]
    fn an_artefact_is_kept_and_a_damaged_one_made_anew() {
        let folder = tempfile::tempdir().unwrap();
        let engine = Engine::default();
        let cache = Cache::in_folder(folder.path()).unwrap();
        let digest = Digest::of(EMPTY);
        cache.component(&engine, &digest, EMPTY).unwrap();
        let path = cache.path(&engine, &digest);
        let mut bytes = fs::read(&path).unwrap();
        let last = bytes.len() - 1;
        bytes[last] ^= 1;
        fs::write(&path, &bytes).unwrap();
        assert!(load(&engine, &path).is_none());
        cache.component(&engine, &digest, EMPTY).unwrap();
        assert!(load(&engine, &path).is_some());
    }
}
