//! Compares the product, through its API and on a real engine, with the reference model: random
//! commands under a controlled clock, and after each the answer, the messages and the activity.
//!
//! `PORTCULLIS_SEQUENCES` sets the number of sequences.

use crate::harness::{Driver, Users, World, shown};
use portcullis_model::{
    Act, Answer, Command, Model, Preset, commands, self_service, with_grace, with_passkeys,
    with_step_ups, with_trust,
};
use proptest::strategy::{BoxedStrategy, Strategy};
use proptest::test_runner::{Config, TestCaseError, TestError, TestRunner};
use std::sync::atomic::{AtomicU32, Ordering};

/// The default number of sequences over all presets.
const SEQUENCES: u32 = 304;
/// The deployment is replaced after so many: the embedded engine slows down with every write.
const PER_WORLD: u32 = 16;

/// One sequence in so many waits for its notices.
const WAITS: u32 = 8;

/// Returns the part of the sequences that one preset has.
const fn part(users: Users) -> u32 {
    match users {
        Users::AsThePresetSays => 8,
        Users::LookAfterThemselves => 72,
        Users::HavePasskeys
        | Users::HaveToUsePasskeys
        | Users::HaveTime
        | Users::StepUp
        | Users::TrustBrowsers => 72,
    }
}

fn drawn_for(users: Users) -> BoxedStrategy<Vec<Command>> {
    match users {
        Users::AsThePresetSays => commands(30, 60).boxed(),
        Users::LookAfterThemselves => self_service(8, 20).boxed(),
        Users::HavePasskeys | Users::HaveToUsePasskeys => with_passkeys(8, 20).boxed(),
        Users::HaveTime => with_grace(8, 20).boxed(),
        Users::StepUp => with_step_ups(8, 20).boxed(),
        Users::TrustBrowsers => with_trust(8, 20).boxed(),
    }
}

async fn agree(
    world: &World,
    preset: Preset,
    commands: &[Command],
    waits: bool,
    users: Users,
) -> Result<(), String> {
    let (mut driver, persona) = Driver::new(world, preset);
    driver.make_neighbour().await;
    if preset != Preset::AlwaysOn {
        assert_eq!(driver.perform(&Act::Switch(true)).await.answer, Answer::Done);
    }
    driver.messages();
    let mut model = users.model(Model::new(preset, persona, shown, true));
    let mut trace = vec![];
    for command in commands {
        let Some(act) = model.next(command, world.now().unix()) else { continue };
        // A notice that waits for a day is not sent if its user was erased since.
        if waits && matches!(act, Act::Wait(_)) {
            world.running.stream_is_delivered().await;
        }
        let given = driver.perform(&act).await;
        trace.push(format!("{act:?}\n    {:?}", given.answer));
        model.heard(given).map_err(|why| format!("{}\n{why}", trace.join("\n")))?;
    }
    driver.assert_neighbour_untouched().await;
    if waits {
        let told = driver.notices(&model.notices()).await;
        told.map_err(|why| format!("{}\n{why}", trace.join("\n")))?;
    }
    let (says, should_say) = (driver.activity().await, model.activity());
    if says == should_say {
        Ok(())
    } else {
        Err(format!("{}\nactivity is {says:?}\n     not {should_say:?}", trace.join("\n")))
    }
}

fn compare(preset: Preset, users: Users) {
    let wanted = std::env::var("PORTCULLIS_SEQUENCES").ok().and_then(|n| n.parse().ok());
    let mut left = wanted.unwrap_or(SEQUENCES).div_ceil(part(users));
    while left > 0 {
        let cases = left.min(PER_WORLD);
        left -= cases;
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .enable_all()
            .worker_threads(2)
            .build()
            .unwrap();
        let world = runtime.block_on(World::start());
        runtime.block_on(world.lift_caps());
        runtime.block_on(users.change_policy(&world, preset));
        let config =
            Config { cases, failure_persistence: None, max_shrink_iters: 100, ..Config::default() };
        let drawn = AtomicU32::new(0);
        let outcome = TestRunner::new(config).run(&drawn_for(users), |commands| {
            let waits = drawn.fetch_add(1, Ordering::Relaxed).is_multiple_of(WAITS);
            let agreed = agree(&world, preset, &commands, waits, users);
            runtime.block_on(agreed).map_err(TestCaseError::fail)
        });
        match outcome {
            Ok(()) => {}
            Err(TestError::Fail(why, _)) => panic!("{}: {why}", preset.word()),
            Err(TestError::Abort(why)) => panic!("{why}"),
        }
    }
}

macro_rules! presets {
    ($($name:ident = $preset:ident $users:ident,)*) => {
        $(
            #[test]
            fn $name() {
                compare(Preset::$preset, Users::$users);
            }
        )*
    };
}

presets! {
    authenticator_app = App AsThePresetSays,
    authenticator_app_with_email = AppOrEmail AsThePresetSays,
    always_on = AlwaysOn AsThePresetSays,
    sms_enrolment = OwnNumber AsThePresetSays,
    sms_enrolment_opt_out = OwnNumberOrNone AsThePresetSays,
    email_enrolment = OwnAddress AsThePresetSays,
    email_enrolment_opt_out = OwnAddressOrNone AsThePresetSays,
    managed = Managed AsThePresetSays,
    n2_r4_h3_authenticator_app_with_self_service = App LookAfterThemselves,
    n2_r4_h3_managed_with_self_service = Managed LookAfterThemselves,
    n2_r4_h3_app_modern = Modern LookAfterThemselves,
    p1_p3_p6_p7_passkey_first = PasskeyFirst HavePasskeys,
    g1_app_modern_with_grace = Modern HaveTime,
    t1_t5_passkey_first_with_trusted_browsers = PasskeyFirst TrustBrowsers,
    u1_passkey_first_with_step_ups = PasskeyFirst StepUp,
    p5_authenticator_app_with_email_where_passkeys_are_insisted_on = AppOrEmail HaveToUsePasskeys,
}
