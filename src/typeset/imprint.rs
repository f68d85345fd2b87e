//! 版记 (7.4): copies, the printing office and the day, between rules, at the foot of the last page.

use super::lines::{Fit, Line, Measure, break_lines, set_line, set_whole};
use super::piece::{Plate, baseline};
use super::role::Role;
use super::shape::{Shaper, Style, Text};
use super::tree::{Element, Part, Tree};
use super::{Ink, Rule};
use crate::document::Imprint;
use crate::policy::gbt9704 as law;

/// 4号
const SMALL: Style = Style { size: law::SIZE_4, cell: law::SIZE_4 };
/// From line to line: the height of a character and seven eighths of one of 3号 (3.2).
const ROW: f32 = law::SIZE_4 + 0.875 * law::SIZE_3;

/// The imprint, to be placed with its foot on that of the type area; `moved` are 主送机关 that had no room on the first page.
pub(super) fn set(
    moved: Option<String>,
    imprint: &Imprint,
    tree: &mut Tree,
    shaper: &mut Shaper,
) -> Option<Plate> {
    let mut setter = Setter { plate: Plate::default(), tree, shaper };
    if let Some(addressees) = &moved {
        setter.list("主送：", addressees);
    }
    if let Some(copies) = &imprint.copies {
        setter.list("抄送：", copies);
    }
    if imprint.office.is_some() || imprint.date.is_some() {
        let above = setter.plate.height;
        setter.printing(imprint);
        if above > 0.0 {
            setter.rule(above - law::RULE_THIN / 2.0, law::RULE_THIN);
        }
    }
    if setter.plate.height == 0.0 {
        return None;
    }
    // The last rule coincides with the foot of the type area (7.4.1): it ends there.
    setter.rule(0.0, law::RULE_THICK);
    setter.rule(setter.plate.height - law::RULE_THICK, law::RULE_THICK);
    Some(setter.plate)
}

struct Setter<'s, 'f> {
    plate: Plate,
    tree: &'s mut Tree,
    shaper: &'s mut Shaper<'f>,
}

impl Setter<'_, '_> {
    fn paragraph(&mut self) -> Part {
        Part::Of(self.tree.add(Tree::ROOT, Element::Paragraph))
    }

    fn rule(&mut self, y: f32, height: f32) {
        let (x, width) = (law::LEFT_MARGIN, law::TYPE_WIDTH);
        self.plate.rules.push(Rule { x, y, width, height, ink: Ink::BLACK, part: Part::Artifact });
    }

    /// One character from either edge, lines below the first level with its first name (7.4.2).
    fn list(&mut self, label: &str, names: &str) {
        let part = self.paragraph();
        let inset = law::IMPRINT_INSET as f32 * law::SIZE_4;
        let label = self.shaper.shape(&[(Role::Fang, label)], SMALL, part);
        let names = self.shaper.shape(&[(Role::Fang, names), (Role::Fang, "。")], SMALL, part);
        let indent = inset + 3.0 * law::SIZE_4;
        let measure = Measure {
            left: law::LEFT_MARGIN + indent,
            width: law::TYPE_WIDTH - indent - inset,
            indent: 0.0,
            fit: Fit::Justify,
        };
        for (row, range) in break_lines(&names, measure).iter().enumerate() {
            let mut line = if row == 0 { self.at(&label, Fit::Left) } else { Line::default() };
            line.runs.extend(set_line(&names, range, measure).runs);
            self.row(line);
        }
    }

    /// 印发机关 at the left, 印发日期 at the right of its last line (7.4.3).
    fn printing(&mut self, imprint: &Imprint) {
        let inset = law::IMPRINT_INSET as f32 * law::SIZE_4;
        let mut lines = Vec::new();
        let words = imprint.date.as_deref().unwrap_or_default();
        let printed = if words.is_empty() { "" } else { "印发" };
        let office = imprint.office.as_deref().map(|office| {
            let part = self.paragraph();
            self.shaper.shape(&[(Role::Fang, office)], SMALL, part)
        });
        let part = self.paragraph();
        let date = self.shaper.shape(&[(Role::Fang, words), (Role::Fang, printed)], SMALL, part);
        if let Some(office) = &office {
            // A long name leaves the date its place and a character between them.
            let width = law::TYPE_WIDTH - 2.0 * inset - date.natural_width() - law::SIZE_4;
            let measure = Measure { left: law::LEFT_MARGIN + inset, width, indent: 0.0, fit: Fit::Left };
            lines.extend(break_lines(office, measure).iter().map(|range| set_line(office, range, measure)));
        }
        if !date.atoms.is_empty() {
            let date = self.at(&date, Fit::Right);
            match lines.last_mut() {
                Some(line) => line.runs.extend(date.runs),
                None => lines.push(date),
            }
        }
        lines.into_iter().for_each(|line| self.row(line));
    }

    fn at(&self, text: &Text, fit: Fit) -> Line {
        let inset = law::IMPRINT_INSET as f32 * law::SIZE_4;
        let (left, width) = (law::LEFT_MARGIN + inset, law::TYPE_WIDTH - 2.0 * inset);
        set_whole(text, Measure { left, width, indent: 0.0, fit })
    }

    fn row(&mut self, line: Line) {
        self.plate.lines.push((line, self.plate.height + baseline(ROW, law::SIZE_4)));
        self.plate.height += ROW;
    }
}
