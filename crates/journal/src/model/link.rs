/// Longest link, in bytes.
pub const URL_MAX: usize = 2_000;

kernel::codes! {
    /// Why a link may not be evidence.
    pub enum LinkBroken {
        /// Nothing was written.
        Empty = "KOSONG",
        /// Longer than [`URL_MAX`].
        TooLong = "TERLALU_PANJANG",
        /// Neither http nor https.
        Scheme = "BUKAN_HTTP",
        /// A user name or password stands before the host.
        Credentials = "BERISI_SANDI",
        /// No host, or one that is no name or address.
        Host = "ALAMAT_SALAH",
        /// White space, control characters, or a backslash, which browsers read as a slash.
        Forbidden = "KARAKTER_TERLARANG",
    }
}

/// Checks a link that people will click; it is never fetched. Answers the link without white space around it.
pub fn check_url(text: &str) -> Result<&str, LinkBroken> {
    let url = text.trim();
    if url.is_empty() {
        return Err(LinkBroken::Empty);
    }
    if url.len() > URL_MAX {
        return Err(LinkBroken::TooLong);
    }
    let is_forbidden = |c: char| {
        c.is_control()
            || c.is_whitespace()
            || matches!(c, '\\' | '<' | '>' | '"' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
    };
    if url.contains(is_forbidden) {
        return Err(LinkBroken::Forbidden);
    }
    let (scheme, rest) = url.split_once("://").ok_or(LinkBroken::Scheme)?;
    if !scheme.eq_ignore_ascii_case("http") && !scheme.eq_ignore_ascii_case("https") {
        return Err(LinkBroken::Scheme);
    }
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    if authority.contains('@') {
        return Err(LinkBroken::Credentials);
    }
    match is_host(authority) {
        true => Ok(url),
        false => Err(LinkBroken::Host),
    }
}

/// A name or address, perhaps with a port.
fn is_host(authority: &str) -> bool {
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port)) if !port.ends_with(']') => (host, Some(port)),
        _ => (authority, None),
    };
    if port.is_some_and(|p| p.parse::<u16>().is_err()) {
        return false;
    }
    if let Some(address) = host.strip_prefix('[').and_then(|h| h.strip_suffix(']')) {
        return address.parse::<std::net::Ipv6Addr>().is_ok();
    }
    let label = |l: &str| {
        (1..=63).contains(&l.len())
            && l.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
            && !l.starts_with('-')
            && !l.ends_with('-')
    };
    host.len() <= 253 && host.contains('.') && host.trim_end_matches('.').split('.').all(label)
}
