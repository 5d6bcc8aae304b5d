use askama::Template;
use portcullis_http::wire::admin::{SessionDetail, SessionList};

use crate::{Frame, words::at};

#[derive(Template)]
#[template(path = "sessions/page.html")]
pub struct Sessions {
    pub frame: Frame,
    pub list: SessionList,
}

fn device(session: &SessionDetail) -> String {
    match &session.device {
        Some(device) => device.to_string(),
        None => "An unknown device".to_owned(),
    }
}

impl Sessions {
    fn others(&self) -> bool {
        self.list.active.iter().chain(&self.list.pending).any(|session| !session.this)
    }
}
