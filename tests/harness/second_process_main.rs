//! The functions in a process of their own, beside a test's: `process DYNAMODB TABLE SERVICES NOW`. It says where it
//! answers, moves its clock by each number it reads, and ends with its input. Its other lines are its log.

use portcullis_domain::Timestamp;
use portcullis_local::{LocalClock, SecondProcess, join};
use std::io::BufRead as _;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    portcullis_http::start_tracing();
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [dynamodb, table, services, now] =
        <[String; 4]>::try_from(args).map_err(|_| "four arguments")?;
    let clock = LocalClock::stopped_at(Timestamp::from_unix(now.parse()?));
    let second_process = SecondProcess { dynamodb, table, services };
    println!("http://{}", join(&second_process, &clock).await?);
    let moved = tokio::task::spawn_blocking(move || {
        for line in std::io::stdin().lock().lines().map_while(Result::ok) {
            clock.advance(line.parse().unwrap_or(0));
            println!("moved");
        }
    });
    Ok(moved.await?)
}
