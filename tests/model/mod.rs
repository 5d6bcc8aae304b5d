//! Compares the product, through its API and on a real engine, with the reference model: random
//! commands under a controlled clock, and after each the answer, the messages and the activity.
//!
//! `PORTCULLIS_SEQUENCES` sets the number of sequences.

use crate::harness::{Driver, World, shown};
use portcullis_model::{Act, Answer, Command, Model, Preset, commands};
use proptest::test_runner::{Config, TestCaseError, TestError, TestRunner};
use std::sync::atomic::{AtomicU32, Ordering};

/// The default number of sequences over all presets.
const SEQUENCES: u32 = 504;
/// The deployment is replaced after so many: the embedded engine slows down with every write.
const PER_WORLD: u32 = 100;

/// One sequence in so many waits for its notices.
const WAITS: u32 = 8;

async fn agree(
    world: &World,
    preset: Preset,
    commands: &[Command],
    waits: bool,
) -> Result<(), String> {
    let (mut driver, persona) = Driver::new(world, preset);
    driver.make_neighbour().await;
    if preset != Preset::AlwaysOn {
        assert_eq!(driver.perform(&Act::Switch(true)).await.answer, Answer::Done);
    }
    driver.messages();
    let mut model = Model::new(preset, persona, shown, true);
    let mut trace = vec![];
    for command in commands {
        let Some(act) = model.next(command, world.now().unix()) else { continue };
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

fn compare(preset: Preset) {
    let wanted = std::env::var("PORTCULLIS_SEQUENCES").ok().and_then(|n| n.parse().ok());
    let mut left = wanted.unwrap_or(SEQUENCES).div_ceil(8);
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
        let config =
            Config { cases, failure_persistence: None, max_shrink_iters: 100, ..Config::default() };
        let drawn = AtomicU32::new(0);
        let outcome = TestRunner::new(config).run(&commands(30, 60), |commands| {
            let waits = drawn.fetch_add(1, Ordering::Relaxed).is_multiple_of(WAITS);
            let agreed = agree(&world, preset, &commands, waits);
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
    ($($name:ident = $preset:ident,)*) => {
        $(
            #[test]
            fn $name() {
                compare(Preset::$preset);
            }
        )*
    };
}

presets! {
    authenticator_app = App,
    authenticator_app_with_email = AppOrEmail,
    always_on = AlwaysOn,
    sms_enrolment = OwnNumber,
    sms_enrolment_opt_out = OwnNumberOrNone,
    email_enrolment = OwnAddress,
    email_enrolment_opt_out = OwnAddressOrNone,
    managed = Managed,
}
