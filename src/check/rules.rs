//! Every rule: its code, how bad its violation is, and what it is called. `docs/rules/` has a page for each.

use crate::diagnostic::Severity;

/// A rule.
#[derive(Debug)]
pub struct Rule {
    /// Its code; the first letter is the family.
    pub code: &'static str,
    /// How bad a violation is; some rules only warn of their lesser ones.
    pub severity: Severity,
    /// What it is called, in Chinese and in English.
    pub label: (&'static str, &'static str),
}

macro_rules! rules {
    ($($code:ident $severity:ident $zh:literal $en:literal;)+) => {
        /// Every rule, by code.
        pub const RULES: &[Rule] =
            &[$(Rule { code: stringify!($code), severity: Severity::$severity, label: ($zh, $en) },)+];
    };
}

rules! {
    A001 Error "不能放过的规则" "Nothing that can be allowed";
    A002 Warning "放过得多余" "Allowed for nothing";
    C001 Error "声明与台账不符" "A claim that the ledger does not bear out";
    C002 Error "文中的话与台账不符" "Words that the ledger contradicts";
    C003 Warning "没有声明的话" "A claim that is not declared";
    D001 Warning "逾期公开" "Published late";
    D002 Warning "没有公开决定" "Nobody has decided on disclosure";
    D003 Warning "写死的率" "A declared rate";
    E001 Error "不该公开的内容" "What is withheld, in a public file";
    F001 Error "手写的数据链接" "A typed figure";
    F002 Error "勾稽关系不成立" "A relation does not hold";
    F003 Error "勾稽关系写错" "A relation that cannot be read";
    F004 Warning "相差十倍以上" "Another order of magnitude";
    F005 Warning "占比合计不是 100%" "Shares that make no whole";
    F006 Error "与上年的报告不符" "Last year's report says otherwise";
    F007 Warning "没有用到的数据" "A figure that nothing asks for";
    G001 Error "字体缺字" "No face has a character";
    G002 Warning "字体没有使用" "A face is not used";
    G003 Warning "字体须有授权" "A face needs a licence";
    H001 Error "标题分行与标题不一致" "The title's lines are not the title";
    H002 Error "标题年份不一致" "The title's year";
    H003 Error "涉密公文没有份号" "Classified without a copy number";
    H004 Warning "发文字号的年份" "The number's year";
    H005 Error "签名章与职务" "Signature stamp and post";
    H006 Error "印发机关和印发日期" "Printing office and day";
    H007 Error "没有发文机关标志" "No issuers' mark";
    H008 Error "发文机关标志与署名" "The issuers' mark and the signatures";
    H009 Error "标题里没有所印发的文件" "The title does not name what is issued";
    H010 Error "既有主送机关又有称谓" "Addressed twice";
    H011 Error "没有署名" "Signed by nobody";
    H012 Warning "成文日期太早" "Signed too early";
    L001 Error "编号重复" "Two cases share an id";
    L002 Error "日期先后颠倒" "Days out of order";
    L003 Error "公开手续不全" "Unsound disclosure";
    L004 Error "日期晚于统计截止日" "A day after closing";
    L005 Warning "到期未答复" "Open and late";
    L006 Error "台账是空的" "No cases";
    L007 Warning "台账不是当年的" "A ledger of another year";
    L008 Error "与交办的件数不符" "Other counts than those assigned";
    L009 Error "延期手续不全" "Unsound extension";
    L010 Error "没有答复却有结果" "An open case with results";
    L011 Warning "标题相同" "Two cases share a title";
    L012 Error "角色、类别不相容" "A role or kind that cannot meet the rest";
    L013 Error "名单里没有这个处室" "An office that is not in the list";
    L014 Warning "办结而没有办理结果" "Concluded without an outcome";
    N001 Warning "没有出处的数字" "A number that nobody answers for";
    P001 Warning "期限超过规则" "A longer limit than the profile allows";
    P002 Warning "公开晚于规则" "Published later than the profile allows";
    R001 Error "名册里没有这个单位" "A body that the roster does not have";
    R002 Error "承担任务的单位不在领导小组" "A body with tasks and no member";
    R003 Error "写了两次" "Named twice";
    R004 Error "阶段不相接" "Phases that do not touch";
    R005 Error "日期先后颠倒" "Days out of order";
    R006 Error "标点写重了" "A mark that is added in print";
    R007 Error "承诺事项没有说明" "A promise still open without a reason";
    T001 Error "模板或取数有误" "A template or a figure fails";
    T002 Error "文中有不能用的标记" "Markup that a report has no place for";
    T003 Error "格式写不出来" "A format cannot be written";
    T004 Error "标题里写了序号" "A typed number";
    T005 Warning "模板没有用到" "A template that nothing asks for";
    X001 Warning "标号不成对" "Brackets and quotes that do not pair";
    X002 Warning "发文字号的括号" "The brackets of a document's number";
    X003 Warning "汉字旁边的半角标点" "Half-width marks in Chinese text";
    X004 Warning "重复的词语" "Words that stand twice";
    X005 Warning "序号不连续" "Ordinals with a gap";
    X006 Warning "数目与列出的不符" "Another number than is listed";
    X007 Warning "段末没有句号" "A paragraph without its full stop";
    X008 Warning "同一文件两种写法" "One title cited two ways";
    X009 Warning "同一单位两种名称" "One body under two names";
    X010 Warning "截止和截至" "Until a time";
    X011 Warning "单位的大小写" "The letters of units";
    X012 Warning "起止年份" "From one year to another";
    X013 Warning "数字的写法" "How numbers are written";
    X014 Warning "增减的说法" "Growth and its bounds";
    X015 Warning "漏了“件”" "A count that lost its measure word";
    Y001 Error "不是合格的 YAML" "The file is not YAML";
    Y002 Error "不认识的键" "Unknown key";
    Y003 Error "值不对" "Wrong value";
    Y004 Error "缺少一项" "Missing key";
    Y005 Error "文件读不了" "File cannot be read";
    Y006 Error "不是本文件夹里的文件" "Not a file of the report's folder";
    Y007 Warning "这一文种不用的内容" "A part that the genre does not print";
    Y008 Warning "待核实" "Still to be found out";
    Y009 Error "不能存档" "Not to be archived";
}
