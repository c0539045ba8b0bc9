//! Rows of text cells, kept as one text.

use serde::{Serialize, Serializer};

/// How many different words are kept apart; further ones are written out again.
const MAX_WORDS: usize = 64;

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
}

/// Rows of text cells, kept as one text and a number for each cell, so that a thousand rows cross to JavaScript as a few
/// values. Words that repeat are kept once.
///
/// A cell that is 0 or more is the length of its text in UTF-16 units, as JavaScript counts; the text starts where that of
/// the cell before it ends. −1 is nothing, −2 − n is word n.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Rows {
    #[serde(skip)]
    columns: &'static [Column],
    text: String,
    words: Vec<String>,
    #[serde(serialize_with = "as_bytes")]
    cells: Vec<i32>,
}

impl Rows {
    /// An empty table.
    pub fn new(columns: &'static [Column]) -> Self {
        Self { columns, ..Self::default() }
    }

    /// Adds a row: a cell for each column.
    pub fn push<S: AsRef<str>>(&mut self, row: &[Option<S>]) {
        for (cell, column) in row.iter().zip(self.columns) {
            let cell = match cell {
                None => NOTHING,
                Some(cell) if column.repeats => self.word(cell.as_ref()),
                Some(cell) => self.write(cell.as_ref()),
            };
            self.cells.push(cell);
        }
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

    fn word(&mut self, word: &str) -> i32 {
        let index = match self.words.iter().position(|known| known == word) {
            Some(index) => index,
            None if self.words.len() < MAX_WORDS => {
                self.words.push(word.to_owned());
                self.words.len() - 1
            }
            None => return self.write(word),
        };
        i32::try_from(index).map_or(NOTHING, |index| FIRST_WORD - index)
    }

    fn write(&mut self, cell: &str) -> i32 {
        self.text.push_str(cell);
        let units = if cell.is_ascii() { cell.len() } else { cell.encode_utf16().count() };
        i32::try_from(units).unwrap_or(i32::MAX)
    }
}

/// Numbers as bytes, which JavaScript sees as an `Int32Array`: one copy instead of a value for each.
fn as_bytes<S: Serializer>(cells: &[i32], serializer: S) -> Result<S::Ok, S::Error> {
    let bytes: Vec<u8> = cells.iter().flat_map(|cell| cell.to_le_bytes()).collect();
    serializer.serialize_bytes(&bytes)
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

    #[test]
    fn rows_come_back_as_they_went_in() {
        const COLUMNS: [Column; 3] = [
            Column { name: "id", repeats: false },
            Column { name: "method", repeats: true },
            Column { name: "path", repeats: false },
        ];
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
        let mut rows = Rows::new(&[Column { name: "method", repeats: true }]);
        let words: Vec<String> = (0..MAX_WORDS + 5).map(|index| format!("word {index}")).collect();
        for word in &words {
            rows.push(&[Some(word)]);
        }
        assert_eq!(rows.iter().map(|row| row[0].unwrap().to_owned()).collect::<Vec<_>>(), words);
        assert_eq!(rows.words.len(), MAX_WORDS);
    }
}
