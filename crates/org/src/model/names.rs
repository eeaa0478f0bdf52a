use std::collections::BTreeSet;

use kernel::fold_name;

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

/// How much two names are alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Likeness {
    /// The same but for case, diacritics and spaces.
    Same,
    /// A word in common, or one spelled much alike.
    Similar,
    /// Nothing in common.
    Other,
}

/// Two names are similar when a word of one is a word of the other, or is spelled much like it (Suharto, Soeharto).
pub fn likeness(a: &str, b: &str) -> Likeness {
    let (a, b) = (fold_name(a), fold_name(b));
    if a == b {
        return Likeness::Same;
    }
    let close = |x: &str, y: &str| x == y || (x.len() >= 4 && y.len() >= 4 && distance(x, y) <= 2);
    if a.split(' ').any(|x| b.split(' ').any(|y| close(x, y))) {
        Likeness::Similar
    } else {
        Likeness::Other
    }
}

/// Letters to change, add or leave out to make one word of the other.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut corner = row.first().copied().unwrap_or(0);
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
        let mut left = i + 1;
        for (slot, y) in row.iter_mut().skip(1).zip(&b) {
            let best = (corner + usize::from(x != *y)).min(*slot + 1).min(left + 1);
            corner = *slot;
            *slot = best;
            left = best;
        }
    }
    row.last().copied().unwrap_or(0)
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

    #[test]
    fn names_are_compared_with_patience() {
        assert!(likeness("Siti Aminah", "SITI  AMINAH") == Likeness::Same);
        assert!(likeness("Suharto", "Soeharto") == Likeness::Similar);
        assert!(likeness("Siti Aminah", "Siti A. Lestari") == Likeness::Similar);
        assert!(likeness("Siti Aminah", "Budi Santoso") == Likeness::Other);
        assert!(likeness("Ali", "Adi") == Likeness::Other, "short words must be equal");
        assert_eq!(
            (distance("kitten", "sitting"), distance("", "abc"), distance("abc", "")),
            (3, 3, 3)
        );
    }
}
