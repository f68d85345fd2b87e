//! The header of a report: the elements of an official document that stand around its text.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::day::Date;
use super::fault::fault;
use super::term::terms;
use super::text::{Text, formed};

/// Elements of an official document (GB/T 33480-2016), each with its clause of GB/T 9704-2012.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Header {
    /// 份号 (7.2.1)
    pub copy_number: Option<CopyNumber>,
    /// 密级和保密期限 (7.2.2)
    pub classification: Option<Classification>,
    /// 紧急程度 (7.2.3)
    pub urgency: Option<Urgency>,
    /// 发文机关标志 (7.2.4): the issuing organs, the lead first.
    #[serde(default)]
    #[schemars(extend("minItems" = 0))]
    pub issuers: Vec<Organ>,
    /// What follows the issuers in the mark (7.2.4): `文件`.
    pub issuer_suffix: Option<Text>,
    /// 发文字号 (7.2.5)
    pub number: Option<Number>,
    /// 签发人 (7.2.6): of a document that goes up (上行文).
    #[serde(default)]
    #[schemars(extend("minItems" = 0))]
    pub signatories: Vec<Person>,
    /// 标题 (7.3.1)
    pub title: Text,
    /// The title as lines; together they are the title.
    #[serde(default)]
    #[schemars(extend("minItems" = 0))]
    pub title_lines: Vec<Text>,
    /// 主送机关 (7.3.2)
    pub addressees: Option<Addressees>,
    /// The title of the document that a notice issues (印发): it follows the notice on a page of its own.
    pub issues: Option<Text>,
    /// Where and when a report was read out.
    pub occasion: Option<Occasion>,
    /// 发文机关署名 (7.3.5): of a joint document, the lead; none: the date is not printed either.
    pub signature: Option<Organ>,
    /// The other organs' signatures of a joint document (7.3.5).
    #[serde(default)]
    #[schemars(extend("minItems" = 0))]
    pub co_signatures: Vec<Organ>,
    /// 成文日期 (7.3.5.4)
    pub date_signed: Date,
    /// 印章 (7.3.5)
    #[serde(default)]
    pub seal: Seal,
    /// The signatory's post, beside the signature stamp (7.3.5.3): `厅长`.
    pub signatory_post: Option<Text>,
    /// 附注 (7.3.6)
    pub note: Option<Note>,
    /// 抄送机关 (7.4.2)
    pub copies: Option<Copies>,
    /// 印发机关 (7.4.3)
    pub printing_office: Option<Organ>,
    /// 印发日期 (7.4.3)
    pub date_printed: Option<Date>,
}

/// A report that is read out to a meeting: what stands below its title, and whom it speaks to.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Occasion {
    /// The day of the meeting.
    pub date: Date,
    /// The meeting's name.
    pub meeting: Text,
    /// Who reads it out.
    pub speaker: Speaker,
    /// 称谓, without the colon: it stands where a letter has its addressees.
    pub salutation: Addressees,
}

/// Who reads a report out.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Speaker {
    /// The name.
    pub name: Person,
    /// The post.
    pub post: Option<Text>,
}

terms! {
    /// 紧急程度 (7.2.3)
    Urgency ("紧急程度", "degree of urgency") {
        /// 特急
        ExtraUrgent = "extra_urgent" "特急",
        /// 加急
        Urgent = "urgent" "加急",
    }

    /// What is pressed on signature and date (7.3.5).
    #[derive(Default)]
    Seal ("用印方式", "way of sealing") {
        /// 不加盖印章 (7.3.5.2)
        #[default]
        None = "none" "不加盖" | "不加盖印章",
        /// 加盖印章 (7.3.5.1)
        Office = "office" "加盖印章",
        /// 加盖签发人签名章 (7.3.5.3)
        Signatory = "signatory" "签名章" | "加盖签发人签名章",
    }
}

formed! {
    /// An organ's name: at most 40 characters.
    Organ = organ r".{1,40}";
    /// A person's name: at most 20 characters.
    Person = person r".{1,20}";
    /// 份号: six digits (7.2.1).
    CopyNumber = copy_number r"[0-9]{6}";
    /// 密级和保密期限: `机密★1年`, or the degree alone (7.2.2).
    Classification = classification r"(?:绝密|机密|秘密)(?:★(?:长期|[1-9][0-9]*(?:年|个月)))?";
    /// 发文字号: `武科办〔2021〕1号` (7.2.5).
    Number = number r"[^\s〔]+〔[0-9]{4}〕[1-9][0-9]*号";
    /// 主送机关, without the colon (7.3.2).
    Addressees = addressees r".*[^：:\s]";
    /// 附注, without the brackets (7.3.6).
    Note = note r"[^（(\s].*";
    /// 抄送机关, without the full stop (7.4.2).
    Copies = copies r".*[^。\s]";
}

impl Number {
    /// The year in it: four digits.
    pub fn year(&self) -> &str {
        self.0.split(['〔', '〕']).nth(1).unwrap_or_default()
    }
}

fn all_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

fn at_most(text: &str, most: usize) -> Result<(), String> {
    if text.chars().count() <= most {
        return Ok(());
    }
    Err(fault(format!("名称不超过{most}字"), format!("a name has at most {most} characters")))
}

fn organ(text: &str) -> Result<(), String> {
    at_most(text, 40)
}

fn person(text: &str) -> Result<(), String> {
    at_most(text, 20)
}

fn copy_number(text: &str) -> Result<(), String> {
    if text.len() == 6 && all_digits(text) {
        return Ok(());
    }
    let zh = "份号是六位阿拉伯数字，写成 \"000001\" 这样";
    Err(fault(zh, "a copy number has six digits: write it like \"000001\""))
}

fn classification(text: &str) -> Result<(), String> {
    let (degree, period) = text.split_once('★').unwrap_or((text, "长期"));
    let count = period.strip_suffix("个月").or_else(|| period.strip_suffix('年'));
    let counted = count.is_some_and(|count| all_digits(count) && !count.starts_with('0'));
    if ["绝密", "机密", "秘密"].contains(&degree) && (period == "长期" || counted) {
        return Ok(());
    }
    Err(fault(
        "密级写成 绝密、机密 或 秘密；有保密期限的写成“机密★1年”“秘密★6个月”“绝密★长期”这样",
        "a classification is 绝密, 机密 or 秘密, with a period like 机密★1年, 秘密★6个月, 绝密★长期",
    ))
}

/// Of 发文字号, in characters: it stands on one line, at most beside 签发人.
const LONGEST_NUMBER: usize = 24;

fn number(text: &str) -> Result<(), String> {
    let wrong = |zh: &str, en: &str| {
        let zh = format!("{zh}，发文字号写成“武科办〔2021〕1号”这样");
        Err(fault(zh, format!("{en}: write a document's number like 武科办〔2021〕1号")))
    };
    if text.contains(char::is_whitespace) {
        return wrong("中间不要空格", "there are no spaces in it");
    }
    let parts = text.split_once('〔').and_then(|(code, rest)| Some((code, rest.split_once('〕')?)));
    let Some((code, (year, rest))) = parts else {
        return wrong("年份要用六角括号〔〕括起", "the year stands in the brackets 〔〕");
    };
    if code.is_empty() {
        return wrong("缺少机关代字", "the organ's code is missing");
    }
    if text.chars().count() > LONGEST_NUMBER {
        return wrong("太长", "it is too long");
    }
    if year.len() != 4 || !all_digits(year) {
        return wrong("年份要写四位数字", "the year has four digits");
    }
    let Some(serial) = rest.strip_suffix('号') else {
        return wrong("末尾缺少“号”", "号 is missing at the end");
    };
    if serial.starts_with('第') {
        return wrong("顺序号前不加“第”", "there is no 第 before the serial number");
    }
    if serial.starts_with('0') {
        return wrong("顺序号不编虚位，前面不加 0", "the serial number has no leading zeros");
    }
    if !all_digits(serial) {
        return wrong("顺序号要用阿拉伯数字", "the serial number is in Arabic digits");
    }
    Ok(())
}

fn addressees(text: &str) -> Result<(), String> {
    if text.ends_with(['：', ':']) {
        let zh = "主送机关末尾不写冒号，印出时会加上";
        return Err(fault(zh, "addressees are written without the colon, which is added in print"));
    }
    Ok(())
}

fn note(text: &str) -> Result<(), String> {
    if text.starts_with(['（', '(']) {
        let zh = "附注不写括号，印出时会加上";
        return Err(fault(zh, "a note is written without brackets, which are added in print"));
    }
    Ok(())
}

fn copies(text: &str) -> Result<(), String> {
    if text.ends_with('。') {
        let zh = "抄送机关末尾不写句号，印出时会加上";
        return Err(fault(zh, "`copies` is written without the full stop, which is added in print"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_texts_of_their_form_are_elements() {
        type Row = (fn(&str) -> Result<(), String>, &'static [&'static str], &'static [&'static str]);
        let table: &[Row] = &[
            (copy_number, &["000001", "123456"], &["1", "0000001", "00000１", "00000a", "-00001"]),
            (
                classification,
                &["绝密", "机密", "秘密", "机密★1年", "秘密★6个月", "绝密★长期", "机密★10年"],
                &[
                    "保密",
                    "机密1年",
                    "机密★",
                    "机密★年",
                    "机密★01年",
                    "机密★1天",
                    "机密☆1年",
                    "★1年",
                    "secret",
                ],
            ),
            (addressees, &["市人民政府", "各区：各局"], &["市人民政府：", "市人民政府:"]),
            (note, &["联系人：张三", "此件公开（除附件）"], &["（此件公开）", "(此件公开)"]),
            (copies, &["市委督查室"], &["市委督查室。"]),
        ];
        for (row, (form, good, bad)) in table.iter().enumerate() {
            for text in *good {
                assert_eq!(form(text), Ok(()), "row {row}: {text}");
            }
            for text in *bad {
                assert!(form(text).is_err(), "row {row}: {text}");
            }
        }
    }

    #[test]
    fn a_number_says_what_is_wrong_with_it() {
        let said = |text: &str| number(text).err().map(|words| words.split('，').next().unwrap().to_owned());
        for good in ["武科办〔2021〕1号", "鄂政办函〔2024〕105号"] {
            assert_eq!(said(good), None, "{good}");
        }
        for (bad, words) in [
            ("武科办[2021]1号", "年份要用六角括号〔〕括起"),
            ("武科办（2021）1号", "年份要用六角括号〔〕括起"),
            ("武科办【2021】1号", "年份要用六角括号〔〕括起"),
            ("武科办〔2021]1号", "年份要用六角括号〔〕括起"),
            ("〔2021〕1号", "缺少机关代字"),
            ("武科办〔21〕1号", "年份要写四位数字"),
            ("武科办〔２０２１〕1号", "年份要写四位数字"),
            ("武科办〔2021〕1", "末尾缺少“号”"),
            ("武科办〔2021〕第1号", "顺序号前不加“第”"),
            ("武科办〔2021〕01号", "顺序号不编虚位"),
            ("武科办〔2021〕号", "顺序号要用阿拉伯数字"),
            ("武科办〔2021〕一号", "顺序号要用阿拉伯数字"),
        ] {
            assert_eq!(said(bad).as_deref(), Some(words), "{bad}");
        }
        let number: Number = serde_yaml::from_str("武科办〔2021〕1号").unwrap();
        assert_eq!(number.year(), "2021");
    }

    #[test]
    fn digits_without_quotes_keep_their_zeros() {
        let number: CopyNumber = serde_yaml::from_str("000001").unwrap();
        assert_eq!(&*number, "000001");
    }
}
