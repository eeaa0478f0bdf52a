//! Exact numbers: fractions of whole numbers of any size, rounded once, when they are printed.

use std::fmt;
use std::ops::{Add, Mul, Sub};
use std::str::FromStr;

use num_rational::BigRational;
use rust_decimal::Decimal;

/// Longest number that is read. Far more than any score, index or credit needs, and small enough to stay fast.
const MAX_DIGITS: usize = 30;

/// A text that is not a plain decimal number of at most thirty digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a decimal number of at most 30 digits")]
pub struct NotANumber;

/// An exact number. Thirds stay thirds; nothing is rounded before it is printed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Exact(BigRational);

impl Exact {
    /// A whole number.
    pub fn int(value: i64) -> Self {
        Self(BigRational::from_integer(value.into()))
    }

    /// The fraction `numerator / denominator`; `None` when the denominator is zero.
    pub fn ratio(numerator: i64, denominator: i64) -> Option<Self> {
        (denominator != 0).then(|| Self(BigRational::new(numerator.into(), denominator.into())))
    }

    /// Zero.
    pub fn zero() -> Self {
        Self::int(0)
    }

    /// This number divided by `divisor`; `None` when that is zero.
    pub fn checked_div(&self, divisor: &Self) -> Option<Self> {
        (*divisor != Self::zero()).then(|| Self(&self.0 / &divisor.0))
    }

    /// Below zero.
    pub fn is_negative(&self) -> bool {
        *self < Self::zero()
    }

    /// With exactly `places` decimals (at most 30), a half away from zero ("half up" for the numbers of this house,
    /// which are never negative where they are rounded).
    pub fn round(&self, places: u32) -> String {
        let places = places.min(30);
        let negative = self.is_negative();
        let digits = self.scaled(places).to_string();
        let digits = digits.trim_start_matches('-');
        let places = places as usize;
        let padded = format!("{digits:0>width$}", width = places + 1);
        let (whole, fraction) = padded.split_at(padded.len() - places);
        let sign = if negative && padded.bytes().any(|b| b != b'0') {
            "-"
        } else {
            ""
        };
        if fraction.is_empty() {
            format!("{sign}{whole}")
        } else {
            format!("{sign}{whole}.{fraction}")
        }
    }

    /// As short as it can be written, without trailing zeros and without an exponent, at most 30 decimals.
    pub fn plain(&self) -> String {
        let text = self.round(30);
        let short = text.trim_end_matches('0').trim_end_matches('.');
        short.to_owned()
    }

    /// The number rounded as [`Exact::round`] does, still exact.
    #[must_use]
    pub fn rounded(&self, places: u32) -> Self {
        let places = places.min(30);
        Self(self.scaled(places) / BigRational::from_integer(power_of_ten(places).into()))
    }

    /// The whole number of units of the last decimal place, a half away from zero.
    fn scaled(&self, places: u32) -> BigRational {
        (&self.0 * BigRational::from_integer(power_of_ten(places).into())).round()
    }

    /// As a stored decimal with `places` decimals; `None` when it has more digits than a decimal keeps.
    pub fn to_decimal(&self, places: u32) -> Option<Decimal> {
        self.round(places).parse().ok()
    }
}

/// 10 to the power of `places`, which is at most 30.
fn power_of_ten(places: u32) -> i128 {
    10_i128.pow(places.min(30))
}

impl From<Decimal> for Exact {
    fn from(value: Decimal) -> Self {
        Self(BigRational::new(
            value.mantissa().into(),
            power_of_ten(value.scale()).into(),
        ))
    }
}

impl FromStr for Exact {
    type Err = NotANumber;

    /// Reads `12`, `-3.50` and, because JSON writers use it, `1.5e2`. No spaces, no thousands separators.
    fn from_str(text: &str) -> Result<Self, NotANumber> {
        let (body, exponent) = match text.split_once(['e', 'E']) {
            Some((body, exponent)) => (body, exponent.parse::<i32>().map_err(|_| NotANumber)?),
            None => (text, 0),
        };
        let (negative, body) = body.strip_prefix('-').map_or((false, body), |rest| (true, rest));
        let (whole, fraction) = match body.split_once('.') {
            Some((_, "")) => return Err(NotANumber),
            Some(parts) => parts,
            None => (body, ""),
        };
        let all_digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty() || !all_digits(whole) || !all_digits(fraction) || whole.len() + fraction.len() > MAX_DIGITS
        {
            return Err(NotANumber);
        }
        let digits: i128 = format!("{whole}{fraction}").parse().map_err(|_| NotANumber)?;
        let places = i32::try_from(fraction.len())
            .map_err(|_| NotANumber)?
            .checked_sub(exponent)
            .ok_or(NotANumber)?;
        let power = Some(places.unsigned_abs()).filter(|p| *p <= 30).ok_or(NotANumber)?;
        let digits = if negative { -digits } else { digits };
        Ok(Self(if places >= 0 {
            BigRational::new(digits.into(), power_of_ten(power).into())
        } else {
            BigRational::from_integer(digits.into()) * BigRational::from_integer(power_of_ten(power).into())
        }))
    }
}

impl fmt::Display for Exact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.plain())
    }
}

impl Add for &Exact {
    type Output = Exact;
    fn add(self, other: Self) -> Exact {
        Exact(&self.0 + &other.0)
    }
}

impl Sub for &Exact {
    type Output = Exact;
    fn sub(self, other: Self) -> Exact {
        Exact(&self.0 - &other.0)
    }
}

impl Mul for &Exact {
    type Output = Exact;
    fn mul(self, other: Self) -> Exact {
        Exact(&self.0 * &other.0)
    }
}

impl<'a> std::iter::Sum<&'a Exact> for Exact {
    fn sum<I: Iterator<Item = &'a Exact>>(items: I) -> Exact {
        items.fold(Exact::zero(), |total, item| &total + item)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exact(text: &str) -> Exact {
        text.parse().expect("a number")
    }

    #[test]
    fn rounds_half_up_once() {
        assert_eq!(exact("95.325").round(2), "95.33");
        assert_eq!(exact("64.994999").round(2), "64.99");
        assert_eq!(exact("-0.005").round(2), "-0.01");
        assert_eq!(exact("-0.004").round(2), "0.00");
        assert_eq!(exact("0.5").round(0), "1");
        assert_eq!(Exact::ratio(2, 3).expect("not zero").round(4), "0.6667");
        assert_eq!(exact("7").round(2), "7.00");
    }

    #[test]
    fn prints_without_exponent_or_trailing_zeros() {
        for (text, out) in [
            ("1e3", "1000"),
            ("1.50", "1.5"),
            ("100", "100"),
            ("25e-1", "2.5"),
            ("-3.120", "-3.12"),
            ("0.0", "0"),
        ] {
            assert_eq!(exact(text).plain(), out, "{text}");
        }
    }

    #[test]
    fn refuses_what_is_no_number() {
        for bad in [
            "",
            "-",
            ".5",
            "5.",
            "1,5",
            " 1",
            "1e",
            "1e999999999999",
            "1e31",
            "NaN",
            "--1",
            "+1",
            "0x1",
            "1234567890123456789012345678901",
            "1e-2147483648",
        ] {
            assert_eq!(bad.parse::<Exact>(), Err(NotANumber), "{bad}");
        }
    }

    #[test]
    fn agrees_with_stored_decimals() {
        let stored: Decimal = "12.50".parse().expect("a decimal");
        assert_eq!(Exact::from(stored), exact("12.5"));
        assert_eq!(exact("12.495").to_decimal(2), Some(stored));
        assert_eq!(Exact::ratio(1, 0), None);
        assert_eq!(exact("1").checked_div(&Exact::zero()), None);
    }
}
