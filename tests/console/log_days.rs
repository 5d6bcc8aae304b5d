use super::{operator, signed_in};
use crate::harness::World;
use serde_json::json;

#[tokio::test(flavor = "multi_thread")]
async fn an_operator_says_in_the_console_how_long_a_log_is_kept() {
    let world = World::start().await;
    let browser = signed_in(&world, &operator(&world)).await;
    let settings = "/console/portals/managed/settings";
    let page = browser.get(settings).await;
    assert!(page.says("Entries are kept for 90 days"), "{}", page.text);
    let form = "/console/portals/managed/log-days".to_owned();
    assert!(page.says(&format!("href=\"{form}\"")), "{}", page.text);
    let shown = browser.get(&form).await;
    assert!(shown.says("30 to 400. New portals have 90."), "{}", shown.text);
    let days = async || {
        world.admin("GET", "/v1/admin/portals/managed", None, None).await.body["log_days"].clone()
    };
    for wrong in ["", "29", "401", "many", "-1", "90.5"] {
        let refused = browser.submit(&form, &form, &[("days", wrong)]).await;
        assert_eq!(refused.status, 400, "{wrong}");
        assert!(refused.says("id=\"days-refused\""), "{wrong}: {}", refused.text);
        assert!(refused.says(&format!("value=\"{wrong}\"")), "what was typed is kept");
        assert_eq!(days().await, json!(90), "{wrong}");
    }
    let saved = browser.submit(&form, &form, &[("days", " 180 ")]).await;
    assert_eq!(saved.location.as_deref(), Some(settings), "{}", saved.text);
    assert_eq!(days().await, json!(180));
    assert!(browser.get(settings).await.says("Entries are kept for 180 days"));
}
