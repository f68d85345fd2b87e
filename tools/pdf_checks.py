#!/usr/bin/env python3
"""Checks of a PDF what PDF/A level A and PDF/UA-1 ask for and the rules of level B do not.

    pdf_checks.py REPORT.pdf

Nothing of banjie is used. A table of checks stands at the end; a line is printed for each that fails, with the first reason,
or one line for the file if none does. Exit status 0: none failed.
"""

from __future__ import annotations

import re
import sys
import xml.etree.ElementTree as xml
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

import pikepdf
from pikepdf import Array, Dictionary, Name, String

Faults = Iterator[str]
# A marked content that is open: its tag, its number, and the text that stands for it.
Mark = tuple[str, int | None, str | None]

RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
DC = "{http://purl.org/dc/elements/1.1/}"
XMP = "{http://ns.adobe.com/xap/1.0/}"
PDF = "{http://ns.adobe.com/pdf/1.3/}"
PDFA_ID = "{http://www.aiim.org/pdfa/ns/id/}"
PDFUA_ID = "{http://www.aiim.org/pdfua/ns/id/}"
EXTENSION = "{http://www.aiim.org/pdfa/ns/extension/}"
SCHEMA = "{http://www.aiim.org/pdfa/ns/schema#}"
PROPERTY = "{http://www.aiim.org/pdfa/ns/property#}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

# Marks that a heading in a line of the text ends in, and its bookmark does not.
ENDS = "。，；：、！？"
HEADING = re.compile(r"H([1-6])")
BLOCKS = {"Document", "Sect"}
# What each kind of element may stand in (ISO 32000-1, 14.8.4).
PARENTS = {
    "Document": {None},
    "Sect": BLOCKS,
    **{f"H{level}": BLOCKS for level in range(1, 7)},
    "P": BLOCKS | {"LBody"},
    "L": BLOCKS,
    "LI": {"L"},
    "Lbl": {"LI"},
    "LBody": {"LI"},
    "Table": BLOCKS,
    "Caption": {"Table", "Figure"},
    "TR": {"Table"},
    "TH": {"TR"},
    "TD": {"TR"},
    "Figure": BLOCKS,
}
# Those that hold content themselves.
LEAVES = set(PARENTS) - BLOCKS - {"Table", "TR", "L", "LI"}

SHOW = {"Tj", "TJ", "'", '"'}
PAINT = SHOW | {"S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "sh", "Do", "INLINE IMAGE"}
# Keys and types of action by which a file does something by itself, or asks for something from outside.
ACTIVE = {"/AA", "/OpenAction", "/JS", "/JavaScript", "/AcroForm", "/XFA", "/Annots", "/URI", "/Launch"}
ACTIONS = {
    "/GoTo", "/GoToR", "/GoToE", "/Launch", "/Thread", "/URI", "/Sound", "/Movie", "/Hide", "/Named", "/SubmitForm",
    "/ResetForm", "/ImportData", "/JavaScript", "/SetOCGState", "/Rendition", "/Trans", "/GoTo3DView",
}


@dataclass
class Element:
    """A structure element, and the marked contents that are its own: page and number."""

    kind: str
    object: Dictionary
    parent: Element | None
    kids: list[Element] = field(default_factory=list)
    marks: list[tuple[int, int]] = field(default_factory=list)

    def all(self) -> Iterator[Element]:
        yield self
        for kid in self.kids:
            yield from kid.all()

    def of_kind(self, *kinds: str) -> Iterator[Element]:
        return (element for element in self.all() if element.kind in kinds)

    def attribute(self, owner: str, key: str) -> object:
        given = self.object.get("/A", Array())
        for attributes in given if isinstance(given, Array) else [given]:
            if attributes.get("/O") == owner and key in attributes:
                return attributes[key]
        return None


@dataclass
class Content:
    """What stands on a page: the text of each marked content, its tag, and what is wrong with the marking."""

    text: dict[int, str] = field(default_factory=dict)
    tags: dict[int, str] = field(default_factory=dict)
    marking: list[str] = field(default_factory=list)
    unreadable: Counter[str] = field(default_factory=Counter)


class File:
    def __init__(self, path: str) -> None:
        self.path = path
        self.pdf = pikepdf.open(path)
        self.root = self.pdf.Root
        self.page_number = {page.obj.objgen: number for number, page in enumerate(self.pdf.pages)}
        self.contents = [content_of(page) for page in self.pdf.pages]
        self.misplaced: list[str] = []
        self.tops = [self.element(kid, None, None) for kid in listed(self.root.StructTreeRoot.get("/K"))]
        self.document = self.tops[0]
        self.xmp = xml.fromstring(self.root.Metadata.read_bytes().split(b"?>", 1)[1].rsplit(b"<?", 1)[0])

    def element(self, item: Dictionary, parent: Element | None, page: Dictionary | None) -> Element:
        element = Element(str(item.S)[1:], item, parent)
        above = parent.object if parent else self.root.StructTreeRoot
        if item.get("/P") is None or item.P.objgen != above.objgen:
            self.misplaced.append(f"the parent of a {element.kind} is not what it stands in")
        page = item.get("/Pg", page)
        for kid in listed(item.get("/K")):
            if isinstance(kid, int):
                element.marks.append((self.page_number[page.objgen], kid))
            elif kid.get("/Type") == "/MCR":
                element.marks.append((self.page_number[kid.get("/Pg", page).objgen], int(kid.MCID)))
            else:
                element.kids.append(self.element(kid, element, page))
        return element

    def text(self, element: Element) -> str:
        return "".join(self.contents[page].text.get(mark, "") for page, mark in element.marks)

    def one(self, name: str) -> xml.Element | None:
        """A property of the metadata that stands there once."""
        found = self.xmp.findall(f"{RDF}RDF/{RDF}Description/{name}")
        return found[0] if len(found) == 1 else None

    def words(self, name: str, container: str = "") -> str | None:
        """A property's value, or that of the only item of its container."""
        found = self.one(name)
        if found is None or not container:
            return None if found is None else found.text
        items = found.findall(f"{RDF}{container}/{RDF}li")
        return items[0].text if len(items) == 1 else None


def listed(value: object) -> list:
    return [] if value is None else list(value) if isinstance(value, Array) else [value]


def squeeze(text: str) -> str:
    return re.sub(r"\s+", "", text)


def to_unicode(font: Dictionary) -> dict[int, str]:
    """From codes to text (ISO 32000-1, 9.10.3)."""
    if "/ToUnicode" not in font:
        return {}
    table = font.ToUnicode.read_bytes().decode("latin-1")
    read = {}

    def text(digits: str) -> str:
        return bytes.fromhex(digits).decode("utf-16-be")

    for section in re.findall(r"beginbfchar(.*?)endbfchar", table, re.S):
        for code, value in re.findall(r"<(\w+)>\s*<(\w+)>", section):
            read[int(code, 16)] = text(value)
    for section in re.findall(r"beginbfrange(.*?)endbfrange", table, re.S):
        for first, last, value in re.findall(r"<(\w+)>\s*<(\w+)>\s*<(\w+)>", section):
            for step in range(int(last, 16) - int(first, 16) + 1):
                start = text(value)
                read[int(first, 16) + step] = start[:-1] + chr(ord(start[-1]) + step)
        for first, values in re.findall(r"<(\w+)>\s*<\w+>\s*\[(.*?)\]", section, re.S):
            for step, value in enumerate(re.findall(r"<(\w+)>", values)):
                read[int(first, 16) + step] = text(value)
    return read


def content_of(page: pikepdf.Page) -> Content:
    fonts = {name: (str(font.BaseFont), to_unicode(font)) for name, font in page.resources.Font.items()}
    content = Content()
    font = ("no font", {})
    open_marks: list[Mark] = []
    for operands, operator in pikepdf.parse_content_stream(page):
        operator = str(operator)
        if operator in ("BMC", "BDC"):
            properties = operands[1] if operator == "BDC" else {}
            tag, mark = str(operands[0])[1:], properties.get("/MCID")
            words = str(properties["/ActualText"]) if "/ActualText" in properties else None
            if (tag == "Artifact" or mark is not None) and is_marked(open_marks):
                content.marking.append(f"/{tag} inside of other marked content")
            if mark is not None:
                if mark in content.text:
                    content.marking.append(f"the number {mark} is given twice")
                content.text[int(mark)], content.tags[int(mark)] = words or "", tag
            elif words is not None:
                add(content, open_marks, words)
            open_marks.append((tag, None if mark is None else int(mark), words))
        elif operator == "EMC":
            if open_marks:
                open_marks.pop()
            else:
                content.marking.append("an end without a beginning")
        elif operator == "Tf":
            font = fonts[str(operands[0])]
        if operator in PAINT and not is_marked(open_marks):
            content.marking.append(f"{operator} outside of marked content")
        if operator in SHOW:
            strings = operands[0] if operator == "TJ" else operands[-1:]
            codes = b"".join(bytes(each) for each in strings if isinstance(each, String))
            family, unicode = font
            for high, low in zip(codes[::2], codes[1::2]):
                shown = unicode.get(high << 8 | low)
                if not shown or shown in "\0\ufeff\ufffe" or shown == "\ufffd":
                    content.unreadable[family] += 1
                if all(words is None for _, _, words in open_marks):
                    add(content, open_marks, shown or "")
    if open_marks:
        content.marking.append("a beginning without an end")
    return content


def is_marked(open_marks: list[Mark]) -> bool:
    return any(tag == "Artifact" or mark is not None for tag, mark, _ in open_marks)


def add(content: Content, open_marks: list[Mark], words: str) -> None:
    for _, mark, _ in open_marks:
        if mark is not None:
            content.text[mark] += words


# The checks.


def catalogue(file: File) -> Faults:
    if not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]+)*", str(file.root.get("/Lang", ""))):
        yield "no language"
    if file.root.get("/MarkInfo", {}).get("/Marked") is not True:
        yield "it is not marked as tagged"
    if file.root.get("/MarkInfo", {}).get("/Suspects", False):
        yield "the tags are suspect"
    if file.root.get("/ViewerPreferences", {}).get("/DisplayDocTitle") is not True:
        yield "the window does not show the title"
    if file.pdf.pdf_version != "1.7":
        yield f"version {file.pdf.pdf_version}"
    for number, page in enumerate(file.pdf.pages, 1):
        if page.obj.get("/Tabs") != "/S":
            yield f"page {number}: the order of tabs is not the structure's"


def trailer(file: File) -> Faults:
    identity = [bytes(part) for part in file.pdf.trailer.get("/ID", [])]
    if len(identity) != 2 or any(len(part) < 16 for part in identity):
        yield "no ID of two strings of sixteen bytes"
    if file.pdf.is_encrypted:
        yield "it is encrypted"


def claims(file: File) -> Faults:
    attached = bool(file.pdf.attachments)
    wanted = [(f"{PDFA_ID}part", "3" if attached else "2"), (f"{PDFA_ID}conformance", "A"), (f"{PDFUA_ID}part", "1")]
    for name, value in wanted:
        if file.words(name) != value:
            yield f"{name} is {file.words(name)}, not {value}"
    # The property that PDF/A does not know must be described (ISO 19005-2, 6.6.2.3.3).
    described = []
    for schema in file.xmp.findall(f".//{EXTENSION}schemas/{RDF}Bag/{RDF}li"):
        about = [schema.findtext(f"{SCHEMA}{key}") for key in ("namespaceURI", "prefix")]
        if not schema.findtext(f"{SCHEMA}schema"):
            yield "a schema without a name"
        for item in schema.findall(f"{SCHEMA}property/{RDF}Seq/{RDF}li"):
            described.append((*about, *(item.findtext(f"{PROPERTY}{key}") for key in ("name", "valueType", "category"))))
            if not item.findtext(f"{PROPERTY}description"):
                yield "a property without a description"
    if described != [(PDFUA_ID[1:-1], "pdfuaid", "part", "Integer", "internal")]:
        yield f"the extension schema describes {described}"


def metadata(file: File) -> Faults:
    info = file.pdf.docinfo
    same = [
        ("/Title", file.words(f"{DC}title", "Alt")),
        ("/Author", file.words(f"{DC}creator", "Seq")),
        ("/Creator", file.words(f"{XMP}CreatorTool")),
        ("/Producer", file.words(f"{PDF}Producer")),
    ]
    for key, value in same:
        # What nobody signed has no author.
        if key == "/Author" and not value and key not in info:
            continue
        if not value or str(info.get(key, "")) != value:
            yield f"{key} is {info.get(key)!s}, but {value} in the metadata"
    title = file.one(f"{DC}title")
    if title is not None and [item.get(XML_LANG) for item in title.iter(f"{RDF}li")] != ["x-default"]:
        yield "the title has no default language"
    if file.words(f"{DC}language", "Bag") != str(file.root.get("/Lang")):
        yield "the metadata's language is not the catalogue's"
    for key, name in [("/CreationDate", "CreateDate"), ("/ModDate", "ModifyDate")]:
        day = str(info.get(key, "")).replace("'", "")
        other = file.words(f"{XMP}{name}") or ""
        try:
            differ = datetime.strptime(day, "D:%Y%m%d%H%M%S%z") != datetime.fromisoformat(other)
        except ValueError:
            differ = True
        if differ:
            yield f"{key} is {day}, but {other} in the metadata"
    if "/Filter" in file.root.Metadata:
        yield "the metadata are packed"


def output_intent(file: File) -> Faults:
    intents = [each for each in listed(file.root.get("/OutputIntents")) if each.get("/S") == "/GTS_PDFA1"]
    if len(intents) != 1 or "/DestOutputProfile" not in intents[0]:
        yield f"{len(intents)} output intents GTS_PDFA1 with a profile"
        return
    stream = intents[0].DestOutputProfile
    profile = stream.read_bytes()
    if profile[36:40] != b"acsp" or int.from_bytes(profile[:4], "big") != len(profile):
        yield "the profile is no ICC profile"
    if (profile[16:20], int(stream.N)) != (b"RGB ", 3):
        yield f"the profile is of {profile[16:20]!r} with {stream.N} colours"


def marking(file: File) -> Faults:
    for number, content in enumerate(file.contents, 1):
        for fault in content.marking:
            yield f"page {number}: {fault}"


def parent_tree(file: File) -> Faults:
    tree = dict(numbers(file.root.StructTreeRoot.ParentTree))
    owners = {(*mark, element.object.objgen) for top in file.tops for element in top.all() for mark in element.marks}
    mapped = set()
    for number, (page, content) in enumerate(zip(file.pdf.pages, file.contents)):
        entry = listed(tree.pop(page.obj.get("/StructParents"), None))
        if len(entry) != len(content.text):
            yield f"page {number + 1} has {len(content.text)} marks, the parent tree {len(entry)}"
        for mark in content.text:
            if mark < len(entry) and isinstance(entry[mark], Dictionary):
                mapped.add((number, mark, entry[mark].objgen))
            else:
                yield f"page {number + 1}: mark {mark} has no parent"
    if tree:
        yield f"entries {sorted(tree)} of the parent tree belong to no page"
    for number, mark, _ in sorted(mapped - owners):
        yield f"page {number + 1}: the parent of mark {mark} does not list it"
    for number, mark, _ in sorted(owners - mapped):
        yield f"page {number + 1}: mark {mark} is listed by an element that is not its parent"
    for top in file.tops:
        for element in top.all():
            for number, mark in element.marks:
                tag = file.contents[number].tags.get(mark, element.kind)
                if tag != element.kind:
                    yield f"page {number + 1}: mark {mark} is a {tag} on the page and a {element.kind} in the tree"


def numbers(node: Dictionary) -> Iterator[tuple[int, object]]:
    """The entries of a number tree (ISO 32000-1, 7.9.7)."""
    flat = list(node.get("/Nums", []))
    yield from zip(map(int, flat[::2]), flat[1::2])
    for kid in node.get("/Kids", []):
        yield from numbers(kid)


def structure(file: File) -> Faults:
    yield from file.misplaced
    if [top.kind for top in file.tops] != ["Document"]:
        yield f"the roots are {[top.kind for top in file.tops]}"
    for top in file.tops:
        for element in top.all():
            above = element.parent and element.parent.kind
            if above not in PARENTS.get(element.kind, ()):
                yield f"a {element.kind} stands in {above or 'the root'}"
            if element.marks and element.kind not in LEAVES:
                yield f"a {element.kind} has content of its own"
            if not element.marks and not element.kids and element.kind not in ("TH", "TD"):
                yield f"a {element.kind} is empty"


def reading_order(file: File) -> Faults:
    """The tree is read in the order of the pages' content, which same_text.py compares with the Markdown."""
    marks = [mark for element in file.document.all() for mark in element.marks]
    for before, after in zip(marks, marks[1:]):
        if after < before:
            yield f"page {after[0] + 1}, mark {after[1]} is read after page {before[0] + 1}, mark {before[1]}"


def headings(file: File) -> Faults:
    last = 0
    for element in file.document.all():
        if found := HEADING.fullmatch(element.kind):
            level = int(found[1])
            if level > last + 1:
                yield f"{file.text(element)} is an H{level} after an H{last}" if last else f"the first is an H{level}"
            if not squeeze(file.text(element)):
                yield f"an H{level} without text"
            last = level
    if sum(1 for _ in file.document.of_kind("H1")) != 1:
        yield "not one H1"


def tables(file: File) -> Faults:
    for number, table in enumerate(file.document.of_kind("Table"), 1):
        rows = [kid for kid in table.kids if kid.kind == "TR"]
        widths = {sum(int(cell.attribute("/Table", "/ColSpan") or 1) for cell in row.kids) for row in rows}
        if len(widths) != 1:
            yield f"table {number} has rows of {sorted(widths)} cells"
        if any(cell.attribute("/Table", "/RowSpan") for row in rows for cell in row.kids):
            yield f"table {number} has cells that span rows, which nothing here counts"
        if rows and any(cell.kind != "TH" for cell in rows[0].kids):
            yield f"table {number} has no row of heads"
        if [kid.kind for kid in table.kids].count("Caption") > 1 or any(kid.kind == "Caption" for kid in table.kids[1:-1]):
            yield f"table {number} has a caption that is neither first nor last"
        for cell in table.of_kind("TH"):
            if cell.attribute("/Table", "/Scope") not in ("/Row", "/Column", "/Both"):
                yield f"table {number}: the head {file.text(cell)} has no scope"


def figures(file: File) -> Faults:
    for figure in file.document.of_kind("Figure"):
        if not squeeze(str(figure.object.get("/Alt", ""))):
            yield "a figure without words in its place"
        box = figure.attribute("/Layout", "/BBox")
        if box is None or len(box) != 4:
            yield "a figure without a box"
        elif not (0 <= box[0] < box[2] <= 842 and 0 <= box[1] < box[3] <= 842):
            yield f"the box of a figure is {[float(edge) for edge in box]}"


def lists(file: File) -> Faults:
    for element in file.document.of_kind("L"):
        if not element.attribute("/List", "/ListNumbering"):
            yield "a list that does not say how it is numbered"
        for item in element.kids:
            if [kid.kind for kid in item.kids] not in (["LBody"], ["Lbl", "LBody"]):
                yield f"an item of {[kid.kind for kid in item.kids]}"


def outline(file: File) -> Faults:
    """Every heading below the title has its bookmark, in place: (depth, words, page)."""
    wanted, before = [], None
    for element in file.document.of_kind("P", *(f"H{level}" for level in range(1, 7))):
        found = HEADING.fullmatch(element.kind)
        if found and element.kind != "H1":
            # The bookmark of an annex names its label as well, which is a paragraph before its title.
            in_annex = element.parent.kind == "Sect" and element.parent.kids[:2] == [before, element]
            label = before if in_annex and before.kind == "P" else None
            words = (file.text(label) if label else "") + file.text(element)
            wanted.append((int(found[1]), squeeze(words).rstrip(ENDS), element.marks[0][0] if element.marks else None))
        before = element
    if not wanted and "/Outlines" not in file.root:
        return
    found = list(bookmarks(file, file.root.Outlines))
    if len(found) != len(wanted):
        yield f"{len(found)} bookmarks for {len(wanted)} headings"
    open_levels: list[int] = []
    for (depth, words, page, fault), (level, heading, at) in zip(found, wanted):
        if fault:
            yield f"{words}: {fault}"
        if squeeze(words).rstrip(ENDS) != heading:
            yield f"the bookmark {words} is not the heading {heading}"
        if None not in (page, at) and page != at:
            yield f"the bookmark {words} leads to page {page + 1}, the heading stands on page {at + 1}"
        while open_levels and open_levels[-1] >= level:
            open_levels.pop()
        open_levels.append(level)
        if depth != len(open_levels):
            yield f"the bookmark {words} has the depth {depth}, its heading {len(open_levels)}"


def bookmarks(file: File, parent: Dictionary, depth: int = 1) -> Iterator[tuple[int, str, int | None, str]]:
    """Depth, words, page, and what is wrong with the place or the links."""
    item, before = parent.get("/First"), None
    while item is not None:
        fault, page = "", None
        target = item.get("/Dest")
        if not isinstance(target, Array) or target[0].objgen not in file.page_number:
            fault = "it leads to no page"
        else:
            page = file.page_number[target[0].objgen]
            if target[1] == "/XYZ" and not 0 <= (target[3] or 0) <= file.pdf.pages[page].mediabox[3]:
                fault = "it leads past the page"
        if item.Parent.objgen != parent.objgen or (before and item.Prev.objgen != before.objgen):
            fault = "its links are wrong"
        yield depth, str(item.Title), page, fault
        yield from bookmarks(file, item, depth + 1)
        before, item = item, item.get("/Next")
    if before is not None and parent.Last.objgen != before.objgen:
        yield depth, str(before.Title), None, "the last is not the last"


def fonts(file: File) -> Faults:
    for number, content in enumerate(file.contents, 1):
        for family, count in content.unreadable.items():
            yield f"page {number}: {count} glyphs of {family[1:]} stand for no character"
    for each in file.pdf.objects:
        if isinstance(each, Dictionary) and each.get("/Type") == "/FontDescriptor":
            if not any(key in each for key in ("/FontFile", "/FontFile2", "/FontFile3")):
                yield f"{str(each.FontName)[1:]} is not embedded"


def nothing_runs(file: File) -> Faults:
    for each in file.pdf.objects:
        for inner in nested(each):
            for key in ACTIVE & set(inner.keys()):
                yield f"there is {key}"
            if inner.get("/S") in ACTIONS or inner.get("/Type") == "/Action":
                yield f"there is an action {inner.get('/S')}"


def nested(value: object) -> Iterator[Dictionary]:
    """The dictionaries in an object; what it refers to is an object of its own."""
    if isinstance(value, pikepdf.Stream):
        value = value.stream_dict
    if isinstance(value, Dictionary):
        yield value
    for inner in value.values() if isinstance(value, Dictionary) else value if isinstance(value, Array) else []:
        if isinstance(inner, (Dictionary, Array)) and not inner.is_indirect:
            yield from nested(inner)


CHECKS: list[tuple[str, Callable[[File], Faults]]] = [
    ("catalogue", catalogue),
    ("trailer", trailer),
    ("what it says it is", claims),
    ("metadata", metadata),
    ("output intent", output_intent),
    ("all content is marked", marking),
    ("marks and elements know each other", parent_tree),
    ("structure", structure),
    ("reading order", reading_order),
    ("headings", headings),
    ("tables", tables),
    ("figures", figures),
    ("lists", lists),
    ("outline", outline),
    ("fonts", fonts),
    ("nothing runs", nothing_runs),
]

# What is raised where a file lacks something, or has something else in its place.
UNREADABLE = (AttributeError, IndexError, KeyError, TypeError, ValueError, pikepdf.PdfError, xml.ParseError)


def main() -> None:
    path, = sys.argv[1:]
    try:
        file = File(path)
    except UNREADABLE as error:
        sys.exit(f"it is no tagged PDF: {error!r}")
    failed = False
    for name, check in CHECKS:
        try:
            faults = list(check(file))
        except UNREADABLE as error:
            faults = [f"it cannot be read: {error!r}"]
        if faults:
            failed = True
            more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
            print(f"{name}: {faults[0]}{more}")
    if failed:
        sys.exit(1)
    kinds = Counter(element.kind for element in file.document.all())
    count = [f"{kinds[kind]} {words}" for kind, words in [("Table", "tables"), ("Figure", "figures")]]
    levels = sum(kinds[kind] for kind in kinds if HEADING.fullmatch(kind))
    print(f"{len(CHECKS)} checks; {len(file.pdf.pages)} pages, {sum(kinds.values())} elements, {levels} headings, {', '.join(count)}")


if __name__ == "__main__":
    main()
