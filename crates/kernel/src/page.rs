/// How many rows a list page shows.
pub struct PageSize;

impl PageSize {
    /// Rows on a list page.
    pub const LIST: i64 = 50;
}

/// The place in a sorted list after which the next page begins: the sort text and the identifier of the last row.
/// Written into addresses as `text~id`; it holds nothing that the page did not show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor {
    /// Sort value of the last row shown.
    pub key: String,
    /// Identifier of the last row shown, which breaks ties.
    pub id: uuid::Uuid,
}

impl Cursor {
    /// The written form.
    pub fn encode(&self) -> String {
        format!("{}~{}", self.key, self.id.as_simple())
    }

    /// Reads the written form; anything else is `None`, which means the first page.
    pub fn decode(text: &str) -> Option<Self> {
        let (key, id) = text.rsplit_once('~')?;
        if key.len() > 400 || key.contains('\0') {
            return None;
        }
        Some(Self {
            key: key.to_owned(),
            id: uuid::Uuid::parse_str(id).ok()?,
        })
    }
}

/// One page of a list.
#[derive(Debug, Clone)]
pub struct Page<T> {
    /// The rows, in order.
    pub rows: Vec<T>,
    /// Where the next page begins, if there is one.
    pub next: Option<Cursor>,
}

impl<T> Page<T> {
    /// Cuts `rows` (asked for with one row more than `size`) into a page.
    pub fn cut(mut rows: Vec<T>, size: i64, cursor: impl Fn(&T) -> Cursor) -> Self {
        let size = usize::try_from(size).unwrap_or(0);
        let more = rows.len() > size;
        rows.truncate(size);
        let next = if more { rows.last().map(cursor) } else { None };
        Self { rows, next }
    }
}
