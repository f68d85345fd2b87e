#!/usr/bin/env python3
"""Rebuild every generated file in this folder from its published package.

    python3 rebuild.py                  fetch, verify, cut, compress, write
    python3 rebuild.py --check          rebuild aside and compare; exit 1 on a difference
    python3 rebuild.py --packages DIR   keep the fetched packages in DIR and use them again

Needs Python 3.11 on x86-64 Linux with pip, npm, and apt-get / dpkg-deb of Debian 12.
The packages come to some 230 MB. The same input always gives the same bytes.
"""

import argparse
import gzip
import hashlib
import re
import subprocess
import sys
import tempfile
import textwrap
import zipfile
from pathlib import Path

# ---------------------------------------------------------------- sources

ANY = ["--platform", "any"]
LINUX = ["--platform", "manylinux2014_x86_64", "--python-version", "3.11"]

# key: (client, package, version, package file, sha256 of that file, further options)
SOURCES = {
    "noto-serif": ("npm", "@expo-google-fonts/noto-serif-sc", "0.4.3",
                   "expo-google-fonts-noto-serif-sc-0.4.3.tgz",
                   "ff6bcf5ba68d92dfecc05544bb150f9e724741a932354a0dd97e7289c40a3f5e", []),
    "noto-sans": ("npm", "@expo-google-fonts/noto-sans-sc", "0.4.3",
                  "expo-google-fonts-noto-sans-sc-0.4.3.tgz",
                  "0d69d0f4971d2ff574e3d93cbc218dc950bf3f3f8f8e2c008d97687ed53aee59", []),
    "wenkai": ("apt", "fonts-lxgw-wenkai", "1.250+repack-1",
               "fonts-lxgw-wenkai_1.250+repack-1_all.deb",
               "6d1e4c4aac78ad32062aefa2c836ee4d6e58f9dcf8b3f4407c9eefe304615318", []),
    "fandol": ("apt", "texlive-lang-chinese", "2022.20230122-1",
               "texlive-lang-chinese_2022.20230122-1_all.deb",
               "9cfa07bd44e7b9098e26f0ecac1b5ad210d2249d474c8074d53de92d650b0ec0", []),
    # the 8,105 characters of 通用规范汉字表
    "hanzi": ("pip", "pypinyin-dict", "0.9.0",
              "pypinyin_dict-0.9.0-py2.py3-none-any.whl",
              "10cfbe40af87d704b867533177be8cd72837da9e224755dd275798e88097067a", ANY),
    # tools
    "fonttools": ("pip", "fonttools", "4.68.0",
                  "fonttools-4.68.0-py3-none-any.whl",
                  "d76f8fdcb6936f5e1045a0c9dd721a4bf11112e60d1e243bfa1d39f06a8b3104", ANY),
    "zstandard": ("pip", "zstandard", "0.25.0",
                  "zstandard-0.25.0-cp311-cp311-manylinux2014_x86_64.manylinux_2_17_x86_64.whl",
                  "9300d02ea7c6506f00e627e287e0492a5eb0371ec1670ae852fefffa6164b072", LINUX),
}

WENKAI = "usr/share/fonts/truetype/lxgw-wenkai"
TEXMF = "usr/share/texlive/texmf-dist/fonts/opentype/public/fandol"
TEXDOC = "usr/share/doc/texlive-doc/fonts/fandol"
HANZI_LIST = "pypinyin_dict/pinyin_data/kmandarin_8105.py"

# role: (source, member, family, subfamily, PostScript name)
FACES = {
    "title": ("noto-serif", "package/700Bold/NotoSerifSC_700Bold.ttf",
              "Banjie Title", "Bold", "BanjieTitle-Bold"),
    "hei": ("noto-sans", "package/500Medium/NotoSansSC_500Medium.ttf",
            "Banjie Hei", "Regular", "BanjieHei-Medium"),
    "kai": ("wenkai", f"{WENKAI}/LXGWWenKai-Regular.ttf",
            "Banjie Kai", "Regular", "BanjieKai-Regular"),
    "fang": ("wenkai", f"{WENKAI}/LXGWWenKai-Light.ttf",
             "Banjie Fang", "Regular", "BanjieFang-Light"),
    "song": ("noto-serif", "package/400Regular/NotoSerifSC_400Regular.ttf",
             "Banjie Song", "Regular", "BanjieSong-Regular"),
}

# ---------------------------------------------------------------- characters


def span(first, last):
    return {chr(c) for c in range(first, last + 1)}


LATIN = span(0x20, 0x7E) | span(0xA0, 0xFF)
PINYIN = set("āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüêńňǹḿɑɡ")
GREEK = span(0x391, 0x3A1) | span(0x3A3, 0x3A9) | span(0x3B1, 0x3C9)
ROMAN = span(0x2160, 0x216B) | span(0x2170, 0x217B)
SUPERSCRIPTS = set("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ₀₁₂₃₄₅₆₇₈₉₊₋")

# What the Latin face (song) is for: page numbers, digits, units, foreign words.
SONG = (LATIN | PINYIN | GREEK | ROMAN | SUPERSCRIPTS
        | set("‐‑‒–—―‘’“”†‡•…‰′″‹›€№℃℉™Ω−√∞≈≠≤≥"))

NAME_CHARACTERS = set("喆垚堃昇玥祎赟镕犇頔瑄珺晞旸淏翀彧璟炘湉玹硚")
SYMBOLS = (
    LATIN | PINYIN | GREEK | ROMAN | SUPERSCRIPTS
    | set("‐‑‒–—―‖‘’‚“”„†‡•‣…‧‰‱′″‴※‹›‾⁄⸺⋯")      # general punctuation
    | span(0x3000, 0x301F)                            # CJK punctuation
    | set("€№℃℉™Ωℓ℗℡")
    | span(0x2460, 0x249B) | span(0x24B6, 0x24EA)     # ①–⑳ ⑴–⒇ ⒈–⒛ Ⓐ–ⓩ ⓪
    | span(0x2776, 0x277F)                            # ❶–❿
    | span(0x3220, 0x3229) | span(0x3280, 0x3289)     # ㈠–㈩ ㊀–㊉
    | span(0x3251, 0x325F) | span(0x32B1, 0x32BF)     # ㉑–㊿
    | set("㊣㏄㏎㏑㏒㏕") | span(0x3380, 0x33DF)       # squared units: ㎎㎏㎜㎝㎞㎡㎥ ...
    | span(0xFF01, 0xFF5E) | span(0xFFE0, 0xFFE5)     # full-width forms
    | span(0x2190, 0x2199) | set("⇐⇒⇑⇓⇔")              # arrows
    | set("∈∏∑∕√∝∞∟∠∣∥∧∨∩∪∫∮∴∵∶∷∽≈≌≒≠≡≤≥≦≧≮≯⊕⊙⊥⊿−∓")
    | set("■□▢▲△▼▽▶▷◀◁●○◎◆◇◯★☆☐☑☒✓✔✗✘♀♂〓")
)


def gb2312():
    """All of GB2312: symbol rows 1-9 and hanzi rows 16-87."""
    found = set()
    for row in range(1, 95):
        for cell in range(1, 95):
            try:
                found.add(bytes([0xA0 + row, 0xA0 + cell]).decode("gb2312"))
            except UnicodeDecodeError:
                pass
    return found


def general_use(wheel):
    with zipfile.ZipFile(wheel) as z:
        text = z.read(HANZI_LIST).decode()
    found = {chr(int(h, 16)) for h in re.findall(r"^\s*0x([0-9A-F]+):", text, re.M)}
    assert len(found) == 8105, len(found)
    return found


# ---------------------------------------------------------------- fetching


def run(*command, cwd=None):
    subprocess.run(command, cwd=cwd, check=True, stdout=subprocess.DEVNULL)


def fetch(packages):
    """Download what is missing into `packages`; verify everything. Returns key -> path."""
    paths = {}
    for key, (client, name, version, file, sha256, options) in SOURCES.items():
        path = paths[key] = packages / file
        if not path.exists():
            print(f"fetching {name} {version}")
            if client == "npm":
                run("npm", "pack", "--silent", f"{name}@{version}", cwd=packages)
            elif client == "apt":
                run("apt-get", "-q", "-o", "APT::Sandbox::User=root", "download",
                    f"{name}={version}", cwd=packages)
            else:
                run(sys.executable, "-m", "pip", "-q", "download", "--no-deps",
                    "--only-binary=:all:", *options, f"{name}=={version}", cwd=packages)
        found = hashlib.sha256(path.read_bytes()).hexdigest()
        if found != sha256:
            sys.exit(f"{path.name}: sha256 is {found}, expected {sha256}; refusing to go on")
    return paths


def unpack(paths, scratch):
    """Unpack the font packages and load the pinned tools. Returns key -> folder."""
    folders = {}
    for key in ("noto-serif", "noto-sans", "wenkai", "fandol"):
        folder = folders[key] = scratch / key
        folder.mkdir()
        if paths[key].suffix == ".deb":
            run("dpkg-deb", "-x", paths[key], folder)
        else:
            run("tar", "-xzf", paths[key], "-C", folder)
    tools = scratch / "tools"
    run(sys.executable, "-m", "pip", "-q", "install", "--no-deps", "--no-index",
        "--disable-pip-version-check", "--root-user-action=ignore",
        "--target", tools, paths["fonttools"], paths["zstandard"])
    sys.path.insert(0, str(tools))
    return folders


# ---------------------------------------------------------------- cutting

TABLES = {"head", "hhea", "hmtx", "maxp", "OS/2", "post", "name", "cmap", "glyf", "loca"}


def rectangle(x0, y0, x1, y1):
    from fontTools.pens.ttGlyphPen import TTGlyphPen
    pen = TTGlyphPen(None)
    pen.moveTo((x0, y0))
    for point in ((x0, y1), (x1, y1), (x1, y0)):
        pen.lineTo(point)
    pen.closePath()
    return pen.glyph()


def single_substitutions(font, feature):
    """Glyph name -> glyph name, of one GSUB feature."""
    gsub = font["GSUB"].table
    found = {}
    for record in gsub.FeatureList.FeatureRecord:
        if record.FeatureTag == feature:
            for index in record.Feature.LookupListIndex:
                for sub in gsub.LookupList.Lookup[index].SubTable:
                    found.update(getattr(getattr(sub, "ExtSubTable", sub), "mapping", {}))
    return found


def set_chinese(font, role, hanzi):
    """Make the bare cmap and hmtx give what a Chinese document wants, without layout tables.

    * em dash: one em wide, and two of them join into one unbroken line
    * quotation marks and middle dot: one em wide (but proportional in the Latin face)
    * hanzi: one em wide
    """
    glyf, hmtx = font["glyf"], font["hmtx"]
    cmap = font.getBestCmap()
    changes = {}

    # U+2015 is the one-em bar at the height of the hanzi's middle. Noto's leaves a gap at
    # each end: draw it a little past both edges, as WenKai's own is.
    bar = cmap[0x2015]
    box = glyf[bar]
    if box.xMin > 0:
        y0, y1 = box.yMin, box.yMax
        for name, width in ((bar, 1000), (cmap[0x2E3A], 2000)):
            glyf[name] = rectangle(-10, y0, width + 10, y1)
            hmtx[name] = (width, -10)
    changes[0x2014] = bar

    quotes = [ord(c) for c in "‘“’”"]
    if role == "song":
        narrow = single_substitutions(font, "pwid")
        changes.update({c: narrow[cmap[c]] for c in quotes})
    else:
        changes[0xB7] = cmap[0x30FB]
        parts = {p.glyphName for n in glyf.keys() if glyf[n].isComposite()
                 for p in glyf[n].components}
        for c in quotes:
            name = cmap[c]
            if hmtx[name][0] == 1000:
                continue
            # Opening marks go to the middle of the right half, closing ones to the left.
            glyph = glyf[name]
            assert not glyph.isComposite() and name not in parts, name
            middle = 750 if c in (0x2018, 0x201C) else 250
            glyph.coordinates.translate((middle - (glyph.xMin + glyph.xMax) // 2, 0))
            glyph.recalcBounds(glyf)
            hmtx[name] = (1000, glyph.xMin)

    # A handful of WenKai Light's hanzi are 999 wide; the grid wants one em exactly.
    for c, name in cmap.items():
        if chr(c) in hanzi and hmtx[name][0] != 1000:
            hmtx[name] = (1000, hmtx[name][1])

    for table in font["cmap"].tables:
        if table.isUnicode() and table.format != 14:
            table.cmap.update(changes)


def rename(font, family, subfamily, postscript):
    """A minimal name table, without the original's (partly reserved) names."""
    names = font["name"]
    notices = {i: names.getDebugName(i) for i in (0, 13, 14)}
    version = names.getDebugName(5).split(";")[0]
    names.names = []
    full = f"{family} {postscript.split('-')[1]}"
    for i, text in sorted({
        **notices, 1: family, 2: subfamily, 3: f"{version};{postscript}", 4: full,
        5: f"{version};cut for banjie", 6: postscript,
    }.items()):
        names.setName(text, i, 3, 1, 0x409)
    font["OS/2"].achVendID = "NONE"


def cut(source, role, characters, hanzi, family, subfamily, postscript):
    """The bytes of one face, reduced to `characters`; those in `hanzi` are one em wide."""
    from fontTools import subset
    from fontTools.ttLib import TTFont
    from io import BytesIO

    # recalcTimestamp=False keeps the original's dates, so that output never varies.
    font = TTFont(source, recalcTimestamp=False)
    assert "glyf" in font and font["head"].unitsPerEm == 1000
    set_chinese(font, role, hanzi)

    options = subset.Options()
    options.hinting = False
    options.layout_features = []
    options.glyph_names = False
    options.notdef_outline = True
    options.bidi_closure = False
    options.name_IDs = ["*"]
    options.drop_tables = [t for t in font.keys() if t not in TABLES | {"GlyphOrder"}]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes={ord(c) for c in characters} & font.getBestCmap().keys())
    subsetter.subset(font)

    font["cmap"].tables = [t for t in font["cmap"].tables
                           if t.platformID == 3 and t.format in (4, 12)]
    rename(font, family, subfamily, postscript)
    assert set(font.keys()) - {"GlyphOrder"} == TABLES, font.keys()

    out = BytesIO()
    font.save(out)
    return out.getvalue()


def compress(data):
    import zstandard
    # One frame with size and checksum; a window of 8 MiB keeps any decoder's memory small.
    parameters = zstandard.ZstdCompressionParameters.from_level(
        22, source_size=len(data), window_log=23, write_checksum=True, threads=0)
    return zstandard.ZstdCompressor(compression_params=parameters).compress(data)


# ---------------------------------------------------------------- licences


def wenkai_licence(folder, face):
    """The OFL text of LXGW WenKai, taken out of Debian's copyright file."""
    from fontTools.ttLib import TTFont
    text = (folder / "usr/share/doc/fonts-lxgw-wenkai/copyright").read_text("utf-8")
    body = re.search(r"^License: OFL-1\.1\n((?: .*\n)+)", text, re.M).group(1)
    body = re.sub(r"^\.$", "", textwrap.dedent(body), flags=re.M).strip()
    notice = TTFont(folder / face)["name"].getDebugName(0).strip()
    reserved = 'With Reserved Font Names "霞鹜" and "LXGW".'
    assert reserved in re.sub(r"\s+", " ", text)
    return f"{notice}\n{reserved}\n\n{body}\n".encode()


# ---------------------------------------------------------------- all of it


def build(paths, scratch):
    """File name (relative to this folder) -> bytes."""
    folders = unpack(paths, scratch)
    hanzi = {c for c in gb2312() if "\u4E00" <= c <= "\u9FFF"}
    hanzi |= general_use(paths["hanzi"]) | NAME_CHARACTERS
    full = hanzi | gb2312() | SYMBOLS
    files = {}
    for role, (source, member, *names) in FACES.items():
        wanted = SONG if role == "song" else full
        raw = cut(folders[source] / member, role, wanted, hanzi, *names)
        packed = files[f"{role}.ttf.zst"] = compress(raw)
        print(f"{role}: {len(raw)} bytes, {len(packed)} compressed")

    fandol = folders["fandol"]
    files["fandol/FandolFang-Regular.otf"] = (
        fandol / TEXMF / "FandolFang-Regular.otf").read_bytes()
    files["fandol/README"] = (fandol / TEXDOC / "README").read_bytes()
    files["fandol/COPYING"] = gzip.decompress((fandol / TEXDOC / "COPYING.gz").read_bytes())

    for key, file in (("noto-serif", "OFL-NotoSerifSC.txt"), ("noto-sans", "OFL-NotoSansSC.txt")):
        files[f"licenses/{file}"] = (folders[key] / "package/LICENSE_FONT").read_bytes()
    files["licenses/OFL-LXGWWenKai.txt"] = wenkai_licence(folders["wenkai"], FACES["kai"][1])
    return files


def main():
    parser = argparse.ArgumentParser(description="Rebuild the generated files of this folder.")
    parser.add_argument("--check", action="store_true",
                        help="write nothing; exit 1 if a file here differs from a rebuilt one")
    parser.add_argument("--packages", type=Path, metavar="DIR",
                        help="keep the fetched packages here and use them again")
    arguments = parser.parse_args()
    here = Path(__file__).resolve().parent

    with tempfile.TemporaryDirectory() as scratch:
        scratch = Path(scratch)
        packages = (arguments.packages or scratch / "packages").resolve()
        packages.mkdir(parents=True, exist_ok=True)
        files = build(fetch(packages), scratch)

    different = []
    for name, data in files.items():
        path = here / name
        if not path.is_file() or path.read_bytes() != data:
            different.append(name)
            if not arguments.check:
                path.parent.mkdir(exist_ok=True)
                path.write_bytes(data)
    print("\n".join(f"{'differs' if arguments.check else 'written'}: {n}" for n in different)
          or "everything is as rebuilt")
    return 1 if arguments.check and different else 0


if __name__ == "__main__":
    sys.exit(main())
