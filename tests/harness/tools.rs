//! Independent tools: another TOTP, QR reader and JWT library. A missing one fails the test.

use portcullis_domain::Timestamp;
use serde_json::Value;
use std::{
    io::Write as _,
    path::Path,
    process::{Command, Stdio},
};

/// Returns the code of an authenticator app, by oathtool.
pub fn totp(secret: &str, now: Timestamp) -> String {
    let output = Command::new("oathtool")
        .args(["--totp", "-b", secret, "-N", &format!("@{}", now.unix())])
        .output();
    let output = output.expect("oathtool is installed (by tests/run --set-up)");
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

/// Reads a QR code, by rsvg-convert and zbarimg.
pub fn decode_qr(svg: &str) -> String {
    let png = pipe("rsvg-convert", &["--width", "600", "--format", "png"], svg.as_bytes());
    decode_png(&png)
}

pub fn decode_png(png: &[u8]) -> String {
    let text = pipe("zbarimg", &["--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", "png:-"], png);
    String::from_utf8(text).unwrap().trim_end().to_owned()
}

/// Returns the claims of an assertion, verified by PyJWT against the published keys.
pub fn verified_claims(jwt: &str, jwks: &Value, audience: &str) -> Value {
    const SCRIPT: &str = "
import sys, json, jwt
given = json.load(sys.stdin)
kid = jwt.get_unverified_header(given['jwt'])['kid']
key = next(k for k in jwt.PyJWKSet.from_dict(given['jwks']).keys if k.key_id == kid)
wanted = ['exp', 'nbf', 'iat', 'aud', 'iss', 'sub', 'nonce', 'jti']
options = {'require': wanted, 'verify_exp': False, 'verify_nbf': False, 'verify_iat': False}
known = {'algorithms': ['ES256'], 'audience': given['aud'], 'options': options}
print(json.dumps(jwt.decode(given['jwt'], key.key, **known)))
";
    let given = serde_json::json!({ "jwt": jwt, "jwks": jwks, "aud": audience });
    let claims = pipe("python3", &["-c", SCRIPT], given.to_string().as_bytes());
    serde_json::from_slice(&claims).unwrap()
}

fn pipe(program: &str, args: &[&str], input: &[u8]) -> Vec<u8> {
    pipe_in(Path::new("."), program, args, input)
}

pub fn pipe_in(folder: &Path, program: &str, args: &[&str], input: &[u8]) -> Vec<u8> {
    let child = Command::new(program)
        .args(args)
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let mut child = child
        .unwrap_or_else(|error| panic!("{program} is installed (by tests/run --set-up): {error}"));
    child.stdin.take().unwrap().write_all(input).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

pub fn other_than(code: &str) -> String {
    let last = code.chars().last().unwrap().to_digit(10).unwrap();
    format!("{}{}", &code[..5], (last + 5) % 10)
}
