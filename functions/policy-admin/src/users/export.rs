//! The list of a portal's users as a file.

use portcullis_app::AppContext;
use portcullis_http::{
    Cursor, Problem,
    wire::admin::{FormatName, GraceLeftView, StateName, UserListQuery, UserSummary},
};

use super::{PAGE, Wanted};
use crate::export::{self, Exported, Extent, Found, Range, name_in_json};

pub(crate) struct UsersExport<'a> {
    pub(super) wanted: Wanted<'a>,
    pub(super) format: FormatName,
    /// A cursor is good for the admin who got it, and for the same list.
    pub(super) cursors: String,
}

impl UsersExport<'_> {
    pub(crate) async fn range(&self, query: &UserListQuery) -> Result<Range<String>, Problem> {
        export::range(self, query.cursor.as_deref(), String::new()).await
    }
}

impl Exported for UsersExport<'_> {
    /// A place in the list of users; that of the first user is after the blank one.
    type Place = String;
    type Row = UserSummary;
    const COLUMNS: &'static [&'static str] =
        &["id", "name", "organization", "state", "methods", "passkeys", "grace"];

    fn format(&self) -> FormatName {
        self.format
    }

    fn cells(user: &UserSummary) -> Vec<String> {
        let methods: Vec<String> = user.methods.iter().map(name_in_json).collect();
        let grace = match user.grace {
            None => String::new(),
            Some(GraceLeftView::Until(day)) => format!("until {}", name_in_json(day)),
            Some(GraceLeftView::SignIns(left)) => format!("{left} sign-ins"),
        };
        vec![
            user.id.clone(),
            user.name.clone().unwrap_or_default(),
            user.organization.clone().unwrap_or_default(),
            name_in_json(StateName::from(user.state)),
            methods.join("; "),
            name_in_json(user.passkeys),
            grace,
        ]
    }

    fn label(_: &UserSummary) -> String {
        String::new()
    }

    fn name(&self, number: usize, _: Option<(String, String)>) -> String {
        format!("{}-users-{number}", self.wanted.portal.id)
    }

    async fn find(
        &self,
        range: &Range<String>,
        extent: &Extent,
    ) -> Result<Found<String, UserSummary>, Problem> {
        let Wanted { context, portal, .. } = &self.wanted;
        let (mut rows, mut looked_at) = (vec![], 0);
        let mut place = Some(range.after.clone()).filter(|place| !place.is_empty());
        loop {
            let left = extent.looked_at - looked_at;
            let limit = PAGE.min(left);
            let page = context.store().users_page(&portal.id, place.as_deref(), limit).await?;
            for (at, listed) in page.items {
                let is_beyond = range.up_to.as_ref().is_some_and(|last| at > *last);
                if is_beyond {
                    return Ok(Found { rows, looked_at, next: None });
                }
                let takes = self.wanted.has(&listed);
                if takes && rows.len() == extent.most {
                    return Ok(Found { rows, looked_at, next: place });
                }
                looked_at += 1;
                if takes {
                    rows.push((at.clone(), self.wanted.summary(at.clone(), &listed)));
                }
                place = Some(at);
            }
            if page.next.is_none() {
                return Ok(Found { rows, looked_at, next: None });
            }
            if looked_at >= extent.looked_at || rows.len() == extent.most {
                return Ok(Found { rows, looked_at, next: place });
            }
        }
    }

    fn context(&self) -> &AppContext {
        self.wanted.context
    }

    fn cursors(&self) -> Cursor {
        Cursor::of(&self.cursors)
    }

    fn place_text(place: &String) -> String {
        place.clone()
    }

    fn parse_place(text: &str) -> Option<String> {
        Some(text.to_owned())
    }

    fn end() -> String {
        "~".to_owned()
    }
}
