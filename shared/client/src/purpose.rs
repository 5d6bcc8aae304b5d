//! The purposes of sign-ins, as types: nobody is signed in by what the settings answer.

use crate::{assertion::Facts, wire::EventName};
use std::ops::Deref;

/// A purpose of sign-ins: [`SignIn`], [`Manage`] or [`StepUp`].
pub trait Purpose: Sealed<Made = Self::Outcome> + Send + Sync + 'static {
    /// The result of a sign-in of this purpose.
    type Outcome: Deref<Target = Facts> + Send;
}

/// Only the types of this library are purposes, and only this library makes their outcomes.
pub trait Sealed {
    type Made;

    const OUTCOMES: Outcomes;

    /// Returns true for the events that are opened for this purpose.
    fn covers(event: &EventName) -> bool;

    fn made(facts: Facts) -> Self::Made;
}

/// A purpose whose pages need no intent: every purpose but [`StepUp`].
pub trait WithoutIntent: Purpose {}

/// The number of outcomes that one opening has, if its user goes on after the first.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Outcomes {
    /// Somebody else may hold the browser by then: what follows brings no second one.
    One,
    /// Each change has one, which signs nobody in.
    Many,
}

/// The user signs in.
#[derive(Clone, Copy, Debug)]
pub enum SignIn {}

/// A user who is signed in changes what is set up.
#[derive(Clone, Copy, Debug)]
pub enum Manage {}

/// A user who is signed in proves it once more, before something that matters.
#[derive(Clone, Copy, Debug)]
pub enum StepUp {}

/// A user who is in. Begin a session of your own with it, under a new session id.
#[derive(Clone, Debug)]
pub struct SignedIn(Facts);

/// A user who comes back from the settings. It is no sign-in: the user was signed in before, and
/// `changed` says what was done.
#[derive(Clone, Debug)]
pub struct Managed(Facts);

/// A proof for one intent, as strong as was asked for. It is no sign-in: act on it once.
#[derive(Clone, Debug)]
pub struct SteppedUp(Facts);

impl Sealed for SignIn {
    type Made = SignedIn;
    const OUTCOMES: Outcomes = Outcomes::One;

    fn covers(event: &EventName) -> bool {
        [EventName::Login, EventName::Invitation].contains(event)
    }

    fn made(facts: Facts) -> SignedIn {
        SignedIn(facts)
    }
}

impl Purpose for SignIn {
    type Outcome = SignedIn;
}

impl WithoutIntent for SignIn {}

impl Sealed for Manage {
    type Made = Managed;
    const OUTCOMES: Outcomes = Outcomes::Many;

    fn covers(event: &EventName) -> bool {
        *event == EventName::Manage
    }

    fn made(facts: Facts) -> Managed {
        Managed(facts)
    }
}

impl Purpose for Manage {
    type Outcome = Managed;
}

impl WithoutIntent for Manage {}

impl Sealed for StepUp {
    type Made = SteppedUp;
    const OUTCOMES: Outcomes = Outcomes::One;

    fn covers(event: &EventName) -> bool {
        *event == EventName::StepUp
    }

    fn made(facts: Facts) -> SteppedUp {
        SteppedUp(facts)
    }
}

impl Purpose for StepUp {
    type Outcome = SteppedUp;
}

impl Deref for SignedIn {
    type Target = Facts;

    fn deref(&self) -> &Facts {
        &self.0
    }
}

impl Deref for SteppedUp {
    type Target = Facts;

    fn deref(&self) -> &Facts {
        &self.0
    }
}

impl Deref for Managed {
    type Target = Facts;

    fn deref(&self) -> &Facts {
        &self.0
    }
}
