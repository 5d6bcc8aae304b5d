//! The name of the function that does the present work. All share a process here; at AWS each has a
//! role of its own, also the second deployment of `activity`, which is called `notices`.

use std::future::Future;

tokio::task_local! {
    static NAME: &'static str;
}

/// Does the work of the function of this name.
pub(super) async fn within<T>(name: &'static str, work: impl Future<Output = T>) -> T {
    // On the heap: a handler's future nested in one more would outgrow a thread's stack in a debug
    // build.
    NAME.scope(name, Box::pin(work)).await
}

/// Returns the name of the function that does the present work; `None` outside of all of them.
pub fn running_function() -> Option<&'static str> {
    NAME.try_with(|name| *name).ok()
}
