//! Forms with members that a newer release may add. What is not known is kept as it was found, and
//! written back.

use portcullis_domain::{Malformed, UnknownMembers};

/// Declares a form: a JSON object whose members are left out while they are what an absent one
/// means, with the members that are not known beside them.
macro_rules! members {
    ($(#[$doc:meta])* $vis:vis struct $form:ident {
        $($(#[$of:meta])* $name:literal $field:ident: $type:ty,)*
    }) => {
        $(#[$doc])*
        #[derive(Clone, Default, PartialEq)]
        $vis struct $form {
            $($(#[$of])* $field: $type,)*
            unknown: portcullis_domain::UnknownMembers,
        }

        impl serde::Serialize for $form {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                use serde::ser::{Error, SerializeMap};
                let mut map = serializer.serialize_map(None)?;
                $(if !$crate::stored::is_default(&self.$field) {
                    map.serialize_entry($name, &self.$field)?;
                })*
                for (name, value) in self.unknown.found() {
                    let value: &serde_json::value::RawValue =
                        serde_json::from_str(value).map_err(S::Error::custom)?;
                    map.serialize_entry(name, value)?;
                }
                map.end()
            }
        }

        impl<'de> serde::Deserialize<'de> for $form {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Members;

                impl<'de> serde::de::Visitor<'de> for Members {
                    type Value = $form;

                    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        f.write_str(stringify!($form))
                    }

                    fn visit_map<A: serde::de::MapAccess<'de>>(
                        self,
                        mut map: A,
                    ) -> Result<$form, A::Error> {
                        let (mut form, mut unknown) = ($form::default(), vec![]);
                        while let Some(name) = map.next_key::<String>()? {
                            match name.as_str() {
                                $($name => form.$field = map.next_value()?,)*
                                _ => {
                                    let value: Box<serde_json::value::RawValue> =
                                        map.next_value()?;
                                    unknown.push((name, value.get().to_owned()));
                                }
                            }
                        }
                        form.unknown = portcullis_domain::UnknownMembers::new(unknown);
                        Ok(form)
                    }
                }

                deserializer.deserialize_map(Members)
            }
        }
    };
}
pub(super) use members;

/// Refuses members that are not known in a part that carries none along.
pub(super) fn nothing_else(unknown: &UnknownMembers) -> Result<(), Malformed> {
    let malformed = Malformed { what: "a part of an item", why: "has a member that is not known" };
    if unknown.found().is_empty() { Ok(()) } else { Err(malformed) }
}
