//! Every rule: its code, how bad a violation is, and its label. `docs/rules/` has a page for each.
//!
//! The table makes the type [`Code`]. `check/table.rs` has an arm for every code with the function that finds the violations.

use std::fmt;

use super::Severity;

/// A rule.
#[derive(Debug)]
pub struct Rule {
    /// Its code; the first letter is the family.
    pub code: Code,
    /// How bad a violation is; some rules only warn of lesser ones.
    pub severity: Severity,
    /// Whether its warnings are errors under `strict: true`.
    pub is_strict: bool,
    /// Its label, in Chinese and in English.
    pub label: (&'static str, &'static str),
}

macro_rules! rules {
    ($($code:ident $severity:ident $zh:literal $en:literal;)+) => {
        /// The code of a rule.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $(#[doc = $en] $code,)+
        }

        /// Every rule, by code.
        pub const RULES: &[Rule] =
            &[$(Rule {
                code: Code::$code,
                severity: rules!(@severity $severity),
                is_strict: rules!(@strict $severity),
                label: ($zh, $en),
            },)+];

        impl Code {
            /// The code as text: `L001`.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Code::$code => stringify!($code),)+
                }
            }
        }
    };
    (@severity Strict) => { Severity::Warning };
    (@severity $severity:ident) => { Severity::$severity };
    (@strict Strict) => { true };
    (@strict $severity:ident) => { false };
}

impl Code {
    /// The row of the code.
    pub fn rule(self) -> &'static Rule {
        &RULES[self as usize]
    }

    /// The code that is written like this.
    pub fn find(text: &str) -> Option<Self> {
        RULES.iter().map(|rule| rule.code).find(|code| code.as_str() == text)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

// `Strict`: a warning that is an error under `strict: true`.
rules! {
    A001 Error "不能放过的规则" "Rule that cannot be allowed";
    A002 Warning "放过得多余" "Unused allowance";
    C001 Error "声明与台账不符" "Declared claim contradicts the ledger";
    C002 Error "文中的话与台账不符" "Sentence contradicts the ledger";
    C003 Strict "没有声明的话" "Undeclared claim";
    C004 Strict "无法核对的话" "Claim that cannot be tested";
    D001 Warning "逾期公开" "Published late";
    D002 Warning "没有公开决定" "No decision on disclosure";
    D003 Warning "写死的率" "Rate typed in, not computed";
    D004 Error "没有公开日期" "Answers to be published without a day";
    E001 Error "不该公开的内容" "Withheld content in a public file";
    F001 Error "手写的数据链接" "Figure link typed by hand";
    F002 Error "勾稽关系不成立" "Relation does not hold";
    F003 Error "勾稽关系写错" "Unreadable relation";
    F004 Warning "相差十倍以上" "Tenfold change from the earlier value";
    F005 Warning "占比合计不是 100%" "Shares do not add up to 100%";
    F006 Error "与上年的报告不符" "Differs from last year's report";
    F007 Warning "没有用到的数据" "Unused figure";
    F008 Strict "率的基数与总数不同" "Rate of fewer cases than the total beside it";
    G001 Error "字体缺字" "Character missing from every font";
    G002 Warning "字体没有使用" "Unused font";
    G003 Warning "字体须有授权" "Font needs a licence";
    H001 Error "标题分行与标题不一致" "Title lines differ from the title";
    H002 Error "标题年份不一致" "Another year in the title";
    H003 Error "涉密公文没有份号" "Classified without a copy number";
    H004 Warning "发文字号的年份" "Another year in the document number";
    H005 Error "签名章与职务" "Signature stamp and post";
    H006 Error "印发机关和印发日期" "Printing office and day";
    H007 Error "没有发文机关标志" "No issuers' mark";
    H008 Error "发文机关标志与署名" "The issuers' mark and the signatures";
    H009 Error "标题里没有所印发的文件" "The title does not name what is issued";
    H010 Error "既有主送机关又有称谓" "Both addressees and a salutation";
    H011 Error "没有署名" "No signature";
    H012 Warning "成文日期太早" "Signed too early";
    L001 Error "编号重复" "Two cases with one id";
    L002 Error "日期先后颠倒" "Days out of order";
    L003 Error "公开手续不全" "Unsound disclosure";
    L004 Error "日期晚于统计截止日" "Date after the closing day";
    L005 Warning "到期未答复" "Open case past its deadline";
    L006 Error "台账是空的" "No cases";
    L007 Warning "台账不是当年的" "A ledger of another year";
    L008 Error "与交办的件数不符" "Counts differ from those assigned";
    L009 Error "延期手续不全" "Unsound extension";
    L010 Error "没有答复却有结果" "An open case with results";
    L011 Warning "标题相同" "Two cases with one title";
    L012 Error "角色、类别不相容" "Role or kind does not fit the case";
    L013 Error "名单里没有这个处室" "Unknown office";
    L014 Warning "办结而没有办理结果" "Concluded without an outcome";
    L015 Warning "往年交办的办件" "Case assigned in another year";
    N001 Strict "没有出处的数字" "Number without a source";
    P001 Warning "期限超过规则" "Deadline later than the profile allows";
    P002 Warning "公开晚于规则" "Published later than the profile allows";
    R001 Error "名册里没有这个单位" "Body missing from the roster";
    R002 Error "承担任务的单位不在领导小组" "Body with tasks but no member";
    R003 Error "写了两次" "Listed twice";
    R004 Error "阶段不相接" "Phases with a gap or an overlap";
    R005 Error "日期先后颠倒" "Days out of order";
    R006 Error "标点写重了" "Punctuation that is added in print";
    R007 Error "承诺事项没有说明" "A promise still open without a reason";
    R008 Warning "标题与正文之间没有句号" "Heading that runs into its text";
    S001 Error "表格读不了" "Spreadsheet cannot be read";
    S002 Error "表格里找不到台账" "No ledger in the spreadsheet";
    S003 Error "栏目含义不明" "Column that may be two things";
    S004 Warning "没有用到的栏目" "Columns that are not used";
    S005 Error "单元格没有可用的值" "Cell without a value";
    S006 Warning "表格里要核对的地方" "Read with an assumption";
    T001 Error "模板或取数有误" "Template or figure fails";
    T002 Error "文中有不能用的标记" "Markup not allowed in a report";
    T003 Error "格式写不出来" "Format cannot be written";
    T004 Error "标题里写了序号" "Heading number typed by hand";
    T005 Warning "模板没有用到" "Unused template";
    X001 Warning "标号不成对" "Unpaired brackets or quotes";
    X002 Warning "发文字号的括号" "Wrong brackets in a document number";
    X003 Warning "汉字旁边的半角标点" "Half-width marks in Chinese text";
    X004 Warning "重复的词语" "Doubled words";
    X005 Warning "序号不连续" "Ordinals with a gap";
    X006 Warning "数目与列出的不符" "Count differs from the list";
    X007 Warning "段末没有句号" "Paragraph without a full stop";
    X008 Warning "同一文件两种写法" "One title cited two ways";
    X009 Warning "同一单位两种名称" "One body under two names";
    X010 Warning "截止和截至" "截止 used for 截至";
    X011 Warning "单位的大小写" "Upper and lower case of units";
    X012 Warning "起止年份" "Form of a span of years";
    X013 Warning "数字的写法" "Form of numbers";
    X014 Warning "增减的说法" "Wording of growth";
    X015 Warning "漏字" "Lost character";
    X016 Strict "没有的日子" "Day that does not exist";
    X017 Strict "没有填的地方" "Placeholder left in the text";
    X018 Strict "总数与各部分" "Total and its parts";
    X019 Warning "一词两种写法" "One word written two ways";
    X020 Warning "顿号与“和”连用" "、 before 和";
    Y001 Error "不是合格的 YAML" "The file is not YAML";
    Y002 Error "不认识的键" "Unknown key";
    Y003 Error "值不对" "Wrong value";
    Y004 Error "缺少一项" "Missing key";
    Y005 Error "文件读不了" "File cannot be read";
    Y006 Error "不是本文件夹里的文件" "File outside the report's folder";
    Y007 Warning "这一文种不用的内容" "Part that the genre does not print";
    Y008 Warning "待核实" "Still to be found out";
    Y009 Error "不能存档" "Cannot be archived";
    Y010 Warning "读成了别的" "Read otherwise than meant";
}
