//! GB/T 9704-2012, 党政机关公文格式: lengths in points (1 mm = 72/25.4 pt), origin at the top left of the sheet.
//!
//! The standard was drawn for metal type, whose 3号 is 15.75 pt; with today's 16 pt only 27 characters would fit in
//! 156 mm. So the grid is the type area divided by the counts that clause 5.2.3 asks for, and the glyphs are 16 pt.

/// Points in a millimetre.
pub const MM: f32 = 72.0 / 25.4;

/// A4 (clause 5.1).
pub const PAPER_WIDTH: f32 = 210.0 * MM;
/// A4 (clause 5.1).
pub const PAPER_HEIGHT: f32 = 297.0 * MM;
/// 天头 (5.2.1).
pub const TOP_MARGIN: f32 = 37.0 * MM;
/// 订口 (5.2.1).
pub const LEFT_MARGIN: f32 = 28.0 * MM;
/// 版心 (5.2.1).
pub const TYPE_WIDTH: f32 = 156.0 * MM;
/// 版心 (5.2.1).
pub const TYPE_HEIGHT: f32 = 225.0 * MM;

/// Characters in a full line (5.2.3).
pub const CHARS_PER_LINE: usize = 28;
/// Lines on a full page (5.2.3).
pub const LINES_PER_PAGE: usize = 22;
/// One 字: a cell of the grid (3.1).
pub const CELL: f32 = TYPE_WIDTH / CHARS_PER_LINE as f32;
/// One 行: the pitch of the grid (3.2).
pub const LINE: f32 = TYPE_HEIGHT / LINES_PER_PAGE as f32;

/// 2号, the title (7.3.1).
pub const SIZE_2: f32 = 22.0;
/// 3号, the body and its headings (5.2.2, 7.3.3).
pub const SIZE_3: f32 = 16.0;
/// 4号, page numbers (7.5).
pub const SIZE_4: f32 = 14.0;
/// 小四, captions of tables; the standard leaves tables to the office (10).
pub const SIZE_SMALL_4: f32 = 12.0;
/// 五号, table text (10).
pub const SIZE_5: f32 = 10.5;

/// First-line indent in characters (7.3.3).
pub const INDENT: usize = 2;
/// Distance from the foot of the type area to the top of the page number's dashes (7.5).
pub const PAGE_NUMBER_DROP: f32 = 7.0 * MM;
/// Thick rule (7.4.1).
pub const RULE_THICK: f32 = 0.35 * MM;
/// Thin rule (7.4.1).
pub const RULE_THIN: f32 = 0.25 * MM;
