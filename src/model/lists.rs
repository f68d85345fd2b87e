//! Lists and maps as they are read: none is empty, and no key is written twice.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{DeserializeSeed, Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::fault::{fault, of_key};

/// A list with something in it: an empty one would leave a heading with nothing below.
pub fn at_least_one<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<Vec<T>, D::Error> {
    not_empty(Vec::deserialize(deserializer)?)
}

/// A list that has been read, if there is something in it.
pub(super) fn not_empty<T, E: Error>(items: Vec<T>) -> Result<Vec<T>, E> {
    match items.is_empty() {
        true => Err(E::custom(fault("至少要写一项", "at least one item is needed"))),
        false => Ok(items),
    }
}

/// A map of which no key is written twice: serde would take the last one in silence.
pub fn each_once<'de, D, K, V>(deserializer: D) -> Result<BTreeMap<K, V>, D::Error>
where
    D: Deserializer<'de>,
    K: TryFrom<String, Error = String> + Ord + fmt::Display,
    V: Deserialize<'de>,
{
    struct Once<K, V>(PhantomData<(K, V)>);
    impl<'de, K: TryFrom<String, Error = String> + Ord + fmt::Display, V: Deserialize<'de>> Visitor<'de>
        for Once<K, V>
    {
        type Value = BTreeMap<K, V>;
        fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
            f.write_str(&fault("一组键值", "a record"))
        }
        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            let mut read = BTreeMap::new();
            while let Some(name) = map.next_key()? {
                let (name, value) = map.next_value_seed(Entry { name, before: &read })?;
                read.insert(name, value);
            }
            Ok(read)
        }
    }
    deserializer.deserialize_map(Once(PhantomData))
}

/// An entry of a map whose name has been read as a text. A name is checked together with its value: only then does the code that
/// keeps track of the way know that it has come to this entry.
struct Entry<'r, K, V> {
    name: String,
    before: &'r BTreeMap<K, V>,
}

impl<'de, K, V> DeserializeSeed<'de> for Entry<'_, K, V>
where
    K: TryFrom<String, Error = String> + Ord + fmt::Display,
    V: Deserialize<'de>,
{
    type Value = (K, V);
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(K, V), D::Error> {
        let of_key = |words: String| D::Error::custom(of_key(words));
        let name = K::try_from(self.name).map_err(of_key)?;
        if self.before.contains_key(&name) {
            return Err(of_key(fault(format!("{name} 写了两次"), format!("`{name}` is written twice"))));
        }
        V::deserialize(deserializer).map(|value| (name, value))
    }
}
