use super::{operator, signed_in};
use crate::harness::World;
use serde_json::{Value, json};

#[tokio::test(flavor = "multi_thread")]
async fn s46_an_operator_sets_a_share_in_the_console_and_blank_is_the_usual_one() {
    let world = World::start().await;
    let browser = signed_in(&world, &operator(&world)).await;
    let settings = "/console/portals/managed/settings";
    let page = browser.get(settings).await;
    assert!(page.says("3000 sign-ins a minute, and as many calls about users"), "{}", page.text);
    let form = "/console/portals/managed/share".to_owned();
    assert!(page.says(&format!("href=\"{form}\"")), "{}", page.text);
    let shown = browser.get(&form).await;
    assert!(shown.says("Leave it blank for the usual 3000."), "{}", shown.text);
    let share = async || {
        world.admin("GET", "/v1/admin/portals/managed", None, None).await.body["share"].clone()
    };
    for wrong in ["0", "60001", "many", "-1", "1.5"] {
        let refused = browser.submit(&form, &form, &[("per_minute", wrong)]).await;
        assert_eq!(refused.status, 400, "{wrong}");
        assert!(refused.says("id=\"per_minute-refused\""), "{wrong}: {}", refused.text);
        assert!(refused.says(&format!("value=\"{wrong}\"")), "what was typed is kept");
        assert_eq!(share().await, Value::Null, "{wrong}");
    }
    for (typed, stored, says) in [(" 600 ", json!(600), "600 sign-ins"), ("", Value::Null, "3000")]
    {
        let saved = browser.submit(&form, &form, &[("per_minute", typed)]).await;
        assert_eq!(saved.location.as_deref(), Some(settings), "{}", saved.text);
        assert_eq!(share().await, stored);
        assert!(browser.get(settings).await.says(says), "{typed}");
    }
}
