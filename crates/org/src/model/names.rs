use std::collections::BTreeSet;

/// Name with academic titles, as it is printed: `Dr. Siti Rahma, S.E., M.Si.`
pub fn full_name(title_front: &str, name: &str, title_back: &str) -> String {
    let mut out = String::with_capacity(title_front.len() + name.len() + title_back.len() + 3);
    if !title_front.is_empty() {
        out.push_str(title_front);
        out.push(' ');
    }
    out.push_str(name);
    if !title_back.is_empty() {
        out.push_str(", ");
        out.push_str(title_back);
    }
    out
}

/// The different words of a folded name.
pub fn name_words(folded: &str) -> BTreeSet<&str> {
    folded.split(' ').filter(|w| !w.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_stand_around_the_name() {
        assert_eq!(full_name("Dr.", "Siti Rahma", "S.E."), "Dr. Siti Rahma, S.E.");
        assert_eq!(full_name("", "Suharto", ""), "Suharto");
        assert_eq!(
            name_words("siti  siti rahma").into_iter().collect::<Vec<_>>(),
            ["rahma", "siti"]
        );
    }
}
