//! Records that `activity` is given up with lie in a bucket, from which an operator copies them.

use super::{Folder, Shell};
use crate::harness::{World, anna};
use aws_sdk_dynamodb::{config::Credentials, types::AttributeValue};
use aws_sdk_s3::Client;
use portcullis_local::{FAILED_RECORDS_BUCKET, JOURNAL_BUCKET};
use portcullis_ops::OpsError;

/// The client of somebody with this access key.
async fn client(world: &World, key: &str) -> Client {
    let credentials = Credentials::new(key, "local", None, None, "local");
    let config = aws_sdk_s3::config::Builder::from(&world.stand_in("s3/").await);
    Client::from_conf(config.credentials_provider(credentials).build())
}

/// Copies a bucket into a folder, as `aws s3 sync` does, and returns the names of its objects.
async fn sync(client: &Client, bucket: &str, prefix: &str, folder: &Folder) -> Vec<String> {
    let listed = client.list_objects_v2().bucket(bucket).prefix(prefix).max_keys(1);
    let mut pages = listed.into_paginator().send();
    let mut names = vec![];
    while let Some(page) = pages.next().await {
        for object in page.unwrap().contents() {
            let name = object.key().unwrap().to_owned();
            let read = client.get_object().bucket(bucket).key(&name).send().await.unwrap();
            let bytes = read.body.collect().await.unwrap().into_bytes();
            assert_eq!(object.size(), i64::try_from(bytes.len()).ok());
            let file = folder.0.join(&name);
            std::fs::create_dir_all(file.parent().unwrap()).unwrap();
            std::fs::write(file, bytes).unwrap();
            names.push(name);
        }
    }
    names
}

#[tokio::test(flavor = "multi_thread")]
async fn s25_a_record_that_is_given_up_is_copied_from_its_bucket_and_redriven() {
    let (world, folder) = (World::start().await, Folder::new("given-up"));
    let (shell, operator) = (Shell::of(&world).await, client(&world, "operator").await);
    assert!(sync(&operator, FAILED_RECORDS_BUCKET, "", &folder).await.is_empty());
    // An item whose entries nobody can read.
    let text = |text: &str| AttributeValue::S(text.to_owned());
    let put = world.table_client().await.put_item().table_name(&world.running.table);
    let put = put.item("pk", text("USER#managed#AAAA")).item("sk", text("#"));
    let put = put.item("write", text("AAAA")).item("entries", text("no list"));
    put.item("users_of", text("managed")).send().await.unwrap();
    world.running.log_is_written().await;
    let names = sync(&operator, FAILED_RECORDS_BUCKET, "", &folder).await;
    let name = names.first().unwrap();
    let moment = portcullis_messages::moment(world.now().unix());
    let day = moment[..10].replace('-', "/");
    assert!(name.starts_with("aws/lambda/") && name.contains(&format!("/{day}/")), "{name}");

    let (_, sender) = world.function().await;
    let journal = world.journal().await;
    let refused = shell.operator.redrive(&folder.0, sender, journal).await;
    let Err(OpsError::Refused(why)) = refused else { panic!("{refused:?}") };
    assert!(why.contains("records failed again"), "it is read, and still fails: {why}");
    assert!(!why.contains("left alone"), "{why}");
    operator.delete_object().bucket(FAILED_RECORDS_BUCKET).key(name).send().await.unwrap();
    let left = sync(&operator, FAILED_RECORDS_BUCKET, "", &folder).await;
    assert_eq!(left.len(), names.len() - 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn s50_an_operator_reads_the_journal_and_no_function_does() {
    let (world, folder) = (World::start().await, Folder::new("synced"));
    world.portal("authenticator_app").enrol_app(&world, anna()).await;
    world.running.stream_is_delivered().await;
    let operator = client(&world, "operator").await;
    let names = sync(&operator, JOURNAL_BUCKET, "journal/", &folder).await;
    let objects = world.running.bucket.objects();
    let wanted = objects.iter().filter(|(name, _)| name.starts_with("journal/"));
    assert_eq!(names, wanted.clone().map(|(name, _)| name.clone()).collect::<Vec<_>>());
    for (name, text) in wanted {
        assert_eq!(&std::fs::read_to_string(folder.0.join(name)).unwrap(), text);
    }
    let folders = operator.list_objects_v2().bucket(JOURNAL_BUCKET).delimiter("/");
    let folders = folders.send().await.unwrap();
    let folders: Vec<_> = folders.common_prefixes().iter().filter_map(|of| of.prefix()).collect();
    assert_eq!(folders, ["archive/", "journal/"]);
    let function = client(&world, "local").await;
    let refused = function.list_objects_v2().bucket(JOURNAL_BUCKET).send().await.unwrap_err();
    assert!(format!("{refused:?}").contains("AccessDenied"), "{refused:?}");
}
