//! New reports: what a genre needs as a skeleton to be filled, or last year's report rolled over. Texts go in and come out;
//! nothing here reads or writes a file.

mod declare;
mod edit;
mod rollover;
mod skeleton;

pub use declare::{Proposal, declarations, proposals, with_declarations, with_requests};
pub use rollover::rolled_over;
pub use skeleton::{Sheet, skeleton};

/// A file of a report's folder: its name and its text.
pub type File = (String, String);

/// A ledger without cases, with an example of one.
fn empty_ledger(year: i32) -> String {
    format!(
        "# {year}年办件台账，一件一条。 / The ledger of {year}, one record a case.\n\
         # 录入以后删去 []，照下面的样子写： / Delete [] and write cases like this one:\n\
         #  - id: 市建-01\n\
         #    title: 关于……的建议\n\
         #    level: 市              # 全国、省、市、区、乡镇；县、州、旗、自治区等照写\n\
         #    kind: 代表建议         # 人大议案、代表建议、政协建议案、政协提案、两会期间建议\n\
         #    role: 主办             # 主办、承办、分办、会办、参阅\n\
         #    proposer: 某某代表团\n\
         #    office: 某某处\n\
         #    assigned: {year}-03-01\n\
         #    due: {year}-07-30\n\
         #    replied: {year}-07-15    # 没有答复的不写\n\
         #    outcome: 正在解决      # 已解决、正在解决、列入规划、因条件限制、留作参考、不可行\n\
         cases: []\n"
    )
}
