//! Units and measure words, by which a number is known for a quantity.

/// Units in letters, which may stand right behind the digits: 120km. What is not one of them makes a name: 5G, 3D.
pub(super) const LATIN: &[&str] = &[
    "km²", "hm²", "km2", "m²", "m³", "m2", "m3", "cm", "mm", "km", "nm", "kg", "mg", "kWh", "kW", "MW", "GW",
    "TW", "MWh", "GWh", "kV", "MPa", "Hz", "kHz", "MHz", "GHz", "GB", "TB", "PB", "MB", "Gbps", "Mbps", "mL",
    "ml", "ha", "tce", "dB", "W", "V", "L", "t", "g", "m",
];
/// Marks of units.
pub(super) const MARKS: &[char] = &['%', '％', '‰', '℃', '°', '㎡', '㎞', '元', '￥', '$'];

/// Measure words and units behind a Chinese numeral that make a quantity of it. 个, 大, 项, 条, 点, 类 and 方面 are not among them:
/// 三个方面 announces a list, and X006 counts it. Nor are months and
/// working days, in which rules are quoted.
pub(super) const MEASURES: &[&str] = &[
    "亿元",
    "万元",
    "万亿元",
    "千元",
    "元",
    "万人次",
    "人次",
    "万人",
    "人",
    "万户",
    "户",
    "万亩",
    "亩",
    "公里",
    "平方公里",
    "平方米",
    "立方米",
    "公顷",
    "吨",
    "万吨",
    "家",
    "件",
    "名",
    "位",
    "场",
    "台",
    "套",
    "辆",
    "座",
    "所",
    "间",
    "笔",
    "起",
    "宗",
    "例",
    "篇",
    "份",
    "小时",
    "天",
    "倍",
    "番",
    "个百分点",
    "千瓦",
    "兆瓦",
    "余家",
    "余件",
    "余名",
    "余人",
    "余户",
    "余场",
    "多家",
    "多件",
    "多名",
    "多人",
    "多户",
    "多场",
];
/// Words that begin like a measure word and are none: 三位一体, 三家分晋, 成立.
pub(super) const NO_MEASURES: &[&str] = &["位一体", "人小组", "名一", "人成虎", "份制", "天两头", "场硬仗"];
/// Words behind 成 that make another word of it: 五成立.
pub(super) const NOT_TENTHS: &[&str] = &[
    "立", "果", "效", "为", "本", "员", "交", "熟", "分", "功", "长", "绩", "了", "型", "品", "都", "人",
    "就", "因", "不变",
];
