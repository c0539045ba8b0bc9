//! Rows of text cells, kept as one text, and the reading of them out of an array of objects.
//!
//! Rows are most of a large body, and one is like the next: the same keys in the same order. So a field is taken for the one
//! that stood there in the row before, which is one comparison of bytes; then its text is looked through in words of eight.
//! Whatever is otherwise, another order, an escape, white space, a field that is no column, is left to [`Reader`], which
//! reads that field and hands back. So both read the same rows, and refuse the same.

use std::borrow::Cow;

use serde::ser::{Serialize, Serializer};

use crate::tokens::{Run, is_same};
use crate::{Mismatch, Reader};

/// How many different words are kept apart; further ones are written out again.
const MAX_WORDS: usize = 64;

/// How many columns a table may have.
const MAX_COLUMNS: usize = 4;

/// The cell of a field that the service left out.
const NOTHING: i32 = -1;

/// The cell of the first word; that of the next is one less.
const FIRST_WORD: i32 = -2;

/// A column of a table.
#[derive(Debug, PartialEq, Eq)]
pub struct Column {
    /// The service's name of the field.
    pub name: &'static str,
    /// Whether its words are likely to come again, such as a method.
    pub repeats: bool,
    /// Words that are shown in this spelling, whatever case they come in.
    pub spellings: &'static [&'static str],
}

impl Column {
    /// A column of texts.
    pub const fn text(name: &'static str) -> Self {
        Self { name, repeats: false, spellings: &[] }
    }

    /// A column of words that are likely to come again.
    pub const fn word(name: &'static str) -> Self {
        Self { name, repeats: true, spellings: &[] }
    }
}

/// Rows of text cells, kept as one text and a number for each cell, so that a thousand rows cross to JavaScript as a few
/// values. Words that repeat are kept once.
///
/// A cell that is 0 or more is the length of its text in UTF-16 units, as JavaScript counts; the text starts where that of
/// the cell before it ends. −1 is nothing, −2 − n is word n.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rows {
    columns: &'static [Column],
    text: String,
    /// Whether a character of the text takes more than a byte.
    is_wide: bool,
    words: Vec<String>,
    cells: Vec<i32>,
}

/// Holds the place among the keys: text, words and cells cross to JavaScript by themselves.
impl Serialize for Rows {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_none()
    }
}

impl Rows {
    fn new(columns: &'static [Column]) -> Self {
        Self { columns, ..Self::default() }
    }

    /// Reads an array of objects, a row of each; `null` is an empty one. Fields that are no column are left out.
    ///
    /// # Errors
    ///
    /// The place where the array is not one of objects whose columns are texts or numbers.
    pub fn read(reader: &mut Reader<'_>, columns: &'static [Column]) -> Result<Self, Mismatch> {
        let (before, after) = if reader.is_nested() { ("\\\"", "\\\":\\\"") } else { ("\"", "\":\"") };
        let openings = columns.iter().map(|column| [before, column.name, after].concat()).collect();
        let mut table = Table { rows: Self::new(columns), openings, order: std::array::from_fn(|index| index) };
        reader.array_or_null(&mut |row| table.read_row(row))?;
        Ok(table.rows)
    }

    /// The texts of the cells, one after another.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether a character of the text takes more than a byte.
    pub fn is_wide(&self) -> bool {
        self.is_wide
    }

    /// The words that cells name by their number.
    pub fn words(&self) -> &[String] {
        &self.words
    }

    /// The cells, row by row.
    pub fn cells(&self) -> &[i32] {
        &self.cells
    }

    fn push_cell(&mut self, column: &Column, cell: Option<(&str, bool)>) {
        let cell = match cell {
            None => NOTHING,
            Some((cell, is_ascii)) if column.repeats => self.word(cell, is_ascii, column.spellings),
            Some((cell, is_ascii)) => self.write(cell, is_ascii),
        };
        self.cells.push(cell);
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.cells.len().checked_div(self.columns.len()).unwrap_or(0)
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    /// The rows, one after another.
    pub fn iter(&self) -> impl Iterator<Item = Vec<Option<&str>>> {
        let mut rest = self.text.as_str();
        let mut cell = move |&cell: &i32| match usize::try_from(cell) {
            Ok(units) => {
                let (text, after) = rest.split_at_checked(bytes_of(rest, units))?;
                rest = after;
                Some(text)
            }
            Err(_) => self.words.get(usize::try_from(FIRST_WORD - cell).ok()?).map(String::as_str),
        };
        self.cells.chunks(self.columns.len().max(1)).map(move |row| row.iter().map(&mut cell).collect())
    }

    fn word(&mut self, word: &str, is_ascii: bool, spellings: &[&'static str]) -> i32 {
        // The words of all columns are kept together: one of another column may differ from its spelling here.
        let word =
            spellings.iter().find(|spelling| spelling.eq_ignore_ascii_case(word)).map_or(word, |spelling| spelling);
        let index = match self.words.iter().position(|known| is_same(known.as_bytes(), word.as_bytes())) {
            Some(index) => index,
            None if self.words.len() < MAX_WORDS => {
                self.words.push(word.to_owned());
                self.words.len() - 1
            }
            None => return self.write(word, is_ascii),
        };
        i32::try_from(index).map_or(NOTHING, |index| FIRST_WORD - index)
    }

    fn write(&mut self, cell: &str, is_ascii: bool) -> i32 {
        self.text.push_str(cell);
        self.is_wide |= !is_ascii;
        let units = if is_ascii { cell.len() } else { cell.encode_utf16().count() };
        i32::try_from(units).unwrap_or(i32::MAX)
    }
}

/// Rows while they are read.
struct Table {
    rows: Rows,
    /// What a field of each column begins with when its value is a text: the key, the colon, the quote.
    openings: Vec<String>,
    /// The columns in the order in which the row before had them.
    order: [usize; MAX_COLUMNS],
}

/// A cell while its row is read, and whether it is known to be ASCII.
type Cell<'a> = Option<(Cow<'a, str>, bool)>;

impl Table {
    fn read_row(&mut self, row: &mut Reader<'_>) -> Result<(), Mismatch> {
        let mut cells: [Cell<'_>; MAX_COLUMNS] = [const { None }; MAX_COLUMNS];
        if !row.eat(b'{') {
            return Err(row.mismatch("an object"));
        }
        let mut is_more = !row.eat(b'}');
        let mut field = 0;
        while is_more {
            let expected = self.order.get(field).copied().unwrap_or(MAX_COLUMNS);
            match self.openings.get(expected).and_then(|opening| row.plain_text_after(opening)) {
                Some(Run { text, is_ascii }) => {
                    if let Some(cell) = cells.get_mut(expected) {
                        *cell = (!text.is_empty()).then_some((Cow::Borrowed(text), is_ascii));
                    }
                }
                None => self.read_field(row, field, &mut cells)?,
            }
            field += 1;
            is_more = row.eat_comma();
            if !is_more {
                row.close(b'}')?;
            }
        }
        for (column, cell) in self.rows.columns.iter().zip(cells) {
            self.rows.push_cell(column, cell.as_ref().map(|(text, is_ascii)| (&**text, *is_ascii)));
        }
        Ok(())
    }

    /// Reads a field that is not what was expected.
    #[cold]
    fn read_field<'a>(
        &mut self,
        row: &mut Reader<'a>,
        field: usize,
        cells: &mut [Cell<'a>; MAX_COLUMNS],
    ) -> Result<(), Mismatch> {
        let key = row.key()?;
        let column = self.rows.columns.iter().position(|column| column.name == key);
        if let Some(place) = self.order.get_mut(field) {
            *place = column.unwrap_or(MAX_COLUMNS);
        }
        match column.and_then(|column| cells.get_mut(column)) {
            Some(cell) => {
                let text = row.text_or_null().map_err(|mismatch| mismatch.inside(&key))?;
                *cell = text.map(|text| {
                    let is_ascii = text.is_ascii();
                    (text, is_ascii)
                });
                Ok(())
            }
            None => row.skip().map_err(|mismatch| mismatch.inside(&key)),
        }
    }
}

/// How many bytes the first so many UTF-16 units of a text take.
fn bytes_of(text: &str, units: usize) -> usize {
    let mut left = units;
    let fits = |character: &char| {
        let fits = left >= character.len_utf16();
        left -= if fits { character.len_utf16() } else { 0 };
        fits
    };
    text.chars().take_while(fits).map(char::len_utf8).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    impl Rows {
        /// Adds a row: a cell for each column.
        fn push<S: AsRef<str>>(&mut self, row: &[Option<S>]) {
            for (cell, column) in row.iter().zip(self.columns) {
                self.push_cell(column, cell.as_ref().map(|cell| (cell.as_ref(), cell.as_ref().is_ascii())));
            }
        }
    }

    #[test]
    fn rows_come_back_as_they_went_in() {
        const COLUMNS: [Column; 3] = [Column::text("id"), Column::word("method"), Column::text("path")];
        let mut rows = Rows::new(&COLUMNS);
        let expected =
            [[Some("1"), Some("GET"), Some("/é")], [None, Some("GET"), Some("")], [Some("3"), None, Some("/漢字")]];
        for row in expected {
            rows.push(&row);
        }
        assert_eq!(rows.iter().collect::<Vec<_>>(), expected);
        assert_eq!((rows.len(), &rows.words[..]), (3, &["GET".to_owned()][..]));
        assert_eq!(rows.cells, [1, -2, 2, -1, -2, 0, 1, -1, 3]);
    }

    #[test]
    fn more_words_than_are_kept_apart_are_written_out() {
        const COLUMNS: [Column; 1] = [Column::word("method")];
        let mut rows = Rows::new(&COLUMNS);
        let words: Vec<String> = (0..MAX_WORDS + 5).map(|index| format!("word {index}")).collect();
        for word in &words {
            rows.push(&[Some(word)]);
        }
        assert_eq!(rows.iter().map(|row| row[0].unwrap().to_owned()).collect::<Vec<_>>(), words);
        assert_eq!(rows.words.len(), MAX_WORDS);
    }
}
