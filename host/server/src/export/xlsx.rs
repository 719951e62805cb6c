//! One sheet: a frozen header and a row per file.

use hejie_domain::indicators::{Cell, Facts};
use rust_xlsxwriter::{Workbook, Worksheet, XlsxError};

use super::ExportError;
use super::neutral::neutral;

pub fn write<R: Facts>(rows: &[R]) -> Result<Vec<u8>, ExportError> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.set_name(R::TABLE)?.set_freeze_panes(1, 0)?;
    for (column, name) in (0..).zip(R::COLUMNS) {
        sheet.write_string(0, column, *name)?;
    }
    for (line, row) in (1..).zip(rows) {
        for (column, cell) in (0..).zip(row.cells()) {
            write_cell(sheet, line, column, cell)?;
        }
    }
    Ok(workbook.save_to_buffer()?)
}

/// Text is written as text, of which no formula is made; it is neutral all the
/// same, because a sheet may be saved as CSV by whoever has it.
fn write_cell(sheet: &mut Worksheet, line: u32, column: u16, cell: Cell) -> Result<(), XlsxError> {
    match cell {
        Cell::Empty => {}
        Cell::Text(text) => {
            sheet.write_string(line, column, neutral(text))?;
        }
        Cell::Number(number) => {
            // A sheet knows no other numbers; sums of money stay far below 2^53.
            sheet.write_number(line, column, number as f64)?;
        }
    }
    Ok(())
}
