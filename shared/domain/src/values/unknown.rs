//! Members that only a newer release knows. They are carried along, and never looked into.

use std::fmt;

/// The members of a stored thing that this release does not know, as they were found: each with its
/// name, and its value in the stored form. They are written back unchanged.
///
/// The first letter of a name says what may be done without knowing the member. A small letter is a
/// `may`: the member is ignored. A capital letter is a `must`: the member is an authority or a
/// restriction, and nothing is decided without it.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct UnknownMembers(Vec<(String, String)>);

impl UnknownMembers {
    pub const fn new(found: Vec<(String, String)>) -> Self {
        Self(found)
    }

    /// Returns each name with its value, in the order they were found.
    pub fn found(&self) -> &[(String, String)] {
        &self.0
    }

    /// Returns true if nothing can be decided without knowing one of them.
    pub fn need_a_newer_release(&self) -> bool {
        self.0.iter().any(|(name, _)| name.starts_with(|first: char| first.is_ascii_uppercase()))
    }
}

/// A value may be a secret, so it is never printed.
impl fmt::Debug for UnknownMembers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("UnknownMembers")
    }
}

/// An authenticator, or a saved default, of a kind that only a newer release knows. It guards the
/// door as every other one does, and cannot be used: a user who has nothing else is denied.
#[derive(Clone, PartialEq, Eq)]
pub struct UnknownBound {
    pub kind: u16,
    pub generation: u32,
    /// Everything else of it, in the stored form.
    pub value: String,
}

/// The value may hold a secret, so it is never printed.
impl fmt::Debug for UnknownBound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("UnknownBound")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_capital_letter_says_that_nothing_is_decided_without_it_and_values_are_not_printed() {
        let members = |name: &str| {
            UnknownMembers::new(vec![
                ("a".to_owned(), "1".to_owned()),
                (name.to_owned(), "2".to_owned()),
            ])
        };
        for (name, must) in
            [("frozen", false), ("Frozen", true), ("fR", false), ("", false), ("É", false)]
        {
            assert_eq!(members(name).need_a_newer_release(), must, "{name}");
        }
        let bound = UnknownBound { kind: 9, generation: 1, value: "secret".to_owned() };
        assert_eq!(format!("{:?} {bound:?}", members("x")), "UnknownMembers UnknownBound");
    }
}
