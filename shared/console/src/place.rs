//! The place of a page in the console, which its navigation shows: the section, the pages above it,
//! and the tabs of its portal.

use portcullis_app::AppContext;
use portcullis_domain::{
    PortalId,
    admin::{Right, Role},
    policy::SwitchedBy,
};
use portcullis_http::Problem;

use crate::{portal::view::Rights, words::Words};

/// A link of the navigation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The URL; none if the admin may not open it.
    pub href: Option<String>,
    pub label: String,
    /// The value of `aria-current`, if the page is this one or one below it.
    pub here: Option<&'static str>,
}

/// The path of a page, and the portal in it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Place {
    path: String,
    portal: Option<PortalPlace>,
}

#[derive(Clone, Debug)]
struct PortalPlace {
    id: PortalId,
    name: String,
    switched_by: SwitchedBy,
}

/// A tab of a portal's pages.
struct Tab {
    /// The page that it opens, after the portal's own; empty for that one.
    page: &'static str,
    label: &'static str,
    /// The other pages that belong to it.
    pages: &'static [&'static str],
    may_open: fn(Rights) -> bool,
}

const TABS: [Tab; 7] = [
    Tab { page: "", label: "console-portal", pages: &["switch"], may_open: |may| may.read },
    Tab { page: "overview", label: "console-overview", pages: &[], may_open: |may| may.activity },
    Tab {
        page: "users",
        label: "console-users",
        pages: &["bulk-reset", "users-export"],
        may_open: |may| may.users,
    },
    Tab {
        page: "policy",
        label: "console-policy",
        pages: &["end-trust"],
        may_open: |may| may.policy,
    },
    Tab { page: "activity", label: "console-activity", pages: &[], may_open: |may| may.activity },
    Tab { page: "keys", label: "console-keys", pages: &[], may_open: |may| may.portal },
    Tab {
        page: "settings",
        label: "console-settings",
        pages: &["profile", "logo", "sending", "share", "log-days", "delete"],
        may_open: |may| may.read,
    },
];

const PORTALS: &str = "/console/portals";
/// The first page, which no other is below.
const START: &str = "/console";

impl Place {
    /// Finds the place of a path, and reads the portal in it.
    pub(crate) async fn of(context: &AppContext, path: &str) -> Result<Self, Problem> {
        let named = path.strip_prefix(PORTALS).and_then(|rest| rest.strip_prefix('/'));
        let named = named.and_then(|rest| rest.split('/').next()).filter(|name| *name != "new");
        let stored = match named.and_then(|name| PortalId::parse(name).ok()) {
            Some(id) => context.store().portal(&id).await.map_err(Problem::from)?,
            None => None,
        };
        let portal = stored.map(|stored| PortalPlace {
            id: stored.value.id,
            name: stored.value.profile.description,
            switched_by: stored.value.policy.switched_by,
        });
        Ok(Self { path: path.to_owned(), portal })
    }

    /// Returns the URL of a portal's page.
    fn url(portal: &PortalId, page: &str) -> String {
        let parts = [PORTALS, portal.as_str(), page];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("/")
    }

    fn is_below(&self, url: &str) -> bool {
        self.path.strip_prefix(url).is_some_and(|rest| rest.starts_with('/'))
    }

    /// Returns the value of `aria-current` for a link to a page.
    fn here(&self, url: &str) -> Option<&'static str> {
        match () {
            () if self.path == url => Some("page"),
            () if url != START && self.is_below(url) => Some("true"),
            () => None,
        }
    }

    /// Returns the portal, if the role holds there.
    fn portal(&self, role: &Role) -> Option<(&PortalPlace, Rights)> {
        let portal = self.portal.as_ref()?;
        let rights = Rights::of_role(role, &portal.id, portal.switched_by);
        (rights.read || rights.users).then_some((portal, rights))
    }

    /// Returns the name of the portal, if the role holds there.
    pub(crate) fn portal_name(&self, role: &Role) -> Option<&str> {
        self.portal(role).map(|(portal, _)| portal.name.as_str())
    }

    /// Returns the sections that the role may open.
    pub(crate) fn sections(&self, role: &Role, words: &Words) -> Vec<Link> {
        let sections = [
            (START, "console-overview", Right::ReadActivity),
            (PORTALS, "console-portals", Right::ReadPortals),
            ("/console/find", "console-people", Right::ReadUsers),
            ("/console/activity", "console-activity-all", Right::ReadActivity),
            ("/console/settings", "console-settings", Right::ReadSettings),
            ("/console/admins", "console-admins", Right::ReadAdmins),
        ];
        let may = sections.into_iter().filter(|(_, _, right)| role.has(*right));
        let link = |url: String, label| Link {
            here: self.here(&url),
            href: Some(url),
            label: words.say(label),
        };
        let mut links: Vec<_> = may.map(|(url, label, _)| link(url.to_owned(), label)).collect();
        if let Role::OrgAdmin { portal, .. } = role {
            links.push(link(Self::url(portal, "users"), "console-users"));
        }
        links
    }

    fn is_of(&self, tab: &Tab, portal: &PortalId) -> Option<&'static str> {
        let url = Self::url(portal, tab.page);
        if tab.page.is_empty() && self.path != url {
            let own = tab.pages.iter().any(|page| self.path == Self::url(portal, page));
            return own.then_some("true");
        }
        let others = || tab.pages.iter().find_map(|page| self.here(&Self::url(portal, page)));
        self.here(&url).or_else(|| others().map(|_| "true"))
    }

    /// Returns the tabs of the portal's pages.
    pub(crate) fn tabs(&self, role: &Role, words: &Words) -> Vec<Link> {
        let Some((portal, rights)) = self.portal(role) else { return vec![] };
        let may = TABS.iter().filter(|tab| (tab.may_open)(rights));
        let link = |tab: &Tab| Link {
            href: Some(Self::url(&portal.id, tab.page)),
            label: words.say(tab.label),
            here: self.is_of(tab, &portal.id),
        };
        may.map(link).collect()
    }

    /// Returns the pages above this one, the highest first.
    pub(crate) fn above(&self, role: &Role, words: &Words) -> Vec<Link> {
        let mut links = self.sections(role, words);
        links.retain(|link| link.here == Some("true"));
        if let Some((portal, rights)) = self.portal(role) {
            let own = Self::url(&portal.id, "");
            if self.path != own {
                let href = rights.read.then(|| own.clone());
                links.retain(|link| link.href.as_deref() == Some(PORTALS));
                links.push(Link { href, label: portal.name.clone(), here: None });
                let tabs = self.tabs(role, words).into_iter();
                let is_above = |tab: &Link| {
                    tab.here == Some("true") && tab.href.as_deref() != Some(own.as_str())
                };
                links.extend(tabs.filter(is_above));
            }
        }
        let own = ["/console/password", "/console/address", "/console/second-step"];
        if own.contains(&self.path.as_str()) {
            let label = words.say("console-sessions-title");
            links.push(Link { href: Some("/console/sessions".to_owned()), label, here: None });
        }
        links.into_iter().map(|link| Link { here: None, ..link }).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(path: &str) -> Place {
        let id = PortalId::parse("acme").unwrap();
        let portal =
            PortalPlace { id, name: "Acme".to_owned(), switched_by: SwitchedBy::PortalAdmin };
        Place { path: path.to_owned(), portal: Some(portal) }
    }

    fn marked(links: &[Link]) -> Vec<(&str, &str)> {
        links.iter().filter_map(|link| Some((link.label.as_str(), link.here?))).collect()
    }

    fn labels(links: &[Link]) -> Vec<&str> {
        links.iter().map(|link| link.label.as_str()).collect()
    }

    #[test]
    fn every_page_of_a_portal_marks_one_tab_and_names_the_pages_above_it() {
        let words = Words::default();
        for (page, tab, above) in [
            ("", ("Portal", "page"), &["Portals"][..]),
            ("/overview", ("Overview", "page"), &["Portals", "Acme"]),
            ("/switch", ("Portal", "true"), &["Portals", "Acme"]),
            ("/users", ("Users", "page"), &["Portals", "Acme"]),
            ("/users/AAAA/reset", ("Users", "true"), &["Portals", "Acme", "Users"]),
            ("/users/bulk/reminder", ("Users", "true"), &["Portals", "Acme", "Users"]),
            ("/bulk-reset", ("Users", "true"), &["Portals", "Acme", "Users"]),
            ("/keys/k1", ("API keys", "true"), &["Portals", "Acme", "API keys"]),
            ("/delete", ("Settings", "true"), &["Portals", "Acme", "Settings"]),
            ("/end-trust", ("Policy", "true"), &["Portals", "Acme", "Policy"]),
        ] {
            let place = place(&format!("/console/portals/acme{page}"));
            assert_eq!(marked(&place.tabs(&Role::Operator, &words)), [tab], "{page}");
            let sections = place.sections(&Role::Operator, &words);
            assert_eq!(marked(&sections), [("Portals", "true")], "{page}");
            assert_eq!(labels(&place.above(&Role::Operator, &words)), above, "{page}");
        }
    }

    #[test]
    fn s12_a_role_is_shown_no_name_and_no_tab_of_a_portal_where_it_does_not_hold() {
        let words = Words::default();
        let portal = PortalId::parse("other").unwrap();
        let role = Role::PortalAdmin { portal };
        let place = place("/console/portals/acme/users");
        assert_eq!(place.portal_name(&role), None);
        assert_eq!(place.tabs(&role, &words), []);
        assert_eq!(labels(&place.above(&role, &words)), ["Portals"]);
        let portal = PortalId::parse("acme").unwrap();
        let organisation = portcullis_domain::OrganisationId::parse("acme").unwrap();
        let org_admin = Role::OrgAdmin { portal, organisation };
        assert_eq!(labels(&place.tabs(&org_admin, &words)), ["Users"]);
        let above = place.above(&org_admin, &words);
        assert_eq!(above.iter().map(|link| link.href.as_deref()).collect::<Vec<_>>(), [None]);
    }
}
