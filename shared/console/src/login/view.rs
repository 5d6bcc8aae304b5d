use askama::Template;

use crate::{Fields, Frame};

#[derive(Template)]
#[template(path = "login/page.html")]
pub struct SignIn {
    pub frame: Frame,
    pub fields: Fields,
    /// The reason for which the session before ended.
    pub notice: Option<String>,
    /// The URL that the form is sent to, which names the page to return to.
    pub action: String,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{FieldRefused, Form, Words};
    use http::{HeaderMap, HeaderValue, header::ACCEPT_LANGUAGE};

    #[test]
    fn v14_a_page_and_its_errors_are_in_the_language_that_the_browser_asks_for() {
        for (accepted, head, title, error) in [
            ("nl-BE, en;q=0.5", "<html lang=\"nl\" dir=\"ltr\">", "Inloggen", "Dit ontbreekt."),
            ("ar", "<html lang=\"ar\" dir=\"rtl\">", "تسجيل الدخول", "هذا الحقل ناقص."),
            ("ja", "<html lang=\"en\" dir=\"ltr\">", "Sign in", "This is missing."),
        ] {
            let headers = [(ACCEPT_LANGUAGE, HeaderValue::from_static(accepted))];
            let words = Words::of(&HeaderMap::from_iter(headers));
            let form = Form::signed_out(words);
            let fields =
                Fields::default().refused(FieldRefused::at("name", "console-refused-missing"));
            let frame = Frame::signed_out(form.say("console-sign-in"), &form);
            let action = "/console/sign-in".to_owned();
            let page = SignIn { frame, fields, notice: None, action }.render().unwrap();
            for part in [head, &format!("<h1>{title}</h1>"), error] {
                assert!(page.contains(part), "{part} in {page}");
            }
        }
    }
}
