//! Makes each AWS call of users who look after themselves fail: their settings, recovery codes, and
//! the freeze. These steps end in the writes of `users.rs`, which stand every row of failures; here
//! each call comes to each of its ends.

use super::users::{APP, Scenario, all_survive, verify};
use crate::harness::{Fault, Users};
use portcullis_model::{Command, Guess, Method, Preset};

const ADD_APP: Command = Command::Enrol(0, Method::App, false);
const CONFIRM: Command = Command::Confirm(0, APP);

/// Returns the commands of a user whose address is as old as a freeze link needs.
fn enrolled() -> Vec<Command> {
    vec![Command::Open(None), ADD_APP, CONFIRM, Command::Wait(172_800)]
}

fn in_settings() -> Vec<Command> {
    [enrolled(), vec![Command::OpenSettings(None), verify(APP)]].concat()
}

fn scenario(name: &'static str, before: [Vec<Command>; 2], step: Command) -> Scenario {
    let users = Users::LookAfterThemselves;
    Scenario { name, preset: Preset::App, users, before: before.concat(), step }
}

fn changes_of_settings() -> Vec<Scenario> {
    let open = Command::OpenSettings(None);
    vec![
        scenario("open the settings", [enrolled(), vec![]], open.clone()),
        scenario("a proof for the settings", [enrolled(), vec![open]], verify(APP)),
        scenario("begin a second app", [in_settings(), vec![]], ADD_APP),
        scenario("add a second app", [in_settings(), vec![ADD_APP]], CONFIRM),
        scenario(
            "remove one of two apps",
            [in_settings(), vec![ADD_APP, CONFIRM]],
            Command::Remove(0, 0),
        ),
        scenario("make new recovery codes", [in_settings(), vec![]], Command::RenewCodes(0)),
    ]
}

fn ways_back() -> Vec<Scenario> {
    let open = || vec![Command::Open(None)];
    let wrong = || vec![verify(Guess::Wrong); 5];
    let locked = || [enrolled(), open(), wrong()].concat();
    let recovery = || verify(Guess::Recovery(0));
    let freeze = || Command::Freeze(0);
    let issued = || vec![Command::IssueBypass];
    vec![
        scenario("a recovery code", [enrolled(), open()], recovery()),
        scenario("a recovery code of a locked user", [locked(), open()], recovery()),
        scenario("a wrong recovery code", [enrolled(), open()], verify(Guess::WrongRecovery)),
        scenario(
            "an app after a recovery code of a locked user",
            [locked(), vec![Command::Open(None), recovery(), ADD_APP]],
            CONFIRM,
        ),
        scenario("freeze by the link of a notice", [enrolled(), issued()], freeze()),
        scenario(
            "a reset that ends a freeze",
            [enrolled(), [issued(), vec![freeze()]].concat()],
            Command::Reset,
        ),
        scenario(
            "an app after a freeze and a reset",
            [
                enrolled(),
                vec![
                    Command::IssueBypass,
                    freeze(),
                    Command::Reset,
                    Command::IssueBypass,
                    Command::Open(None),
                    verify(Guess::Bypass(0)),
                    ADD_APP,
                ],
            ],
            CONFIRM,
        ),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn s19_whatever_becomes_of_a_call_settings_are_changed_once_or_not_at_all() {
    all_survive(changes_of_settings(), &Fault::ENDS).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn s19_whatever_becomes_of_a_call_a_recovery_code_or_a_freeze_counts_once_or_not_at_all() {
    all_survive(ways_back(), &Fault::ENDS).await;
}
