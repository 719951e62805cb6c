//! `hejie plugin package`: a component and its manifest become one file.

use std::path::PathBuf;

use anyhow::{Context, Result};
use hejie_runtime::{Package, embed_manifest};
use serde_json::json;

use super::Output;

#[derive(Debug, clap::Args)]
pub struct PackageArgs {
    /// The component, as the compiler made it.
    component: PathBuf,
    /// The manifest (`schemas/json/manifest.schema.json`).
    manifest: PathBuf,
    /// Where the package goes.
    #[arg(short, long)]
    output: PathBuf,
}

/// Checks the package as an upload would, before it is written.
pub fn package(args: PackageArgs, output: Output) -> Result<()> {
    let read = |file: &PathBuf| {
        std::fs::read(file).with_context(|| format!("{} cannot be read", file.display()))
    };
    let bytes = embed_manifest(&read(&args.component)?, &read(&args.manifest)?);
    let package = Package::read(bytes)?;
    std::fs::write(&args.output, &package.bytes)
        .with_context(|| format!("{} cannot be written", args.output.display()))?;
    let manifest = &package.manifest;
    if output.json {
        let answer = json!({"id": manifest.id, "version": manifest.version,
            "digest": package.digest, "bytes": package.bytes.len(), "file": args.output});
        println!("{answer:#}");
    } else {
        println!("{}\t{}\t{}", manifest.id, manifest.version, package.digest);
    }
    Ok(())
}
