#!/usr/bin/env python3
"""Compares the text of a PDF or an HTML page with that of the Markdown, figure for figure.

    same_text.py REPORT.md REPORT.pdf|REPORT.html

Both are reduced to one string without markup and white space. Exit status 0: equal; 1: the first difference is shown.
"""

import re
import subprocess
import sys
from html.parser import HTMLParser

RULE = re.compile(r"\|(\s*:?-+:?\s*\|)+")
FOLIO = re.compile(r"[—–-]\s*\d+\s*[—–-]")
# A backslash makes the mark after it plain; without one, these are markup.
MARKUP = re.compile(r"\\([!-/:-@\[-`{-~])|\||\*\*")


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
        lines = [line for line in page.splitlines() if not FOLIO.fullmatch(line.strip())]
        text = squeeze("".join(lines))
        # The first head of a table stands below its caption, so never at the top of a page.
        repeated = [head for head in heads if text.startswith(head) and head in out]
        out += text[max(map(len, repeated), default=0):]
    return out


class Article(HTMLParser):
    """The text of the page's <article>; what is written in a drawing, its description says."""

    def __init__(self):
        super().__init__()
        self.inside = 0
        self.drawn = 0
        self.text = []

    def handle_starttag(self, tag, attributes):
        self.inside += tag == "article"
        self.drawn += tag == "text"

    def handle_endtag(self, tag):
        self.inside -= tag == "article"
        self.drawn -= tag == "text"

    def handle_data(self, data):
        if self.inside and not self.drawn:
            self.text.append(data)


def of_html(path):
    reader = Article()
    with open(path, encoding="utf-8") as file:
        reader.feed(file.read())
    return squeeze("".join(reader.text))


def main():
    markdown, other = sys.argv[1:]
    wanted, heads = of_markdown(markdown)
    found = of_pdf(other, heads) if other.endswith(".pdf") else of_html(other)
    if not wanted:
        sys.exit(f"{markdown} is empty")
    if wanted == found:
        print(f"{len(wanted)} characters")
        return
    pairs = enumerate(zip(wanted, found))
    at = next((index for index, (a, b) in pairs if a != b), min(len(wanted), len(found)))
    around = slice(max(0, at - 20), at + 20)
    sys.exit(f"they differ at character {at + 1} of {len(wanted)}:\n  {wanted[around]}\n  {found[around]}")


if __name__ == "__main__":
    main()
