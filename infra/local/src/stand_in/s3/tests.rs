use super::*;
use axum::http::HeaderName;

const NOW: Timestamp = Timestamp::from_unix(1_764_515_046);

const NAME: &str = "journal/2026-11-30/1-2.ndjson";

/// The headers of an upload.
fn headers(body: &[u8]) -> HeaderMap {
    let sum = BASE64_STANDARD.encode(digest(&SHA256, body));
    let pairs = [
        ("authorization", "AWS4-HMAC-SHA256 Credential=local/20261130/eu-west-1/s3/aws4_request"),
        ("x-amz-content-sha256", "0a"),
        ("if-none-match", "*"),
        ("x-amz-checksum-sha256", &sum),
    ];
    let pairs = pairs.map(|(name, value)| (HeaderName::from_static(name), value.parse().unwrap()));
    pairs.into_iter().collect()
}

fn put(buckets: &Buckets, name: &str, headers: &HeaderMap, body: &[u8]) -> Result<(), S3Error> {
    let (method, bucket) = (&Method::PUT, JOURNAL_BUCKET);
    let call = Call { method, bucket, name, query: &[], headers, body };
    buckets.call(&call, NOW).map(drop)
}

/// Calls as an operator.
fn operator(
    buckets: &Buckets,
    method: &Method,
    (bucket, name): (&str, &str),
    query: &[(&str, &str)],
) -> Result<Answer, S3Error> {
    let query: Vec<_> = query.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect();
    let mut headers = headers(b"");
    let by = format!("AWS4-HMAC-SHA256 Credential={OPERATOR}/20261130/eu-west-1/s3/aws4_request");
    headers.insert("authorization", by.parse().unwrap());
    let call = Call { method, bucket, name, query: &query, headers: &headers, body: b"" };
    buckets.call(&call, NOW)
}

#[test]
fn s50_an_object_is_written_once_and_neither_replaced_nor_deleted_nor_read() {
    let buckets = Buckets::default();
    assert_eq!(put(&buckets, NAME, &headers(b"one"), b"one"), Ok(()));
    let again = put(&buckets, NAME, &headers(b"two"), b"two");
    assert_eq!(again, Err(S3Error::PreconditionFailed));
    for method in [Method::DELETE, Method::GET, Method::POST] {
        for bucket in [JOURNAL_BUCKET, FAILED_RECORDS_BUCKET] {
            let headers = &headers(b"");
            let (name, query, body) = (NAME, &[], b"");
            let call = Call { method: &method, bucket, name, query, headers, body };
            assert_eq!(buckets.call(&call, NOW), Err(S3Error::AccessDenied), "{method} {bucket}");
        }
    }
    assert_eq!(buckets.journal.objects(), [(NAME.to_owned(), "one".to_owned())]);
}

#[test]
fn s50_an_upload_that_s3_refuses_is_refused() {
    let buckets = Buckets::default();
    let without = |name: &str| {
        let mut headers = headers(b"one");
        headers.remove(name);
        put(&buckets, NAME, &headers, b"one")
    };
    assert_eq!(without("authorization"), Err(S3Error::AccessDenied));
    assert_eq!(without("x-amz-content-sha256"), Err(S3Error::AccessDenied));
    assert_eq!(without("if-none-match"), Err(S3Error::AccessDenied));
    assert_eq!(without("x-amz-checksum-sha256"), Err(S3Error::NoChecksum));
    let mut other = headers(b"one");
    other.insert("if-none-match", "\"tag\"".parse().unwrap());
    assert_eq!(put(&buckets, NAME, &other, b"one"), Err(S3Error::NotImplemented));
    assert_eq!(put(&buckets, NAME, &headers(b"two"), b"one"), Err(S3Error::BadDigest));
    let long = "a".repeat(1_025);
    assert_eq!(put(&buckets, &long, &headers(b"one"), b"one"), Err(S3Error::NameTooLong));
    let elsewhere = operator(&buckets, &Method::GET, ("other", NAME), &[]);
    assert_eq!(elsewhere, Err(S3Error::NoSuchBucket));
    assert!(buckets.journal.objects().is_empty());
    assert_eq!(put(&buckets, &long[1..], &headers(b"one"), b"one"), Ok(()));
}

fn listed(buckets: &Buckets, query: &[(&str, &str)]) -> String {
    let query = [&[("list-type", "2")], query].concat();
    match operator(buckets, &Method::GET, (FAILED_RECORDS_BUCKET, ""), &query) {
        Ok(Answer::List(xml)) => xml,
        other => panic!("{other:?}"),
    }
}

/// Returns the texts of the elements of this name.
fn all<'a>(xml: &'a str, name: &str) -> Vec<&'a str> {
    let (start, end) = (format!("<{name}>"), format!("</{name}>"));
    xml.split(&start).skip(1).map(|rest| rest.split(&end).next().unwrap()).collect()
}

fn with_objects(names: &[&str]) -> Buckets {
    let buckets = Buckets::default();
    names.iter().for_each(|name| buckets.failed_records.put(name, "text", NOW));
    buckets
}

#[test]
fn an_operator_lists_objects_as_list_objects_v2_does() {
    let buckets = with_objects(&["a", "b/1", "b/2", "b/c/3", "d e&f", "z"]);
    let xml = listed(&buckets, &[]);
    assert_eq!(all(&xml, "Key"), ["a", "b/1", "b/2", "b/c/3", "d e&amp;f", "z"]);
    assert_eq!(all(&xml, "KeyCount"), ["6"]);
    assert_eq!(all(&xml, "IsTruncated"), ["false"]);
    assert_eq!(all(&xml, "LastModified")[0], "2025-11-30T15:04:06.000Z");
    assert_eq!((all(&xml, "Size")[0], all(&xml, "MaxKeys")[0]), ("4", "1000"));
    // As `aws s3 ls s3://BUCKET/b/` asks.
    let query = [("prefix", "b/"), ("delimiter", "/"), ("encoding-type", "url")];
    let xml = listed(&buckets, &query);
    assert_eq!(all(&xml, "Key"), ["b/1", "b/2"]);
    assert_eq!(all(&xml, "CommonPrefixes"), ["<Prefix>b/c/</Prefix>"]);
    assert_eq!((all(&xml, "KeyCount"), all(&xml, "EncodingType")), (vec!["3"], vec!["url"]));
    assert_eq!(all(&listed(&buckets, &[("encoding-type", "url")]), "Key")[4], "d%20e%26f");
    assert_eq!(all(&listed(&buckets, &[("start-after", "b/2")]), "Key")[0], "b/c/3");
    assert!(all(&listed(&buckets, &[("prefix", "nothing")]), "Key").is_empty());
}

#[test]
fn a_list_goes_on_after_its_token_and_has_everything_once() {
    let names: Vec<String> = (0..1_001).map(|n| format!("{n:04}/x")).collect();
    let buckets = with_objects(&names.iter().map(String::as_str).collect::<Vec<_>>());
    for (query, tag) in [
        (vec![], "Key"),
        (vec![("max-keys", "7")], "Key"),
        (vec![("delimiter", "/"), ("max-keys", "500")], "Prefix"),
    ] {
        let (mut found, mut token) = (vec![], None::<String>);
        loop {
            let more = token.iter().map(|token| ("continuation-token", token.as_str()));
            let xml = listed(&buckets, &query.iter().copied().chain(more).collect::<Vec<_>>());
            let page = all(&xml, tag).into_iter().filter(|name| !name.is_empty());
            let page: Vec<String> = page.map(str::to_owned).collect();
            assert_eq!(all(&xml, "KeyCount"), [page.len().to_string()]);
            found.extend(page);
            token = all(&xml, "NextContinuationToken").first().map(|next| (*next).to_owned());
            assert_eq!(all(&xml, "IsTruncated"), [token.is_some().to_string()]);
            if token.is_none() {
                break;
            }
        }
        assert_eq!(found.len(), 1_001, "{query:?}");
        assert!(found.is_sorted() && found.iter().zip(&names).all(|(a, b)| b.starts_with(a)));
    }
}

#[test]
fn an_operator_lists_versions_and_reads_the_one_that_each_object_has() {
    let buckets = with_objects(&["a", "b", "c"]);
    let place = (FAILED_RECORDS_BUCKET, "");
    let versions = |query: &[(&str, &str)]| {
        let query = [&[("versions", "")], query].concat();
        match operator(&buckets, &Method::GET, place, &query) {
            Ok(Answer::List(xml)) => xml,
            other => panic!("{other:?}"),
        }
    };
    let xml = versions(&[("max-keys", "2")]);
    assert_eq!(all(&xml, "Key"), ["a", "b"]);
    assert_eq!(all(&xml, "IsLatest"), ["true", "true"]);
    assert_eq!((all(&xml, "NextKeyMarker"), all(&xml, "IsTruncated")), (vec!["b"], vec!["true"]));
    let id = all(&xml, "VersionId")[0].to_owned();
    let xml = versions(&[("key-marker", "b"), ("version-id-marker", &id)]);
    assert_eq!((all(&xml, "Key"), all(&xml, "IsTruncated")), (vec!["c"], vec!["false"]));
    let read = |version| {
        let place = (FAILED_RECORDS_BUCKET, "c");
        operator(&buckets, &Method::GET, place, &[("versionId", version)]).map(drop)
    };
    assert_eq!(read(&id), Ok(()));
    assert_eq!(read("another"), Err(S3Error::NoSuchVersion));
}

#[test]
fn what_s3_refuses_an_operator_is_refused() {
    let buckets = with_objects(&["a"]);
    let failed = |method, name, query: &[(&str, &str)]| {
        operator(&buckets, &method, (FAILED_RECORDS_BUCKET, name), query).map(drop)
    };
    let v2 = ("list-type", "2");
    for wrong in [("max-keys", "x"), ("max-keys", "-1"), ("continuation-token", "%")] {
        let refused = failed(Method::GET, "", &[v2, wrong]);
        assert_eq!(refused, Err(S3Error::InvalidArgument), "{wrong:?}");
    }
    assert_eq!(failed(Method::GET, "", &[]), Err(S3Error::NotImplemented), "the first version");
    assert_eq!(failed(Method::GET, "b", &[]), Err(S3Error::NoSuchKey));
    assert_eq!(failed(Method::PUT, "b", &[]), Err(S3Error::AccessDenied));
    assert_eq!(failed(Method::GET, "a", &[]), Ok(()));
    assert_eq!(failed(Method::DELETE, "a", &[]), Ok(()));
    assert_eq!(failed(Method::GET, "a", &[]), Err(S3Error::NoSuchKey));
    assert_eq!(put(&buckets, NAME, &headers(b"one"), b"one"), Ok(()));
    let locked = operator(&buckets, &Method::DELETE, (JOURNAL_BUCKET, NAME), &[]);
    assert_eq!(locked, Err(S3Error::AccessDenied), "nobody deletes what the journal has");
}
