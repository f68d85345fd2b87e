//! Lists and maps as they are read: none is empty, and no key is written twice.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::text::{Name, fault};

/// A list with something in it: an empty one would leave a heading with nothing below.
pub fn some<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Vec<T>, D::Error> {
    let items = Vec::deserialize(deserializer)?;
    if items.is_empty() {
        return Err(D::Error::custom(fault("至少要写一项", "at least one item is needed")));
    }
    Ok(items)
}

/// A map of which no key is written twice: serde would take the last one in silence.
pub fn each_once<'de, D, V>(deserializer: D) -> Result<BTreeMap<Name, V>, D::Error>
where
    D: Deserializer<'de>,
    V: Deserialize<'de>,
{
    struct Once<V>(PhantomData<V>);
    impl<'de, V: Deserialize<'de>> Visitor<'de> for Once<V> {
        type Value = BTreeMap<Name, V>;
        fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
            f.write_str("a map")
        }
        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            let mut read = BTreeMap::new();
            while let Some((name, value)) = map.next_entry::<Name, V>()? {
                if read.insert(name.clone(), value).is_some() {
                    let zh = format!("{name} 写了两次");
                    return Err(A::Error::custom(fault(zh, format!("`{name}` is written twice"))));
                }
            }
            Ok(read)
        }
    }
    deserializer.deserialize_map(Once(PhantomData))
}
