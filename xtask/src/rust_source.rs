//! Tells the code of a Rust source from its comments and its literals, so that a rule about code does not stumble over
//! a string that names the forbidden thing.

/// The same source twice, each with the other parts blanked out and every line where it was.
pub struct RustSource {
    /// Code without comments and without the contents of literals.
    pub code: String,
    /// Comments only.
    pub comments: String,
}

#[derive(Clone, Copy, PartialEq)]
enum Part {
    Code,
    Comment,
    Literal,
}

impl RustSource {
    /// Splits the source. Never fails: an unfinished literal reaches to the end.
    pub fn split(source: &str) -> Self {
        let chars: Vec<char> = source.chars().collect();
        let mut out = Self {
            code: String::with_capacity(source.len()),
            comments: String::new(),
        };
        let mut at = 0;
        while at < chars.len() {
            let (part, end) = next_part(&chars, at);
            for &c in &chars[at..end] {
                let blank = if c == '\n' { '\n' } else { ' ' };
                out.code.push(if part == Part::Code { c } else { blank });
                out.comments.push(if part == Part::Comment { c } else { blank });
            }
            at = end;
        }
        out
    }
}

/// What begins at `at` and where it ends; the end is always after `at`.
fn next_part(chars: &[char], at: usize) -> (Part, usize) {
    let peek = |offset: usize| chars.get(at + offset).copied();
    match chars[at] {
        '/' if peek(1) == Some('/') => (Part::Comment, find(chars, at, |c| c == '\n')),
        '/' if peek(1) == Some('*') => (Part::Comment, block_comment_end(chars, at)),
        '"' => (Part::Literal, string_end(chars, at + 1)),
        '\'' if peek(1) == Some('\\') => (Part::Literal, (find(chars, at + 3, |c| c == '\'') + 1).min(chars.len())),
        '\'' if peek(2) == Some('\'') => (Part::Literal, at + 3),
        c if is_word(c) => {
            let end = find(chars, at, |c| !is_word(c));
            let word: String = chars[at..end].iter().collect();
            if matches!(word.as_str(), "r" | "br" | "cr")
                && let Some(literal_end) = raw_string_end(chars, end)
            {
                return (Part::Literal, literal_end);
            }
            (Part::Code, end)
        }
        _ => (Part::Code, at + 1),
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn find(chars: &[char], from: usize, stop: impl Fn(char) -> bool) -> usize {
    (from..chars.len()).find(|&at| stop(chars[at])).unwrap_or(chars.len())
}

fn string_end(chars: &[char], mut at: usize) -> usize {
    while at < chars.len() {
        match chars[at] {
            '\\' => at += 2,
            '"' => return at + 1,
            _ => at += 1,
        }
    }
    chars.len()
}

fn raw_string_end(chars: &[char], at: usize) -> Option<usize> {
    let quote = find(chars, at, |c| c != '#');
    if chars.get(quote) != Some(&'"') {
        return None;
    }
    let hashes = quote - at;
    let mut end = quote + 1;
    while end < chars.len() {
        let closed = chars[end] == '"' && chars[end + 1..].iter().take(hashes).filter(|&&c| c == '#').count() == hashes;
        if closed {
            return Some(end + 1 + hashes);
        }
        end += 1;
    }
    Some(chars.len())
}

fn block_comment_end(chars: &[char], mut at: usize) -> usize {
    let mut depth = 0_u32;
    while at < chars.len() {
        match (chars[at], chars.get(at + 1)) {
            ('/', Some('*')) => {
                depth += 1;
                at += 2;
            }
            ('*', Some('/')) => {
                depth -= 1;
                at += 2;
                if depth == 0 {
                    return at;
                }
            }
            _ => at += 1,
        }
    }
    chars.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(source: &str) -> String {
        RustSource::split(source)
            .code
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn strings_and_comments_are_no_code() {
        assert_eq!(code("a(\"x \\\" y\") // b\n/* c /* d */ e */ f"), "a( ) f");
        assert_eq!(code("r#\"one \" two\"# + br\"x\" + c"), "+ + c");
        assert_eq!(
            code("let r#type = '\"'; let l: &'a str = '\\''; end"),
            "let r#type = ; let l: &'a str = ; end"
        );
        assert_eq!(code("b\"bytes\" x"), "b x");
    }

    #[test]
    fn lines_stay_where_they_were() {
        let source = "one\n/* two\nthree */ four\n\"five\nsix\" // seven\n";
        let split = RustSource::split(source);
        assert_eq!(split.code.lines().count(), source.lines().count());
        assert_eq!(split.code.lines().nth(2).map(str::trim), Some("four"));
        assert_eq!(split.comments.lines().nth(4).map(str::trim), Some("// seven"));
    }

    #[test]
    fn unfinished_literals_end_with_the_source() {
        for source in ["\"abc", "r#\"abc\"", "/* abc", "'\\", "'", "r", "\"\\"] {
            let split = RustSource::split(source);
            assert_eq!(split.code.chars().count(), source.chars().count(), "{source}");
        }
    }
}
