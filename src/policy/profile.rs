//! The profiles that the program brings along. What each of their values is from, the files themselves say.

/// The built-in profiles: identifier, Chinese name, and the file's text. The first is understood where a report names none.
pub const PROFILES: &[(&str, &str, &str)] = &[
    ("generic", "通用", include_str!("profiles/generic.yaml")),
    ("wuhan", "武汉", include_str!("profiles/wuhan.yaml")),
    ("jilin", "吉林", include_str!("profiles/jilin.yaml")),
];
