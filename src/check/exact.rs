//! Decimal numbers and their units, compared to the last digit: 0.1 + 0.2 is 0.3.

use std::cmp::Ordering;

/// A decimal number: digits, and how many of them stand after the point.
#[derive(Debug, Clone, Copy)]
pub struct Exact {
    digits: i128,
    places: u32,
}

impl Exact {
    /// A whole number.
    pub fn whole(number: i128) -> Self {
        Self { digits: number, places: 0 }
    }

    /// `-3.20`; none for anything else, or for more digits than there is room for.
    pub fn parse(text: &str) -> Option<Self> {
        let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
        let decimals = decimals.trim_end_matches('0');
        let digits = format!("{whole}{decimals}").parse().ok()?;
        Some(Self { digits, places: u32::try_from(decimals.len()).ok()? })
    }

    /// Ten to the power of `tens` times as much.
    pub fn shifted(self, tens: u32) -> Option<Self> {
        let within = self.places.min(tens);
        let digits = self.digits.checked_mul(10_i128.checked_pow(tens - within)?)?;
        Some(Self { digits, places: self.places - within })
    }

    /// Ten to the power of `tens` times less.
    pub fn lowered(self, tens: u32) -> Self {
        let (mut digits, mut places) = (self.digits, self.places + tens);
        while places > 0 && digits % 10 == 0 {
            (digits, places) = (digits / 10, places - 1);
        }
        Self { digits, places }
    }

    /// Both with as many digits after the point.
    fn aligned(self, other: Self) -> Option<(i128, i128, u32)> {
        let places = self.places.max(other.places);
        let digits = |own: Self| own.digits.checked_mul(10_i128.checked_pow(places - own.places)?);
        Some((digits(self)?, digits(other)?, places))
    }

    /// The sum.
    pub fn plus(self, other: Self) -> Option<Self> {
        let (own, other, places) = self.aligned(other)?;
        Some(Self { digits: own.checked_add(other)?, places })
    }

    /// The difference.
    pub fn minus(self, other: Self) -> Option<Self> {
        self.plus(Self { digits: other.digits.checked_neg()?, ..other })
    }

    /// Which is more.
    pub fn compare(self, other: Self) -> Option<Ordering> {
        let (own, other, _) = self.aligned(other)?;
        Some(own.cmp(&other))
    }

    /// Without its sign.
    pub fn magnitude(self) -> Self {
        Self { digits: self.digits.saturating_abs(), ..self }
    }

    /// Less than nothing (-1), nothing (0), or more (1).
    pub fn sign(self) -> i128 {
        self.digits.signum()
    }
}

impl std::fmt::Display for Exact {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        let (sign, digits) = (if self.digits < 0 { "-" } else { "" }, self.digits.unsigned_abs());
        let places = self.places as usize;
        let digits = format!("{digits:0>width$}", width = places + 1);
        let (whole, decimals) = digits.split_at(digits.len() - places);
        match decimals {
            "" => write!(f, "{sign}{whole}"),
            decimals => write!(f, "{sign}{whole}.{decimals}"),
        }
    }
}

/// Words of number before a measure word, and the zeros that they stand for.
const TENS: &[(&str, u32)] = &[("万亿", 12), ("亿", 8), ("万", 4)];

/// A unit without its word of number: `万家` is 4 zeros and `家`.
pub fn unit(unit: &str) -> (u32, &str) {
    let split = |(word, tens): &(&str, u32)| Some((*tens, unit.strip_prefix(word)?));
    TENS.iter().find_map(split).unwrap_or((0, unit))
}

/// A number with its unit, as so many of the unit itself: `1.45`, `万家` are 14500 `家`.
pub fn measured<'u>(value: &str, of: &'u str) -> Option<(Exact, &'u str)> {
    let (tens, base) = unit(of);
    Some((Exact::parse(value)?.shifted(tens)?, base))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exact(text: &str) -> Exact {
        Exact::parse(text).unwrap()
    }

    #[test]
    fn numbers_are_added_and_compared_to_the_last_digit() {
        for (a, b, sum, order) in [
            ("0.1", "0.2", "0.3", Ordering::Less),
            ("3.20", "3.2", "6.4", Ordering::Equal),
            ("-0.5", "0.25", "-0.25", Ordering::Less),
            ("42.91", "3.97", "46.88", Ordering::Greater),
            (
                "999999999999999.999999999999999",
                "0.000000000000001",
                "1000000000000000.000000000000000",
                Ordering::Greater,
            ),
        ] {
            let (a, b) = (exact(a), exact(b));
            assert_eq!((a.plus(b).unwrap().to_string().as_str(), a.compare(b)), (sum, Some(order)));
            assert_eq!(a.plus(b).unwrap().minus(b).unwrap().compare(a), Some(Ordering::Equal));
        }
        assert!(Exact::parse("12%").is_none() && Exact::parse("").is_none());
        assert!(exact("9").shifted(60).is_none());
    }

    #[test]
    fn units_have_their_word_of_number_taken_off() {
        for (value, of, number, base) in [
            ("1.45", "万家", "14500", "家"),
            ("0.00001", "万元", "0.1", "元"),
            ("3", "万亿元", "3000000000000", "元"),
            ("138", "件", "138", "件"),
        ] {
            let (found, unit) = measured(value, of).unwrap();
            assert_eq!((found.to_string().as_str(), unit), (number, base));
        }
    }
}
