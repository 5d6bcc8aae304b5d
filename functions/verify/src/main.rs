//! The Lambda function `verify`: judges codes.

use lambda_http::Error;
use portcullis_verify::{PURPOSES, router};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    portcullis_http::run(PURPOSES, |context, _| Ok(router(context))).await
}
