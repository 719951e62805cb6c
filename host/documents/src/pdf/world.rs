//! What the typesetter can reach: one template, one file of data, one font. It has
//! no file system, no network, no packages and no date.

use std::sync::LazyLock;

use serde_json::Value;
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

use super::printable::printable;
use crate::DrawError;

const TEMPLATE: &str = include_str!("../../templates/document.typ");
static FONT: &[u8] = include_bytes!("../../fonts/NotoSerifSC-Regular.otf");

/// What every run shares.
struct Shop {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    font: Font,
    template: Source,
    data: FileId,
}

static SHOP: LazyLock<Option<Shop>> = LazyLock::new(Shop::open);

impl Shop {
    /// None where the font or a path cannot be read, which no build with its tests
    /// passed ships.
    fn open() -> Option<Shop> {
        let path = |name: &str| -> Option<FileId> {
            let path = VirtualPath::new(name).ok()?;
            Some(FileId::new(RootedPath::new(VirtualRoot::Project, path)))
        };
        let font = Font::new(Bytes::new(FONT), 0)?;
        Some(Shop {
            library: LazyHash::new(Library::default()),
            book: LazyHash::new(FontBook::from_fonts([&font])),
            font,
            template: Source::new(path("document.typ")?, TEMPLATE.to_owned()),
            data: path("sheet.json")?,
        })
    }
}

/// One run's world: the shared things and this document's layout.
pub(super) struct Desk {
    shop: &'static Shop,
    data: Bytes,
}

impl Desk {
    pub(super) fn with(sheet: &Value) -> Result<Desk, DrawError> {
        let shop = SHOP.as_ref().ok_or(DrawError::Font)?;
        let has = |c: char| shop.font.info().coverage.contains(u32::from(c));
        let data = serde_json::to_vec(&printable(sheet, &has))?;
        Ok(Desk {
            shop,
            data: Bytes::new(data),
        })
    }
}

impl World for Desk {
    fn library(&self) -> &LazyHash<Library> {
        &self.shop.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.shop.book
    }

    fn main(&self) -> FileId {
        self.shop.template.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.shop.template.id() {
            return Ok(self.shop.template.clone());
        }
        Err(FileError::AccessDenied)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.shop.data {
            return Ok(self.data.clone());
        }
        Err(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        (index == 0).then(|| self.shop.font.clone())
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
