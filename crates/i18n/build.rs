//! Turns the Fluent catalogues into one function per message, so that a missing key, a missing translation or a
//! wrong number of arguments fails the build, and a label on a page costs nothing at run time.
//! Why not a run-time catalogue: docs/decisions/0002-texts-are-compiled.md.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement, VariantKey};
use fluent_syntax::parser;

type Failure = String;

/// One message in one language.
struct Message {
    file: String,
    pattern: Pattern<String>,
    args: Vec<(String, bool)>,
}

fn main() -> Result<(), Failure> {
    println!("cargo::rerun-if-changed=texts");
    let source = load("id")?;
    let english = load("en")?;
    for key in english.keys() {
        if !source.contains_key(key) {
            return Err(format!("texts/en has the key {key:?}, which texts/id has not"));
        }
    }
    let mut out = String::from("impl Texts {\n");
    for (key, message) in &source {
        let Some(other) = english.get(key) else {
            return Err(format!("texts/en/{} lacks the key {key:?}", message.file));
        };
        if other.file != message.file {
            return Err(format!(
                "the key {key:?} stands in {} and in {}",
                message.file, other.file
            ));
        }
        let mut mine: Vec<_> = message.args.iter().map(|a| &a.0).collect();
        let mut theirs: Vec<_> = other.args.iter().map(|a| &a.0).collect();
        mine.sort();
        theirs.sort();
        if mine != theirs {
            return Err(format!(
                "the key {key:?} has other arguments in English: {mine:?} and {theirs:?}"
            ));
        }
        function(&mut out, key, message, other)?;
    }
    out.push_str("}\n");
    let keys = source.keys().map(|k| format!("{k:?}")).collect::<Vec<_>>().join(",\n");
    let _ = writeln!(out, "/// Every key, in order.\npub const KEYS: &[&str] = &[{keys}];");
    let target = PathBuf::from(env::var_os("OUT_DIR").ok_or("OUT_DIR is not set")?);
    fs::write(target.join("texts.rs"), out).map_err(|e| e.to_string())
}

fn load(language: &str) -> Result<BTreeMap<String, Message>, Failure> {
    let dir = Path::new("texts").join(language);
    let mut files: Vec<PathBuf> = fs::read_dir(&dir)
        .map_err(|e| format!("{}: {e}", dir.display()))?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|e| e == "ftl"))
        .collect();
    files.sort();
    let mut messages = BTreeMap::new();
    for path in files {
        let file = path
            .file_name()
            .map(|n| n.to_string_lossy().into_owned())
            .unwrap_or_default();
        let text = fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
        let resource = parser::parse(text).map_err(|(_, errors)| format!("{}: {errors:?}", path.display()))?;
        for entry in resource.body {
            match entry {
                Entry::Message(message) => {
                    let key = message.id.name;
                    let place = format!("{} {key}", path.display());
                    if !message.attributes.is_empty() {
                        return Err(format!("{place}: attributes are not used here"));
                    }
                    let pattern = message.value.ok_or(format!("{place}: no text"))?;
                    let mut args = Vec::new();
                    collect(&pattern, &mut args, &place)?;
                    if messages
                        .insert(
                            key,
                            Message {
                                file: file.clone(),
                                pattern,
                                args,
                            },
                        )
                        .is_some()
                    {
                        return Err(format!("{place}: stands twice"));
                    }
                }
                Entry::Term(term) => {
                    return Err(format!(
                        "{}: terms are not used here ({})",
                        path.display(),
                        term.id.name
                    ));
                }
                Entry::Junk { content } => return Err(format!("{}: cannot be read: {content}", path.display())),
                Entry::Comment(_) | Entry::GroupComment(_) | Entry::ResourceComment(_) => {}
            }
        }
    }
    Ok(messages)
}

/// Arguments in order of appearance; true for those that choose between variants and so are whole numbers.
fn collect(pattern: &Pattern<String>, args: &mut Vec<(String, bool)>, place: &str) -> Result<(), Failure> {
    for element in &pattern.elements {
        let PatternElement::Placeable { expression } = element else {
            continue;
        };
        match expression {
            Expression::Inline(InlineExpression::VariableReference { id }) => note(args, &id.name, false),
            Expression::Inline(InlineExpression::StringLiteral { .. }) => {}
            Expression::Select {
                selector: InlineExpression::VariableReference { id },
                variants,
            } => {
                note(args, &id.name, true);
                for variant in variants {
                    collect(&variant.value, args, place)?;
                }
            }
            _ => return Err(format!("{place}: only variables and choices by number are used here")),
        }
    }
    Ok(())
}

fn note(args: &mut Vec<(String, bool)>, name: &str, chooses: bool) {
    match args.iter_mut().find(|a| a.0 == name) {
        Some(known) => known.1 |= chooses,
        None => args.push((name.to_owned(), chooses)),
    }
}

fn function(out: &mut String, key: &str, id: &Message, en: &Message) -> Result<(), Failure> {
    let name = key.replace('-', "_");
    let doc = plain(&id.pattern);
    let _ = writeln!(out, "/// {doc}");
    if id.args.is_empty() && en.args.is_empty() {
        let (id, en) = (literal(&id.pattern), literal(&en.pattern));
        let _ = writeln!(
            out,
            "pub const fn {name}(self) -> &'static str {{ match self.0 {{ Lang::Id => {id:?}, Lang::En => {en:?} }} }}"
        );
        return Ok(());
    }
    let chooses = |n: &str| id.args.iter().chain(&en.args).any(|a| a.0 == n && a.1);
    let params: Vec<String> = id
        .args
        .iter()
        .map(|(n, _)| {
            let n_id = ident(n);
            if chooses(n) {
                format!("{n_id}: i64")
            } else {
                format!("{n_id}: impl ::std::fmt::Display")
            }
        })
        .collect();
    let _ = writeln!(
        out,
        "pub fn {name}(self, {}) -> String {{ let mut out = String::new(); match self.0 {{",
        params.join(", ")
    );
    for (lang, message) in [("Id", id), ("En", en)] {
        let _ = writeln!(out, "Lang::{lang} => {{");
        body(out, &message.pattern, lang)?;
        out.push_str("}\n");
    }
    out.push_str("} out }\n");
    Ok(())
}

fn body(out: &mut String, pattern: &Pattern<String>, lang: &str) -> Result<(), Failure> {
    for element in &pattern.elements {
        match element {
            PatternElement::TextElement { value } => {
                push(out, value);
            }
            PatternElement::Placeable { expression } => match expression {
                Expression::Inline(InlineExpression::VariableReference { id }) => {
                    let _ = writeln!(
                        out,
                        "let _ = ::std::fmt::Write::write_fmt(&mut out, format_args!(\"{{}}\", {}));",
                        ident(&id.name)
                    );
                }
                Expression::Inline(InlineExpression::StringLiteral { value }) => push(out, value),
                Expression::Select {
                    selector: InlineExpression::VariableReference { id },
                    variants,
                } => {
                    let _ = writeln!(out, "match {} {{", ident(&id.name));
                    for variant in variants.iter().filter(|v| !v.default) {
                        let arm = match &variant.key {
                            VariantKey::NumberLiteral { value } => value.clone(),
                            VariantKey::Identifier { name } if name == "one" && lang == "En" => "1".to_owned(),
                            VariantKey::Identifier { name } => {
                                return Err(format!("the choice {name:?} does not exist in {lang}"));
                            }
                        };
                        let _ = writeln!(out, "{arm} => {{");
                        body(out, &variant.value, lang)?;
                        out.push_str("}\n");
                    }
                    out.push_str("_ => {\n");
                    for variant in variants.iter().filter(|v| v.default) {
                        body(out, &variant.value, lang)?;
                    }
                    out.push_str("}\n}\n");
                }
                _ => return Err("an expression that is not used here".to_owned()),
            },
        }
    }
    Ok(())
}

fn push(out: &mut String, text: &str) {
    let mut letters = text.chars();
    let _ = match (letters.next(), letters.next()) {
        (Some(only), None) => writeln!(out, "out.push({only:?});"),
        _ => writeln!(out, "out.push_str({text:?});"),
    };
}

fn literal(pattern: &Pattern<String>) -> String {
    pattern
        .elements
        .iter()
        .map(|element| match element {
            PatternElement::TextElement { value } => value.as_str(),
            PatternElement::Placeable {
                expression: Expression::Inline(InlineExpression::StringLiteral { value }),
            } => value,
            PatternElement::Placeable { .. } => "",
        })
        .collect()
}

fn plain(pattern: &Pattern<String>) -> String {
    let text: String = pattern
        .elements
        .iter()
        .map(|element| match element {
            PatternElement::TextElement { value } => value.replace('\n', " "),
            PatternElement::Placeable { .. } => "…".to_owned(),
        })
        .collect();
    // the text becomes documentation: nothing in it may look like markup
    text.replace(['[', ']', '<', '>', '`', '*', '_'], " ")
}

fn ident(name: &str) -> String {
    let name = name.replace('-', "_");
    if matches!(name.as_str(), "type" | "for" | "in" | "as" | "if" | "of") {
        format!("r#{name}")
    } else {
        name
    }
}
