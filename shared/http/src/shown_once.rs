//! A text that one page shows once to one session. The browser carries it sealed, so that it is in
//! no table.

use portcullis_app::AppContext;
use portcullis_domain::{FormId, admin::SessionHash};

use crate::{
    Problem,
    cursor::{decode, encode},
};

/// Seals and opens the text that the page after one form shows to one session.
#[derive(Debug)]
pub struct ShownOnce(String);

impl ShownOnce {
    /// Seconds until it can no longer be opened.
    pub const SECONDS: i64 = 120;

    pub fn of(session: &SessionHash, form: FormId) -> Self {
        Self(format!("{session} {form}"))
    }

    /// Seals a text for [`ShownOnce::SECONDS`] from now on.
    pub async fn seal(&self, context: &AppContext, text: &str) -> Result<String, Problem> {
        let until = context.now().plus(Self::SECONDS).unix();
        let text = format!("{until} {text}");
        let sealed = context.keyring().await?.seal_shown_once(&self.0, &text, context.random()?)?;
        Ok(encode(&sealed))
    }

    /// Opens the text, or returns `None` if it belongs to another page or session, or has expired.
    pub async fn open(
        &self,
        context: &AppContext,
        sealed: &str,
    ) -> Result<Option<String>, Problem> {
        let Some(sealed) = decode(sealed) else { return Ok(None) };
        let Ok(opened) = context.keyring().await?.open_shown_once(&self.0, &sealed) else {
            return Ok(None);
        };
        let text = opened.split_once(' ').filter(|(until, _)| {
            until.parse().is_ok_and(|until: i64| context.now().unix() < until)
        });
        Ok(text.map(|(_, text)| text.to_owned()))
    }
}
