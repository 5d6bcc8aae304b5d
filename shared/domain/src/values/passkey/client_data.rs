/// The client data of a ceremony: what the browser says about the page that asked (section
/// 5.8.1). Nothing of it is checked yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientData<'a> {
    /// The bytes it was read from, as the browser sent them: signatures are made over their hash.
    pub json: &'a [u8],
    /// The member `type`.
    pub kind: String,
    /// The challenge as unpadded base64url.
    pub challenge: String,
    pub origin: String,
    /// True if the page that asked lay in a frame of another origin.
    pub cross_origin: bool,
    /// The origin of the page around such a frame.
    pub top_origin: Option<String>,
}
