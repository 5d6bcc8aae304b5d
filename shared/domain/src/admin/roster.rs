//! The list of operators, in one item, so that the last two cannot be removed at the same time.

use super::Role;
use crate::{Locator, Refusal, portal::KeyHash};

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Roster {
    pub operators: Vec<Locator>,
    /// The set-up secret that made one; a deployment with another one can make another.
    pub used: Option<KeyHash>,
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
    /// that is deployed does it once.
    pub fn is_armed(&self, secret: &KeyHash) -> bool {
        self.used.as_ref() != Some(secret)
    }
}
