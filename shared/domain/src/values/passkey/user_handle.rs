use crate::values::id::byte_id;

byte_id!(
    /// The name that authenticators know a user of a portal by: a keyed hash, so that whoever finds
    /// an authenticator learns nothing of its owner.
    UserHandle, 32, "the user handle"
);
