//! Parts of a whole in percent.

/// `part` of `whole` in percent with so many digits after the point, rounded half up. What is not nothing and not the whole is
/// never rounded to 0 % or 100 %: it gets more digits instead. None where there is no whole.
pub(super) fn percent(part: u64, whole: u64, digits: usize) -> Option<String> {
    let scaled = |digits: usize| {
        let scale = 10_u128.pow(digits as u32);
        let hundred = u128::from(part) * 100 * scale;
        ((2 * hundred + u128::from(whole)).checked_div(2 * u128::from(whole)), scale)
    };
    let extreme =
        |value: u128, scale: u128| (value == 0 && part > 0) || (value == 100 * scale && part != whole);
    (digits..=digits + 12).find_map(|digits| {
        let (value, scale) = scaled(digits);
        let value = value?;
        let written = match digits {
            0 => value.to_string(),
            _ => format!("{}.{:0digits$}", value / scale, value % scale),
        };
        (!extreme(value, scale)).then_some(written)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentages_are_rounded_half_up_and_never_to_what_they_are_not() {
        for (part, whole, digits, written) in [
            (48, 98, 0, "49"),
            (48, 98, 2, "48.98"),
            (1, 8, 1, "12.5"),
            (1, 8, 0, "13"),
            (1, 3, 2, "33.33"),
            (2, 3, 2, "66.67"),
            (7, 7, 0, "100"),
            (0, 7, 1, "0.0"),
            (399, 400, 0, "99.8"),
            (1, 1000, 0, "0.1"),
            (21, 7, 0, "300"),
        ] {
            assert_eq!(percent(part, whole, digits).as_deref(), Some(written), "{part}/{whole}");
        }
        assert_eq!(percent(0, 0, 0), None);
        assert_eq!(percent(5, 0, 0), None);
    }
}
