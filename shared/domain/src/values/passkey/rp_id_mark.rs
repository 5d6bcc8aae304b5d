use super::RpId;
use fnv::FnvHasher;
use std::hash::Hasher as _;

/// A short mark of an RP id, for lists and counts, where the whole domain has no room. Nothing that
/// a sign-in decides rests on it: a passkey itself names its whole domain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RpIdMark(u32);

impl RpIdMark {
    /// Returns the FNV-1a hash of the domain, folded to 32 bits.
    pub fn of(rp_id: &RpId) -> Self {
        let mut hasher = FnvHasher::default();
        hasher.write(rp_id.as_str().as_bytes());
        let [a, b, c, d, low @ ..] = hasher.finish().to_be_bytes();
        Self(u32::from_be_bytes([a, b, c, d]) ^ u32::from_be_bytes(low))
    }

    /// Takes a mark as it was kept.
    pub const fn from_number(number: u32) -> Self {
        Self(number)
    }

    pub const fn number(self) -> u32 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn p4_each_domain_has_a_mark_that_never_changes() {
        for (domain, mark) in [
            ("localhost", 0xd892_964e),
            ("example.com", 0x194f_52a5),
            ("login.example.com", 0x77d5_bd8b),
            ("example.org", 0xfc18_df32),
        ] {
            let mark_of = RpIdMark::of(&RpId::parse(domain).unwrap());
            assert_eq!(mark_of, RpIdMark::from_number(mark), "{domain} {:#x}", mark_of.number());
        }
    }
}
