//! The limits of an API key: its scopes, and the addresses it may come from.

use ipnet::IpNet;
use std::{
    fmt,
    net::{IpAddr, Ipv6Addr},
};

use crate::{Malformed, limits, values::id::text_outside, values::named::named};

/// A part of the API that an API key opens. Each call of a portal needs one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// Sign-ins, from opening one to its result.
    SignIn,
    /// The record of a user between sign-ins, and what is told of it.
    Contacts,
    /// Resets, and the end of a saved default.
    Reset,
    Erase,
    /// Push requests and exchange codes by OpenID Connect.
    Oidc,
}

named! {
    Scope {
        SignIn: "sign_in", Contacts: "contacts", Reset: "reset", Erase: "erase", Oidc: "oidc",
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(crate::Named::name(*self))
    }
}

/// The scopes of a key, at least one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scopes(Vec<Scope>);

impl Scopes {
    /// Takes scopes, in any order.
    ///
    /// # Errors
    /// [`Malformed`] if there is none, or one twice.
    pub fn of(scopes: &[Scope]) -> Result<Self, Malformed> {
        let mut sorted = scopes.to_vec();
        sorted.sort_unstable();
        sorted.dedup();
        if sorted.is_empty() || sorted.len() < scopes.len() {
            return Err(Malformed::new("scopes", "must name at least one, and each once"));
        }
        Ok(Self(sorted))
    }

    /// Returns the scopes of a key for which none are named: those that signing users in and
    /// keeping their contact records take. What takes something away is named.
    pub fn usual() -> Self {
        Self(vec![Scope::SignIn, Scope::Contacts])
    }

    /// Returns the scopes of a key that was made before there were any: those of every call there
    /// was.
    pub fn unlimited() -> Self {
        Self(vec![Scope::SignIn, Scope::Contacts, Scope::Reset, Scope::Erase])
    }

    pub fn contains(&self, scope: Scope) -> bool {
        self.0.contains(&scope)
    }

    pub fn as_slice(&self) -> &[Scope] {
        &self.0
    }
}

/// A range of addresses in CIDR notation (RFC 4632, section 3.1; RFC 4291, section 2.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SourceRange(IpNet);

impl SourceRange {
    /// Reads a range, or one address.
    ///
    /// # Errors
    /// [`Malformed`] for anything else, for bits after the prefix, and for all addresses.
    pub fn parse(text: &str) -> Result<Self, Malformed> {
        let wrong = Malformed::new(
            "sources",
            "must be ranges such as 192.0.2.0/24 or 2001:db8::/32, without bits after the prefix",
        );
        let address = text.parse::<IpAddr>().map(IpNet::from);
        let range = address.or_else(|_| text.parse::<IpNet>()).map_err(|_| wrong)?;
        if range.trunc() != range || is_mapped(range.network()) {
            return Err(wrong);
        }
        if range.prefix_len() == 0 {
            let all =
                "must not have a range of all addresses; leave them out to call from anywhere";
            return Err(Malformed::new("sources", all));
        }
        Ok(Self(range))
    }
}

/// Returns true for an IPv4 address that is written as IPv6 (RFC 4291, section 2.5.5.2).
fn is_mapped(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(_) => false,
        IpAddr::V6(address) => Ipv6Addr::to_ipv4_mapped(&address).is_some(),
    }
}

impl fmt::Display for SourceRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

text_outside!(SourceRange, |range| range.to_string());

/// The addresses that a key may come from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sources(Vec<SourceRange>);

impl Sources {
    /// Takes ranges; none are every address.
    ///
    /// # Errors
    /// [`Malformed`] if there are more than [`limits::SOURCES_PER_KEY`].
    pub fn of(ranges: Vec<SourceRange>) -> Result<Self, Malformed> {
        if ranges.len() > limits::SOURCES_PER_KEY {
            return Err(Malformed::new("sources", "must be at most 8 ranges"));
        }
        Ok(Self(ranges))
    }

    /// Returns true if a call from this address is within them. An address that is not known is
    /// within no range.
    pub fn contain(&self, address: Option<IpAddr>) -> bool {
        let within = |address: IpAddr| {
            let address = address.to_canonical();
            self.0.iter().any(|range| range.0.contains(&address))
        };
        self.0.is_empty() || address.is_some_and(within)
    }

    pub fn as_slice(&self) -> &[SourceRange] {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Named;

    fn sources(ranges: &[&str]) -> Sources {
        Sources::of(ranges.iter().map(|text| SourceRange::parse(text).unwrap()).collect()).unwrap()
    }

    #[test]
    fn s49_a_key_has_at_least_one_scope_and_each_once() {
        assert!(Scopes::of(&[]).is_err() && Scopes::of(&[Scope::Reset, Scope::Reset]).is_err());
        let scopes = Scopes::of(&[Scope::Oidc, Scope::SignIn]).unwrap();
        assert_eq!(scopes.as_slice(), [Scope::SignIn, Scope::Oidc]);
        for scope in Scope::ALL {
            let wanted = [Scope::SignIn, Scope::Oidc].contains(scope);
            assert_eq!(scopes.contains(*scope), wanted, "{scope}");
            assert_eq!(Scope::from_name(&scope.to_string()), Some(*scope));
        }
        let without_oidc = Scope::ALL.split_last().unwrap().1;
        assert_eq!(Scopes::unlimited().as_slice(), without_oidc);
        assert_eq!(Scopes::usual().as_slice(), [Scope::SignIn, Scope::Contacts]);
    }

    #[test]
    fn s49_a_range_is_read_as_it_is_meant_or_refused() {
        for (text, wanted) in [
            ("192.0.2.0/24", "192.0.2.0/24"),
            ("192.0.2.7", "192.0.2.7/32"),
            ("2001:DB8::/32", "2001:db8::/32"),
            ("2001:db8::7", "2001:db8::7/128"),
            ("128.0.0.0/1", "128.0.0.0/1"),
        ] {
            assert_eq!(SourceRange::parse(text).unwrap().to_string(), wanted, "{text}");
        }
        for text in [
            "",
            " 192.0.2.7",
            "192.0.2.1/24",
            "192.0.2.0/33",
            "192.0.2.0/",
            "192.0.2/24",
            "192.0.2.0/24,198.51.100.0/24",
            "2001:db8::1/64",
            "2001:db8::/129",
            "::ffff:192.0.2.0/120",
            "::ffff:192.0.2.7",
            "0.0.0.0/0",
            "::/0",
            "example.com",
            "fe80::1%eth0",
        ] {
            assert!(SourceRange::parse(text).is_err(), "{text}");
        }
        let one = SourceRange::parse("192.0.2.7").unwrap();
        assert!(Sources::of(vec![one; limits::SOURCES_PER_KEY]).is_ok());
        assert!(Sources::of(vec![one; limits::SOURCES_PER_KEY + 1]).is_err());
    }

    #[test]
    fn s49_an_address_is_within_a_range_of_its_own_kind_and_an_unknown_one_in_none() {
        let ours = sources(&["192.0.2.0/24", "2001:db8::/32"]);
        for (address, wanted) in [
            ("192.0.2.0", true),
            ("192.0.2.255", true),
            ("192.0.3.0", false),
            ("::ffff:192.0.2.9", true),
            ("2001:db8:ffff::1", true),
            ("2001:db9::1", false),
            ("::192.0.2.9", false),
        ] {
            assert_eq!(ours.contain(address.parse().ok()), wanted, "{address}");
        }
        assert!(!ours.contain(None));
        let anywhere = Sources::default();
        assert!(anywhere.contain(None) && anywhere.contain("192.0.3.0".parse().ok()));
    }
}
