//! Makes each AWS call of a user's step fail in every way, and compares with the reference model:
//! the step was taken once or not at all, after one retry the two agree in every answer, message,
//! entry and notice, and nobody else was touched. These are invariants 1 to 10 and 13.

use crate::harness::{Driver, Fault, Users, World, shown};
use portcullis_domain::{Named, PortalId, Timestamp, UserId, limits, portal::LogPartitions};
use portcullis_model::{
    Act, Answer, Command, Given, Guess,
    Method::{Email, Sms},
    Model, Preset, View,
};
use portcullis_store::LogPlace;
use std::collections::BTreeMap;

pub struct Scenario {
    pub name: &'static str,
    pub preset: Preset,
    pub users: Users,
    pub before: Vec<Command>,
    pub step: Command,
}

pub(super) fn verify(guess: Guess) -> Command {
    Command::Verify { sign_in: 0, guess, by: None, make_default: false }
}

pub(super) const APP: Guess = Guess::App(0, 0);

/// Returns every step of a user that can change something.
pub fn scenarios() -> Vec<Scenario> {
    use Command::{
        Challenge, ClearSkip, Confirm, Enrol, Erase, IssueBypass, Look, Open, OptIn, Reset,
        SetContact, Skip, Switch, Unlock, UnsetDefault, Wait,
    };
    let app = || Enrol(0, portcullis_model::Method::App, false);
    let with_app = || vec![Open(None), app(), Confirm(0, APP), Wait(30)];
    let with_number =
        || vec![Open(None), Enrol(0, Sms, false), Confirm(0, Guess::Here(0)), Wait(30)];
    let and = |mut before: Vec<Command>, more: Vec<Command>| {
        before.extend(more);
        before
    };
    let users = Users::AsThePresetSays;
    let scenario = |name, preset, before, step| Scenario { name, preset, users, before, step };
    let wrong = || verify(Guess::Wrong);
    let default =
        Command::Verify { sign_in: 0, guess: Guess::Here(0), by: None, make_default: true };
    let with_default = vec![Open(None), Challenge(0, Email), default];
    let locked = || and(with_app(), vec![Open(None), wrong(), wrong(), wrong(), wrong(), wrong()]);
    vec![
        scenario("open", Preset::App, with_app(), Open(None)),
        scenario("open and send", Preset::OwnNumber, with_number(), Open(None)),
        scenario("open and mail a link", Preset::Managed, and(with_app(), vec![Reset]), Open(None)),
        scenario(
            "look where nothing is asked any more",
            Preset::App,
            vec![Open(None), Switch(false)],
            Look(0),
        ),
        scenario("email a code", Preset::AlwaysOn, vec![Open(None)], Challenge(0, Email)),
        scenario("text a code", Preset::AlwaysOn, vec![Open(None)], Challenge(0, Sms)),
        scenario(
            "a right code of an app",
            Preset::App,
            and(with_app(), vec![Open(None), wrong()]),
            verify(APP),
        ),
        scenario(
            "a right code that was sent",
            Preset::AlwaysOn,
            vec![Open(None), Challenge(0, Email)],
            verify(Guess::Here(0)),
        ),
        scenario("a wrong code", Preset::App, and(with_app(), vec![Open(None), wrong()]), wrong()),
        scenario(
            "the last wrong code",
            Preset::App,
            and(with_app(), vec![Open(None), wrong(), wrong(), wrong(), wrong()]),
            wrong(),
        ),
        scenario("enrol an app", Preset::App, vec![Open(None)], app()),
        scenario("confirm an app", Preset::App, vec![Open(None), app()], Confirm(0, APP)),
        scenario("enrol a number", Preset::OwnNumber, vec![Open(None)], Enrol(0, Sms, false)),
        scenario(
            "confirm a number",
            Preset::OwnNumber,
            vec![Open(None), Enrol(0, Sms, false)],
            Confirm(0, Guess::Here(0)),
        ),
        scenario("skip", Preset::OwnNumberOrNone, vec![Open(None)], Skip(0)),
        scenario("opt in", Preset::OwnNumberOrNone, vec![Open(None), Skip(0)], OptIn),
        scenario("unset the default", Preset::AppOrEmail, with_default, UnsetDefault),
        scenario("change the contact record", Preset::AlwaysOn, vec![Open(None)], SetContact(3)),
        scenario("reset", Preset::App, with_app(), Reset),
        scenario("erase", Preset::App, with_app(), Erase),
        scenario("unlock", Preset::App, locked(), Unlock),
        scenario("clear a skip", Preset::OwnNumberOrNone, vec![Open(None), Skip(0)], ClearSkip),
        scenario(
            "issue a bypass code",
            Preset::App,
            and(with_app(), vec![Open(None)]),
            IssueBypass,
        ),
        scenario(
            "a bypass code",
            Preset::App,
            and(with_app(), vec![Open(None), IssueBypass]),
            verify(Guess::Bypass(0)),
        ),
    ]
}

/// A user in a scenario, beside the model.
pub struct Traveller<'a> {
    world: &'a World,
    driver: Driver<'a>,
    model: Model,
    step: Act,
}

impl<'a> Traveller<'a> {
    /// Brings a user up to the step.
    pub async fn before_the_step(world: &'a World, scenario: &Scenario) -> Self {
        let (mut driver, persona) = Driver::new(world, scenario.preset);
        driver.make_neighbour().await;
        if scenario.preset != Preset::AlwaysOn {
            driver.perform(&Act::Switch(true)).await;
        }
        let mut model = scenario.users.model(Model::new(scenario.preset, persona, shown, true));
        for command in &scenario.before {
            let act = model.next(command, now(world)).unwrap();
            let given = driver.perform(&act).await;
            model.heard(given).unwrap_or_else(|why| panic!("{}: {act:?}\n{why}", scenario.name));
        }
        // The operator's second step is no part of the step.
        if matches!(scenario.step, Command::IssueBypass) {
            world.prove_operator().await;
        }
        let step = model.clone().next(&scenario.step, now(world)).unwrap();
        Self { world, driver, model, step }
    }

    /// Takes the step without a fault.
    pub async fn step(&mut self) -> Answer {
        self.driver.perform(&self.step).await.answer
    }

    /// Takes the step with a fault, and again if it failed; the result must agree with one of the
    /// possible outcomes.
    async fn through(mut self, fault: Fault, skip: u32, times: u32) -> Result<(), String> {
        let gone = self.world.aws.fault(fault, skip, times);
        let step = self.step.clone();
        let mut first = tokio::select! {
            given = self.driver.perform(&step) => Some(given),
            () = gone.notified() => None,
        };
        self.world.aws.mend();
        if first.is_none() {
            // What the process sent before it was gone.
            let messages = self.driver.messages();
            let answer = Answer::Refused("gone", None);
            first = Some(Given {
                answer,
                messages,
                secret: None,
                recovery_codes: vec![],
                browser_token: None,
                claims: None,
            });
        }
        let first = first.unwrap();
        let mut once = self.model.clone();
        once.begin(&step, now(self.world));
        if Some(&first.answer) == once.expected() {
            once.survived(first)?;
            return self.agrees_with(vec![("it was done", once)]).await;
        }
        if let (Answer::View(seen), Some(Answer::View(wanted))) = (&first.answer, once.expected())
            && *seen == (View { awaited: None, ..wanted.clone() })
        {
            // It is open, and says that no code is on its way.
            once.refused_by_provider();
            once.survived(first)?;
            return self.agrees_with(vec![("it was opened and nothing sent", once)]).await;
        }
        let honest = ["gone", "unavailable", "conflict", "delivery_failed"];
        if !matches!(&first.answer, Answer::Refused(code, _) if honest.contains(code)) {
            return Err(format!("a failure was told as {:?}", first.answer));
        }
        once.survived(Given { secret: None, browser_token: None, ..first })?;
        let second = self.driver.perform(&step).await;
        let mut ways = vec![];
        for (how, mut model) in
            [("it had not been done", self.model.clone()), ("it had been done", once)]
        {
            model.begin(&step, now(self.world));
            if model.expected() == Some(&second.answer) {
                model.survived(second.clone())?;
                ways.push((how, model));
            }
        }
        if ways.is_empty() {
            return Err(format!("the retry was answered {:?}", second.answer));
        }
        self.agrees_with(ways).await
    }

    /// Takes a few more steps, and compares with each possible outcome.
    async fn agrees_with(mut self, mut ways: Vec<(&'static str, Model)>) -> Result<(), String> {
        let mut differs = vec![];
        for command in [
            Command::Look(0),
            Command::Confirm(0, Guess::Wrong),
            verify(Guess::Wrong),
            verify(APP),
            verify(Guess::Here(0)),
            verify(APP),
            Command::Open(None),
            Command::Look(0),
        ] {
            let Some(act) = ways
                .first()
                .map(|(_, model)| model.clone())
                .and_then(|mut model| model.next(&command, now(self.world)))
            else {
                continue;
            };
            let given = self.driver.perform(&act).await;
            ways.retain_mut(|(how, model)| {
                model.begin(&act, now(self.world));
                let agrees = model.expected() == Some(&given.answer);
                if !agrees {
                    differs.push(format!(
                        "{how}: {act:?}: {:?}, not {:?}",
                        given.answer,
                        model.expected()
                    ));
                }
                agrees && model.survived(given.clone()).is_ok()
            });
        }
        let activity = self.driver.activity().await;
        let judged = |entries: &[String]| -> Vec<String> {
            entries.iter().filter(|entry| !is_of_sending(entry)).cloned().collect()
        };
        ways.retain(|(how, model)| {
            let should_say: Vec<String> =
                model.activity().iter().map(|entry| (*entry).to_owned()).collect();
            let agrees = judged(&activity) == judged(&should_say);
            if !agrees {
                differs.push(format!("{how}: activity is {activity:?}\n   not {should_say:?}"));
            }
            agrees
        });
        let of = |kinds: &[&str]| {
            activity.iter().filter(|entry| kinds.contains(&entry.as_str())).count()
        };
        let outcomes = of(&[
            "code_sent",
            "code_not_sent",
            "code_unknown",
            "link_sent",
            "link_not_sent",
            "link_unknown",
        ]);
        let charged = of(&["code_requested", "link_requested"]);
        let remembered = !matches!(self.step, Act::Erase);
        // The item keeps the last ten entries: of a longer story the first charges are missing.
        let whole = activity.len() < limits::ENTRIES_KEPT;
        if whole && (outcomes > charged || (remembered && self.driver.received() > charged)) {
            return Err(format!("more was sent than was charged: {activity:?}"));
        }
        self.driver.assert_neighbour_untouched().await;
        let Some((_, model)) = ways.first() else { return Err(differs.join("\n")) };
        // A step that changed who can get in is told, whatever became of its calls.
        match model.notices() {
            told if told == self.model.notices() => Ok(()),
            told => self.driver.notices(&told).await,
        }
    }
}

/// Returns true for entries about the fate of a message, which may be missing if the process ended.
fn is_of_sending(entry: &str) -> bool {
    entry.starts_with("link_")
        || (entry.starts_with("code_")
            && ["requested", "sent", "unknown"].iter().any(|end| entry.ends_with(end)))
}

fn now(world: &World) -> i64 {
    world.now().unix()
}

/// Makes each call of a scenario fail in these rows.
async fn survives(scenario: &Scenario, rows: &[(Fault, u32)]) {
    let world = World::start().await;
    let since = world.now();
    world.lift_caps().await;
    scenario.users.change_policy(&world, scenario.preset).await;
    let mut unharmed = Traveller::before_the_step(&world, scenario).await;
    world.aws.reset();
    unharmed.step().await;
    let calls = world.aws.count();
    assert!(calls > 0, "{}: nothing was called", scenario.name);
    for skip in 0..calls {
        for &(fault, times) in rows {
            let traveller = Traveller::before_the_step(&world, scenario).await;
            let went = traveller.through(fault, skip, times).await;
            if let Err(why) = went {
                panic!("{}: call {skip} {fault:?} x {times}\n{why}", scenario.name);
            }
        }
    }
    // What an erased user's item said before is in the log alone.
    if !matches!(scenario.step, Command::Erase) {
        log_is_complete(&world, scenario.preset, since).await;
    }
}

/// Checks that every user's log equals the activity in the user's item.
async fn log_is_complete(world: &World, preset: Preset, since: Timestamp) {
    world.running.stream_is_delivered().await;
    let portal = world.portal(preset.word());
    let id = PortalId::parse(&portal.id).unwrap();
    let (context, _) = world.function().await;
    let keyring = context.keyring().await.unwrap();
    let mut logged = logged(world, &id, since).await;
    let users =
        world.admin_ok("GET", &format!("/v1/admin/portals/{}/users", portal.id), None).await;
    for user in users["users"].as_array().unwrap() {
        let user = user["id"].as_str().unwrap();
        let item = portal.get(&crate::harness::user_path("/v1/user/activity", user)).await.body;
        let events = item
            .as_array()
            .unwrap()
            .iter()
            .map(|entry| entry["event"].as_str().unwrap().to_owned());
        let mut wanted: Vec<String> = events.collect();
        wanted.sort();
        if wanted.len() >= limits::ENTRIES_KEPT {
            continue;
        }
        let locator = keyring.locator(&id, &UserId::parse(user).unwrap());
        let seen = logged.remove(&locator.to_string()).unwrap_or_default();
        assert_eq!(seen, wanted, "{user}");
    }
}

async fn logged(
    world: &World,
    portal: &PortalId,
    since: Timestamp,
) -> BTreeMap<String, Vec<String>> {
    let mut place = LogPlace::after(world.now());
    let mut by_user = BTreeMap::<String, Vec<String>>::new();
    while place.day >= since.day() {
        let lines = world
            .running
            .store
            .log_before(portal, LogPartitions::default(), &place, 1_000)
            .await
            .unwrap();
        let Some((last, _)) = lines.last().cloned() else {
            place = place.day_before();
            continue;
        };
        for (_, line) in lines {
            let kind = line.entry.kind.name().to_owned();
            by_user
                .entry(line.locator.map(|l| l.to_string()).unwrap_or_default())
                .or_default()
                .push(kind);
        }
        place = last;
    }
    by_user.values_mut().for_each(|kinds| kinds.sort());
    by_user
}

#[tokio::test(flavor = "multi_thread")]
async fn s19_whatever_becomes_of_a_call_a_users_step_is_taken_once_or_not_at_all() {
    all_survive(scenarios(), &Fault::ROWS).await;
}

pub(super) async fn all_survive(scenarios: Vec<Scenario>, rows: &[(Fault, u32)]) {
    let mut all = scenarios.into_iter();
    // Two at a time: one waits while the other computes.
    let (mut left, mut right) = (vec![], vec![]);
    while let Some(scenario) = all.next() {
        left.push(scenario);
        right.extend(all.next());
    }
    let run = async |scenarios: Vec<Scenario>| {
        for scenario in &scenarios {
            survives(scenario, rows).await;
        }
    };
    tokio::join!(run(left), run(right));
}
