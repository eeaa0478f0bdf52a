//! The 95 % interval of an index: a statistic, and the only place where floats occur.

use super::SMALL_N;

/// The spread of respondents' totals, gathered from whole numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spread {
    /// Respondents who answered everything.
    pub n: u64,
    /// Unsur, 1 to 99.
    pub k: u32,
    /// Sum over respondents of the total of their answers.
    pub sum: u64,
    /// Sum over respondents of the square of that total.
    pub sum_of_squares: u64,
    /// Users of the service in the period, where known: corrects for a finite population.
    pub population: Option<u64>,
}

/// An interval on the scale of the index, 25 to 100.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

impl Interval {
    /// A change is called "berarti" only when the intervals of the two periods do not overlap.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.low <= other.high && other.low <= self.high
    }
}

/// The 95 % interval around the exact index (our own rule): `1.96 * s / sqrt(n)` on either side, where `s` is the
/// sample standard deviation of the respondents' own indices. `None` below 30 respondents or for sums that cannot be.
#[expect(
    clippy::cast_precision_loss,
    reason = "a statistic shown with two decimals; counts stay far below 2^52"
)]
pub fn interval_95(spread: Spread) -> Option<Interval> {
    let Spread {
        n,
        k,
        sum,
        sum_of_squares,
        population,
    } = spread;
    if n < SMALL_N || k == 0 {
        return None;
    }
    // n * sum of squares - square of the sum, exactly: a difference of large floats would lose everything
    let scatter = (u128::from(n) * u128::from(sum_of_squares)).checked_sub(u128::from(sum).pow(2))?;
    let (n_f, to_index) = (n as f64, 25.0 / f64::from(k));
    let deviation = (scatter as f64 / (n_f * (n_f - 1.0))).sqrt() * to_index;
    let finite = match population {
        Some(all) if all > n => ((all - n) as f64 / (all - 1) as f64).sqrt(),
        Some(_) => 0.0,
        None => 1.0,
    };
    let half = 1.96 * deviation / n_f.sqrt() * finite;
    let middle = sum as f64 / n_f * to_index;
    Some(Interval {
        low: (middle - half).max(25.0),
        high: (middle + half).min(100.0),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spread(totals: &[u64], population: Option<u64>) -> Spread {
        Spread {
            n: totals.len() as u64,
            k: 9,
            sum: totals.iter().sum(),
            sum_of_squares: totals.iter().map(|t| t * t).sum(),
            population,
        }
    }

    #[test]
    fn by_hand() {
        // fifteen answer 3 and fifteen answer 4 everywhere: own indices 75 and 100, s = 12.5 * sqrt(30/29)
        let totals: Vec<u64> = (0..30).map(|i| if i % 2 == 0 { 27 } else { 36 }).collect();
        let interval = interval_95(spread(&totals, None)).expect("thirty");
        let half = 1.96 * 12.5 * (30.0_f64 / 29.0).sqrt() / 30.0_f64.sqrt();
        assert!((interval.high - interval.low - 2.0 * half).abs() < 1e-9);
        assert!((interval.high + interval.low - 175.0).abs() < 1e-9);
        let narrow = interval_95(spread(&totals, Some(60))).expect("thirty");
        assert!(narrow.high < interval.high && narrow.overlaps(&interval));
    }

    #[test]
    fn small_or_impossible_samples_have_none_and_unanimous_ones_no_width() {
        assert_eq!(interval_95(spread(&[27; 29], None)), None);
        assert_eq!(
            interval_95(spread(&[27; 40], None)),
            Some(Interval { low: 75.0, high: 75.0 })
        );
        assert_eq!(interval_95(spread(&[27; 40], Some(40))).map(|i| i.high), Some(75.0));
        assert_eq!(
            interval_95(Spread {
                n: 30,
                k: 9,
                sum: 1000,
                sum_of_squares: 1,
                population: None
            }),
            None
        );
    }
}
