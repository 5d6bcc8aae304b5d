use portcullis_domain::{
    Locale, Named,
    user::{EntryKind, Unsent},
};

use crate::catalogue::text;

pub(crate) fn notice_text(locale: Option<&Locale>, change: &Unsent) -> String {
    let what = text(locale, &notice_key(change.kind), &[]);
    match change.count {
        0 | 1 => what,
        more => {
            let filled_in = [("what", what.as_str()), ("count", &more.to_string())];
            text(locale, "notice-times", &filled_in)
        }
    }
}

/// Returns the key of the text that tells a user of a change: `notice-` and the name of its kind.
pub(crate) fn notice_key(kind: EntryKind) -> String {
    if kind.is_notified() {
        format!("notice-{}", kind.name().replace('_', "-"))
    } else {
        "notice-other".to_owned()
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use portcullis_domain::Timestamp;

    /// A change that was made so often.
    pub(crate) fn change(kind: EntryKind, count: u32) -> Unsent {
        let now = Timestamp::from_unix(1_800_000_000);
        Unsent { kind, count, newest: now, since: now, due: now, claim: None }
    }
}
