/// Returns a URL of this process with the name of the machine in the place of its address: browsers
/// offer passkeys at `localhost`, and nowhere at an IP address.
#[must_use]
pub fn by_name(url: &str) -> String {
    url.replacen("://127.0.0.1", "://localhost", 1)
}
