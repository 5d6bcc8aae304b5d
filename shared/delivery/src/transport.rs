//! The way of a message to a provider.

use crate::SendReport;

/// The seconds after which the outcome of a send counts as unknown.
pub const SEND_SECONDS: u64 = 5;

/// A way to send messages of one kind, with one try: no provider here takes a token that would make
/// a second try harmless.
pub trait Transport<M> {
    /// Hands over one message, and says what is known of it then.
    fn send(&self, message: &M) -> impl Future<Output = SendReport> + Send;
}
