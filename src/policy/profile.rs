//! The profiles that the program brings along. What each of their values is from, the files themselves say.

/// The built-in profiles: identifier, Chinese name, and the file's text. The first is understood where a report names none.
pub const PROFILES: &[(&str, &str, &str)] = &[
    ("generic", "通用", include_str!("profiles/generic.yaml")),
    ("wuhan", "武汉", include_str!("profiles/wuhan.yaml")),
    ("jilin", "吉林", include_str!("profiles/jilin.yaml")),
];

/// The identifier and the text of the built-in profile of a name, in either language; the first where none is named.
pub fn built_in(name: Option<&str>) -> Option<(&'static str, &'static str)> {
    let found = PROFILES.iter().find(|(id, label, _)| name.is_none_or(|name| name == *id || name == *label));
    found.map(|(id, _, text)| (*id, *text))
}
