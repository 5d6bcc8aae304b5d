//! Time, always an argument: this crate has no clock.

/// A moment, in whole seconds since the Unix epoch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

impl Timestamp {
    /// The moment `seconds` after the Unix epoch.
    pub const fn from_unix(seconds: i64) -> Self {
        Self(seconds)
    }

    pub const fn unix(self) -> i64 {
        self.0
    }

    #[must_use]
    pub const fn plus(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds))
    }

    /// Seconds from `earlier` until this moment; negative when `earlier` is later.
    pub const fn since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }

    /// The TOTP time step this moment lies in (RFC 6238, section 4.2: T0 = 0, X = 30 s).
    pub const fn totp_step(self) -> u64 {
        self.0.div_euclid(30).unsigned_abs()
    }

    /// The number of the UTC day this moment lies in.
    pub const fn day(self) -> i64 {
        self.0.div_euclid(86_400)
    }
}
