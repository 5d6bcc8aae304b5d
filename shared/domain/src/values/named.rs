//! Choices that have one name each: the same in the API, in the table and in the log.

/// One of several choices, each with a name.
pub trait Named: Copy + 'static {
    const ALL: &'static [Self];

    fn name(self) -> &'static str;

    /// Returns the choice of this name, if there is one.
    fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|choice| choice.name() == name)
    }
}

/// Implements [`Named`], with a name for each choice.
macro_rules! named {
    ($($type:ident { $($choice:ident: $name:literal),+ $(,)? })*) => {
        $(impl $crate::values::Named for $type {
            const ALL: &'static [Self] = &[$(Self::$choice),+];

            fn name(self) -> &'static str {
                match self { $(Self::$choice => $name),+ }
            }
        })*
    };
}
pub(crate) use named;
