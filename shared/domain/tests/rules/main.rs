//! The rules alone, compared with a second statement of them: random commands to one user, tens of
//! thousands of them in seconds. `PORTCULLIS_SEQUENCES` asks for more. The same comparison through
//! the API is in tests/model/mod.rs.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that meets what it did not expect fails"
)]

mod actors;
mod answers;
mod bypass;
mod changes;
mod checks;
mod claims;
mod cuts;
mod email_first;
mod floors;
mod freeze;
mod held;
mod invariants;
mod known_browsers;
mod leaked_password;
mod managing;
mod mfa_state;
mod opened_with_code;
mod passkeys;
mod passwords;
mod phones;
mod portal_keys;
mod prompt;
mod questions;
mod recovery;
mod sending;
mod shown;
mod single_use;
mod stored;
mod switched;
mod words;
mod world;

use portcullis_model::{Command, Model, Preset, commands, siege};
use proptest::{
    strategy::Strategy,
    test_runner::{Config, TestCaseError, TestError, TestRunner},
};
use world::World;

/// The number of sequences of each preset, unless another is asked for.
const SEQUENCES: u32 = 200;

fn agree(preset: Preset, commands: &[Command]) -> Result<(), String> {
    let model = Model::new(preset, world::persona(), portal_keys::totp, false);
    agree_in(World::new(preset.word()), model, commands)
}

/// The same where an emailed code comes before the first enrolment.
fn agree_with_email_first(preset: Preset, commands: &[Command]) -> Result<(), String> {
    let model = Model::with_email_first(preset, world::persona(), portal_keys::totp);
    agree_in(World::with_email_first(preset.word()), model, commands)
}

fn agree_in(mut world: World, mut model: Model, commands: &[Command]) -> Result<(), String> {
    let mut trace = vec![];
    for command in commands {
        let Some(act) = model.next(command, world.now.unix()) else { continue };
        let given = world.perform(&act);
        trace.push(format!("{act:?}\n    {:?}", given.answer));
        let heard = model.heard(given).and_then(|()| match (world.activity(), model.activity()) {
            (says, should_say) if says == should_say => Ok(()),
            (says, should_say) => Err(format!("activity is {says:?}\n     not {should_say:?}")),
        });
        // Invariant 10: told at every address known before it.
        let should_tell: Vec<(String, String)> =
            model.notices().into_iter().map(|(kind, to)| (kind.to_owned(), to)).collect();
        let heard = heard.and_then(|()| match world.notices() {
            notices if notices == should_tell => Ok(()),
            notices => Err(format!("told {notices:?}\n not {should_tell:?}")),
        });
        heard.map_err(|why| format!("{}\n{why}", trace.join("\n")))?;
    }
    Ok(())
}

fn sequences() -> u32 {
    let wanted = std::env::var("PORTCULLIS_SEQUENCES").ok().and_then(|n| n.parse().ok());
    wanted.unwrap_or(SEQUENCES)
}

fn compare(preset: Preset, cases: u32, drawn: impl Strategy<Value = Vec<Command>>) {
    compare_by(agree, preset, cases, drawn);
}

fn compare_by(
    agree: fn(Preset, &[Command]) -> Result<(), String>,
    preset: Preset,
    cases: u32,
    drawn: impl Strategy<Value = Vec<Command>>,
) {
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    let drawn = TestRunner::new(config)
        .run(&drawn, |commands| agree(preset, &commands).map_err(TestCaseError::fail));
    match drawn {
        Ok(()) => {}
        Err(TestError::Fail(why, _)) => panic!("{}: {why}", preset.word()),
        Err(TestError::Abort(why)) => panic!("{why}"),
    }
}

#[test]
fn the_rules_and_the_model_agree_under_every_preset() {
    for preset in Preset::ALL {
        compare(preset, sequences(), commands(30, 60));
    }
}

#[test]
fn s8_they_agree_where_an_emailed_code_comes_before_the_first_enrolment() {
    for preset in Preset::ALL {
        compare_by(agree_with_email_first, preset, sequences() / 2, commands(30, 60));
    }
}

/// Long enough for the limits of a month, and for rows that close one side or disable the user.
#[test]
fn they_agree_over_months_too() {
    for preset in [Preset::AppOrEmail, Preset::OwnNumberOrNone, Preset::Managed] {
        let cases = (sequences() / 20).max(2);
        compare(preset, cases, commands(400, 600));
        compare(preset, cases, siege(100));
    }
}
