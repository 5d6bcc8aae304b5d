//! The purposes of sign-ins, as types: nobody is signed in by what the settings answer.

use crate::{assertion::Facts, wire::EventName};
use std::ops::Deref;

/// A purpose of sign-ins: [`SignIn`] or [`Manage`].
pub trait Purpose: Sealed<Made = Self::Outcome> + Send + Sync + 'static {
    /// The result of a sign-in of this purpose.
    type Outcome: Deref<Target = Facts> + Send;
}

/// Only the types of this library are purposes, and only this library makes their outcomes.
pub trait Sealed {
    type Made;

    /// Returns true for the events that are opened for this purpose.
    fn covers(event: &EventName) -> bool;

    fn made(facts: Facts) -> Self::Made;
}

/// The user signs in.
#[derive(Clone, Copy, Debug)]
pub enum SignIn {}

/// A user who is signed in changes what is set up.
#[derive(Clone, Copy, Debug)]
pub enum Manage {}

/// A user who is in. Begin a session of your own with it, under a new session id.
#[derive(Clone, Debug)]
pub struct SignedIn(Facts);

/// A user who comes back from the settings. It is no sign-in: the user was signed in before, and
/// `changed` says what was done.
#[derive(Clone, Debug)]
pub struct Managed(Facts);

impl Sealed for SignIn {
    type Made = SignedIn;

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

impl Sealed for Manage {
    type Made = Managed;

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

impl Deref for SignedIn {
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
