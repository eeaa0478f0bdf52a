//! Reads the markup of a template as far as the rules need it.

/// A piece of markup.
#[derive(Debug, PartialEq)]
pub enum Node {
    /// An opening tag with its name and attributes, names in lower case. The attributes that a macro holds are a tag
    /// without a name.
    Tag {
        name: String,
        attributes: Vec<(String, String)>,
    },
    /// Text between tags; where an expression or an entity stood there is a blank.
    Text(String),
}

/// Stands for an expression, so that quotes and angle brackets in it are not taken for markup.
const HOLE: char = '\u{1}';

/// The pieces in their order, each with the number of the line on which it begins (a text: on which its first
/// character other than white space stands).
pub fn nodes(template: &str) -> Vec<(usize, Node)> {
    let chars: Vec<char> = without_expressions(template);
    let mut nodes = Vec::new();
    let mut at = 0;
    let mut line = 1;
    while at < chars.len() {
        let (end, node) = if chars[at] == '<' {
            tag(&chars, at)
        } else {
            text(&chars, at)
        };
        let blank = chars[at..end]
            .iter()
            .take_while(|c| matches!(node, Some(Node::Text(_))) && c.is_whitespace());
        let first = line + blank.filter(|&&c| c == '\n').count();
        line += chars[at..end].iter().filter(|&&c| c == '\n').count();
        // what stands inside of a script or a style sheet is neither markup nor a text
        let raw = match &node {
            Some(Node::Tag { name, .. }) if name == "script" || name == "style" => Some(format!("</{name}")),
            _ => None,
        };
        nodes.extend(node.map(|node| (first, node)));
        at = end;
        if let Some(closing) = raw {
            let end = find(&chars, at, &closing).unwrap_or(chars.len());
            line += chars[at..end].iter().filter(|&&c| c == '\n').count();
            at = end;
        }
    }
    nodes
}

/// Replaces `{{ }}`, `{% %}`, `{# #}` and `<!-- -->` by a hole and as many line ends as they had.
fn without_expressions(template: &str) -> Vec<char> {
    const PAIRS: [(&str, &str); 4] = [("{{", "}}"), ("{%", "%}"), ("{#", "#}"), ("<!--", "-->")];
    let mut out = Vec::with_capacity(template.len());
    let mut rest = template;
    while let Some(c) = rest.chars().next() {
        let Some((open, close)) = PAIRS.iter().find(|(open, _)| rest.starts_with(open)) else {
            out.push(c);
            rest = &rest[c.len_utf8()..];
            continue;
        };
        let end = rest[open.len()..]
            .find(close)
            .map_or(rest.len(), |at| open.len() + at + close.len());
        out.push(HOLE);
        out.extend(rest[..end].chars().filter(|&c| c == '\n'));
        rest = &rest[end..];
    }
    out
}

fn find(chars: &[char], from: usize, what: &str) -> Option<usize> {
    let what: Vec<char> = what.chars().collect();
    (from..chars.len()).find(|&at| {
        chars[at..].len() >= what.len() && chars[at..].iter().zip(&what).all(|(a, b)| a.eq_ignore_ascii_case(b))
    })
}

fn text(chars: &[char], at: usize) -> (usize, Option<Node>) {
    let end = (at..chars.len()).find(|&end| chars[end] == '<').unwrap_or(chars.len());
    let has_values = chars[at..end].windows(2).any(|pair| matches!(pair, ['=', '"' | '\'']));
    if has_values {
        // a macro may hold the attributes of a tag; nobody writes a sentence like that
        let attributes = attributes(&chars[..end], at).1;
        return (
            end,
            Some(Node::Tag {
                name: String::new(),
                attributes,
            }),
        );
    }
    (end, Some(Node::Text(readable(&chars[at..end]))))
}

/// The text without entities and holes.
fn readable(chars: &[char]) -> String {
    let mut out = String::new();
    let mut at = 0;
    while at < chars.len() {
        match chars[at] {
            HOLE => out.push(' '),
            '&' => {
                let name = chars[at + 1..]
                    .iter()
                    .take_while(|c| c.is_ascii_alphanumeric() || **c == '#')
                    .count();
                if name > 0 && chars.get(at + 1 + name) == Some(&';') {
                    out.push(' ');
                    at += 1 + name;
                } else {
                    out.push('&');
                }
            }
            c => out.push(c),
        }
        at += 1;
    }
    out
}

fn is_end(c: char) -> bool {
    c.is_whitespace() || c == '>' || c == '/' || c == HOLE
}

/// The attributes from `at` to the end of the tag, and where that is.
fn attributes(chars: &[char], mut at: usize) -> (usize, Vec<(String, String)>) {
    let mut attributes = Vec::new();
    while at < chars.len() && chars[at] != '>' {
        if is_end(chars[at]) {
            at += 1;
            continue;
        }
        let (end, attribute) = attribute(chars, at);
        attributes.push(attribute);
        at = end;
    }
    (at, attributes)
}

/// A tag from its `<`; a closing tag, a declaration, or a lone `<` is no node.
fn tag(chars: &[char], at: usize) -> (usize, Option<Node>) {
    let name_end = (at + 1..chars.len())
        .find(|&end| is_end(chars[end]))
        .unwrap_or(chars.len());
    let name: String = chars[at + 1..name_end].iter().collect::<String>().to_lowercase();
    let (at, attributes) = attributes(chars, name_end);
    let opens = name.starts_with(|c: char| c.is_ascii_alphabetic());
    (
        (at + 1).min(chars.len()),
        opens.then_some(Node::Tag { name, attributes }),
    )
}

fn attribute(chars: &[char], at: usize) -> (usize, (String, String)) {
    let stops = |c: char| c.is_whitespace() || matches!(c, '=' | '>' | '/');
    let name_end = (at + 1..chars.len())
        .find(|&end| stops(chars[end]))
        .unwrap_or(chars.len());
    let name = chars[at..name_end]
        .iter()
        .filter(|&&c| c != HOLE)
        .collect::<String>()
        .to_lowercase();
    let skip = |from: usize| {
        (from..chars.len())
            .find(|&at| !chars[at].is_whitespace())
            .unwrap_or(chars.len())
    };
    let equals = skip(name_end);
    if chars.get(equals) != Some(&'=') {
        return (name_end, (name, String::new()));
    }
    let begin = skip(equals + 1);
    let (value, end) = match chars.get(begin) {
        Some(&quote @ ('"' | '\'')) => {
            let end = (begin + 1..chars.len())
                .find(|&end| chars[end] == quote)
                .unwrap_or(chars.len());
            (&chars[begin + 1..end], (end + 1).min(chars.len()))
        }
        _ => {
            let plain = |c: char| c.is_whitespace() || c == '>';
            let end = (begin..chars.len())
                .find(|&end| plain(chars[end]))
                .unwrap_or(chars.len());
            (&chars[begin..end], end)
        }
    };
    (end, (name, readable(value)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_and_texts_are_told_apart() {
        let tag = |name: &str, attributes: &[(&str, &str)]| Node::Tag {
            name: name.to_owned(),
            attributes: attributes
                .iter()
                .map(|(n, v)| ((*n).to_owned(), (*v).to_owned()))
                .collect(),
        };
        assert_eq!(
            nodes("<A href=\"x>{{ \"}\" }}\"\nb c=d>\n t &amp; u</A>"),
            [
                (1, tag("a", &[("href", "x> "), ("b", ""), ("c", "d")])),
                (3, Node::Text("\n t   u".to_owned()))
            ]
        );
    }

    #[test]
    fn broken_markup_ends() {
        for broken in [
            "<", "<a", "<a b", "<a b=", "<a b=\"", "{{", "{% x", "<!-- ", "<script>", "&", "&;", "a < b", "< /",
        ] {
            let _ = nodes(broken);
        }
    }
}
