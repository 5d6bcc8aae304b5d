//! Forms of the console that were acted on, kept in the item they acted on: each acts once, however
//! often it is sent.

use crate::{Refusal, Timestamp, limits, values::id::byte_id};

byte_id!(
    /// One form of the console, as one page served it.
    FormId, 12, "the form"
);

/// The forms that an item was changed by, oldest first. They are written with the change itself,
/// under its condition, so that of two requests with one form only one can act.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Acted(Vec<(FormId, Timestamp)>);

impl Acted {
    pub const fn from_kept(forms: Vec<(FormId, Timestamp)>) -> Self {
        Self(forms)
    }

    pub fn kept(&self) -> &[(FormId, Timestamp)] {
        &self.0
    }

    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub const fn len(&self) -> usize {
        self.0.len()
    }

    /// Drops the forms whose sessions are over.
    pub fn tidy(&mut self, now: Timestamp) {
        self.0.retain(|(_, at)| now < at.plus(limits::ADMIN_SESSION_SECONDS));
    }

    pub fn check(&self, form: Option<FormId>) -> Result<(), Refusal> {
        let is_known = form.is_some_and(|form| self.0.iter().any(|(known, _)| *known == form));
        if is_known { Err(Refusal::FormUsed) } else { Ok(()) }
    }

    /// Takes down the form that is acted on, if it is one: calls of programs have none. A form is
    /// of no use after its session, so it is kept as long as one lasts.
    ///
    /// # Errors
    /// [`Refusal::FormUsed`] if it was acted on before.
    pub fn note(&mut self, form: Option<FormId>, now: Timestamp) -> Result<(), Refusal> {
        self.check(form)?;
        self.tidy(now);
        self.0.extend(form.map(|form| (form, now)));
        let surplus = self.0.len().saturating_sub(limits::FORMS_KEPT);
        self.0.drain(..surplus);
        Ok(())
    }
}

impl Acted {
    /// Lets a form act again, because what it asked for was not done.
    pub fn forget(&mut self, form: Option<FormId>) {
        self.0.retain(|(known, _)| Some(*known) != form);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_unix(1_800_000_000);

    fn form(byte: u8) -> Option<FormId> {
        Some(FormId::new([byte; 12]))
    }

    #[test]
    fn s42_a_form_acts_once_as_long_as_its_session_can_last() {
        let mut acted = Acted::default();
        assert_eq!((acted.note(form(1), NOW), acted.note(form(2), NOW)), (Ok(()), Ok(())));
        let last = NOW.plus(limits::ADMIN_SESSION_SECONDS - 1);
        assert_eq!(acted.note(form(1), last), Err(Refusal::FormUsed));
        assert_eq!((acted.check(form(2)), acted.check(form(3))), (Err(Refusal::FormUsed), Ok(())));
        assert_eq!(acted.note(None, last.plus(1)), Ok(()));
        assert!(acted.is_empty(), "its session is over");
    }

    #[test]
    fn calls_of_programs_have_no_form_and_the_newest_forms_are_kept() {
        let mut acted = Acted::default();
        assert_eq!((acted.note(None, NOW), acted.note(None, NOW)), (Ok(()), Ok(())));
        for byte in 0..20 {
            acted.note(form(byte), NOW).unwrap();
        }
        assert_eq!(acted.0.len(), limits::FORMS_KEPT);
        assert_eq!((acted.check(form(19)), acted.check(form(0))), (Err(Refusal::FormUsed), Ok(())));
    }
}
