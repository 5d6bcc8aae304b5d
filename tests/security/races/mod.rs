//! Concurrent requests in two processes on one table: limits are exact, and a code is accepted
//! once. The first test checks that the engine is atomic. `PORTCULLIS_ROUNDS=full` runs as many
//! rounds as the threat model names.

mod admins;
mod codes;
mod freezes;
mod guards;
mod guesses;
mod key_days;
mod limits;
mod notices;
mod passkeys;
mod recovery;
mod resets;
mod settings;

use crate::harness::{Pair, Portal, Reply, World, anna};

/// Returns the numbers of rounds and of parallel requests, out of the full numbers.
fn rounds(full: usize) -> usize {
    if is_full() { full } else { full.min(5) }
}

fn at_a_time(full: usize) -> usize {
    if is_full() { full } else { full.min(100) }
}

fn is_full() -> bool {
    std::env::var("PORTCULLIS_ROUNDS").is_ok_and(|rounds| rounds == "full")
}

/// Returns two processes, a portal's back ends at both, and the app's secret of a user.
async fn with_an_app(preset: &str) -> (Pair, [Portal; 2], String) {
    let pair = Pair::start().await;
    let portals = pair.portals(preset);
    let secret = portals[0].enrol_app(&pair.world, anna()).await;
    pair.advance(0);
    (pair, portals, secret)
}

/// Sends a request many times at once, alternating between the processes.
async fn at_once<F, R>(times: usize, portals: &[Portal; 2], request: F) -> Vec<Reply>
where
    F: Fn(Portal) -> R,
    R: Future<Output = Reply> + Send + 'static,
{
    let portals = portals.iter().cycle().take(times);
    let tasks: Vec<_> = portals.map(|portal| tokio::spawn(request(portal.clone()))).collect();
    let mut replies = vec![];
    for task in tasks {
        replies.push(task.await.unwrap());
    }
    replies
}

fn count(replies: &[Reply], status: u16, code: &str) -> usize {
    replies.iter().filter(|reply| reply.problem() == (status, code)).count()
}

/// Returns the number accepted; all others must be refused properly.
fn accepted(replies: &[Reply]) -> usize {
    let refused = replies
        .iter()
        .filter(|reply| [401, 403, 404, 409, 410, 429].contains(&reply.status))
        .count();
    let accepted = replies.iter().filter(|reply| [200, 201, 303].contains(&reply.status)).count();
    let told: Vec<u16> = replies.iter().map(|reply| reply.status).collect();
    assert_eq!(accepted + refused, replies.len(), "{told:?}");
    accepted
}

#[tokio::test(flavor = "multi_thread")]
async fn the_engine_keeps_conditional_writes_atomic() {
    use aws_sdk_dynamodb::types::AttributeValue::S;
    let world = World::start().await;
    let config = aws_sdk_dynamodb::Config::builder()
        .behavior_version_latest()
        .region(aws_sdk_dynamodb::config::Region::new("eu-west-1"))
        .credentials_provider(aws_sdk_dynamodb::config::Credentials::new(
            "local", "local", None, None, "local",
        ))
        .endpoint_url(&world.running.dynamodb);
    let client = aws_sdk_dynamodb::Client::from_conf(config.build());
    let tasks: Vec<_> = (0..50)
        .map(|racer| {
            let put = client
                .put_item()
                .table_name(&world.running.table)
                .item("pk", S("RACE".into()))
                .item("sk", S("#".into()));
            let put = put
                .item("by", S(racer.to_string()))
                .condition_expression("attribute_not_exists(pk)");
            tokio::spawn(async move { put.send().await.is_ok() })
        })
        .collect();
    let mut winners = 0;
    for task in tasks {
        winners += usize::from(task.await.unwrap());
    }
    assert_eq!(winners, 1);
}
