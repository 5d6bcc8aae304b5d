use askama::Template;
use portcullis_domain::sign_in::within_session::OwnSecondStep;

use crate::Frame;

/// The page of an admin's own second step, from which the settings at the prompt are opened.
#[derive(Template)]
#[template(path = "second_step/page.html")]
pub struct SecondStep {
    pub frame: Frame,
    pub own: OwnSecondStep,
}

impl SecondStep {
    fn names(&self) -> Vec<String> {
        self.own.bound.iter().map(|one| self.frame.words.authenticator(one)).collect()
    }
}
