//! What a report says of all its cases, or of all but some.

use std::fmt;

use schemars::JsonSchema;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use super::fault::fault;
use super::lists::at_least_one;
use super::term::terms;
use super::text::Text;

terms! {
    /// What a report says of all its cases.
    Claim ("可以声明的话", "claim") {
        /// 全部办结: none is open.
        AllConcluded = "all_concluded" "全部办结",
        /// 均按期办结: none was answered late, and none that is open is late.
        AllOnTime = "all_on_time" "均按期办结",
        /// 满意率100%: of those who answered, all were satisfied.
        AllSatisfied = "all_satisfied" "满意率100%",
        /// 全部公开: every answer to a proposer is published.
        AllDisclosed = "all_disclosed" "全部公开",
        /// 没有不满意: of those who answered, none was dissatisfied.
        NoneDissatisfied = "none_dissatisfied" "没有不满意",
    }
}

/// A claim that a report makes: of all cases, or of all but those that it names. Written as the claim alone, or as
/// `{ claim: 全部办结, except: [市建案-01] }`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Declaration {
    /// What is claimed.
    pub claim: Claim,
    /// The cases for which it does not hold, by their ids.
    pub except: Vec<Text>,
}

/// What a file may say.
#[derive(JsonSchema)]
#[serde(untagged)]
#[expect(dead_code, reason = "read by schemars alone")]
enum Written {
    All(Claim),
    WithExceptions(WithExceptions),
}

/// A claim and its exceptions.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct WithExceptions {
    /// What is claimed.
    claim: Claim,
    /// The cases for which it does not hold, by their ids.
    #[serde(deserialize_with = "at_least_one")]
    #[schemars(length(min = 1))]
    except: Vec<Text>,
}

impl JsonSchema for Declaration {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Declaration".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        Written::json_schema(generator)
    }
}

impl<'de> Deserialize<'de> for Declaration {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Any;
        impl<'de> Visitor<'de> for Any {
            type Value = Declaration;
            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str(&fault("可以声明的话，或 claim 和 except", "a claim, or `claim` and `except`"))
            }
            fn visit_str<E: Error>(self, word: &str) -> Result<Declaration, E> {
                let claim = Claim::parse(word).map_err(E::custom)?;
                Ok(Declaration { claim, except: Vec::new() })
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Declaration, A::Error> {
                let WithExceptions { claim, except } =
                    WithExceptions::deserialize(MapAccessDeserializer::new(map))?;
                Ok(Declaration { claim, except })
            }
        }
        deserializer.deserialize_any(Any)
    }
}

/// Declarations of which no two are of one claim.
pub(super) fn each_claim_once<'de, D>(deserializer: D) -> Result<Vec<Declaration>, D::Error>
where
    D: Deserializer<'de>,
{
    let declared: Vec<Declaration> = at_least_one(deserializer)?;
    let twice = |(index, one): &(usize, &Declaration)| {
        declared[..*index].iter().any(|other| other.claim == one.claim)
    };
    match declared.iter().enumerate().find(twice) {
        Some((_, Declaration { claim, .. })) => {
            let (id, label) = (claim.id(), claim.label());
            Err(D::Error::custom(fault(format!("“{label}”写了两次"), format!("`{id}` is written twice"))))
        }
        None => Ok(declared),
    }
}
