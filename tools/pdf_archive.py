#!/usr/bin/env python3
"""Checks a PDF by pikepdf's rules for PDF/A level B: 2b, and 3b for a file that has files attached.

    pdf_archive.py REPORT.pdf

The rules know no level A, nor that PDF/A lets a file describe properties of its own, so of a file that says it is level A and
PDF/UA-1 exactly the findings in `BEYOND_B` are expected, each once; pdf_checks.py looks at what they leave open. Any other
finding fails, also one that says only that something, such as a font of a strange kind, was not checked. Exit status 0: the
rules hold.
"""

import sys
from collections import Counter

import pikepdf
from pikepdf.pdfa import Finding, validate_written

PDFA = "http://www.aiim.org/pdfa/ns"
# (clause and test, message); the place is the metadata's.
BEYOND_B = [
    ("6.6.4-3", "pdfaid:conformance is 'A', expected 'B'"),
    ("6.6.2.3.1-1", f"XMP namespace pdfaExtension={PDFA}/extension/ is not permitted"),
    ("6.6.2.3.1-1", f"XMP namespace pdfaSchema={PDFA}/schema# is not permitted"),
    ("6.6.2.3.1-1", f"XMP namespace pdfaProperty={PDFA}/property# is not permitted"),
    ("6.6.2.3.1-1", "XMP property pdfaExtension:schemas is not permitted"),
    ("6.6.2.3.1-1", "XMP property pdfuaid:part is not permitted"),
]


def flavour_and_fonts(path: str) -> tuple[str, Counter[str]]:
    """The flavour to check against, and the fonts by the kind of their program."""
    kinds = {"/FontFile2": "TrueType", "/FontFile3": "CFF"}
    with pikepdf.open(path) as pdf:
        flavour = "3b" if "/AF" in pdf.Root or pdf.attachments else "2b"
        objects = [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary)]
        programs = [kind for each in objects for key, kind in kinds.items() if key in each]
    return flavour, Counter(programs)


def main() -> None:
    path, = sys.argv[1:]
    flavour, fonts = flavour_and_fonts(path)
    report = validate_written(path, flavour)
    part = f"ISO_19005_{flavour[0]}"
    awaited = Counter((f"{part}:{rule}", message) for rule, message in BEYOND_B)

    def is_awaited(finding: Finding) -> bool:
        what = (finding.rule, finding.message)
        awaited[what] -= 1
        return awaited[what] >= 0 and finding.where.endswith("(MetadataStream)")

    faults = [str(finding) for finding in report.findings if not is_awaited(finding)]
    faults += [f"awaited, but not found: {message}" for (_, message), left in awaited.items() if left > 0]
    if faults:
        sys.exit("\n".join(faults))
    checked = ", ".join(f"{count} {kind}" for kind, count in sorted(fonts.items(), reverse=True))
    print(f"the rules of PDF/A-{flavour} hold; fonts {checked}, none left unchecked")


if __name__ == "__main__":
    main()
