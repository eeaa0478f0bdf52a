use kernel::Code;

/// Levels of the tree at most, the root being the first.
pub const MAX_DEPTH: i64 = 12;

kernel::codes! {
    /// Why a place in the tree is refused.
    pub enum PathError {
        /// The code is empty, longer than 40 characters, or has characters other than letters, digits, `.`, `-`, `_`.
        Code = "KODE",
        /// The unit would lie below itself.
        Cycle = "PUTARAN",
        /// More than [`MAX_DEPTH`] levels.
        TooDeep = "TERLALU_DALAM",
    }
}

impl std::error::Error for PathError {}

/// A unit code as it is kept: upper case. It becomes part of a path, so it may hold neither `/` nor anything that sorts
/// or compares differently on the two engines.
pub fn code(text: &str) -> Result<String, PathError> {
    let text = text.trim();
    let fits = (1..=40).contains(&text.len())
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_'));
    if fits {
        Ok(text.to_ascii_uppercase())
    } else {
        Err(PathError::Code)
    }
}

/// Path and depth of a unit below a parent; `None` makes it a root.
pub fn path_below(parent: Option<(&str, i64)>, code: &str) -> Result<(String, i64), PathError> {
    let (path, depth) = parent.unwrap_or(("", 0));
    if depth >= MAX_DEPTH {
        return Err(PathError::TooDeep);
    }
    Ok((format!("{path}{code}/"), depth + 1))
}

/// True when the unit at `path` is the one at `top` or lies below it.
pub fn is_below(top: &str, path: &str) -> bool {
    path.starts_with(top)
}

/// Path and depth change of the unit at `path` when it moves below `parent`; `deepest` is the greatest depth in its
/// subtree.
pub fn rewritten(
    path: &str,
    depth: i64,
    deepest: i64,
    code: &str,
    parent: Option<(&str, i64)>,
) -> Result<(String, i64), PathError> {
    if parent.is_some_and(|(p, _)| is_below(path, p)) {
        return Err(PathError::Cycle);
    }
    let (new_path, new_depth) = path_below(parent, code)?;
    let shift = new_depth - depth;
    if deepest + shift > MAX_DEPTH {
        return Err(PathError::TooDeep);
    }
    Ok((new_path, shift))
}

/// The word for a broken rule, for pages.
impl From<PathError> for &'static str {
    fn from(error: PathError) -> Self {
        error.code()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_plain() {
        assert_eq!(code(" 4.01-a_b "), Ok("4.01-A_B".to_owned()));
        for bad in ["", "a/b", "a b", "é", "%", &"x".repeat(41)] {
            assert_eq!(code(bad), Err(PathError::Code), "{bad}");
        }
    }

    #[test]
    fn moves_keep_the_tree() {
        assert_eq!(
            rewritten("A/B/", 2, 3, "B", Some(("A/C/", 2))),
            Ok(("A/C/B/".to_owned(), 1))
        );
        assert_eq!(rewritten("A/B/", 2, 3, "B", None), Ok(("B/".to_owned(), -1)));
        assert_eq!(rewritten("A/", 1, 3, "A", Some(("A/B/", 2))), Err(PathError::Cycle));
        assert_eq!(rewritten("A/", 1, 1, "A", Some(("A/", 1))), Err(PathError::Cycle));
        // "A/" does not cover "AB/"
        assert!(rewritten("A/", 1, 1, "A", Some(("AB/", 1))).is_ok());
        assert_eq!(rewritten("A/", 1, 4, "A", Some(("X/", 9))), Err(PathError::TooDeep));
        assert_eq!(path_below(Some(("X/", MAX_DEPTH)), "Y"), Err(PathError::TooDeep));
    }
}
