use super::{keys::HOME, *};

const GENERATE: &str = "TrentService.GenerateDataKey";
const DECRYPT: &str = "TrentService.Decrypt";
const ENCRYPT: &str = "TrentService.Encrypt";
const ARN: &str = "arn:aws:kms:eu-west-1:000000000000:key/mrk-0ca1c0de000040008000000000000001";

fn call(keys: &Keys, target: &str, body: &Value) -> Result<Value, KmsError> {
    keys.call(HOME, target, &body.to_string())
}

fn generate(key: &Keys, context: Value) -> Value {
    let body = json!({ "KeyId": ROOT_KEY_ID, "KeySpec": "AES_256", "EncryptionContext": context });
    call(key, GENERATE, &body).unwrap()
}

fn decrypt(key: &Keys, blob: &Value, context: Value) -> Result<Value, KmsError> {
    call(key, DECRYPT, &json!({ "CiphertextBlob": blob, "EncryptionContext": context }))
}

#[test]
fn a_data_key_opens_under_its_own_context_in_any_order_and_no_other() {
    let key = Keys::of(MasterKey([7; 32]));
    let made = generate(&key, json!({ "portcullis": "seal", "a": "b" }));
    let blob = &made["CiphertextBlob"];
    let opened = decrypt(&key, blob, json!({ "a": "b", "portcullis": "seal" })).unwrap();
    assert_eq!(opened["Plaintext"], made["Plaintext"]);
    for context in [
        json!({}),
        json!({ "portcullis": "seal" }),
        json!({ "portcullis": "codes", "a": "b" }),
        json!({ "portcullis": "Seal", "a": "b" }),
        json!({ "portcullis": "seal", "a": "b", "c": "d" }),
    ] {
        let refused = decrypt(&key, blob, context.clone());
        assert_eq!(refused, Err(KmsError::InvalidCiphertext), "{context}");
    }
    let without = call(&key, DECRYPT, &json!({ "CiphertextBlob": blob }));
    assert_eq!(without, Err(KmsError::InvalidCiphertext));
}

#[test]
fn a_damaged_or_foreign_ciphertext_does_not_open() {
    let key = Keys::of(MasterKey([7; 32]));
    let context = json!({ "portcullis": "seal" });
    let foreign =
        generate(&Keys::of(MasterKey([8; 32])), context.clone())["CiphertextBlob"].clone();
    for (blob, error) in [
        (foreign, KmsError::InvalidCiphertext),
        (json!(BASE64_STANDARD.encode([1; 60])), KmsError::InvalidCiphertext),
        (json!(BASE64_STANDARD.encode([1; 3])), KmsError::InvalidCiphertext),
        (json!(""), KmsError::Validation),
        (json!(BASE64_STANDARD.encode([1; 6145])), KmsError::Validation),
        (json!("no base64!"), KmsError::Serialization),
        (json!(7), KmsError::Serialization),
    ] {
        assert_eq!(decrypt(&key, &blob, context.clone()), Err(error), "{blob}");
    }
}

#[test]
fn a_key_that_is_not_ours_is_refused() {
    let key = Keys::of(MasterKey([7; 32]));
    let context = json!({ "portcullis": "seal" });
    let blob = generate(&key, context.clone())["CiphertextBlob"].clone();
    for (id, made, opened) in [
        (ROOT_KEY_ID, None, None),
        (ARN, None, None),
        ("other", Some(KmsError::NotFound), Some(KmsError::NotFound)),
    ] {
        let body = json!({ "KeyId": id, "KeySpec": "AES_256" });
        assert_eq!(call(&key, GENERATE, &body).err(), made, "{id}");
        let body = json!({ "KeyId": id, "CiphertextBlob": blob, "EncryptionContext": context });
        assert_eq!(call(&key, DECRYPT, &body).err(), opened, "{id}");
    }
}

#[test]
fn a_call_that_kms_does_not_know_or_cannot_read_is_refused() {
    let key = Keys::of(MasterKey([7; 32]));
    let ours = json!({ "KeyId": ROOT_KEY_ID });
    let with = |name: &str, value: Value| {
        let mut body = ours.clone();
        body[name] = value;
        body
    };
    let mut both = with("KeySpec", json!("AES_256"));
    both["NumberOfBytes"] = json!(32);
    for (target, body, error) in [
        ("TrentService.ReEncrypt", &ours, KmsError::UnknownOperation),
        ("", &ours, KmsError::UnknownOperation),
        (GENERATE, &ours, KmsError::Validation),
        (GENERATE, &both, KmsError::Validation),
        (GENERATE, &with("KeySpec", json!("AES_512")), KmsError::Validation),
        (GENERATE, &json!({ "KeySpec": "AES_256" }), KmsError::Serialization),
        (GENERATE, &with("EncryptionContext", json!({ "portcullis": 7 })), KmsError::Serialization),
        (DECRYPT, &json!([]), KmsError::Serialization),
    ] {
        assert_eq!(call(&key, target, body), Err(error), "{target} {body}");
    }
    assert!(call(&key, GENERATE, &with("NumberOfBytes", json!(32))).is_ok());
}

fn made(keys: &Keys, region: &str, multi_region: bool) -> String {
    let body = json!({ "MultiRegion": multi_region }).to_string();
    let made = keys.call(region, "TrentService.CreateKey", &body).unwrap();
    made["KeyMetadata"]["KeyId"].as_str().unwrap().to_owned()
}

#[test]
fn a_ciphertext_finds_its_key_and_a_key_that_is_named_must_be_that_one() {
    let (keys, context) = (Keys::of(MasterKey([7; 32])), json!({ "portcullis": "seal" }));
    let other = made(&keys, HOME, false);
    let plain = BASE64_STANDARD.encode([5; 32]);
    let body = json!({ "KeyId": other, "Plaintext": plain, "EncryptionContext": context });
    let blob = call(&keys, ENCRYPT, &body).unwrap()["CiphertextBlob"].clone();
    let opened = decrypt(&keys, &blob, context.clone()).unwrap();
    assert_eq!(
        (&opened["Plaintext"], &opened["KeyId"]),
        (&json!(plain), &json!(format!("arn:aws:kms:eu-west-1:000000000000:key/{other}")))
    );
    let named = |id: &str| {
        let body = json!({ "KeyId": id, "CiphertextBlob": blob, "EncryptionContext": context });
        call(&keys, DECRYPT, &body).err()
    };
    assert_eq!((named(&other), named(ROOT_KEY_ID)), (None, Some(KmsError::IncorrectKey)));
    let empty = json!({ "KeyId": other, "Plaintext": "" });
    assert_eq!(call(&keys, ENCRYPT, &empty), Err(KmsError::Validation));
}

#[test]
fn a_key_that_is_disabled_neither_wraps_nor_opens_until_it_is_enabled() {
    let (keys, context) = (Keys::of(MasterKey([7; 32])), json!({ "portcullis": "seal" }));
    let blob = generate(&keys, context.clone())["CiphertextBlob"].clone();
    let key = json!({ "KeyId": ROOT_KEY_ID });
    call(&keys, "TrentService.DisableKey", &key).unwrap();
    let body = json!({ "KeyId": ROOT_KEY_ID, "KeySpec": "AES_256" });
    assert_eq!(call(&keys, GENERATE, &body), Err(KmsError::Disabled));
    assert_eq!(decrypt(&keys, &blob, context.clone()), Err(KmsError::Disabled));
    call(&keys, "TrentService.EnableKey", &key).unwrap();
    assert!(decrypt(&keys, &blob, context).is_ok());
}

#[test]
fn a_replica_opens_in_its_region_what_the_first_wrapped_and_no_other_region_does() {
    let (keys, context) = (Keys::of(MasterKey([7; 32])), json!({ "portcullis": "seal" }));
    let made_there = generate(&keys, context.clone());
    let opens = |region: &str| {
        let body = json!({
            "CiphertextBlob": made_there["CiphertextBlob"], "EncryptionContext": context,
        });
        keys.call(region, DECRYPT, &body.to_string())
    };
    assert_eq!(opens("eu-central-1"), Err(KmsError::AccessDenied));
    let wanted = json!({ "KeyId": ROOT_KEY_ID, "ReplicaRegion": "eu-central-1" });
    let replicated = call(&keys, "TrentService.ReplicateKey", &wanted).unwrap();
    let arn = "arn:aws:kms:eu-central-1:000000000000:key/mrk-0ca1c0de000040008000000000000001";
    assert_eq!(replicated["ReplicaKeyMetadata"]["Arn"], arn);
    let opened = opens("eu-central-1").unwrap();
    assert_eq!((&opened["Plaintext"], &opened["KeyId"]), (&made_there["Plaintext"], &json!(arn)));
    let again = call(&keys, "TrentService.ReplicateKey", &wanted);
    assert_eq!(again, Err(KmsError::AlreadyExists));
    // The ARN of another Region's replica names no key here, and each is disabled by itself.
    let body = json!({ "KeyId": arn, "KeySpec": "AES_256" });
    assert_eq!(call(&keys, GENERATE, &body), Err(KmsError::NotFound));
    call(&keys, "TrentService.DisableKey", &json!({ "KeyId": ROOT_KEY_ID })).unwrap();
    assert!(opens("eu-central-1").is_ok());
    let single = made(&keys, HOME, false);
    let wanted = json!({ "KeyId": single, "ReplicaRegion": "eu-central-1" });
    let refused = call(&keys, "TrentService.ReplicateKey", &wanted);
    assert_eq!(refused, Err(KmsError::UnsupportedOperation));
}

#[test]
fn a_call_is_of_the_region_that_it_is_signed_for() {
    let signed = |text: &str| {
        let mut headers = HeaderMap::new();
        headers.insert(header::AUTHORIZATION, text.parse().unwrap());
        region(&headers).map(str::to_owned)
    };
    let whole =
        "AWS4-HMAC-SHA256 Credential=AKID/20261130/us-east-1/kms/aws4_request, SignedHeaders=host";
    assert_eq!(signed(whole).as_deref(), Some("us-east-1"));
    assert_eq!(signed("Bearer x"), None);
}
