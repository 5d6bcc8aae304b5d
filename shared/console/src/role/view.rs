pub(crate) const ROLES: [(&str, &str); 5] = [
    ("operator", "operator: everything, everywhere"),
    ("technician", "technician: policies and users of the portals below"),
    ("portal_admin", "portal admin: the portal below"),
    ("org_admin", "organisation admin: reset the users of the organisation below"),
    ("auditor", "auditor: read everything"),
];
