//! Templates hold structure only: no script, no style, and no words, which live in the catalogues.

mod markup;

use self::markup::{Node, nodes};
use super::Tree;
use crate::allow::Allow;

/// Attributes that a person reads or hears.
const READ: &[&str] = &[
    "alt",
    "title",
    "placeholder",
    "label",
    "aria-label",
    "aria-description",
    "aria-roledescription",
];
/// From this many letters in a row on it is a word and not a unit or a sign.
const WORD: usize = 3;

/// Looks into every template of `web`.
pub fn check(tree: &Tree, allow: &Allow) -> Vec<String> {
    let mut findings = Vec::new();
    let mut texts = Vec::new();
    for file in &tree.files {
        let is_template = file.path.starts_with("crates/web/templates/");
        if !is_template || !(file.path.ends_with(".html") || file.path.ends_with(".svg")) {
            continue;
        }
        for (line, node) in nodes(&file.text()) {
            let place = format!("{}:{line}", file.path);
            match node {
                Node::Tag { name, attributes } => {
                    findings.extend(
                        rules_of_tag(&name, &attributes)
                            .into_iter()
                            .map(|what| format!("{place}: {what}")),
                    );
                    let read = attributes.into_iter().filter(|(name, _)| READ.contains(&name.as_str()));
                    texts.extend(read.map(|(_, value)| (file.path.clone(), place.clone(), value)));
                }
                Node::Text(text) => texts.push((file.path.clone(), place, text)),
            }
        }
    }
    findings.extend(
        allow.settle(
            texts
                .into_iter()
                .filter_map(|(path, place, text)| word(&path, &place, &text, allow))
                .collect(),
        ),
    );
    findings
}

fn rules_of_tag(name: &str, attributes: &[(String, String)]) -> Vec<String> {
    let has = |wanted: &str| attributes.iter().any(|(name, _)| name == wanted);
    let mut findings = Vec::new();
    if name == "script" && !has("src") {
        findings.push("an inline script: put it into a module under assets".to_owned());
    }
    if name == "style" {
        findings.push("an inline style sheet: put it into a style sheet under assets".to_owned());
    }
    for (attribute, value) in attributes {
        if attribute == "style" {
            findings.push("a style attribute: use a class".to_owned());
        }
        if attribute
            .strip_prefix("on")
            .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_alphabetic()))
        {
            findings.push(format!(
                "{attribute}: an event handler in an attribute; use a module under assets"
            ));
        }
        let squeezed: String = value
            .chars()
            .filter(|c| !c.is_whitespace() && !c.is_control())
            .collect();
        if squeezed.to_lowercase().starts_with("javascript:") {
            findings.push(format!("{attribute}: a javascript: address"));
        }
    }
    findings
}

/// The key and the message of a text with a word in it, unless the text is excused everywhere.
fn word(path: &str, place: &str, text: &str, allow: &Allow) -> Option<(String, String)> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if !text
        .split(|c: char| !c.is_alphabetic())
        .any(|word| word.chars().count() >= WORD)
    {
        return None;
    }
    let everywhere = format!("*\t{text}");
    let key = if allow.entries().contains(&everywhere) {
        everywhere
    } else {
        format!("{path}\t{text}")
    };
    Some((
        key,
        format!("{place}: a text in the template; put it into the catalogues: {text}"),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(template: &str) -> Vec<String> {
        check(
            &Tree::of(&[("crates/web/templates/a.html", template)]),
            &Allow::parse("template-texts", ""),
        )
    }

    #[test]
    fn scripts_styles_and_handlers_are_found() {
        for bad in [
            "<script>let a = '<b>';</script>",
            "<style>a { color: red }</style>",
            "<p style=\"color:red\"></p>",
            "<p STYLE='color:red'></p>",
            "<button onclick=\"{{ x }}\"></button>",
            "<a href=\" JavaScript:void(0)\"></a>",
        ] {
            assert_eq!(found(bad).len(), 1, "{bad}: {:?}", found(bad));
        }
        for good in [
            "<script src=\"/assets/a.js\" type=\"module\"></script>",
            "<p class=\"style\" {% if a > b %}data-on=\"x\"{% endif %} on-x></p>",
            "<input value=\"{{ a.style(\"x\") }}\">",
        ] {
            assert_eq!(found(good), Vec::<String>::new(), "{good}");
        }
    }

    #[test]
    fn words_are_found() {
        for bad in [
            "<p>Nama</p>",
            "<p>{{ a }} dari {{ b }}</p>",
            "{% if a %}Simpan{% endif %}",
            "<svg><text x=\"1\">Jumlah</text></svg>",
            "<img alt=\"Logo kota\">",
            "<input placeholder='Cari {{ x }}'>",
            "a&nbsp;Nilai",
            "{% macro a() %}id=\"x\" title=\"Nama\"{% endmacro %}",
        ] {
            assert_eq!(found(bad).len(), 1, "{bad}: {:?}", found(bad));
        }
    }

    #[test]
    fn structure_and_signs_are_no_words() {
        for good in [
            "<!DOCTYPE html><html lang=\"{{ t.lang() }}\"><title>{{ t.title() }}</title></html>",
            "<!-- a comment --> {# Komentar #} {#- x -#}",
            "<td>12 %</td> &middot; – &#8212; / m²",
            "{%- if a == \"sudah <b>\" -%}{{ t.a(\"kata\") }}{%~ endif ~%}",
            "<p class=\"kartu {% if x == \"y\" %}aktif{% endif %}\" hidden data-x=plain>{{ x }}</p>",
            "{% macro a() %}id=\"{{ x }}\"{% if y %} required{% endif %} data-x=\"nama\"{% endmacro %}<i>{{ z }}</i>",
            "{% macro field(label, name) %}<b>{{ label }}</b>{% endmacro field %}",
        ] {
            assert_eq!(found(good), Vec::<String>::new(), "{good}");
        }
    }

    #[test]
    fn the_place_is_named_and_names_can_be_excused() {
        let files = [
            ("crates/web/templates/a.html", "<p>\n\nAbdi</p>\n<p>Abdi</p>"),
            ("crates/web/templates/b.html", "Abdi"),
        ];
        let found = |allow: &str| check(&Tree::of(&files), &Allow::parse("template-texts", allow));
        assert!(found("")[0].starts_with("crates/web/templates/a.html:3: "));
        assert_eq!(found("").len(), 3);
        assert_eq!(found("*\tAbdi"), Vec::<String>::new());
        assert_eq!(found("crates/web/templates/a.html\tAbdi").len(), 1);
        assert_eq!(found("*\tAbdi\n*\tBukan").len(), 1);
    }
}
