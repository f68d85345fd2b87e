//! Which family names serve which role: the faces an office has, under their Chinese and English names.

use super::role::Role;

/// One family that may serve a role.
pub(super) struct Family {
    /// What it serves.
    pub role: Role,
    /// How the name begins, in small letters without spaces, hyphens and underlines.
    pub prefix: &'static str,
    /// Our own choice for an office that has no better one: every other face of the role goes before it, and its
    /// figures and Latin letters come from the 宋 face.
    pub stand_in: bool,
    /// Characters better taken from the next face of the chain.
    pub avoid: &'static str,
    /// How far to raise it, in em, so that its characters stand level with those of the other faces.
    pub rise: f32,
}

const fn family(role: Role, prefix: &'static str) -> Family {
    Family { role, prefix, stand_in: false, avoid: "", rise: 0.0 }
}

/// In order of preference within a role. The `GB2312` cuts come first: they are what GB/T 9704 was drawn with.
pub(super) const FAMILIES: &[Family] = &[
    family(Role::Title, "方正小标宋"),
    family(Role::Title, "fzxiaobiaosong"),
    family(Role::Title, "小标宋"),
    family(Role::Hei, "黑体"),
    family(Role::Hei, "simhei"),
    family(Role::Hei, "方正黑体"),
    family(Role::Hei, "fzhei"),
    family(Role::Hei, "华文黑体"),
    family(Role::Hei, "stheiti"),
    family(Role::Kai, "楷体gb2312"),
    family(Role::Kai, "kaitigb2312"),
    family(Role::Kai, "楷体"),
    family(Role::Kai, "kaiti"),
    family(Role::Kai, "simkai"),
    family(Role::Kai, "方正楷体"),
    family(Role::Kai, "fzkai"),
    family(Role::Kai, "华文楷体"),
    family(Role::Kai, "stkaiti"),
    family(Role::Fang, "仿宋gb2312"),
    family(Role::Fang, "fangsonggb2312"),
    family(Role::Fang, "仿宋"),
    family(Role::Fang, "fangsong"),
    family(Role::Fang, "simfang"),
    family(Role::Fang, "方正仿宋"),
    family(Role::Fang, "fzfangsong"),
    family(Role::Fang, "华文仿宋"),
    family(Role::Fang, "stfangsong"),
    // Its book-title marks are twice as black as its characters, its question mark stands in the middle of its box, and
    // all of it hangs a twentieth of an em lower than the other faces.
    Family { role: Role::Fang, prefix: "fandolfang", stand_in: true, avoid: "《》〈〉？", rise: 0.045 },
];

/// The row of the table that one of a face's names belongs to, and its rank in it; the lower, the better.
pub(super) fn family_of(names: &[String]) -> Option<(usize, &'static Family)> {
    let names: Vec<String> = names.iter().map(|name| normal(name)).collect();
    FAMILIES.iter().enumerate().find(|(_, family)| names.iter().any(|name| name.starts_with(family.prefix)))
}

/// Founder's faces may not be bundled or embedded without a licence from the foundry.
pub(super) fn needs_licence(names: &[String]) -> bool {
    names.iter().map(|name| normal(name)).any(|name| name.starts_with("方正") || name.starts_with("fz"))
}

fn normal(name: &str) -> String {
    name.chars().filter(|c| !matches!(c, ' ' | '-' | '_')).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn families_are_known_by_both_names() {
        let role = |name: &str| family_of(&[name.to_owned()]).map(|(_, family)| family.role);
        assert_eq!(role("方正小标宋_GBK"), Some(Role::Title));
        assert_eq!(role("FZXiaoBiaoSong-B05S"), Some(Role::Title));
        assert_eq!(role("仿宋_GB2312"), Some(Role::Fang));
        assert_eq!(role("FangSong_GB2312"), Some(Role::Fang));
        assert_eq!(role("FandolFang R"), Some(Role::Fang));
        assert_eq!(role("KaiTi"), Some(Role::Kai));
        assert_eq!(role("SimHei"), Some(Role::Hei));
        assert_eq!(role("Comic Sans MS"), None);
    }

    #[test]
    fn an_office_s_own_face_goes_before_the_stand_in() {
        let rank = |name: &str| family_of(&[name.to_owned()]).map(|(rank, _)| rank);
        assert!(rank("仿宋_GB2312") < rank("仿宋"));
        assert!(rank("仿宋") < rank("FandolFang R"));
    }

    #[test]
    fn founder_s_faces_need_a_licence() {
        assert!(needs_licence(&["方正小标宋简体".to_owned()]));
        assert!(needs_licence(&["FZXiaoBiaoSong-B05S".to_owned()]));
        assert!(!needs_licence(&["仿宋_GB2312".to_owned()]));
    }
}
