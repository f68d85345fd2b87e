#!/usr/bin/env python3
"""Compares the text of a PDF or an HTML page with that of the Markdown, figure for figure.

    same_text.py REPORT.md REPORT.html|REPORT.pdf
    same_text.py REPORT.md PRINTED.pdf REPORT.html

PRINTED.pdf is what a browser printed of the page. Both are reduced to one string without markup and white space. Exit status 0: equal; 1: the first difference is shown.
"""

import re
import subprocess
import sys
from html.parser import HTMLParser

RULE = re.compile(r"\|(\s*:?-+:?\s*\|)+")
FOLIO = re.compile(r"[—–-]\s*\d+\s*[—–-]")
# On a page that is read turned, the page number's dashes stand on lines of their own.
TURNED_FOLIO = re.compile(r"\n—\n\d+\n—\s*\Z")
# A backslash makes the mark after it plain; without one, these are markup.
MARKUP = re.compile(r"\\([!-/:-@\[-`{-~])|\||\*\*|<!-- -->")


def squeeze(text):
    return re.sub(r"\s+", "", text)


def plain(line):
    line = re.sub(r"^#+ ", "", line)
    return squeeze(MARKUP.sub(lambda mark: mark.group(1) or "", line))


def of_markdown(path):
    """The text, and the heads of the tables, each with how many rows stand below it."""
    with open(path, encoding="utf-8") as file:
        lines = file.read().splitlines()
    text, heads = [], []
    for index, line in enumerate(lines):
        if RULE.fullmatch(line.strip()):
            heads.append(plain(lines[index - 1]))
        else:
            text.append(plain(line))
    return "".join(text), heads


def of_pdf(path, heads):
    """The text in the order of the content; page numbers and repeated heads of tables are left out."""
    done = subprocess.run(["pdftotext", "-raw", "-enc", "UTF-8", path, "-"], check=True, capture_output=True)
    out = ""
    for page in done.stdout.decode("utf-8").split("\f"):
        lines = [line for line in TURNED_FOLIO.sub("", page).splitlines() if not FOLIO.fullmatch(line.strip())]
        text = squeeze("".join(lines))
        # The first head of a table stands below its caption, so never at the top of a page.
        repeated = [head for head in heads if text.startswith(head) and head in out]
        out += text[max(map(len, repeated), default=0):]
    return out


class Article(HTMLParser):
    """The text of the page's <article>; what is written in a drawing, its description says."""

    def __init__(self):
        super().__init__()
        self.open = []
        self.text = []
        # Of each drawing its caption, its description and its labels, by their elements.
        self.drawings = []

    def handle_starttag(self, tag, attributes):
        if tag == "figure":
            self.drawings.append({"figcaption": "", "desc": "", "text": ""})
        if tag in ("article", "figcaption", "desc", "text"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        if self.open and self.open[-1] == tag:
            self.open.pop()

    def handle_data(self, data):
        if not self.open:
            return
        if self.open[-1] != "text":
            self.text.append(data)
        if self.open[-1] != "article":
            self.drawings[-1][self.open[-1]] += squeeze(data)


def of_html(path):
    """The text, and the drawings."""
    reader = Article()
    with open(path, encoding="utf-8") as file:
        reader.feed(file.read())
    return squeeze("".join(reader.text)), reader.drawings


def main():
    markdown, other, *page = sys.argv[1:]
    wanted, heads = of_markdown(markdown)
    found = of_pdf(other, heads) if other.endswith(".pdf") else of_html(other)[0]
    if not wanted:
        sys.exit(f"{markdown} is empty")
    for drawing in of_html(page[0])[1] if page else []:
        # Paper shows the labels in place of the description, and the caption below them.
        caption = drawing["figcaption"]
        wanted = wanted.replace(caption + drawing["desc"], drawing["text"] + caption)
    if wanted == found:
        print(f"{len(wanted)} characters")
        return
    pairs = enumerate(zip(wanted, found))
    at = next((index for index, (a, b) in pairs if a != b), min(len(wanted), len(found)))
    around = slice(max(0, at - 20), at + 20)
    sys.exit(f"they differ at character {at + 1} of {len(wanted)}:\n  {wanted[around]}\n  {found[around]}")


if __name__ == "__main__":
    main()
