//! A package: one component file with its manifest inside, named by its SHA-256.

use hejie_domain::form::Form;
use hejie_domain::identifiers::digest::Digest;
use hejie_domain::rules::schema_of;
use serde_json::Value;
use wasm_encoder::{ComponentSection, CustomSection};
use wasmparser::{Encoding, Parser, Payload};

use crate::contract;
use crate::manifest::Manifest;

/// The custom section that holds the manifest.
const SECTION: &str = "hejie:manifest";
/// The largest package; a Python component takes about 18 MB.
pub const MAX_BYTES: usize = 64 << 20;

/// A checked package.
#[derive(Debug, Clone)]
pub struct Package {
    pub digest: Digest,
    pub manifest: Manifest,
    pub bytes: Vec<u8>,
}

/// Why a file is no package; the text tells the author what to mend.
#[derive(Debug, thiserror::Error)]
pub enum PackageError {
    #[error("the package has {0} bytes; at most {MAX_BYTES} are taken")]
    TooLarge(usize),
    #[error("the file is no WebAssembly component: {0}")]
    NotComponent(String),
    #[error("the component has no manifest: build it with the SDK's package command")]
    NoManifest,
    #[error("the component has {0} manifests")]
    ManyManifests(usize),
    #[error("the manifest is no JSON: {0}")]
    ManifestNotJson(serde_json::Error),
    #[error("the manifest is wrong at {pointer}: {fault}")]
    Manifest { pointer: String, fault: String },
    #[error("the settings schema is no form (form.schema.json): {0}")]
    SettingsSchema(String),
    #[error("the plugin was built for contract {built}; this host speaks {spoken}")]
    Contract { built: String, spoken: &'static str },
    #[error("the component imports {0}, which no plugin gets")]
    Import(String),
    #[error("the component does not export {0}, which its role needs")]
    Export(String),
    #[error("the platform's manifest schema cannot be used: {0}")]
    Host(String),
}

impl Package {
    /// Reads and checks a package.
    pub fn read(bytes: Vec<u8>) -> Result<Package, PackageError> {
        if bytes.len() > MAX_BYTES {
            return Err(PackageError::TooLarge(bytes.len()));
        }
        let parts = Parts::of(&bytes)?;
        let manifest = read_manifest(&parts.manifests)?;
        if let Some(import) = parts.imports.iter().find(|name| !is_allowed(name)) {
            return Err(PackageError::Import(import.clone()));
        }
        let wanted = export_of(&manifest);
        if !parts.exports.iter().any(|name| name == wanted) {
            return Err(PackageError::Export(wanted.to_owned()));
        }
        Ok(Package {
            digest: Digest::of(&bytes),
            manifest,
            bytes,
        })
    }

    /// A package that was read and checked when it was taken in: it is parsed and
    /// not judged again by what is asked of new packages today.
    pub fn read_stored(bytes: Vec<u8>) -> Result<Package, PackageError> {
        let parts = Parts::of(&bytes)?;
        let manifest = only(&parts.manifests)?;
        let manifest = serde_json::from_slice(manifest).map_err(PackageError::ManifestNotJson)?;
        Ok(Package {
            digest: Digest::of(&bytes),
            manifest,
            bytes,
        })
    }
}

/// Puts a manifest into a component: the result is a package.
pub fn embed_manifest(component: &[u8], manifest: &[u8]) -> Vec<u8> {
    let section = CustomSection {
        name: SECTION.into(),
        data: manifest.into(),
    };
    let mut package = component.to_vec();
    section.append_to_component(&mut package);
    package
}

/// What a look at the outermost level of the component shows.
#[derive(Default)]
struct Parts {
    manifests: Vec<Vec<u8>>,
    imports: Vec<String>,
    exports: Vec<String>,
}

impl Parts {
    fn of(bytes: &[u8]) -> Result<Parts, PackageError> {
        let no_component = |fault: &dyn ToString| PackageError::NotComponent(fault.to_string());
        wasmparser::validate(bytes).map_err(|fault| no_component(&fault))?;
        let mut parts = Parts::default();
        let mut depth = 0;
        for payload in Parser::new(0).parse_all(bytes) {
            match payload.map_err(|fault| no_component(&fault))? {
                Payload::Version { encoding, .. } => {
                    if depth == 0 && encoding != Encoding::Component {
                        return Err(no_component(&"it is a core module"));
                    }
                    depth += 1;
                }
                Payload::End(_) => depth -= 1,
                Payload::CustomSection(section) if depth == 1 && section.name() == SECTION => {
                    parts.manifests.push(section.data().to_vec());
                }
                Payload::ComponentImportSection(section) if depth == 1 => {
                    for import in section {
                        let import = import.map_err(|fault| no_component(&fault))?;
                        parts.imports.push(import.name.name.to_owned());
                    }
                }
                Payload::ComponentExportSection(section) if depth == 1 => {
                    for export in section {
                        let export = export.map_err(|fault| no_component(&fault))?;
                        parts.exports.push(export.name.name.to_owned());
                    }
                }
                _ => {}
            }
        }
        Ok(parts)
    }
}

/// The contract's own interfaces, and the WASI that languages insist on, which
/// the host answers deterministically.
fn is_allowed(import: &str) -> bool {
    let wasi = [
        "wasi:cli/",
        "wasi:clocks/",
        "wasi:filesystem/",
        "wasi:io/",
        "wasi:random/",
    ];
    import.starts_with("hejie:plugin/") || wasi.iter().any(|prefix| import.starts_with(prefix))
}

fn export_of(manifest: &Manifest) -> &'static str {
    use hejie_domain::case::PluginRole;
    match manifest.role {
        PluginRole::Resolver => "hejie:plugin/resolve@1.0.0",
        PluginRole::Reviewer => "hejie:plugin/review@1.0.0",
        PluginRole::Mediator => "hejie:plugin/mediate@1.0.0",
    }
}

fn only(found: &[Vec<u8>]) -> Result<&[u8], PackageError> {
    match found {
        [bytes] => Ok(bytes),
        [] => Err(PackageError::NoManifest),
        many => Err(PackageError::ManyManifests(many.len())),
    }
}

fn read_manifest(found: &[Vec<u8>]) -> Result<Manifest, PackageError> {
    let bytes = only(found)?;
    let value: Value = serde_json::from_slice(bytes).map_err(PackageError::ManifestNotJson)?;
    let schema = schema_of("manifest").map_err(|fault| PackageError::Host(fault.to_string()))?;
    let validator = jsonschema::validator_for(&schema)
        .map_err(|fault| PackageError::Host(fault.to_string()))?;
    validator
        .validate(&value)
        .map_err(|fault| PackageError::Manifest {
            pointer: fault.instance_path().to_string(),
            fault: fault.to_string(),
        })?;
    let manifest: Manifest =
        serde_json::from_value(value).map_err(|fault| PackageError::Manifest {
            pointer: String::new(),
            fault: fault.to_string(),
        })?;
    if manifest.contract != contract::VERSION {
        let spoken = contract::VERSION;
        return Err(PackageError::Contract {
            built: manifest.contract,
            spoken,
        });
    }
    Form::read(&manifest.settings_schema)
        .map_err(|fault| PackageError::SettingsSchema(fault.to_string()))?;
    Ok(manifest)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The smallest component there is.
    const EMPTY: &[u8] = b"\0asm\x0d\0\x01\0";

    #[test]
    fn a_core_module_and_other_bytes_are_no_package() {
        for bytes in [b"\0asm\x01\0\0\0".to_vec(), b"hello".to_vec(), Vec::new()] {
            assert!(matches!(
                Package::read(bytes),
                Err(PackageError::NotComponent(_))
            ));
        }
    }

    #[test]
    fn a_component_without_a_manifest_or_with_two_is_no_package() {
        assert!(matches!(
            Package::read(EMPTY.to_vec()),
            Err(PackageError::NoManifest)
        ));
        let twice = embed_manifest(&embed_manifest(EMPTY, b"{}"), b"{}");
        assert!(matches!(
            Package::read(twice),
            Err(PackageError::ManyManifests(2))
        ));
    }

    #[test]
    fn a_wrong_manifest_names_the_field() {
        let package = embed_manifest(EMPTY, br#"{"id": 3}"#);
        let fault = Package::read(package).unwrap_err().to_string();
        assert!(fault.starts_with("the manifest is wrong at"), "{fault}");
        let package = embed_manifest(EMPTY, b"{");
        assert!(matches!(
            Package::read(package),
            Err(PackageError::ManifestNotJson(_))
        ));
    }

    const MANIFEST: &str = include_str!("../../../plugins/retail-returns/manifest.json");

    /// A component that imports empty instances of these names.
    fn importing(names: &[&str]) -> Vec<u8> {
        let mut types = wasm_encoder::ComponentTypeSection::new();
        types.instance(&wasm_encoder::InstanceType::new());
        let mut imports = wasm_encoder::ComponentImportSection::new();
        for name in names {
            imports.import(*name, wasm_encoder::ComponentTypeRef::Instance(0));
        }
        let mut component = wasm_encoder::Component::new();
        component.section(&types).section(&imports);
        component.finish()
    }

    #[test]
    fn an_import_that_no_plugin_may_have_is_named() {
        for name in [
            "wasi:sockets/tcp@0.2.6",
            "wasi:http/outgoing-handler@0.2.6",
            "other:host/secrets",
        ] {
            let component = importing(&["wasi:io/streams@0.2.6", name]);
            let read = Package::read(embed_manifest(&component, MANIFEST.as_bytes()));
            assert!(
                matches!(&read, Err(PackageError::Import(import)) if import == name),
                "{read:?}"
            );
        }
    }

    #[test]
    fn a_component_that_does_not_decide_is_no_plugin() {
        let component = importing(&["wasi:io/streams@0.2.6"]);
        let read = Package::read(embed_manifest(&component, MANIFEST.as_bytes()));
        assert!(matches!(read, Err(PackageError::Export(_))), "{read:?}");
    }

    #[test]
    fn what_was_taken_in_is_not_judged_by_todays_schema() {
        let older = MANIFEST.replace("\"1.0.0\"", "\"0.9.0\"");
        let package = embed_manifest(EMPTY, older.as_bytes());
        assert!(Package::read(package.clone()).is_err());
        let stored = Package::read_stored(package.clone()).unwrap();
        assert_eq!(stored.digest, Digest::of(&package));
        assert_eq!(stored.manifest.contract, "0.9.0");
    }

    #[test]
    fn a_contract_that_this_host_does_not_speak_is_refused() {
        let manifest = MANIFEST.replace("\"1.0.0\"", "\"9.0.0\"");
        let read = Package::read(embed_manifest(EMPTY, manifest.as_bytes()));
        assert!(
            matches!(read, Err(PackageError::Contract { .. })),
            "{read:?}"
        );
    }
}
