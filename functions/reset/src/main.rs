//! The Lambda function `reset`: takes away what a user has bound.

use lambda_http::Error;
use portcullis_app::MessageSender;
use portcullis_reset::{AppState, PURPOSES, router};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let routes = |context, aws: &_| {
        let sender = MessageSender::deployed(aws);
        Ok(router(AppState { context, sender }))
    };
    portcullis_http::run(PURPOSES, routes).await
}
