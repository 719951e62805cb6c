//! What a look-up may reach: the public net, and private hosts the operator named.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use super::LookUpError;
use super::address::Address;

/// The private hosts the operator named.
pub struct Named(Vec<(String, Option<u16>)>);

impl Named {
    pub fn of(entries: Vec<String>) -> Named {
        Named(entries.iter().map(|entry| parse(entry)).collect())
    }

    pub fn holds(&self, address: &Address) -> bool {
        self.is(address.host(), address.port())
    }

    fn is(&self, host: &str, port: u16) -> bool {
        let is = |(name, only): &(String, Option<u16>)| {
            name == host && only.is_none_or(|only| only == port)
        };
        self.0.iter().any(is)
    }
}

/// `host`, `host:port`, `[v6]:port` or a bare address of version 6.
fn parse(entry: &str) -> (String, Option<u16>) {
    let plain = |host: &str| {
        host.trim_matches(|c| c == '[' || c == ']')
            .trim_end_matches('.')
            .to_ascii_lowercase()
    };
    let port = |(host, port): (&str, &str)| {
        let bare_v6 = host.contains(':') && !host.ends_with(']');
        (!bare_v6).then(|| port.parse().ok().map(|port| (plain(host), Some(port))))?
    };
    entry
        .rsplit_once(':')
        .and_then(port)
        .unwrap_or_else(|| (plain(entry), None))
}

/// Resolves names and drops private addresses, so that no name can point inside.
pub struct PublicOnly;

impl Resolve for PublicOnly {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let allowed: Vec<SocketAddr> =
                found.filter(|address| !is_private(address.ip())).collect();
            if allowed.is_empty() {
                return Err(Box::new(LookUpError::Private) as Box<_>);
            }
            Ok(Box::new(allowed.into_iter()) as Addrs)
        })
    }
}

/// Everything that is not the public net: loopback, private, link-local,
/// reserved, and addresses that carry another one inside (RFC 6890).
pub fn is_private(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_private_v4(ip),
        IpAddr::V6(ip) => is_private_v6(ip),
    }
}

fn is_private_v4(ip: Ipv4Addr) -> bool {
    match ip.octets() {
        [0 | 10 | 127, ..] | [224..=255, ..] => true,
        [100, b, ..] => (64..128).contains(&b),
        [169, 254, ..] | [192, 168, ..] => true,
        [172, b, ..] => (16..32).contains(&b),
        [192, 0, 0 | 2, _] | [192, 88, 99, _] => true,
        [198, b, c, _] => b == 18 || b == 19 || (b == 51 && c == 100),
        [203, 0, 113, _] => true,
        _ => false,
    }
}

fn is_private_v6(ip: Ipv6Addr) -> bool {
    if let Some(inner) = inside(ip) {
        return is_private_v4(inner);
    }
    match ip.segments() {
        // Protocol assignments (Teredo among them), documentation, 6to4.
        [0x2001, second, ..] => second < 0x200 || second == 0xdb8,
        [0x2002, ..] => true,
        [0x3fff, second, ..] => second < 0x1000,
        // Of the rest only 2000::/3 is given out.
        [first, ..] => first & 0xe000 != 0x2000,
    }
}

/// The address of version 4 that one of version 6 stands for: mapped, or
/// translated by NAT64 (64:ff9b::/96).
fn inside(ip: Ipv6Addr) -> Option<Ipv4Addr> {
    let [.., high, low] = ip.segments();
    match ip.segments() {
        [0x64, 0xff9b, 0, 0, 0, 0, ..] => {
            let [a, b] = high.to_be_bytes();
            let [c, d] = low.to_be_bytes();
            Some(Ipv4Addr::new(a, b, c, d))
        }
        _ => ip.to_ipv4_mapped(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_public_net_is_public() {
        for public in [
            "1.1.1.1",
            "114.114.114.114",
            "172.32.0.1",
            "100.128.0.1",
            "192.0.1.1",
            "198.20.0.1",
            "2400:3200::1",
            "2606:4700:4700::1111",
            "::ffff:1.1.1.1",
            "64:ff9b::101:101",
        ] {
            assert!(!is_private(public.parse().unwrap()), "{public}");
        }
        for private in [
            "0.0.0.0",
            "10.1.2.3",
            "100.64.0.1",
            "127.0.0.1",
            "169.254.169.254",
            "172.16.0.1",
            "192.0.0.8",
            "192.0.2.1",
            "192.88.99.1",
            "192.168.1.1",
            "198.18.0.1",
            "198.51.100.1",
            "203.0.113.1",
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::10.0.0.1",
            "::ffff:10.0.0.1",
            "64:ff9b::a00:1",
            "64:ff9b::7f00:1",
            "64:ff9b:1::1",
            "100::1",
            "2001::1",
            "2001:db8::1",
            "2002:7f00:1::",
            "3fff::1",
            "fc00::1",
            "fe80::1",
            "fec0::1",
            "ff02::1",
        ] {
            assert!(is_private(private.parse().unwrap()), "{private}");
        }
    }

    #[test]
    fn a_host_that_is_named_with_a_port_is_named_with_that_one_alone() {
        let named = Named::of(
            [
                "localhost:1",
                "Any.Host.",
                "[::1]:8",
                "fd00::1",
                "10.0.0.1:80",
            ]
            .map(str::to_owned)
            .into(),
        );
        for (host, port, is) in [
            ("localhost", 1, true),
            ("localhost", 2, false),
            ("any.host", 2, true),
            ("::1", 8, true),
            ("::1", 9, false),
            ("fd00::1", 443, true),
            ("10.0.0.1", 80, true),
            ("10.0.0.1", 81, false),
            ("other", 1, false),
        ] {
            assert_eq!(named.is(host, port), is, "{host}:{port}");
        }
    }
}
