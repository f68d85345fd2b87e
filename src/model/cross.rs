//! What must hold between figures (勾稽关系), as the office writes it down.

use super::text::Text;

/// What a file of figures says of its figures together, by their names.
#[derive(Debug, Clone, Default)]
pub struct CrossChecks {
    /// Comparisons of sums: `passed <= applied`, `new + old = total`.
    pub relations: Vec<Text>,
    /// Figures that are the percentages of one whole.
    pub shares: Vec<Vec<Text>>,
}
