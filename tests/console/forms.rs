//! Submits every form of the console as a browser would, with one field wrong each time.

use super::{operator, roles::crawl, signed_in};
use crate::harness::{Browser, Page, World};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

const UNKNOWN: &str = "no-such-word";

/// The kind of a field, as a user sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Hidden,
    Button,
    Choice,
    Box,
    Text,
}

#[derive(Clone, Debug)]
pub(super) struct Form {
    posts: bool,
    pub(super) action: String,
    kinds: BTreeMap<String, Kind>,
    pub(super) sent: Vec<(String, String)>,
}

/// Returns the tags of a text, each with the text up to the next one.
fn tags(text: &str) -> Vec<(&str, &str)> {
    text.split('<').skip(1).filter_map(|part| part.split_once('>')).collect()
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    let value = rest.split('"').next().unwrap();
    Some(value.replace("&#34;", "\"").replace("&#60;", "<").replace("&#38;", "&"))
}

fn is(tag: &str, name: &str) -> bool {
    tag.split([' ', '/']).any(|word| word == name)
}

pub(super) fn forms(text: &str) -> Vec<Form> {
    let parts = text.split("<form ").skip(1).map(|part| part.split("</form>").next().unwrap());
    parts.map(form).filter(|form| form.action != "/console/sign-out").collect()
}

fn form(text: &str) -> Form {
    let (head, text) = text.split_once('>').unwrap();
    let head = format!(" {head}");
    let (mut kinds, mut sent) = (BTreeMap::new(), vec![]);
    let mut list: Option<(String, Vec<String>, Option<String>)> = None;
    for (tag, after) in tags(text) {
        let (name, value) = (attribute(tag, "name"), attribute(tag, "value"));
        let value = value.unwrap_or_default();
        match (tag.split(' ').next().unwrap(), name) {
            // A file comes in a form of several parts, which `logo` tries.
            ("input", _) if attribute(tag, "type").as_deref() == Some("file") => {}
            ("input", Some(name)) => {
                let kind = match attribute(tag, "type").as_deref() {
                    Some("hidden") => Kind::Hidden,
                    Some("checkbox") => Kind::Box,
                    Some("radio") => Kind::Choice,
                    _ => Kind::Text,
                };
                kinds.insert(name.clone(), kind);
                match kind {
                    Kind::Box if !is(tag, "checked") => {}
                    Kind::Box if value.is_empty() => sent.push((name, "on".to_owned())),
                    _ => sent.push((name, value)),
                }
            }
            ("textarea", Some(name)) => {
                kinds.insert(name.clone(), Kind::Text);
                sent.push((name, after.to_owned()));
            }
            ("button", Some(name)) => {
                kinds.insert(name.clone(), Kind::Button);
                sent.retain(|(known, _)| *known != name);
                sent.push((name, value));
            }
            ("select", Some(name)) => list = Some((name, vec![], None)),
            ("option", _) => {
                let (_, values, chosen) = list.as_mut().expect("an option of a list");
                values.push(value.clone());
                if is(tag, "selected") {
                    *chosen = Some(value);
                }
            }
            ("/select", _) => {
                let (name, values, chosen) = list.take().unwrap();
                kinds.insert(name.clone(), Kind::Choice);
                sent.push((name, chosen.unwrap_or_else(|| values[0].clone())));
            }
            _ => {}
        }
    }
    // Whoever fills it in fills in what must be, and chooses where nothing is chosen yet.
    for (name, value) in sent.iter_mut().filter(|(_, value)| value.is_empty()) {
        match name.as_str() {
            "name" | "user" | "reason" => "something".clone_into(value),
            "role" => "auditor".clone_into(value),
            _ => {}
        }
    }
    let action = attribute(&head, "action").expect("an address");
    Form { posts: head.contains("method=\"post\""), action, kinds, sent }
}

struct Spoilt {
    name: String,
    how: &'static str,
    sent: Vec<(String, String)>,
}

impl Form {
    /// Identifies the form without the names in its address.
    fn shape(&self) -> (String, Vec<String>) {
        let mut action: Vec<&str> = self.action.split('/').collect();
        for n in 1..action.len() {
            if ["portals", "users", "keys", "admins"].contains(&action[n - 1]) && action[n] != "new"
            {
                action[n] = "*";
            }
        }
        (action.join("/"), self.kinds.keys().cloned().collect())
    }

    fn with(&self, name: &str, values: &[&str]) -> Vec<(String, String)> {
        let others = self.sent.iter().filter(|(known, _)| known != name).cloned();
        let own = values.iter().map(|value| (name.to_owned(), (*value).to_owned()));
        others.chain(own).collect()
    }

    pub(super) fn filled(mut self, fields: &[(&str, &str)]) -> Self {
        for (name, value) in fields {
            self.sent = self.with(name, &[value]);
        }
        self
    }

    fn spoilt(&self) -> Vec<Spoilt> {
        let mut all = vec![];
        for (name, kind) in self.kinds.iter().filter(|(name, _)| *name != "form") {
            let held = self.sent.iter().find(|(known, _)| known == name);
            let held = held.map_or("on", |(_, value)| value.as_str());
            let mut spoil = |how, values: &[&str]| {
                all.push(Spoilt { name: name.clone(), how, sent: self.with(name, values) });
            };
            // A hidden field that holds nothing counts for nothing, and an ETag is none of our
            // words.
            if *kind != Kind::Text && !held.is_empty() && name != "etag" {
                spoil("unknown", &[UNKNOWN]);
            }
            // Boxes of one name may all be ticked, and links have no filter.
            if *kind != Kind::Box {
                spoil("twice", &[held, held]);
            }
            if *kind != Kind::Box && self.posts {
                spoil("missing", &[]);
            }
        }
        all
    }

    pub(super) async fn send(&self, browser: &Browser, fields: &[(String, String)]) -> Page {
        let fields: Vec<(&str, &str)> =
            fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        if self.posts {
            return browser.post(&self.action, &fields).await;
        }
        let url = reqwest::Url::parse_with_params("http://localhost", &fields).unwrap();
        browser.get(&format!("{}?{}", self.action, url.query().unwrap())).await
    }
}

/// Returns true if the page shows an error beside a field that refers to it.
fn is_refused_beside(page: &Page, name: &str) -> bool {
    let all = tags(&page.text);
    let own = |tag: &&str| {
        attribute(tag, "name").as_deref() == Some(name) && is(tag, "aria-invalid=\"true\"")
    };
    let field = all.iter().map(|(tag, _)| *tag).find(own);
    let ids = field.and_then(|tag| attribute(tag, "aria-describedby")).unwrap_or_default();
    ids.split(' ').any(|id| {
        let says = |(tag, after): &&(&str, &str)| {
            attribute(tag, "id").as_deref() == Some(id)
                && is(tag, "role=\"alert\"")
                && !after.is_empty()
        };
        all.iter().any(|pair| says(&pair))
    })
}

fn said(page: &Page) -> Vec<&str> {
    let alerts = page.text.split("role=\"alert\"").skip(1);
    alerts.filter_map(|part| part.split('<').next()).collect()
}

async fn every_form(world: &World, browser: &Browser) -> Vec<(String, Form)> {
    let portal = world.portal("managed");
    portal.open(json!({ "id": "anna", "organization": "acme", "email": "a@example.com" })).await;
    world.make_admin("jo", json!({ "role": "technician", "portals": ["managed"] })).await;
    let user = world.user_page("managed", "anna").await;
    let (mut pages, _, _) = crawl(browser).await;
    pages.extend(["/console/sign-in".to_owned(), "/console/password".to_owned()]);
    pages.extend(
        ["unlock", "clear-skip", "end-trust", "erase"].map(|action| format!("{user}/{action}")),
    );
    pages.insert("/console/admins/jo/role?role=auditor&organization=".to_owned());
    let (mut seen, mut all) = (BTreeSet::new(), vec![]);
    for path in pages {
        let page = browser.get(&path).await;
        for form in forms(&page.text) {
            if seen.insert(form.shape()) {
                all.push((path.clone(), form));
            }
        }
    }
    all
}

#[tokio::test(flavor = "multi_thread")]
async fn s42_every_form_refuses_what_its_page_does_not_make_beside_the_field() {
    let world = World::start().await;
    let browser = signed_in(&world, &operator(&world)).await;
    let all = every_form(&world, &browser).await;
    let fields: BTreeSet<&str> =
        all.iter().flat_map(|(_, form)| form.kinds.keys().map(String::as_str)).collect();
    for known in [
        "provider", "audience", "role", "portals", "preset", "app", "event", "state", "what",
        "reason",
    ] {
        assert!(fields.contains(known), "no form has {known}: {fields:?}");
    }
    let before = world.raw_items().await;
    let mut tried = 0;
    for (at, form) in &all {
        for Spoilt { name, how, sent } in form.spoilt() {
            let page = form.send(&browser, &sent).await;
            let what =
                format!("{name} {how} at {at}, for {}, said: {:?}", form.action, said(&page));
            assert!((400..500).contains(&page.status), "{}: {what}", page.status);
            match form.kinds[&name] {
                Kind::Hidden | Kind::Button => assert!(page.says("role=\"alert\""), "{what}"),
                Kind::Choice | Kind::Box | Kind::Text => {
                    assert!(is_refused_beside(&page, &name), "{what}");
                }
            }
            tried += 1;
        }
        let more = form.with("unknown", &["1"]);
        let page = form.send(&browser, &more).await;
        assert_eq!(page.status, 400, "one field too many at {at}: {}", page.text);
    }
    assert!(tried > 100, "{tried}");
    assert_eq!(world.raw_items().await, before, "something was written");
}

#[tokio::test(flavor = "multi_thread")]
async fn s42_a_list_with_an_unknown_word_offers_no_first_choice_in_its_place() {
    let world = World::start().await;
    let browser = signed_in(&world, &operator(&world)).await;
    let page = browser.get("/console/settings").await;
    let form = &forms(&page.text)[0];
    let refused = form.send(&browser, &form.with("provider", &["twlio"])).await;
    assert!(refused.says("Choose one of the list."), "{}", refused.text);
    let again = &forms(&refused.text)[0];
    let chosen = again.sent.iter().find(|(name, _)| name == "provider").map(|(_, value)| value);
    assert_eq!(chosen.map(String::as_str), Some(""), "{:?}", again.sent);
    // What else was filled in is still there.
    let typed = form.with("email_from", &["other@portal.example"]);
    let typed = Form { sent: typed, ..form.clone() };
    let refused = typed.send(&browser, &typed.with("provider", &["twlio"])).await;
    assert!(refused.says("other@portal.example"));
}
