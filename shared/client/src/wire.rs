//! The types of the OpenAPI document, for the calls of portals.
//!
//! The document (`GET /v1/openapi.json`) says what each member means. Words are added within a
//! version: one that this release does not know is kept as `Other`.

/// Makes the types of words.
macro_rules! words {
    ($($(#[$about:meta])* $name:ident { $($word:literal => $variant:ident,)* })*) => {$(
        $(#[$about])*
        #[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
        #[serde(from = "String", into = "String")]
        #[non_exhaustive]
        pub enum $name {
            $($variant,)*
            /// A word of a later release.
            Other(String),
        }

        impl $name {
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $word,)*
                    Self::Other(word) => word,
                }
            }
        }

        impl From<String> for $name {
            fn from(word: String) -> Self {
                match word.as_str() {
                    $($word => Self::$variant,)*
                    _ => Self::Other(word),
                }
            }
        }

        impl From<$name> for String {
            fn from(name: $name) -> Self {
                name.as_str().to_owned()
            }
        }
    )*};
}

/// Prints a type's name in place of the secrets in it.
macro_rules! unprintable {
    ($name:ident) => {
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_struct(stringify!($name)).finish_non_exhaustive()
            }
        }
    };
}
pub(crate) use unprintable;

mod answers;
mod requests;
mod words;

pub use answers::*;
pub use requests::*;
pub use words::*;
