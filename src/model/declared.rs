//! A figure that is not in the ledger, as `figures.yaml` declares it.

use schemars::JsonSchema;
use serde::Deserialize;

use super::last_year::Definition;
use super::text::{Decimal, Text};

/// A figure that the office declares: it is not in the ledger, so it says where it is from.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Declared {
    /// What it measures.
    pub label: Text,
    /// The number, as published.
    pub value: Decimal,
    /// Its unit, printed after it.
    pub unit: Text,
    /// Who says so; none: who says it of the whole file.
    pub source: Option<Text>,
    /// The day or period that it is of; none: that of the whole file.
    pub as_of: Option<Text>,
    /// The same measure before.
    pub previous: Option<Previous>,
    /// For the office alone.
    #[serde(default)]
    pub internal: bool,
}

/// An earlier value of a declared figure, in the same unit.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Previous {
    /// The number, as published.
    pub value: Decimal,
    /// The day or period that it is of.
    pub as_of: Text,
    /// That the later value is counted otherwise (口径), and how.
    pub definition: Option<Definition>,
}
