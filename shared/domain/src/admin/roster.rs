//! The list of operators, in one item, so that the last two cannot be removed at the same time.

use super::Role;
use crate::{Locator, Refusal, portal::KeyHash};

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Roster {
    pub operators: Vec<Locator>,
    /// The set-up secrets that made one, oldest first. A deployment with another one can make
    /// another.
    pub used: Vec<KeyHash>,
}

impl Roster {
    pub const OPERATORS: usize = 20;

    /// Takes down the role an admin has now.
    ///
    /// # Errors
    /// [`Refusal::LastOperator`] when the last operator would become something else,
    /// [`Refusal::TooManyOperators`].
    pub fn note(&mut self, admin: Locator, role: &Role) -> Result<(), Refusal> {
        if *role != Role::Operator {
            return self.forget(admin);
        }
        if self.operators.contains(&admin) {
            return Ok(());
        }
        if self.operators.len() >= Self::OPERATORS {
            return Err(Refusal::TooManyOperators);
        }
        self.operators.push(admin);
        Ok(())
    }

    /// Strikes an admin out.
    ///
    /// # Errors
    /// [`Refusal::LastOperator`] when nobody would be left.
    pub fn forget(&mut self, admin: Locator) -> Result<(), Refusal> {
        if self.operators == [admin] {
            return Err(Refusal::LastOperator);
        }
        self.operators.retain(|operator| *operator != admin);
        Ok(())
    }

    /// Returns true if the set-up secret with this hash can still make an operator: each secret
    /// does it once, also if it is deployed again later.
    pub fn is_armed(&self, secret: &KeyHash) -> bool {
        !self.used.contains(secret)
    }

    /// Takes down that a set-up secret made an operator.
    ///
    /// # Errors
    /// [`Refusal::SetUpSecretRefused`] if it did before.
    pub fn disarm(&mut self, secret: KeyHash) -> Result<(), Refusal> {
        if !self.is_armed(&secret) {
            return Err(Refusal::SetUpSecretRefused);
        }
        self.used.push(secret);
        Ok(())
    }
}
