//! Draws a document, or every sample, to look at:
//! `cargo run -p hejie-documents --example draw -- FOLDER [DOCUMENT.json …]`.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use hejie_documents::{Document, Forms, html, pdf};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let folder = arguments.next().ok_or("name a folder to draw into")?;
    let mut files: Vec<PathBuf> = arguments.collect();
    if files.is_empty() {
        files = samples()?;
    }
    let forms = Forms::builtin()?;
    fs::create_dir_all(&folder)?;
    for file in files {
        draw(&forms, &file, &folder)?;
    }
    Ok(())
}

fn samples() -> Result<Vec<PathBuf>, std::io::Error> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    fs::read_dir(folder)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect()
}

fn draw(forms: &Forms, file: &Path, folder: &Path) -> Result<(), Box<dyn Error>> {
    let document: Document = serde_json::from_slice(&fs::read(file)?)?;
    let form = forms.get(&document.form).ok_or("there is no such form")?;
    let name = file.file_stem().ok_or("the document has no name")?;
    let target = folder.join(name);
    fs::write(target.with_extension("pdf"), pdf(form, &document)?)?;
    fs::write(target.with_extension("html"), html(form, &document)?)?;
    println!("{}", target.display());
    Ok(())
}
