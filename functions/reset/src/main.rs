//! The Lambda function `reset`: takes away what a user has bound.

use lambda_http::Error;
use portcullis_reset::{PURPOSES, router};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    portcullis_http::run(PURPOSES, |context, _| Ok(router(context))).await
}
