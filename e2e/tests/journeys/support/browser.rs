use std::path::PathBuf;
use std::process::Stdio;
use std::time::Duration;

use fantoccini::elements::Element;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Map, Value, json};
use tokio::process::{Child, Command};

use super::{City, variable};

/// Whether pages may run their script.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Script {
    /// As in most browsers.
    On,
    /// As in a browser whose owner has switched it off.
    Off,
}

/// A browser window.
pub struct Browser {
    /// The WebDriver client.
    pub client: Client,
    base: String,
    shots: PathBuf,
    _driver: Child,
}

/// Telephone and desktop, in CSS pixels.
const SIZES: [(u32, u32); 2] = [(360, 740), (1280, 900)];

impl Browser {
    /// Opens a window on `city`.
    pub async fn open(city: &City, script: Script) -> Self {
        let port = std::net::TcpListener::bind("127.0.0.1:0")
            .and_then(|l| l.local_addr())
            .expect("a free port")
            .port();
        let driver = Command::new(variable("ABDI_CHROMEDRIVER"))
            .arg(format!("--port={port}"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .expect("the driver of the browser starts");
        let mut options = json!({
            "args": [
                "--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--disable-quic",
                "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
                "--hide-scrollbars", "--lang=id"
            ],
            "binary": std::env::var("ABDI_CHROMIUM").unwrap_or_else(|_| "/usr/bin/chromium".to_owned())
        });
        if script == Script::Off {
            options["prefs"] = json!({ "profile.managed_default_content_settings.javascript": 2 });
        }
        let mut capabilities = Map::new();
        capabilities.insert("goog:chromeOptions".to_owned(), options);
        let address = format!("http://127.0.0.1:{port}");
        for _ in 0..100 {
            let connected = ClientBuilder::new(HttpConnector::new())
                .capabilities(capabilities.clone())
                .connect(&address)
                .await;
            if let Ok(client) = connected {
                let shots = PathBuf::from(variable("ABDI_SCREENSHOTS"));
                std::fs::create_dir_all(&shots).expect("a folder for screenshots");
                client
                    .set_window_size(SIZES[1].0, SIZES[1].1)
                    .await
                    .expect("a window has a size");
                return Self {
                    client,
                    base: city.url.clone(),
                    shots,
                    _driver: driver,
                };
            }
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
        panic!("the browser did not open");
    }

    /// Goes to an address of the city.
    pub async fn go(&self, path: &str) {
        self.client.goto(&format!("{}{path}", self.base)).await.expect("a page");
    }

    /// Signs in, signing out whoever was there.
    pub async fn sign_in(&self, (login, password): (&str, &str)) {
        self.client
            .delete_all_cookies()
            .await
            .expect("cookies can be thrown away");
        self.go("/masuk").await;
        self.fill("nama", login).await;
        self.fill("sandi", password).await;
        self.send_css("form[action='/masuk']").await;
        assert!(
            !self.path().await.starts_with("/masuk"),
            "sign-in failed: {}",
            self.text("main").await
        );
    }

    /// The path of the page.
    pub async fn path(&self) -> String {
        let url = self.client.current_url().await.expect("an address");
        url.query()
            .map_or_else(|| url.path().to_owned(), |q| format!("{}?{q}", url.path()))
    }

    /// Writes into a field by its name, replacing what is there.
    pub async fn fill(&self, name: &str, text: &str) {
        self.fill_css(&format!("[name='{name}']:not([type=hidden])"), text)
            .await;
    }

    /// Chooses a radio button or a box by name and value.
    pub async fn choose(&self, name: &str, value: &str) {
        let choice = self.find(&format!("input[name='{name}'][value='{value}']")).await;
        choice.click().await.expect("a choice can be taken");
    }

    /// Chooses from a drop-down list by value.
    pub async fn select(&self, name: &str, value: &str) {
        let list = self.find(&format!("select[name='{name}']")).await;
        list.select_by_value(value).await.expect("a list has this value");
    }

    /// Sends the form whose address ends so, by its first button, and fails when the page comes back with problems.
    pub async fn send(&self, action: &str) {
        self.send_unchecked(action).await;
        let problems = self.text(".error-summary").await;
        assert!(problems.is_empty(), "{action} on {}: {problems}", self.path().await);
    }

    /// Sends the form whose address ends so, whatever the answer.
    pub async fn send_unchecked(&self, action: &str) {
        // what the browser itself would hold back is sent, so that the server's answer is seen
        self.send_css(&format!("form[method='post'][action$='{action}']")).await;
    }

    /// Sends the form that fits, by its main button or else its first one.
    pub async fn send_css(&self, form: &str) {
        let main = format!("{form} button.main");
        let button = if self.has(&main).await {
            main
        } else {
            format!("{form} button")
        };
        self.follow(Locator::Css(&button), &button).await;
    }

    /// What a field holds.
    pub async fn value_of(&self, name: &str) -> String {
        let field = self.find(&format!("[name='{name}']:not([type=hidden])")).await;
        field.prop("value").await.ok().flatten().unwrap_or_default()
    }

    /// An attribute of the first element that fits.
    pub async fn attribute(&self, css: &str, name: &str) -> String {
        self.find(css).await.attr(name).await.ok().flatten().unwrap_or_default()
    }

    /// Follows the link or button at this place among those that fit, from zero.
    pub async fn click_nth(&self, css: &str, place: usize) {
        let found = self.client.find_all(Locator::Css(css)).await.expect("a list");
        let element = found.get(place).cloned();
        let Some(element) = element else {
            panic!("no {css} at {place} on {}", self.path().await)
        };
        element
            .click()
            .await
            .unwrap_or_else(|e| panic!("{css} cannot be pressed: {e}"));
        tokio::time::sleep(Duration::from_millis(60)).await;
    }

    /// Takes the radio button at this place, or the entry of the list after the empty one.
    pub async fn choose_nth(&self, name: &str, place: usize) {
        if self.has(&format!("select[name='{name}']")).await {
            return self.select_any(name).await;
        }
        let found = self
            .client
            .find_all(Locator::Css(&format!("input[name='{name}'][type=radio]")))
            .await;
        let element = found
            .expect("a list")
            .get(place)
            .cloned()
            .unwrap_or_else(|| panic!("no {name} at {place}"));
        element.click().await.expect("a choice can be taken");
    }

    /// Chooses the first entry of a list that is not empty; does nothing where there is none.
    pub async fn select_any(&self, name: &str) {
        let css = format!("select[name='{name}'] option:not([value=''])");
        if let Ok(option) = self.client.find(Locator::Css(&css)).await {
            let value = option.attr("value").await.ok().flatten().unwrap_or_default();
            self.select(name, &value).await;
        }
    }

    /// Writes into the field that fits, replacing what is there.
    pub async fn fill_css(&self, css: &str, text: &str) {
        let field = self.find(css).await;
        field.clear().await.expect("a field can be cleared");
        field.send_keys(text).await.expect("a field can be written");
    }

    async fn follow(&self, what: Locator<'_>, words: &str) {
        let found = self.client.find(what).await;
        let element = match found {
            Ok(element) => element,
            Err(error) => {
                panic!(
                    "no {words:?} on {}: {error}\n{}",
                    self.path().await,
                    self.text("body").await
                )
            }
        };
        element
            .click()
            .await
            .unwrap_or_else(|e| panic!("{words:?} cannot be pressed: {e}"));
        // the click answers after the navigation has begun; the next command waits for the page
        tokio::time::sleep(Duration::from_millis(60)).await;
    }

    /// The element that fits, or a failure that shows the page.
    pub async fn find(&self, css: &str) -> Element {
        match self.client.find(Locator::Css(css)).await {
            Ok(element) => element,
            Err(error) => panic!(
                "no {css} on {}: {error}\n{}",
                self.path().await,
                self.text("body").await
            ),
        }
    }

    /// True when something fits.
    pub async fn has(&self, css: &str) -> bool {
        self.client.find(Locator::Css(css)).await.is_ok()
    }

    /// The text of the first element that fits.
    pub async fn text(&self, css: &str) -> String {
        match self.client.find(Locator::Css(css)).await {
            Ok(element) => element.text().await.unwrap_or_default(),
            Err(_) => String::new(),
        }
    }

    /// Fails unless the page shows `words`.
    pub async fn sees(&self, words: &str) {
        let text = self.text("body").await;
        assert!(
            text.contains(words),
            "{words:?} is not on {}:\n{text}",
            self.path().await
        );
    }

    /// Pictures of the page as a telephone and as a desktop show it. Fails when it can be scrolled sideways.
    pub async fn shoot(&self, name: &str) {
        for (width, height) in SIZES {
            self.client
                .set_window_size(width, height)
                .await
                .expect("a window has a size");
            let full = self
                .client
                .execute("return [document.documentElement.scrollWidth, document.documentElement.clientWidth, document.documentElement.scrollHeight]", Vec::new())
                .await
                .expect("the page can be measured");
            let number = |i: usize| full[i].as_u64().unwrap_or(0);
            assert!(
                number(0) <= number(1),
                "{name} is {} px wide in a window of {}",
                number(0),
                number(1)
            );
            let tall = u32::try_from(number(2).clamp(u64::from(height), 4000)).unwrap_or(height);
            self.client
                .set_window_size(width, tall + 120)
                .await
                .expect("a window has a size");
            let picture = self.client.screenshot().await.expect("a picture");
            std::fs::write(self.shots.join(format!("{name}-{width}.png")), picture).expect("a file");
        }
        let (width, height) = SIZES[1];
        self.client
            .set_window_size(width, height)
            .await
            .expect("a window has a size");
    }

    /// Runs the accessibility checks; anything serious or critical fails, with its place on the page.
    pub async fn check_accessibility(&self) {
        let axe = std::fs::read_to_string(variable("ABDI_AXE")).expect("axe-core is installed");
        self.client.execute(&axe, Vec::new()).await.expect("axe-core loads");
        let run = "const done = arguments[arguments.length - 1]; \
                   axe.run(document, {resultTypes: ['violations']}).then(r => done(r.violations.map(v => \
                   ({id: v.id, impact: v.impact, nodes: v.nodes.map(n => n.html.slice(0, 200))}))))";
        let found = self.client.execute_async(run, Vec::new()).await.expect("axe-core runs");
        let serious: Vec<&Value> = found
            .as_array()
            .expect("a list")
            .iter()
            .filter(|v| matches!(v["impact"].as_str(), Some("serious" | "critical")))
            .collect();
        assert!(
            serious.is_empty(),
            "accessibility of {}: {serious:#?}",
            self.path().await
        );
    }
}
