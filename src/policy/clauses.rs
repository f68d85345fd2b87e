//! Every clause of GB/T 9704-2012, and what becomes of it here: `docs/gbt9704.md` is made from this table, its numbers from
//! [`super::gbt9704`].

use Measure::{Colour, Count, Length, Type};
use State::{Done, NotOffered, Partly, Print};

use super::gbt9704 as law;

/// A clause of the standard.
#[derive(Debug, Clone, Copy)]
pub struct Clause {
    /// `7.2.1`
    pub number: &'static str,
    /// What the standard calls it.
    pub title: &'static str,
    /// Whether it is done.
    pub state: State,
    /// Its numbers, each with what it measures.
    pub measures: &'static [(&'static str, Measure)],
    /// What is done, and where that is a reading of the clause, differs from it or is less: sentences of Markdown.
    pub note: &'static str,
}

/// What becomes of a clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Done.
    Done,
    /// A part of it is not done, or is done otherwise than its words say.
    Partly,
    /// Not done, and not meant to be.
    NotOffered,
    /// A matter of the press and the bindery.
    Print,
}

/// A number of the standard.
#[derive(Debug, Clone, Copy)]
pub enum Measure {
    /// A length in points, to be told in millimetres.
    Length(f32),
    /// A size of type in points.
    Type(f32),
    /// So many of a unit: characters, lines.
    Count(usize, &'static str),
    /// A colour, as parts of red, green and blue light.
    Colour([f32; 3]),
}

const fn chars(count: usize) -> Measure {
    Count(count, "字")
}

const fn lines(count: usize) -> Measure {
    Count(count, "行")
}

/// The clauses in the standard's order, a table of the page each.
pub const CLAUSES: &[(&str, &[Clause])] = &[
    ("1—4　范围、引用文件、术语和用纸", PAPER),
    ("5　公文用纸幅面尺寸及版面要求", LAYOUT),
    ("6　印制装订要求", PRESS),
    ("7.1、7.2　要素的划分和版头", HEAD),
    ("7.3　主体", BODY),
    ("7.4、7.5　版记和页码", IMPRINT),
    ("8—11　表格、用法、特定格式和式样", OTHER),
];

const PAPER: &[Clause] = &[
    Clause {
        number: "1",
        title: "范围",
        state: Partly,
        measures: &[],
        note: "只用通用格式；信函、命令、纪要见 10.1 至 10.3。",
    },
    Clause {
        number: "2",
        title: "规范性引用文件",
        state: Partly,
        measures: &[],
        note: "GB/T 148 见 5.1，其余各项见 9。",
    },
    Clause {
        number: "3.1",
        title: "字",
        state: Partly,
        measures: &[("一字宽", Length(law::CELL)), ("3号字", Type(law::SIZE_3))],
        note: "一字是版心宽按每行字数等分所得。标准按铅字的3号（15.75 pt）定每行字数；\
               今天的3号略大，照字宽排，一行要少一字。字在格内居中。",
    },
    Clause {
        number: "3.2",
        title: "行",
        state: Partly,
        measures: &[("一行高", Length(law::LINE))],
        note: "一行是版心高按每面行数等分所得。条文的一行是一个汉字的高度加3号汉字高度的 7/8，\
               用今天的3号照此排不下每面的行数，所以略小；版记的4号字行照条文。",
    },
    Clause {
        number: "4",
        title: "公文用纸主要技术指标",
        state: Print,
        measures: &[],
        note: "纸张的定量、白度等由印制单位把握。",
    },
];

const LAYOUT: &[Clause] = &[
    Clause {
        number: "5.1",
        title: "幅面尺寸",
        state: Done,
        measures: &[("宽", Length(law::PAPER_WIDTH)), ("高", Length(law::PAPER_HEIGHT))],
        note: "A4。",
    },
    Clause {
        number: "5.2.1",
        title: "页边与版心尺寸",
        state: Done,
        measures: &[
            ("天头", Length(law::TOP_MARGIN)),
            ("订口", Length(law::LEFT_MARGIN)),
            ("版心宽", Length(law::TYPE_WIDTH)),
            ("版心高", Length(law::TYPE_HEIGHT)),
            ("右边余下", Length(law::PAPER_WIDTH - law::LEFT_MARGIN - law::TYPE_WIDTH)),
            ("下边余下", Length(law::PAPER_HEIGHT - law::TOP_MARGIN - law::TYPE_HEIGHT)),
        ],
        note: "条文说订口是左白边，所以单双面都从左边量起，双面不对调。",
    },
    Clause {
        number: "5.2.2",
        title: "字体和字号",
        state: Done,
        measures: &[("3号", Type(law::SIZE_3))],
        note: "仿宋。另有规定的要素见各条，表格见 8。单位自己的字体优先，没有的用自带的开源字体，`build` 会列出。",
    },
    Clause {
        number: "5.2.3",
        title: "行数和字数",
        state: Done,
        measures: &[("每面", lines(law::LINES_PER_PAGE)), ("每行", chars(law::CHARS_PER_LINE))],
        note: "撑满版心，不能另设。行中有数字、西文或挤压的标点时字数会有出入，两端仍然对齐。\
               测试从 PDF 读回，整面逐字核对过。",
    },
    Clause {
        number: "5.2.4",
        title: "文字的颜色",
        state: Done,
        measures: &[],
        note: "黑色；发文机关标志按 7.2.4 用红色。",
    },
];

const PRESS: &[Clause] = &[
    Clause {
        number: "6.1", title: "制版要求", state: Print, measures: &[], note: "由印制单位把握。"
    },
    Clause {
        number: "6.2",
        title: "印刷要求",
        state: Print,
        measures: &[("红色", Colour(law::RED))],
        note: "页码和版记按双面印刷安排。PDF 的黑是纯黑，红由标准的 Y80%、M80% 换算成屏幕的三色；\
               油墨、套正由印制单位把握。",
    },
    Clause {
        number: "6.3",
        title: "装订要求",
        state: Print,
        measures: &[],
        note: "左侧装订，由印制单位把握。",
    },
];

const HEAD: &[Clause] = &[
    Clause {
        number: "7.1",
        title: "公文格式各要素的划分",
        state: Done,
        measures: &[],
        note: "版头、主体、版记，页码在版心外。要素写在报告的 `header` 里，用到哪项写哪项。",
    },
    Clause {
        number: "7.2.1",
        title: "份号",
        state: Done,
        measures: &[],
        note: "六位阿拉伯数字，3号，顶格排在版心第一行。涉密公文没有份号的报错（H003）。",
    },
    Clause {
        number: "7.2.2",
        title: "密级和保密期限",
        state: Done,
        measures: &[],
        note: "3号黑体，顶格。要素自第一行起依次往下排；涉密公文必有份号，所以密级总在第二行。\
               写作“机密★1年”或只写“机密”。",
    },
    Clause {
        number: "7.2.3",
        title: "紧急程度",
        state: Done,
        measures: &[],
        note: "3号黑体，顶格，排在份号、密级之下。只有特急、加急；电报的等级不提供。",
    },
    Clause {
        number: "7.2.4",
        title: "发文机关标志",
        state: Done,
        measures: &[("上边缘至版心上边缘", Length(law::MARK_DROP))],
        note: "红色小标宋，居中，上边缘按字的笔画量。字号标准未定：撑满一行，最大 56 pt；\
               小到 30 pt 仍排不下的分行。联合行文主办机关在前，各名称排成一样宽，“文件”在右侧上下居中，\
               首页要留出正文，机关多的字号减小，最小 12 pt。",
    },
    Clause {
        number: "7.2.5",
        title: "发文字号",
        state: Done,
        measures: &[
            ("发文机关标志下空", lines(law::BELOW_MARK)),
            ("上行文居左空", chars(law::SIGNATORY_INSET)),
        ],
        note: "居中；有签发人时居左，与最后一行签发人同一行。六角括号、年份、“第”、虚位不合的报错，\
               年份与成文日期不同的提醒（H004）。",
    },
    Clause {
        number: "7.2.6",
        title: "签发人",
        state: Done,
        measures: &[("居右空", chars(law::SIGNATORY_INSET)), ("每行", Count(law::SIGNATORIES_A_LINE, "人"))],
        note: "“签发人：”3号仿宋，姓名3号楷体，回行与上一行第一个姓名对齐。姓名之间空一字。\
               与发文字号排不下一行的，每行一人；仍排不下的，发文字号另起一行。",
    },
    Clause {
        number: "7.2.7",
        title: "版头中的分隔线",
        state: Done,
        measures: &[("发文字号之下", Length(law::RED_LINE_DROP)), ("粗", Length(law::RED_LINE))],
        note: "红色，与版心等宽。粗细标准未定，取各地常用的。没有发文字号和签发人的，线在它们该在之处。",
    },
];

const BODY: &[Clause] = &[
    Clause {
        number: "7.3.1",
        title: "标题",
        state: Done,
        measures: &[("2号", Type(law::SIZE_2)), ("红色分隔线下空", lines(law::ABOVE_TITLE))],
        note: "小标宋，居中，行距与正文相同。自动分行：不拆常用词、书名号和数字，排成梯形或菱形；\
               词表以外的词不能保证，可用 `title_lines` 自己分。没有版头的，标题在第三行，与附件相同。",
    },
    Clause {
        number: "7.3.2",
        title: "主送机关",
        state: Done,
        measures: &[],
        note: "标题下空一行，顶格，回行顶格，冒号由程序加。首页因此排不下正文的，移至版记（7.4.2）。",
    },
    Clause {
        number: "7.3.3",
        title: "正文",
        state: Done,
        measures: &[("3号", Type(law::SIZE_3)), ("每段左空", chars(law::INDENT))],
        note: "仿宋，回行顶格。“一、”“（一）”“1.”“（1）”由程序编号，依次为黑体、楷体、仿宋、仿宋；\
               句子作小标题的，与正文接排。标题不在面末，一段的末行不独自在面首。首页必有正文。",
    },
    Clause {
        number: "7.3.4",
        title: "附件说明",
        state: Done,
        measures: &[("左空", chars(law::INDENT))],
        note: "正文下空一行。一个附件不编号，几个的编“1.”“2.”；名称后不加标点，回行与名称的首字对齐。",
    },
    Clause {
        number: "7.3.5.1",
        title: "加盖印章的公文",
        state: Partly,
        measures: &[("成文日期右空", chars(law::SEALED_DATE_INSET))],
        note: "不画印章，只留位置，印章按直径 42 mm 计。正文下空 2 行署名，以成文日期为准居中；\
               署名长到会出版心的，连同日期左移。联合行文每个署名在自己的印章位置居中，印章不相交、不出版心，\
               最后一个署名在日期之上。",
    },
    Clause {
        number: "7.3.5.2",
        title: "不加盖印章的公文",
        state: Done,
        measures: &[("署名右空、日期首字右移", chars(law::SIGNATURE_INSET))],
        note: "正文下空一行。日期比署名长的，日期按此右空，署名左移。联合行文署名依次向下，日期跟最后一个署名。",
    },
    Clause {
        number: "7.3.5.3",
        title: "加盖签发人签名章的公文",
        state: Partly,
        measures: &[
            ("签名章上空", lines(law::ABOVE_STAMP)),
            ("签名章、日期右空", chars(law::SEALED_DATE_INSET)),
            ("签名章左空", chars(law::POST_GAP)),
        ],
        note: "不画签名章，留 6 字宽、一行高的位置，职务在其左，日期在其下空一行。\
               联合行文的多个签名章不提供（H005）。",
    },
    Clause {
        number: "7.3.5.4",
        title: "成文日期中的数字",
        state: Done,
        measures: &[],
        note: "由日期写出，年份四位，月、日不编虚位。",
    },
    Clause {
        number: "7.3.5.5",
        title: "特殊情况说明",
        state: Partly,
        measures: &[],
        note: "条文说可以调整行距、字距；这里不调，正文的最后两行（或末表的最后两行）随落款移到下一面；\
               只有正文以横排表格结尾时，落款另在一面。",
    },
    Clause {
        number: "7.3.6",
        title: "附注",
        state: Done,
        measures: &[("左空", chars(law::INDENT))],
        note: "成文日期下一行，圆括号由程序加，回行顶格。",
    },
    Clause {
        number: "7.3.7",
        title: "附件",
        state: Partly,
        measures: &[],
        note: "另面编排，在版记之前。“附件”和顺序号3号黑体，顶格排在第一行；标题2号小标宋，在第三行居中；\
               与附件说明同出一处，不会不同。有宽表的附件整件横排。不与正文一起装订的写法不提供。",
    },
];

const IMPRINT: &[Clause] = &[
    Clause {
        number: "7.4.1",
        title: "版记中的分隔线",
        state: Done,
        measures: &[("首条、末条", Length(law::RULE_THICK)), ("中间", Length(law::RULE_THIN))],
        note: "与版心等宽，末条的下沿就是版心下边缘。“最后一面”读作末张的背面，所以版记总在双数面；\
               那里排不下的另起一张，版记在背面。",
    },
    Clause {
        number: "7.4.2",
        title: "抄送机关",
        state: Done,
        measures: &[("4号", Type(law::SIZE_4)), ("左右各空", chars(law::IMPRINT_INSET))],
        note: "仿宋，句号由程序加，回行与冒号后的首字对齐。移来的主送机关在抄送之上，之间不加线。\
               空的一字按4号字。",
    },
    Clause {
        number: "7.4.3",
        title: "印发机关和印发日期",
        state: Done,
        measures: &[("4号", Type(law::SIZE_4)), ("左右各空", chars(law::IMPRINT_INSET))],
        note: "仿宋，同在一行，“印发”由程序加；缺一项或早于成文日期的报错（H006）。\
               机关名称太长的回行，日期在末行。",
    },
    Clause {
        number: "7.5",
        title: "页码",
        state: Done,
        measures: &[
            ("4号", Type(law::SIZE_4)),
            ("一字线上距版心下边缘", Length(law::PAGE_NUMBER_DROP)),
            ("单页码右空、双页码左空", chars(law::PAGE_NUMBER_INSET)),
        ],
        note: "半角宋体，附件连续编。版记前有空白面的，空白面和版记面都没有页码。空的一字按3号字的格。",
    },
];

const OTHER: &[Clause] = &[
    Clause {
        number: "8",
        title: "公文中的横排表格",
        state: Done,
        measures: &[("表题小四", Type(law::SIZE_SMALL_4)), ("表内五号", Type(law::SIZE_5))],
        note: "列多放不下的表自动横排，表头在竖放纸张的左边，单页码是订口，双页码是切口；页码仍在其他页的位置。\
               字号、字体、线标准未定：表头黑体，表内仿宋，外框粗线，里面细线，转面重复表头。",
    },
    Clause {
        number: "9",
        title: "公文中计量单位、标点符号和数字的用法",
        state: Partly,
        measures: &[],
        note: "做了 GB/T 15834 中标点的位置：点号和后括号不在行首，前括号不在行末，破折号、省略号不断开，\
               行末标点占半字；阿拉伯数字不断开。标点、数字（GB/T 15835）和计量单位（GB 3100、3101、3102）\
               在文中用得对不对，尚不检查。",
    },
    Clause {
        number: "10.1",
        title: "信函格式",
        state: NotOffered,
        measures: &[],
        note: "答复代表、委员的函是另一种公文，不由年度总结的数据写出。",
    },
    Clause {
        number: "10.2",
        title: "命令（令）格式",
        state: NotOffered,
        measures: &[],
        note: "年度总结不用命令发布。",
    },
    Clause {
        number: "10.3",
        title: "纪要格式",
        state: NotOffered,
        measures: &[],
        note: "会议纪要是另一种公文。",
    },
    Clause {
        number: "11",
        title: "式样",
        state: Partly,
        measures: &[],
        note: "通用格式的式样由以上各条得出，不另画图；信函、命令的式样不提供。",
    },
];
