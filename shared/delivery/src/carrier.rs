//! Who carries a message.

use crate::SendReport;

/// A way to get messages of one kind to people. One try, never more: no provider here takes a token that would make a
/// second try harmless.
pub trait Carrier<M> {
    /// Hands over one message, and says what is known of it then.
    fn carry(&self, message: &M) -> impl Future<Output = SendReport> + Send;
}
