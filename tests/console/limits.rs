//! The limits on guessing, as the documentation has them.

use portcullis_console::{Words, admins, policy};

#[test]
fn the_documentation_has_the_limits_of_the_policy_page_and_of_the_admins_page() {
    let words = Words::default();
    let page = include_str!("../../infra/docs/evaluate/limits.md");
    for (what, limit) in
        policy::limits::limits(&words).into_iter().chain(admins::limits::limits(&words))
    {
        let row = format!("| {what} | {limit} |");
        assert!(page.contains(&row), "infra/docs/evaluate/limits.md should have\n{row}");
    }
}
