//! Walks through the pages as a browser would: follows every link, sends no form.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::ids;
use super::{Page, TestApp, User};

/// Most pages of one walk: a circle of links that never ends is a defect of its own.
const MOST: usize = 600;

/// Most questions asked of one page: a calendar has no end, and its tenth year looks like its first.
const QUESTIONS: usize = 8;

/// Every page that `user` can reach from the start page and from the addresses of the route list, by address.
pub async fn crawl(app: &TestApp, user: User) -> BTreeMap<String, Page> {
    let mut waiting: VecDeque<String> = VecDeque::from(["/".to_owned()]);
    for route in web::route_list().iter().filter(|r| r.method == "GET") {
        waiting.extend(ids::fill(&app.city, route.path));
    }
    let mut known: BTreeSet<String> = waiting.iter().cloned().collect();
    let mut asked: BTreeMap<String, usize> = BTreeMap::new();
    let mut pages = BTreeMap::new();
    let client = app.as_user(user);
    while let Some(path) = waiting.pop_front() {
        assert!(pages.len() < MOST, "more than {MOST} pages: {path}");
        let page = client.get(&path).await;
        if page.is_html() {
            for link in links(&page.body, "href=\"") {
                let local = link.starts_with('/') && !link.starts_with("//");
                let link = link.split('#').next().unwrap_or_default().to_owned();
                let place = link.split('?').next().unwrap_or_default();
                let questions = asked.entry(place.to_owned()).or_default();
                if local && *questions < QUESTIONS && known.insert(link.clone()) {
                    *questions += 1;
                    waiting.push_back(link);
                }
            }
        }
        pages.insert(path, page);
    }
    pages
}

/// The values of an attribute, with the escapes of attributes undone.
pub fn links(html: &str, attribute: &str) -> Vec<String> {
    html.split(attribute)
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .map(|value| {
            let value = value.replace("&#38;", "&").replace("&amp;", "&");
            value
                .replace("&#39;", "'")
                .replace("&#34;", "\"")
                .replace("&#60;", "<")
                .replace("&#62;", ">")
        })
        .collect()
}
