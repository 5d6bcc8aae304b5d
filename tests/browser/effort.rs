//! The work of whoever uses pages: counted, to hold how much a job takes.

use std::sync::Mutex;

/// The effort of a job so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Effort {
    /// Links, buttons and boxes that were pressed.
    pub clicks: usize,
    /// Pages that came after a press.
    pub pages: usize,
    /// Fields that were typed into, or chosen from a list.
    pub fields: usize,
}

#[derive(Debug, Default)]
pub(super) struct Counter(Mutex<Effort>);

impl Counter {
    pub(super) fn click(&self) {
        self.0.lock().unwrap().clicks += 1;
    }

    pub(super) fn page(&self) {
        self.0.lock().unwrap().pages += 1;
    }

    pub(super) fn field(&self) {
        self.0.lock().unwrap().fields += 1;
    }

    /// Returns what was counted since the last call.
    pub(super) fn take(&self) -> Effort {
        std::mem::take(&mut *self.0.lock().unwrap())
    }
}
