//! The form with the logo of a portal.

use super::{operator, signed_in};
use crate::{harness::World, journeys::admin::logo::png};

const PAGE: &str = "/console/portals/always-on/logo";

fn body(fields: &[(&str, &str)], file: &[u8]) -> Vec<u8> {
    let part = |head: String| format!("--b\r\ncontent-disposition: form-data; {head}\r\n\r\n");
    let field = |(name, value): &(&str, &str)| part(format!("name=\"{name}\"")) + *value + "\r\n";
    let fields: String = fields.iter().map(field).collect();
    let file_head = part("name=\"logo\"; filename=\"logo.png\"".to_owned());
    [fields.as_bytes(), file_head.as_bytes(), file, b"\r\n--b--\r\n"].concat()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_logo_is_uploaded_and_removed_with_a_form_that_acts_once() {
    let world = World::start().await;
    let browser = signed_in(&world, &operator(&world)).await;
    let etag = |page: &str| {
        let rest = page.split_once("name=\"etag\" value=\"").unwrap().1;
        rest.split_once("\">").unwrap().0.replace("&#34;", "\"")
    };
    let page = browser.get(PAGE).await;
    assert!(!page.says("Remove the logo"), "{}", page.text);
    let (form, version) = (page.form(), etag(&page.text));
    let given = [("form", form.as_str()), ("etag", version.as_str())];

    let foreign = browser.post_parts(PAGE, body(&[("form", "x.y"), given[1]], &png(9, 9, 0))).await;
    assert_eq!(foreign.status, 403, "{}", foreign.text);
    for (file, words) in [
        (vec![], "Choose a file."),
        (b"GIF89a".to_vec(), "must be a PNG or WebP file."),
        (png(2_000, 9, 0), "must be at most 1024 pixels"),
        (png(9, 9, 32 * 1_024), "must be a file of at most 32 KB"),
    ] {
        let refused = browser.post_parts(PAGE, body(&given, &file)).await;
        assert_eq!(refused.status, 400, "{}", refused.text);
        assert!(refused.says(words), "{}", refused.text);
    }
    let huge = browser.post_parts(PAGE, body(&given, &png(9, 9, 100_000))).await;
    assert_eq!(huge.status, 413, "{}", huge.text);

    let saved = browser.post_parts(PAGE, body(&given, &png(9, 9, 0))).await;
    assert_eq!(saved.location.as_deref(), Some("/console/portals/always-on"), "{}", saved.text);
    let again = browser.post_parts(PAGE, body(&given, &png(9, 9, 0))).await;
    assert!(again.location.is_some_and(|to| to.starts_with("/console/done/")), "it acts once");

    let page = browser.get(PAGE).await;
    let picture = page.text.split_once("<img class=\"logo\" src=\"").unwrap().1;
    let picture = picture.split_once('"').unwrap().0;
    assert_eq!(browser.get(picture).await.status, 200);
    let (form, version) = (page.form(), etag(&page.text));
    let given = [("form", form.as_str()), ("etag", version.as_str()), ("remove", "on")];
    let both = browser.post_parts(PAGE, body(&given, &png(9, 9, 0))).await;
    assert!(both.status == 400 && both.says("not both"), "{}", both.text);
    let removed = browser.post_parts(PAGE, body(&given, &[])).await;
    assert_eq!(removed.status, 303, "{}", removed.text);
    assert_eq!(browser.get(picture).await.status, 404);
}
