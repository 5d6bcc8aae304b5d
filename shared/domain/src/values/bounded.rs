//! Whole numbers within bounds.

/// Declares numbers that are always within their bounds, both of which are included.
macro_rules! bounded {
    ($($(#[$doc:meta])* $type:ident($number:ty) from $least:literal to $most:literal:
        $what:literal, $why:literal;)*) => {
        $($(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub struct $type($number);

        impl $type {
            pub const MOST: Self = Self($most);

            /// Takes a number.
            ///
            /// # Errors
            /// [`crate::Malformed`] for one that is not within the bounds.
            pub fn parse(number: $number) -> Result<Self, $crate::Malformed> {
                if ($least..=$most).contains(&number) {
                    Ok(Self(number))
                } else {
                    Err($crate::Malformed::new($what, $why))
                }
            }

            pub const fn number(self) -> $number {
                self.0
            }
        }

        impl From<$type> for $number {
            fn from(bounded: $type) -> Self {
                bounded.0
            }
        }

        impl TryFrom<$number> for $type {
            type Error = $crate::Malformed;
            fn try_from(number: $number) -> Result<Self, $crate::Malformed> {
                Self::parse(number)
            }
        })*
    };
}
pub(crate) use bounded;
