//! RFC 4180: lines end with CR LF, a cell with a comma, a quote or a line break
//! stands in quotes.

use csv::{Terminator, WriterBuilder};
use hejie_domain::indicators::{Cell, Facts};

use super::ExportError;
use super::neutral::neutral;

/// Without it a spreadsheet reads Chinese in the code page of its machine.
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

pub fn write<R: Facts>(rows: &[R]) -> Result<Vec<u8>, ExportError> {
    let mut writer = WriterBuilder::new()
        .terminator(Terminator::CRLF)
        .from_writer(BYTE_ORDER_MARK.to_vec());
    writer.write_record(R::COLUMNS)?;
    for row in rows {
        writer.write_record(row.cells().into_iter().map(text))?;
    }
    writer
        .into_inner()
        .map_err(|fault| ExportError::Finish(fault.to_string()))
}

fn text(cell: Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => neutral(text),
        Cell::Number(number) => number.to_string(),
    }
}
