use askama::Template;
use portcullis_http::wire::admin::{SessionDetail, SessionList};

use crate::{Frame, words::at};

#[derive(Template)]
#[template(path = "sessions/page.html")]
pub struct Sessions {
    pub frame: Frame,
    pub list: SessionList,
}

impl Sessions {
    fn device(&self, session: &SessionDetail) -> String {
        let device = session.device.as_ref().map(ToString::to_string);
        device.unwrap_or_else(|| self.frame.say("console-sessions-unknown-device"))
    }

    fn others(&self) -> bool {
        self.list.active.iter().chain(&self.list.pending).any(|session| !session.this)
    }
}
