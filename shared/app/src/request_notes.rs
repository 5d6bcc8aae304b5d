//! The notes of a request for its log line. The line is written many calls above the place that
//! knows these things, so they are kept with the request's task, as `tracing` keeps a span.

use portcullis_keys::SignInMark;
use std::cell::RefCell;

tokio::task_local! {
    static NOTES: RefCell<RequestNotes>;
}

/// The facts that were noted while a request was answered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RequestNotes {
    /// The sign-in that the request was about, or that it opened.
    pub sign_in: Option<SignInMark>,
    /// The writes that met another write, and were decided again.
    pub conflicts: u32,
}

impl RequestNotes {
    /// Answers a request, and returns what was noted meanwhile beside the answer.
    pub async fn of<F: Future>(answer: F) -> (F::Output, Self) {
        let answered = async {
            let answer = answer.await;
            (answer, NOTES.with(RefCell::take))
        };
        NOTES.scope(RefCell::default(), answered).await
    }
}

/// Notes the sign-in that a request is about. Outside of a request, as in `activity`, nobody asks.
pub(crate) fn note_sign_in(mark: SignInMark) {
    note(|notes| notes.sign_in = Some(mark));
}

pub(crate) fn note_conflict() {
    note(|notes| notes.conflicts = notes.conflicts.saturating_add(1));
}

fn note(change: impl FnOnce(&mut RequestNotes)) {
    // An error says that this is no request.
    let _unasked = NOTES.try_with(|notes| change(&mut notes.borrow_mut()));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn notes_are_those_of_one_request() {
        note_conflict();
        let first = RequestNotes::of(async {
            note_conflict();
            tokio::task::yield_now().await;
            note_conflict();
            "answer"
        });
        let second = RequestNotes::of(async { tokio::task::yield_now().await });
        let (first, second) = tokio::join!(first, second);
        assert_eq!(first, ("answer", RequestNotes { sign_in: None, conflicts: 2 }));
        assert_eq!(second, ((), RequestNotes::default()));
    }
}
