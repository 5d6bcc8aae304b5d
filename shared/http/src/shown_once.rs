//! A text that one page of one session shows once. It travels sealed through the browser, so that
//! it lies in no table.

use portcullis_app::AppContext;
use portcullis_domain::{FormId, admin::SessionHash};

use crate::{
    Problem,
    cursor::{read, written},
};

/// Seals and opens what the page after one form shows to one session.
#[derive(Debug)]
pub struct ShownOnce(String);

impl ShownOnce {
    /// Seconds until it opens no more.
    pub const SECONDS: i64 = 120;

    /// The text that the page after this form shows to this session.
    pub fn of(session: &SessionHash, form: FormId) -> Self {
        Self(format!("{session} {form}"))
    }

    /// Seals a text, from now on for [`ShownOnce::SECONDS`].
    ///
    /// # Errors
    /// 503 when it cannot be sealed.
    pub async fn seal(&self, context: &AppContext, text: &str) -> Result<String, Problem> {
        let until = context.now().plus(Self::SECONDS).unix();
        let text = format!("{until} {text}");
        let sealed = context.keyring().await?.seal_shown_once(&self.0, &text, context.random()?)?;
        Ok(written(&sealed))
    }

    /// Opens it; none if it is another page's or session's, or its time is over.
    ///
    /// # Errors
    /// 503 when the keys cannot be read.
    pub async fn open(
        &self,
        context: &AppContext,
        sealed: &str,
    ) -> Result<Option<String>, Problem> {
        let Some(sealed) = read(sealed) else { return Ok(None) };
        let Ok(opened) = context.keyring().await?.open_shown_once(&self.0, &sealed) else {
            return Ok(None);
        };
        let text = opened.split_once(' ').filter(|(until, _)| {
            until.parse().is_ok_and(|until: i64| context.now().unix() < until)
        });
        Ok(text.map(|(_, text)| text.to_owned()))
    }
}
