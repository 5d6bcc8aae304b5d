//! Authenticators as they are drawn: each number is one of a kind.

use crate::{Act, Flaw, Model, Press};

/// An answer as it is drawn.
#[derive(Clone, Debug)]
pub struct DrawnPress {
    pub device: Device,
    /// The sign-in whose question it answers, if not the one that it is given in.
    pub answers: Option<usize>,
    pub count: Count,
    pub flaw: Option<Flaw>,
    /// Another passkey is under the id: one that can be copied, and the other cannot.
    pub is_swapped: bool,
}

#[derive(Clone, Copy, Debug)]
pub enum Device {
    /// One that the user has bound, by its place.
    Bound(usize),
    Numbered(usize),
}

/// The counter that an authenticator says.
#[derive(Clone, Copy, Debug)]
pub enum Count {
    Next,
    /// As many as the last time, or fewer.
    Back(u32),
    None,
}

impl DrawnPress {
    /// An answer that is all that was asked for.
    pub const fn good(device: Device) -> Self {
        Self { device, answers: None, count: Count::Next, flaw: None, is_swapped: false }
    }
}

impl Model {
    pub(crate) fn using(&self, n: usize, answers: usize, drawn: &DrawnPress) -> Act {
        Act::UsePasskey(n, self.press(answers, drawn))
    }

    /// There is no signature over the making of one, and no handle in it.
    pub(crate) fn making(&self, n: usize, answers: usize, drawn: &DrawnPress) -> Act {
        let press = self.press(answers, drawn);
        let flaw = press.flaw.filter(|flaw| !matches!(flaw, Flaw::Signature | Flaw::Handle));
        Act::MakePasskey(n, Press { flaw, ..press })
    }

    fn press(&self, answers: usize, drawn: &DrawnPress) -> Press {
        let bound = || self.bound_now().filter_map(|bound| bound.passkey);
        let number = match drawn.device {
            Device::Bound(place) => bound().nth(place).map_or(0, |kept| kept.device),
            Device::Numbered(number) => number + 10 * self.passkeys.domain,
        };
        let last = bound().find(|kept| kept.device == number).map_or(0, |kept| kept.counter);
        // One in five each: plain, copied, without a check of the person, without a counter, and
        // one that could be copied.
        let kind = number % 5;
        let is_synced = kind == 1;
        let counter = match drawn.count {
            _ if is_synced || kind == 3 => 0,
            Count::Next => last + 1,
            Count::Back(by) => last.saturating_sub(by),
            Count::None => 0,
        };
        let can_be_copied = (is_synced || kind == 4) != drawn.is_swapped;
        Press {
            device: number,
            answers,
            counter,
            is_verified: kind != 2,
            can_be_copied,
            is_copied: is_synced && can_be_copied,
            flaw: drawn.flaw,
        }
    }
}
