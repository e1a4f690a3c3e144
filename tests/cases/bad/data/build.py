"""The broken files that no editor can show: odd encodings, bytes that are no text, sheer size.

    python tests/cases/bad/data/build.py

writes them beside this script; a test compares what is there with what this would write.
"""

from __future__ import annotations

from pathlib import Path

HEADER = "机构,满意率,签约率,问卷调查,有效投诉\n"
SOUTH = "南关,93%,70%,2,0\n"
NORTH = "北关,91%,65%,2,0\n"
MARK = b"\xef\xbb\xbf"

FILES: dict[str, bytes] = {
    "not-text-png.csv": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
    "not-text-xlsx.csv": b"PK\x03\x04\x14\x00\x06\x00\x08\x00xl/workbook.xml",
    "not-text-xls.csv": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(8),
    "not-text-html.csv": f"<html><table><tr><td>{SOUTH}</td></tr></table></html>".encode(),
    "encoding-neither.csv": HEADER.encode() + b"\xff\xfe\xfd,93%,70%,2,0\n",
    "encoding-gb18030-in-utf8.csv": (HEADER + SOUTH).encode() + NORTH.encode("gb18030"),
    "encoding-utf8-in-gb18030.csv": (HEADER + SOUTH).encode("gb18030")
    + "南关街道社区卫生服务中心,91%,65%,2,0\n".encode()
    + "东关中心,91%,65%,2,0\n".encode(),
    "encoding-in-one-row.csv": HEADER.encode()
    + "南关街道,93%,70%,2,".encode()
    + "无\n".encode("gb18030"),
    "encoding-mark-broken.csv": MARK + (HEADER + SOUTH).encode("gb18030"),
    "encoding-utf16-cut.csv": (HEADER + SOUTH).encode("utf-16")[:-1],
    "nul-utf16.csv": (HEADER + SOUTH).encode("utf-16-le"),
    "nul-one.csv": (HEADER + '"南\n关",93%,70%,2,0\n' + "北关,9\x001%,65%,2,0\n").encode(),
    "newlines-mixed.csv": (HEADER + SOUTH).replace("\n", "\r\n").encode()
    + (
        NORTH.replace("\n", "\r") + '"西\n关",九成,65%,2,0\r\n\n东关,91%,65%,2,0,,,\n,,,,\r'
    ).encode(),
    "blank.csv": MARK + "\r\n \t\r\n　\r\n".encode(),
    "cell-long.csv": (HEADER + SOUTH + f"北关,91%,65%,2,{'很' * 40_000}\n").encode(),
    "cell-endless.csv": (HEADER + '"南关,93%,70%,2,0\n' + NORTH * 10_000).encode(),
    "number-5000-digits.csv": (HEADER + f"南关,{'9' * 5_000},70%,{'8' * 5_000},0\n").encode(),
    "number-5000-digits.json": (
        f'[{{"facility": "南关", "values": {{"satisfaction": {"9" * 5_000},'
        f' "contract": 0.{"7" * 5_000}, "surveys": 2, "complaints": 0}}}}]\n'
    ).encode(),
}
"""What each of them holds, by name."""


if __name__ == "__main__":
    for name, content in FILES.items():
        Path(__file__).with_name(name).write_bytes(content)
