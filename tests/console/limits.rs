//! The limits on guessing, as the documentation has them.

use portcullis_console::policy::limits::limits;

#[test]
fn the_documentation_has_the_limits_of_the_policy_page() {
    let page = include_str!("../../infra/docs/evaluate/limits.md");
    for (what, limit) in limits() {
        let row = format!("| {what} | {limit} |");
        assert!(page.contains(&row), "infra/docs/evaluate/limits.md should have\n{row}");
    }
}
