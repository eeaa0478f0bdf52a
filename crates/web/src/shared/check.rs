//! What every rendered page must hold; used by the tests that render all pages in both languages.

/// Checks a whole page.
///
/// # Panics
/// With a sentence that says what is wrong.
pub(crate) fn page(html: &str) {
    let excerpt = || html.chars().take(300).collect::<String>();
    assert!(html.starts_with("<!doctype html>"), "no doctype: {}", excerpt());
    assert!(
        html.contains("<html lang=\"id\">") || html.contains("<html lang=\"en\">"),
        "no language"
    );
    assert_eq!(html.matches("<h1").count(), 1, "a page has one h1: {}", excerpt());
    let title = between(html, "<title>", "</title>").expect("a title");
    assert!(title.trim().len() > " – Abdi".len(), "an empty title");
    for forbidden in [
        "<script>",
        " style=\"",
        "javascript:",
        " onclick=",
        " onchange=",
        " onsubmit=",
    ] {
        assert!(!html.contains(forbidden), "{forbidden} on the page {title}");
    }
    assert!(
        html.matches("class=\"btn main\"").count() <= 1,
        "one main button a page: {title}"
    );
    for input in html
        .split("<input ")
        .skip(1)
        .chain(html.split("<textarea ").skip(1))
        .chain(html.split("<select ").skip(1))
    {
        let tag = input.split('>').next().unwrap_or_default();
        let kind = attribute(tag, "type").unwrap_or("text");
        if ["hidden", "submit", "button", "radio", "checkbox"].contains(&kind) {
            continue;
        }
        let labelled = attribute(tag, "aria-label").is_some()
            || attribute(tag, "aria-labelledby").is_some()
            || attribute(tag, "id").is_some_and(|id| html.contains(&format!("for=\"{id}\"")));
        assert!(labelled, "a field without a label on {title}: {tag}");
    }
    let mut ids: Vec<&str> = html
        .split(" id=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect();
    ids.sort_unstable();
    let all = ids.len();
    ids.dedup();
    assert_eq!(ids.len(), all, "an id stands twice on {title}");
    for name in [
        "main", "header", "form", "table", "ul", "ol", "section", "div", "fieldset",
    ] {
        let opened = html.matches(&format!("<{name}>")).count() + html.matches(&format!("<{name} ")).count();
        let closed = html.matches(&format!("</{name}>")).count();
        assert_eq!(opened, closed, "<{name}> is not closed on {title}");
    }
}

fn between<'a>(text: &'a str, from: &str, to: &str) -> Option<&'a str> {
    text.split_once(from)?.1.split_once(to).map(|(inner, _)| inner)
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    between(tag, &format!("{name}=\""), "\"")
}
