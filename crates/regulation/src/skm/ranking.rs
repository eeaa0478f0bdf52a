//! Which unsur are strongest and weakest.

use crate::Exact;

/// Places from highest to lowest mean, as indices into `nrr`. Equal means share a place and keep their order.
/// Unrounded means are compared, so that what prints alike need not tie.
pub fn ranking(nrr: &[Exact]) -> Vec<Vec<usize>> {
    let mut order: Vec<usize> = (0..nrr.len()).collect();
    order.sort_by(|a, b| nrr[*b].cmp(&nrr[*a]));
    order
        .chunk_by(|a, b| nrr[*a] == nrr[*b])
        .map(<[usize]>::to_vec)
        .collect()
}

/// The `count` lowest, weakest first; the priority for improvement is the lowest three. Among equals the one that
/// comes first goes first (CFG).
pub fn lowest(nrr: &[Exact], count: usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..nrr.len()).collect();
    order.sort_by(|a, b| nrr[*a].cmp(&nrr[*b]));
    order.truncate(count);
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    fn means(texts: &[&str]) -> Vec<Exact> {
        texts.iter().map(|t| t.parse().expect("a number")).collect()
    }

    #[test]
    fn ties_share_a_place_and_keep_their_order() {
        let nrr = means(&[
            "3.6207", "3.4828", "3.4483", "4", "3.5172", "3.62070", "3.6552", "3.6207", "3.9655",
        ]);
        assert_eq!(
            ranking(&nrr),
            [vec![3], vec![8], vec![6], vec![0, 5, 7], vec![4], vec![1], vec![2]]
        );
        assert_eq!(lowest(&nrr, 3), [2, 1, 4]);
    }

    #[test]
    fn a_tie_at_the_third_place_takes_the_first_of_the_equals() {
        assert_eq!(lowest(&means(&["2", "2", "2", "2"]), 3), [0, 1, 2]);
        assert_eq!(lowest(&means(&["2", "1"]), 3), [1, 0]);
        assert!(ranking(&[]).is_empty());
    }
}
