//! Rows of text cells, kept as one text.

/// How many different words are kept apart; further ones are written out again.
const MAX_WORDS: usize = 64;

/// Where the text of a cell is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cell {
    /// In the rows' text, from the end of the written cell before it to this byte.
    Until(usize),
    /// In the list of words.
    Word(usize),
    /// Nowhere: the service left it out.
    Nothing,
}

/// A column of a table.
#[derive(Debug, PartialEq, Eq)]
pub struct Column {
    /// The service's name of the field.
    pub name: &'static str,
    /// Whether its words are likely to come again, such as a method.
    pub repeats: bool,
}

/// Rows of text cells, kept as one text and the place of each cell in it, so that a thousand rows cross to JavaScript as
/// a few values. Words that repeat are kept once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rows {
    columns: &'static [Column],
    text: String,
    cells: Vec<Cell>,
    words: Vec<String>,
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
                None => Cell::Nothing,
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
        let mut start = 0;
        let mut cell = move |cell: &Cell| match *cell {
            Cell::Nothing => None,
            Cell::Word(index) => self.words.get(index).map(String::as_str),
            Cell::Until(end) => self.text.get(std::mem::replace(&mut start, end)..end),
        };
        self.cells.chunks(self.columns.len().max(1)).map(move |row| row.iter().map(&mut cell).collect())
    }

    /// The text that the cells are in.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The cells, row by row.
    pub fn cells(&self) -> &[Cell] {
        &self.cells
    }

    /// The words that repeat.
    pub fn words(&self) -> &[String] {
        &self.words
    }

    fn word(&mut self, word: &str) -> Cell {
        match self.words.iter().position(|known| known == word) {
            Some(index) => Cell::Word(index),
            None if self.words.len() < MAX_WORDS => {
                self.words.push(word.to_owned());
                Cell::Word(self.words.len() - 1)
            }
            None => self.write(word),
        }
    }

    fn write(&mut self, cell: &str) -> Cell {
        self.text.push_str(cell);
        Cell::Until(self.text.len())
    }
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
        let given =
            [[Some("1"), Some("GET"), Some("/é")], [None, Some("GET"), Some("")], [Some("3"), None, Some("/漢字")]];
        for row in given {
            rows.push(&row);
        }
        assert_eq!(rows.iter().collect::<Vec<_>>(), given);
        assert_eq!((rows.len(), rows.words()), (3, &["GET".to_owned()][..]));
    }

    #[test]
    fn more_words_than_are_kept_apart_are_written_out() {
        let mut rows = Rows::new(&[Column { name: "method", repeats: true }]);
        let words: Vec<String> = (0..MAX_WORDS + 5).map(|index| format!("word {index}")).collect();
        for word in &words {
            rows.push(&[Some(word)]);
        }
        assert_eq!(rows.iter().map(|row| row[0].unwrap().to_owned()).collect::<Vec<_>>(), words);
        assert_eq!(rows.words().len(), MAX_WORDS);
    }
}
