//! A figure that is not in the ledger, as `figures.yaml` declares it.

use schemars::JsonSchema;
use serde::Deserialize;

use super::last_year::Definition;
use super::term::terms;
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
    /// The word that says that the number is not exact, printed with it: 1700余名, 近2000名.
    pub about: Option<About>,
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

terms! {
    /// A word that says that a number is not exact.
    About ("表示约数的词", "word of a number that is not exact") {
        /// 余: somewhat more, before the unit.
        Odd = "odd" "余",
        /// 多: more, before the unit.
        More = "more" "多",
        /// 近: somewhat less.
        Nearly = "nearly" "近",
        /// 约: more or less.
        Roughly = "roughly" "约",
        /// 超过: more.
        Over = "over" "超过" | "超",
        /// 逾: more.
        Beyond = "beyond" "逾",
        /// 以上: as many or more, after the unit.
        AtLeast = "at_least" "以上",
        /// 左右: more or less, after the unit.
        Around = "around" "左右",
    }
}

impl About {
    /// The word as it stands before the number, between the number and the unit, and after the unit.
    pub fn around(self) -> [&'static str; 3] {
        match self {
            About::Nearly | About::Roughly | About::Over | About::Beyond => [self.label(), "", ""],
            About::Odd | About::More => ["", self.label(), ""],
            About::AtLeast | About::Around => ["", "", self.label()],
        }
    }
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
