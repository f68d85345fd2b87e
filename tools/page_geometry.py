#!/usr/bin/env python3
"""Measures a report's PDF with Poppler's numbers against GB/T 9704-2012.

    page_geometry.py REPORT.pdf [FEWEST]

FEWEST is how many full pages of running text there must be at least, 1 if not given.

* On every full page of running text stand 22 lines, 225/22 mm apart; their first Han characters stand at 28 mm or two
  characters to the right of it; a line that goes on in the next one and ends in a Han character ends at 184 mm; a line of Han
  characters alone that goes from edge to edge has 28 of them.
* Below the type area stands the page number alone, its dash one character inside of the outer edge.

A tenth of a millimetre is let pass. Exit status 0: all as it should be.
"""

from __future__ import annotations

import re
import subprocess
import sys
import xml.etree.ElementTree as xml
from collections import Counter
from dataclasses import dataclass

NEAR = 0.1
MM = 25.4 / 72
PAPER_HEIGHT = 297.0
LEFT, RIGHT, TOP, FOOT = 28.0, 184.0, 37.0, 262.0
CELL = (RIGHT - LEFT) / 28
LINE = (FOOT - TOP) / 22
# A character of 16 pt is wider than its cell, so it begins so much before it, and ends so much after it.
OVER = (16 * MM - CELL) / 2
HAN = re.compile(r"[\u4e00-\u9fff]")
WORD = "{http://www.w3.org/1999/xhtml}word"


@dataclass
class Word:
    """Type of one face on a line, in millimetres from the top left corner of the upright sheet."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def size(self) -> float:
        """What a character takes of the line, if all are as wide as high."""
        return (self.right - self.left) / len(self.text) / MM


@dataclass
class Line:
    words: list[Word]

    @property
    def text(self) -> str:
        return "".join(word.text for word in self.words)

    @property
    def left(self) -> float:
        return self.words[0].left

    @property
    def right(self) -> float:
        return self.words[-1].right

    @property
    def tops(self) -> dict[float, float]:
        """The top of each face on the line, which is known by its height."""
        return {round(word.bottom - word.top, 2): word.top for word in self.words}


def output(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True).stdout.decode("utf-8")


def pages_of(path: str) -> list[tuple[bool, list[Word]]]:
    """Whether each page is turned, and its words."""
    turns = re.findall(r"^Page +\d+ rot: +(\d+)", output("pdfinfo", "-f", "1", "-l", "-1", path), re.M)
    # A character may be one that XML cannot name.
    sheets = xml.fromstring(re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "", output("pdftotext", "-bbox", path, "-")))
    pages = []
    for turn, sheet in zip(turns, sheets.iter(WORD.replace("word", "page")), strict=True):
        words = []
        for word in sheet.iter(WORD):
            left, top, right, bottom = (float(word.attrib[edge]) * MM for edge in ("xMin", "yMin", "xMax", "yMax"))
            if turn == "90":
                # Poppler measures a turned page as it is read.
                left, top, right, bottom = top, PAPER_HEIGHT - right, bottom, PAPER_HEIGHT - left
            words.append(Word(word.text or "", left, top, right, bottom))
        pages.append((turn == "90", words))
    return pages


def lines_of(words: list[Word]) -> list[Line]:
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda word: word.middle):
        if lines and word.middle - lines[-1][-1].middle < LINE / 3:
            lines[-1].append(word)
        else:
            lines.append([word])
    return [Line(sorted(words, key=lambda word: word.left)) for words in lines]


def is_full_of_text(lines: list[Line]) -> bool:
    """From the first to the last row of the type area, all of 16 pt: of other sizes are titles, tables and charts."""
    sizes = [word.size for line in lines for word in line.words if len(HAN.findall(word.text)) == len(word.text) > 2]
    middle = [(line.words[0].middle - TOP) / LINE for line in (lines[0], lines[-1])] if lines else [9, 9]
    return middle[0] < 1 and middle[1] > 21 and all(15 < size < 17 for size in sizes)


def text_faults(lines: list[Line], measured: Counter[str]) -> list[str]:
    faults = []
    if len(lines) != 22:
        faults.append(f"{len(lines)} lines")
    for step, (line, following) in enumerate(zip(lines, lines[1:]), 1):
        # Of the same face, so that its own measures do not matter.
        for height in line.tops.keys() & following.tops.keys():
            measured["pitches"] += 1
            pitch = following.tops[height] - line.tops[height]
            if abs(pitch - LINE) > NEAR:
                faults.append(f"line {step + 1} stands {pitch:.2f} mm below the one before it")
        if HAN.match(line.text[-1]) and following.left < LEFT + CELL:
            measured["right edges"] += 1
            if abs(line.right - OVER - RIGHT) > NEAR:
                faults.append(f"line {step} ends at {line.right - OVER:.2f} mm")
    for number, line in enumerate(lines, 1):
        if len(HAN.findall(line.text)) == len(line.text) and abs(line.left + OVER - LEFT) < NEAR and line.right > RIGHT - CELL / 2:
            measured["lines of Han characters alone"] += 1
            if len(line.text) != 28:
                faults.append(f"line {number} has {len(line.text)} characters")
        if HAN.match(line.text):
            measured["left edges"] += 1
            if min(abs(line.left + OVER - LEFT - indent * CELL) for indent in (0, 2)) > NEAR:
                faults.append(f"line {number} begins at {line.left + OVER:.2f} mm")
    # The first face of a page to the same face on the last line that has it: no error adds up.
    for height in {height for line in lines for height in line.tops}:
        own = [(row, line.tops[height]) for row, line in enumerate(lines) if height in line.tops]
        (first, top), (last, bottom) = own[0], own[-1]
        if abs(bottom - top - (last - first) * LINE) > NEAR:
            faults.append(f"lines {first + 1} and {last + 1} are {bottom - top:.2f} mm apart")
    return faults


def folio_faults(number: int, words: list[Word]) -> list[str]:
    below = sorted((word for word in words if word.top > FOOT), key=lambda word: word.left)
    text = "".join(word.text for word in below)
    if text != f"—{number}—":
        return [f"below the type area stands {text}"]
    inside = RIGHT - below[-1].right if number % 2 else below[0].left - LEFT
    return [] if abs(inside - CELL) <= NEAR else [f"the dash stands {inside:.2f} mm from the outer edge"]


def main() -> None:
    path, *rest = sys.argv[1:]
    fewest = int(rest[0]) if rest else 1
    faults: list[str] = []
    measured: Counter[str] = Counter()
    full = 0
    pages = pages_of(path)
    for number, (turned, words) in enumerate(pages, 1):
        found = folio_faults(number, words)
        lines = lines_of([word for word in words if word.top <= FOOT])
        if not turned and is_full_of_text(lines):
            full += 1
            found += text_faults(lines, measured)
        faults += [f"page {number}: {fault}" for fault in found]
    if full < fewest:
        faults.append(f"{full} pages are full of running text")
    if faults:
        sys.exit("\n".join(faults))
    counts = "".join(f", {count} {what}" for what, count in sorted(measured.items()))
    print(f"{full} full pages{counts}, {len(pages)} page numbers")


if __name__ == "__main__":
    main()
