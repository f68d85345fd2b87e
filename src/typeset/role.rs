//! The roles of faces, as GB/T 9704 names them.

/// What a face is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// 小标宋: titles.
    Title,
    /// 黑体: headings of the first level.
    Hei,
    /// 楷体: headings of the second level, leads in running text.
    Kai,
    /// 仿宋: everything else.
    Fang,
    /// 宋体: page numbers (7.5).
    Song,
}

impl Role {
    /// Every role, in the order in which faces are listed for the user.
    pub const ALL: [Role; 5] = [Role::Title, Role::Hei, Role::Kai, Role::Fang, Role::Song];

    /// The name that the standard uses.
    pub fn label(self) -> &'static str {
        match self {
            Role::Title => "小标宋",
            Role::Hei => "黑体",
            Role::Kai => "楷体",
            Role::Fang => "仿宋",
            Role::Song => "宋体",
        }
    }
}
