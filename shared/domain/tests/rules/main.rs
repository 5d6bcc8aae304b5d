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
mod bulk_resets;
mod bypass;
mod changes;
mod checks;
mod claims;
mod cuts;
mod email_first;
mod find;
mod floors;
mod freeze;
mod grace;
mod held;
mod invariants;
mod journal;
mod known_browsers;
mod leaked_password;
mod managing;
mod mfa_state;
mod oidc;
mod opened_with_code;
mod passkey_dry_run;
mod passkey_sign_ins;
mod passkeys;
mod passwords;
mod phones;
mod portal_keys;
mod prompt;
mod questions;
mod recovery;
mod reminders;
mod reseal;
mod returned;
mod sending;
mod shares;
mod shown;
mod single_use;
mod step_up;
mod step_up_text;
mod stored;
mod switched;
mod trusted_browsers;
mod words;
mod world;

use portcullis_model::{
    Answer, Command, GraceTerms, Model, PasskeyTerms, Preset, TrustTerms, commands, recovering,
    recovering_disabled, self_service, siege, with_changing_grace, with_changing_passkeys,
    with_changing_trust, with_leaving_methods, with_passkeys, with_step_ups, with_trust,
};
use proptest::{
    strategy::Strategy,
    test_runner::{Config, TestCaseError, TestError, TestRunner},
};
use std::{cell::RefCell, collections::BTreeSet};
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

/// The same where users look after themselves, and have recovery codes.
fn agree_with_self_service(preset: Preset, commands: &[Command]) -> Result<(), String> {
    let model = Model::new(preset, world::persona(), portal_keys::totp, false);
    let world = World::new(preset.word()).with_self_service();
    agree_in(world, model.with_self_service(), commands)
}

const PROMOTING: PasskeyTerms =
    PasskeyTerms { checks_person: false, refuses_copies: false, insists: false, promotes: true };
const INSISTING: PasskeyTerms = PasskeyTerms { insists: true, ..PROMOTING };

/// The same where they have passkeys too.
fn agree_on(terms: PasskeyTerms, preset: Preset, commands: &[Command]) -> Result<(), String> {
    let model = Model::new(preset, world::persona(), portal_keys::totp, false);
    let world = World::new(preset.word()).with_self_service().with_passkeys(terms);
    agree_in(world, model.with_self_service().with_passkeys(terms), commands)
}

fn agree_in(mut world: World, mut model: Model, commands: &[Command]) -> Result<(), String> {
    let mut trace = vec![];
    for command in commands {
        let Some(act) = model.next(command, world.now.unix()) else { continue };
        let given = world.perform(&act);
        trace.push(format!("{act:?}\n    {:?}", given.answer));
        see(&given.answer, &world.activity());
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
        let heard = heard.and_then(|()| match (world.freeze_links(), model.freeze_links()) {
            (links, wanted) if links == wanted => Ok(()),
            (links, wanted) => Err(format!("links went to {links:?}\n not {wanted:?}")),
        });
        heard.map_err(|why| format!("{}\n{why}", trace.join("\n")))?;
    }
    Ok(())
}

thread_local! {
    /// The words of the answers and of the entries so far.
    static SEEN: RefCell<BTreeSet<String>> = const { RefCell::new(BTreeSet::new()) };
}

fn see(answer: &Answer, activity: &[String]) {
    let word = match answer {
        Answer::View(view) => view.reason,
        Answer::Refused(code, _) => code,
        _ => "",
    };
    SEEN.with_borrow_mut(|seen| {
        seen.insert(word.to_owned());
        seen.extend(activity.iter().cloned());
    });
}

/// A comparison proves nothing about what never came up in it.
fn assert_seen(words: &[&str]) {
    let missing = |seen: &BTreeSet<String>| {
        words.iter().filter(|word| !seen.contains(**word)).copied().collect::<Vec<_>>()
    };
    assert_eq!(SEEN.with_borrow(missing), Vec::<&str>::new());
}

fn sequences() -> u32 {
    let wanted = std::env::var("PORTCULLIS_SEQUENCES").ok().and_then(|n| n.parse().ok());
    wanted.unwrap_or(SEQUENCES)
}

fn compare(preset: Preset, cases: u32, drawn: impl Strategy<Value = Vec<Command>>) {
    compare_by(agree, preset, cases, drawn);
}

fn compare_by(
    agree: impl Fn(Preset, &[Command]) -> Result<(), String>,
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

/// Recovery codes, freezing by a link, and the settings.
#[test]
fn n2_r4_h3_they_agree_where_users_look_after_themselves() {
    for preset in Preset::ALL {
        compare_by(agree_with_self_service, preset, sequences() / 2, self_service(20, 40));
    }
    assert_seen(&[
        "frozen",
        "freeze_link_refused",
        "nothing_to_manage",
        "settings_closed",
        "last_authenticator",
        "too_many_authenticators",
        "authenticator_removed",
        "recovery_codes_made",
        "recovery_code_used",
        "recovery_code_wrong",
        "link_needed",
    ]);
}

#[test]
fn r3_they_agree_over_the_days_of_wrong_recovery_codes() {
    let cases = (sequences() / 40).max(2);
    for preset in [Preset::App, Preset::Managed, Preset::Modern] {
        compare_by(agree_with_self_service, preset, cases, recovering(300));
    }
    assert_seen(&["recovery_codes_locked", "recovery_codes_low", "locked"]);
}

#[test]
fn r4_they_agree_where_recovery_codes_lead_past_what_is_disabled() {
    let cases = (sequences() / 8).max(2);
    for preset in [Preset::App, Preset::OwnNumberOrNone, Preset::Managed] {
        compare_by(agree_with_self_service, preset, cases, recovering_disabled(20));
    }
    assert_seen(&["disabled", "recovery_needed", "recovery_code_used"]);
}

// One policy prefers passkeys, and one insists on them beside an app, a fallback by email and a
// saved default.
#[test]
fn s3_s6_s11_p1_p3_p5_p6_p7_they_agree_where_users_have_passkeys() {
    compare_by(agree, Preset::PasskeyFirst, sequences() / 2, with_passkeys(15, 40));
    let others = [Preset::AppOrEmail, Preset::Managed, Preset::OwnNumberOrNone, Preset::AlwaysOn];
    for preset in others {
        for terms in [INSISTING, PasskeyTerms { insists: false, ..INSISTING }] {
            let agree = |preset, commands: &[Command]| agree_on(terms, preset, commands);
            compare_by(agree, preset, sequences() / 4, with_passkeys(15, 40));
        }
    }
    assert_seen(&[
        "passkey_refused",
        "code_reused",
        "sign_in_dead",
        "method_not_offered",
        "settings_closed",
        "too_many_authenticators",
    ]);
}

#[test]
fn p3_p4_p5_they_agree_where_the_terms_and_the_domain_change() {
    for preset in [Preset::PasskeyFirst, Preset::AppOrEmail, Preset::Managed] {
        let agree = |preset, commands: &[Command]| agree_on(PROMOTING, preset, commands);
        compare_by(agree, preset, sequences() / 4, with_changing_passkeys(15, 40));
    }
}

/// The strongest of what a user had before is asked for, and leads to what the policy has now.
#[test]
fn x1_they_agree_where_methods_leave_the_policy() {
    for preset in [Preset::PasskeyFirst, Preset::Managed] {
        let agree = |preset, commands: &[Command]| agree_on(PROMOTING, preset, commands);
        compare_by(agree, preset, sequences() / 4, with_leaving_methods(15, 40));
    }
    assert_seen(&["method_left_policy"]);
}

/// Time is counted at the skip, given once, and given back by nothing.
#[test]
fn g1_g2_they_agree_where_users_have_time_to_set_something_up() {
    let terms = [GraceTerms::SignIns(3), GraceTerms::Days(2)];
    for preset in [Preset::App, Preset::AppOrEmail, Preset::OwnNumber, Preset::Managed] {
        for terms in terms {
            let agree = |preset: Preset, commands: &[Command]| {
                let model = Model::new(preset, world::persona(), portal_keys::totp, false);
                let world = World::new(preset.word()).with_self_service().with_grace(terms);
                agree_in(world, model.with_self_service().with_grace(terms), commands)
            };
            compare_by(agree, preset, sequences() / 8, with_changing_grace(15, 30));
        }
    }
    compare(Preset::Modern, sequences() / 4, with_changing_grace(15, 30));
    compare(Preset::OwnAddressOrNone, sequences() / 8, with_changing_grace(15, 30));
    assert_seen(&["grace", "grace_used", "skip_not_allowed", "enrolled", "enrolment_proof"]);
}

/// Trust lets a user in if its proof would be asked for, and a copy of a token is noticed.
#[test]
fn t1_t3_t4_t5_they_agree_where_browsers_are_trusted() {
    let terms = TrustTerms { days: 3, by_passkey: false };
    let plain = |preset: Preset, commands: &[Command]| {
        let model = Model::new(preset, world::persona(), portal_keys::totp, false);
        let world = World::new(preset.word()).with_self_service().with_trust(terms);
        agree_in(world, model.with_self_service().with_trust(terms), commands)
    };
    for preset in [Preset::AppOrEmail, Preset::OwnNumberOrNone, Preset::OwnAddress] {
        compare_by(plain, preset, sequences() / 8, with_trust(15, 30));
    }
    compare_by(plain, Preset::Managed, sequences() / 4, with_changing_trust(15, 30));
    for passkeys in [INSISTING, PROMOTING] {
        let agree = |preset: Preset, commands: &[Command]| {
            let model = Model::new(preset, world::persona(), portal_keys::totp, false);
            let world = World::new(preset.word()).with_self_service().with_passkeys(passkeys);
            let model = model.with_self_service().with_passkeys(passkeys);
            agree_in(world.with_trust(terms), model.with_trust(terms), commands)
        };
        compare_by(agree, Preset::AppOrEmail, sequences() / 8, with_trust(15, 30));
        compare_by(agree, Preset::PasskeyFirst, sequences() / 8, with_changing_trust(15, 30));
    }
    assert_seen(&["trusted_browser", "browser_trusted", "trusted_sign_in", "trust_copied"]);
}

/// A step-up asks whatever the policy asks of others, and takes nothing that stands in.
#[test]
fn u1_they_agree_where_users_step_up() {
    for preset in [Preset::AppOrEmail, Preset::AlwaysOn, Preset::OwnNumberOrNone, Preset::Managed] {
        for terms in [INSISTING, PROMOTING] {
            let agree = |preset, commands: &[Command]| agree_on(terms, preset, commands);
            compare_by(agree, preset, sequences() / 8, with_step_ups(15, 30));
        }
    }
    compare_by(agree_with_self_service, Preset::Modern, sequences() / 4, with_step_ups(15, 30));
    assert_seen(&["cannot_step_up", "usable", "another_step", "bad_request"]);
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
