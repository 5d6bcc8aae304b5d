//! The JSON of client data, which browsers make and signatures cover (Web Authentication, section
//! 5.8.1).

use portcullis_domain::{Malformed, passkey::ClientData};
use serde::{Deserialize, Deserializer};

/// The longest client data that is read, in bytes: many times what browsers make.
const MAX: usize = 2_048;

/// Browsers may add members, so others are passed over. A member of these that comes twice, or is
/// `null`, is refused.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Members {
    #[serde(rename = "type")]
    kind: String,
    challenge: String,
    origin: String,
    #[serde(default)]
    cross_origin: bool,
    #[serde(default, deserialize_with = "present")]
    top_origin: Option<String>,
}

fn present<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    String::deserialize(deserializer).map(Some)
}

/// Reads client data. A byte order mark is passed over (section 7.1, step 5). Bytes that are no
/// UTF-8 are refused, although the standard would replace them: no browser writes them.
pub fn client_data(json: &[u8]) -> Result<ClientData<'_>, Malformed> {
    let wrong = |why| Malformed { what: "the client data", why };
    if json.len() > MAX {
        return Err(wrong("must be at most 2048 bytes"));
    }
    let text = json.strip_prefix(b"\xef\xbb\xbf").unwrap_or(json);
    let members: Members =
        serde_json::from_slice(text).map_err(|_| wrong("is not what a browser makes"))?;
    let Members { kind, challenge, origin, cross_origin, top_origin } = members;
    Ok(ClientData { json, kind, challenge, origin, cross_origin, top_origin })
}

#[cfg(test)]
mod tests {
    use super::*;

    const GET: &str = r#"{"type":"webauthn.get","challenge":"AAAA","origin":"https://a.example"}"#;

    fn with(member: &str) -> String {
        GET.replace('}', &format!(",{member}}}"))
    }

    #[test]
    fn p3_client_data_is_read_with_members_in_any_order_and_unknown_ones() {
        let plain = client_data(GET.as_bytes()).unwrap();
        assert_eq!((plain.kind.as_str(), plain.challenge.as_str()), ("webauthn.get", "AAAA"));
        assert_eq!((plain.origin.as_str(), plain.cross_origin), ("https://a.example", false));
        assert_eq!((plain.top_origin.as_deref(), plain.json), (None, GET.as_bytes()));
        let framed = with(r#""topOrigin":"https://b.example","crossOrigin":true"#);
        let framed = client_data(framed.as_bytes()).unwrap();
        assert_eq!(framed.top_origin.as_deref(), Some("https://b.example"));
        assert!(framed.cross_origin);
        for more in [r#""crossOrigin":false"#, r#""new":{"a":[1,null]}"#, r#""tokenBinding":{}"#] {
            let json = with(more);
            let read = client_data(json.as_bytes()).unwrap();
            assert_eq!(ClientData { json: GET.as_bytes(), ..read }, plain, "{more}");
        }
        let other = r#" {"origin":"https://a.example","challenge":"AAAA","type":"webauthn.get"} "#;
        let read = client_data(other.as_bytes()).unwrap();
        assert_eq!(ClientData { json: GET.as_bytes(), ..read }, plain);
    }

    #[test]
    fn p3_one_byte_order_mark_is_passed_over_and_stays_signed() {
        let marked = format!("\u{feff}{GET}");
        let read = client_data(marked.as_bytes()).unwrap();
        assert_eq!((read.kind.as_str(), read.json), ("webauthn.get", marked.as_bytes()));
        assert!(client_data(format!("\u{feff}{marked}").as_bytes()).is_err());
        let in_utf16: Vec<u8> = GET.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert!(client_data(&in_utf16).is_err());
    }

    #[test]
    fn s15_client_data_that_says_a_thing_twice_or_otherwise_is_refused() {
        for more in [
            r#""type":"webauthn.create""#,
            r#""typ\u0065":"webauthn.create""#,
            r#""challenge":"AAAA""#,
            r#""origin":"https://evil.example""#,
            r#""crossOrigin":false,"crossOrigin":true"#,
            r#""topOrigin":"a","topOrigin":"b""#,
            r#""crossOrigin":null"#,
            r#""crossOrigin":"true""#,
            r#""crossOrigin":1"#,
            r#""topOrigin":null"#,
            r#""topOrigin":false"#,
        ] {
            assert!(client_data(with(more).as_bytes()).is_err(), "{more}");
        }
        for wrong in [
            "",
            "null",
            "[]",
            "{}",
            &GET.replace("\"AAAA\"", "[]"),
            &GET.replace("\"webauthn.get\"", "null"),
            &GET.replace("\"origin\"", "\"Origin\""),
            &GET[..GET.len() - 1],
            &format!("{GET}{GET}"),
            &format!("{GET} x"),
            &format!("\0{GET}"),
            &with("\"a\":1,"),
            &GET.replace("AAAA", "\n"),
            &GET.replace("AAAA", r"\ud800"),
            &format!("{{\"a\":{}1{},{}", "[".repeat(900), "]".repeat(900), &GET[1..2]),
        ] {
            assert!(client_data(wrong.as_bytes()).is_err(), "{wrong}");
        }
        let mut not_utf8 = GET.as_bytes().to_vec();
        not_utf8[30] = 0xff;
        assert!(client_data(&not_utf8).is_err());
    }

    #[test]
    fn s15_client_data_has_at_most_two_kilobytes() {
        let of = |length: usize| with(&format!("\"a\":\"{}\"", "x".repeat(length - GET.len() - 7)));
        assert_eq!(of(MAX).len(), MAX);
        assert!(client_data(of(MAX).as_bytes()).is_ok());
        assert!(client_data(of(MAX + 1).as_bytes()).is_err());
    }
}
