//! GB/T 9704-2012, 党政机关公文格式: lengths in points (1 mm = 72/25.4 pt), origin at the top left of the sheet.
//!
//! The standard was drawn for metal type, whose 3号 is 15.75 pt; with today's 16 pt only 27 characters would fit in
//! 156 mm. So the grid is the type area divided by the counts of a full page (5.2.3), and the glyphs are 16 pt.

/// Points in a millimetre.
pub const MM: f32 = 72.0 / 25.4;

/// A4 (5.1).
pub const PAPER_WIDTH: f32 = 210.0 * MM;
/// A4 (5.1).
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
/// 4号, the imprint (7.4.2, 7.4.3) and page numbers (7.5).
pub const SIZE_4: f32 = 14.0;
/// 小四, captions of tables; the standard leaves tables to the office (8).
pub const SIZE_SMALL_4: f32 = 12.0;
/// 五号, table text (8).
pub const SIZE_5: f32 = 10.5;
/// 红色: Y80 % M80 % (6.2), as parts of red, green and blue light.
pub const RED: [f32; 3] = [1.0, 0.2, 0.2];

/// From the top of the type area to the top of 发文机关标志 (7.2.4).
pub const MARK_DROP: f32 = 35.0 * MM;
/// Blank lines between 发文机关标志 and 发文字号 (7.2.5).
pub const BELOW_MARK: usize = 2;
/// From 发文字号 to the red line (7.2.7).
pub const RED_LINE_DROP: f32 = 4.0 * MM;
/// Thickness of the red line; the standard has none, offices use 0.35 to 0.5 mm (7.2.7).
pub const RED_LINE: f32 = 0.5 * MM;
/// From the edge of the type area to 发文字号 and 签发人 where both stand on one line, in characters (7.2.5, 7.2.6).
pub const SIGNATORY_INSET: usize = 1;
/// 签发人 on one line (7.2.6).
pub const SIGNATORIES_A_LINE: usize = 2;
/// Blank lines between the red line and the title (7.3.1).
pub const ABOVE_TITLE: usize = 2;
/// First-line indent in characters (7.3.3), and that of 附件说明 (7.3.4) and 附注 (7.3.6).
pub const INDENT: usize = 2;
/// Characters to the right of a signature without seal; its date begins as many to the right of it (7.3.5.2).
pub const SIGNATURE_INSET: usize = 2;
/// Characters to the right of the date under a seal (7.3.5.1) or a signatory's stamp (7.3.5.3).
pub const SEALED_DATE_INSET: usize = 4;
/// Blank lines above a signatory's stamp (7.3.5.3).
pub const ABOVE_STAMP: usize = 2;
/// Characters between a signatory's stamp and the post to the left of it (7.3.5.3).
pub const POST_GAP: usize = 2;
/// Characters to either side of the imprint's texts (7.4.2, 7.4.3).
pub const IMPRINT_INSET: usize = 1;
/// Characters between a page number and the outer edge of the type area (7.5).
pub const PAGE_NUMBER_INSET: usize = 1;
/// Distance from the foot of the type area to the top of the page number's dashes (7.5).
pub const PAGE_NUMBER_DROP: f32 = 7.0 * MM;
/// Thick rule: the first and the last of the imprint (7.4.1).
pub const RULE_THICK: f32 = 0.35 * MM;
/// Thin rule: the others of the imprint (7.4.1).
pub const RULE_THIN: f32 = 0.25 * MM;
