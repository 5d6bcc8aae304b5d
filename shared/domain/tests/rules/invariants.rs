//! Invariants 11 and 12, whatever happened before: strangers never keep a known browser out, and
//! nothing that was issued before a reset or an erasure works after it.

use crate::{
    portal_keys::{self, Keys},
    world::{self, World},
};
use portcullis_domain::{
    BrowserToken,
    policy::{AfterReset, EnrolmentProof},
};
use portcullis_model::{
    Act, Answer, Command, Device, DrawnPress, Method, Model, Preset, Press, Secrets, commands,
    enrolled, enrolled_by_passkey, enrolled_in_browsers, stranger, with_passkeys,
};
use proptest::{
    prelude::{Strategy, any},
    test_runner::{Config, TestCaseError, TestError, TestRunner},
};
use std::cell::RefCell;

/// A user with the model beside it, which must agree after each step.
struct Beside {
    world: World,
    model: Model,
    trace: Vec<String>,
    /// The user's own sign-in, whose id no stranger has.
    own: Option<usize>,
}

impl Beside {
    fn new(preset: Preset) -> Self {
        let world = World::new(preset.word());
        let model = Model::new(preset, world::persona(), portal_keys::totp, false);
        Self { world, model, trace: vec![], own: None }
    }

    fn draw(&mut self, command: &Command) -> Result<Option<Answer>, String> {
        let Some(act) = self.model.clone().next(command, self.world.now.unix()) else {
            return Ok(None);
        };
        if self.own.is_some() && act.sign_in() == self.own {
            return Ok(None);
        }
        Ok(Some(self.perform(&act)?.0))
    }

    fn perform(&mut self, act: &Act) -> Result<(Answer, Option<String>), String> {
        self.model.begin(act, self.world.now.unix());
        let given = self.world.perform(act);
        self.trace.push(format!("{act:?}\n    {:?}", given.answer));
        let (answer, sent) = (given.answer.clone(), given.messages.last().cloned());
        self.model.heard(given).map_err(|why| self.told(&why))?;
        Ok((answer, sent.map(|message| message.secret)))
    }

    fn told(&self, why: &str) -> String {
        format!("{}\n{why}", self.trace.join("\n"))
    }
}

fn holds<T: std::fmt::Debug>(
    drawn: impl Strategy<Value = T>,
    cases: u32,
    test: impl Fn(T) -> Result<(), String>,
) {
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    let run = TestRunner::new(config).run(&drawn, |drawn| test(drawn).map_err(TestCaseError::fail));
    match run {
        Ok(()) => {}
        Err(TestError::Fail(why, _)) => panic!("{why}"),
        Err(TestError::Abort(why)) => panic!("{why}"),
    }
}

/// The user opens a sign-in in a known browser and takes as long as strangers are given to disturb
/// it, but no longer than it lasts.
fn gets_in(user: &mut Beside, by: Method, disturbed: &[Command]) -> Result<(), String> {
    let browser = user.model.secrets().browser_tokens.last().cloned();
    let sign_in = user.model.secrets().sign_ins;
    let contact = user.world.contact_of_user();
    let opened = user.perform(&Act::Open { sign_in, ticket: None, contact, browser })?;
    let (Answer::View(_), mut code) = opened else {
        return Err(user.told(&format!("not opened: {:?}", opened.0)));
    };
    let opened_at = user.world.now;
    user.own = Some(sign_in);
    for command in disturbed {
        let Command::Wait(seconds) = command else {
            user.draw(command)?;
            continue;
        };
        if user.world.now.plus(*seconds).since(opened_at) < 250 {
            user.draw(command)?;
        }
    }
    user.own = None;
    if by == Method::Passkey {
        let back = user.model.secrets().sign_ins - 1 - sign_in;
        let press = DrawnPress::good(Device::Bound(0));
        return match user.draw(&Command::UsePasskey(back, press))? {
            Some(Answer::Verified("allowed")) => Ok(()),
            other => Err(user.told(&format!("kept out: {other:?}"))),
        };
    }
    if by == Method::App {
        let secret = user.model.secrets().apps.last().cloned().unwrap_or_default();
        code = Some(portal_keys::totp(&secret, user.world.now.unix() / 30));
    } else if code.is_none() {
        code = user.perform(&Act::Challenge(sign_in, by))?.1;
    }
    let code = code.ok_or_else(|| user.told("no code was sent"))?;
    let verify = Act::Verify { sign_in, code, by: None, make_default: false };
    match user.perform(&verify)?.0 {
        Answer::Verified("allowed") => Ok(()),
        other => Err(user.told(&format!("kept out: {other:?}"))),
    }
}

#[test]
fn s36_whatever_strangers_do_a_known_browser_gets_in() {
    for (preset, by) in [
        (Preset::App, Method::App),
        (Preset::AppOrEmail, Method::App),
        (Preset::Managed, Method::App),
        (Preset::AlwaysOn, Method::Email),
        (Preset::OwnNumber, Method::Sms),
        (Preset::OwnAddressOrNone, Method::Email),
        (Preset::PasskeyFirst, Method::Passkey),
    ] {
        let locked = RefCell::new(0);
        let drawn = (stranger(60, 160), stranger(0, 40), stranger(0, 40));
        holds(drawn, 25, |(before, first, second)| {
            let mut user = Beside::new(preset);
            let enrolled = match by {
                Method::Passkey => enrolled_by_passkey(),
                Method::App | Method::Email | Method::Sms => enrolled_in_browsers(1),
            };
            for command in &enrolled {
                user.draw(command)?;
            }
            for command in &before {
                let done = user.draw(command)?;
                *locked.borrow_mut() +=
                    u32::from(matches!(done, Some(Answer::Refused("locked", _))));
            }
            for disturbed in [first, second] {
                user.draw(&Command::Wait(60))?;
                gets_in(&mut user, by, &disturbed)?;
            }
            Ok(())
        });
        // Wrong signatures lock nobody out.
        let (locked, guesses) = (locked.into_inner(), by != Method::Passkey);
        assert_eq!(locked > 5, guesses, "strangers were locked out {locked} times: {preset:?}");
    }
}

/// Tries everything that was issued before, with every counter cleared, so that nothing but its age
/// refuses it.
fn tries(world: &mut World, before: &Secrets) -> Result<(), String> {
    for n in 0..before.sign_ins {
        let answer = world.perform(&Act::Look(n)).answer;
        if answer != Answer::Over {
            return Err(format!("sign-in {n} is still there: {answer:?}"));
        }
    }
    let open = |world: &mut World, n, ticket: Option<&String>| {
        world.clear_counters();
        let (ticket, contact) = (ticket.cloned(), world.contact_of_user());
        world.perform(&Act::Open { sign_in: n, ticket, contact, browser: None }).answer
    };
    for ticket in &before.tickets {
        let answer = open(world, before.sign_ins, Some(ticket));
        if answer != Answer::Refused("ticket_refused", None) {
            return Err(format!("a ticket was answered {answer:?}"));
        }
    }
    for link in 0..before.freeze_links {
        let answer = world.perform(&Act::Freeze { link, to: String::new(), at: 0 }).answer;
        if answer != Answer::Refused("freeze_link_refused", None) {
            return Err(format!("a link was answered {answer:?}"));
        }
    }
    open(world, before.sign_ins, None);
    let user = world.user().ok_or("a sign-in of nobody")?;
    for text in &before.browser_tokens {
        let token = BrowserToken::parse(text).map_err(|wrong| format!("{wrong:?}"))?;
        if user.known_browser(&Keys, &[token], 0, world.now) != Ok(None) {
            return Err("a browser is still known".to_owned());
        }
    }
    let apps = before.apps.iter().map(|secret| portal_keys::totp(secret, world.now.unix() / 30));
    let codes = apps.chain(before.codes.iter().map(|(_, code)| code.clone()));
    let others = before.bypass_codes.iter().chain(&before.recovery_codes).cloned();
    let typed: Vec<String> = codes.chain(others).collect();
    for (n, code) in typed.iter().enumerate() {
        let new = before.sign_ins + n + 1;
        open(world, new, None);
        for sign_in in [before.sign_ins.saturating_sub(1), new] {
            let judged = world.verify(sign_in, code, None);
            if matches!(judged, Answer::Verified(_)) {
                return Err(format!("{code} was accepted in sign-in {sign_in}"));
            }
        }
    }
    tries_passkeys(world, before)
}

/// Answers every question for a passkey that was shown before, where the user may enrol anew, and
/// uses the old passkeys beside a new one.
fn tries_passkeys(world: &mut World, before: &Secrets) -> Result<(), String> {
    if before.passkeys.is_empty() {
        return Ok(());
    }
    world.portal.policy.enabled = true;
    world.portal.policy.after_reset = AfterReset::Open;
    world.portal.policy.enrolment_proof = EnrolmentProof::None;
    let (last, new) = (before.sign_ins + 100, 200);
    let refused = |world: &mut World, act: &Act| match world.perform(act).answer {
        Answer::Verified(_) => Err(format!("accepted: {act:?}")),
        _ => Ok(()),
    };
    for device in &before.passkeys {
        reopen(world, last);
        world.perform(&Act::Enrol(last, Method::Passkey, None));
        for answers in 0..before.sign_ins {
            refused(world, &Act::UsePasskey(last, press(*device, answers)))?;
            refused(world, &Act::MakePasskey(last, press(*device, answers)))?;
        }
    }
    // Nobody enrols without an admin after a freeze, also where an erasure followed.
    let begun = world.perform(&Act::Enrol(last, Method::Passkey, None)).answer;
    if matches!(begun, Answer::Refused("another_step" | "frozen", None)) {
        return Ok(());
    }
    let made = world.perform(&Act::MakePasskey(last, press(new, last))).answer;
    if made != Answer::Verified("allowed") {
        return Err(format!("a new passkey was answered {made:?}"));
    }
    reopen(world, last + 1);
    for device in &before.passkeys {
        refused(world, &Act::UsePasskey(last + 1, press(*device, last + 1)))?;
    }
    let used = world.perform(&Act::UsePasskey(last + 1, press(new, last + 1))).answer;
    if used == Answer::Verified("allowed") { Ok(()) } else { Err(format!("not in: {used:?}")) }
}

fn reopen(world: &mut World, n: usize) {
    world.clear_counters();
    let contact = world.contact_of_user();
    world.perform(&Act::Open { sign_in: n, ticket: None, contact, browser: None });
}

/// A good answer to the last question of a sign-in. Of five authenticators, two can be copied.
fn press(device: usize, answers: usize) -> Press {
    let can_be_copied = device % 5 == 1 || device % 5 == 4;
    let counter = u32::from(device == 200) * u32::try_from(answers).unwrap();
    let counter = if can_be_copied { 0 } else { 1_000 + counter };
    Press {
        device,
        answers,
        counter,
        is_verified: true,
        can_be_copied,
        is_copied: false,
        flaw: None,
    }
}

#[test]
fn s11_nothing_issued_before_a_reset_or_an_erasure_works_after_it() {
    let mails_links = [Preset::Managed, Preset::Modern, Preset::PasskeyFirst];
    for preset in Preset::ALL {
        let tried = RefCell::new([0; 6]);
        let commands = match preset {
            Preset::PasskeyFirst => with_passkeys(10, 25).boxed(),
            _ => commands(20, 60).boxed(),
        };
        let drawn = (any::<bool>(), any::<bool>(), any::<bool>(), commands);
        holds(drawn, 30, |(is_enrolled, has_link, erase, commands)| {
            let mut user = Beside::new(preset);
            let first =
                if is_enrolled { [enrolled(), enrolled_in_browsers(2)].concat() } else { vec![] };
            for command in first.iter().chain(&commands) {
                user.draw(command)?;
            }
            if user.world.user().is_none() {
                return Ok(());
            }
            let passkeys = user.model.secrets().passkeys;
            // Half of the users wait for a mailed link, where the policy mails one: few of the
            // drawn commands come that far.
            if has_link {
                for command in [Command::Reset, Command::Wait(60), Command::Open(None)] {
                    user.draw(&command)?;
                }
            }
            user.draw(&Command::IssueBypass)?;
            // The notice of the reset itself carries a link that is good.
            let Secrets { freeze_links, .. } = user.model.secrets();
            user.draw(if erase { &Command::Erase } else { &Command::Reset })?;
            let before = Secrets { freeze_links, passkeys, ..user.model.secrets() };
            let Secrets { browser_tokens, tickets, bypass_codes, apps, codes, passkeys, .. } =
                &before;
            let secrets = [tickets, bypass_codes, apps].map(Vec::len);
            let [tickets, bypass_codes, apps] = secrets;
            let (tokens, passkeys) = (browser_tokens.len(), passkeys.len());
            let counts = [tokens, tickets, bypass_codes, apps, codes.len(), passkeys];
            tried.borrow_mut().iter_mut().zip(counts).for_each(|(sum, more)| *sum += more);
            tries(&mut user.world, &before).map_err(|why| user.told(&why))
        });
        let [tokens, tickets, bypass_codes, apps, codes, passkeys] = tried.into_inner();
        assert!(tokens > 0 && bypass_codes > 0 && apps + codes > 0, "{preset:?}");
        assert_eq!(tickets > 0, mails_links.contains(&preset), "{preset:?}");
        assert_eq!(passkeys > 0, preset == Preset::PasskeyFirst);
    }
}
