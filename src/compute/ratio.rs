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
        (!extreme(value, scale)).then(|| written(value, digits))
    })
}

/// Parts of their sum in percent with so many digits after the point, rounded together so that they make 100 %: down, and what
/// is left goes to the largest remainders, of equal ones to the first (最大余额法). With the same exception as [`percent`], for
/// all of them. None where there is no whole.
pub(super) fn percents(parts: &[u64], digits: usize) -> Option<Vec<String>> {
    let whole: u128 = parts.iter().map(|part| u128::from(*part)).sum();
    if whole == 0 {
        return None;
    }
    (digits..=digits + 12).find_map(|digits| {
        let scale = 10_u128.pow(digits as u32);
        let share = |part: &u64| {
            let scaled = u128::from(*part) * 100 * scale;
            (scaled / whole, scaled % whole)
        };
        let mut shares: Vec<(u128, u128)> = parts.iter().map(share).collect();
        let left = 100 * scale - shares.iter().map(|share| share.0).sum::<u128>();
        let mut order: Vec<usize> = (0..parts.len()).collect();
        order.sort_by_key(|at| std::cmp::Reverse(shares[*at].1));
        for at in order.into_iter().zip(0..left).map(|(at, _)| at) {
            shares[at].0 += 1;
        }
        let extreme = |(value, part): (u128, &u64)| {
            value == 0 && *part > 0 || value == 100 * scale && u128::from(*part) != whole
        };
        let told = shares.iter().map(|share| share.0);
        (!told.clone().zip(parts).any(extreme)).then(|| told.map(|value| written(value, digits)).collect())
    })
}

/// A number of so many digits after the point, of which it is given the last.
fn written(value: u128, digits: usize) -> String {
    let scale = 10_u128.pow(digits as u32);
    match digits {
        0 => value.to_string(),
        _ => format!("{}.{:0digits$}", value / scale, value % scale),
    }
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

    #[test]
    fn shares_rounded_together_make_a_hundred() {
        for (parts, digits, written) in [
            (&[1, 1, 1][..], 0, &["34", "33", "33"][..]),
            (&[1, 1, 1], 2, &["33.34", "33.33", "33.33"]),
            (&[64, 38, 21, 5], 1, &["50.0", "29.7", "16.4", "3.9"]),
            (&[54, 0, 39], 2, &["58.06", "0.00", "41.94"]),
            (&[7], 0, &["100"]),
            (&[999, 1], 0, &["99.9", "0.1"]),
        ] {
            assert_eq!(percents(parts, digits).unwrap(), *written, "{parts:?}");
        }
        assert_eq!(percents(&[0, 0], 0), None);
        assert_eq!(percents(&[], 0), None);
        for seed in 1..200_u64 {
            let parts: Vec<u64> = (1..=seed % 9 + 1).map(|n| seed * n * n % 97 + 1).collect();
            let tenths = |share: &String| share.replace('.', "").parse::<u64>().unwrap();
            assert_eq!(percents(&parts, 1).unwrap().iter().map(tenths).sum::<u64>(), 1000, "{parts:?}");
        }
    }
}
