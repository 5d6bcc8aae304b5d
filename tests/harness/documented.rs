//! The refusals that the OpenAPI document lists for each path.

use serde_json::Value;
use std::{fs, sync::LazyLock};

static DOCUMENT: LazyLock<Value> = LazyLock::new(|| {
    let text = fs::read_to_string("../infra/openapi.json").unwrap();
    serde_json::from_str(&text).unwrap()
});

/// Asserts that a call at this path lists this problem, if the path is one of the document.
pub(super) fn assert_listed(path: &str, status: u16, code: &str) {
    // These are of the address, not of a call.
    if ["unknown_route", "method_not_allowed"].contains(&code) {
        return;
    }
    let named = format!("`{code}`");
    let lists = |item: &'static Value| {
        item.as_object().unwrap().values().any(|call| {
            let answer = shared(&call["responses"][status.to_string()]);
            answer["description"].as_str().is_some_and(|codes| codes.contains(&named))
        })
    };
    let paths = DOCUMENT["paths"].as_object().unwrap().iter();
    let items: Vec<_> = paths.filter(|(template, _)| fits(template, path)).collect();
    assert!(
        items.is_empty() || items.iter().any(|(_, item)| lists(item)),
        "no call at {path} lists {status} {code}: add it where the handler names its problems"
    );
}

/// Returns the answer that is meant, if it is one that calls share.
fn shared(answer: &'static Value) -> &'static Value {
    let reference = answer["$ref"].as_str().and_then(|reference| reference.strip_prefix('#'));
    reference.map_or(answer, |pointer| DOCUMENT.pointer(pointer).unwrap())
}

/// Returns true if a path is one of a template.
fn fits(template: &str, path: &str) -> bool {
    let (mut template, mut path) = (template.split('/'), path.split('/'));
    loop {
        match (template.next(), path.next()) {
            (None, None) => return true,
            (Some(wanted), Some(found)) if wanted.starts_with('{') || wanted == found => {}
            _ => return false,
        }
    }
}
