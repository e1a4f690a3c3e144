"""Archives: what .xlsx, .docx and .ods files are; measured and searched before they are opened.

An archive of a few kilobytes can hold gigabytes, and its directory can lie about that. So every
part is unpacked once, in small pieces and up to a bound, before a library is given the file. XML
that declares a document type is refused: entities are what it would be for.

Source: the architecture's “data safety”.

>>> import io, zipfile
>>> with zipfile.ZipFile(buffer := io.BytesIO(), "w") as archive:
...     archive.writestr("xl/workbook.xml", "<workbook/>")
>>> measure(buffer.getvalue(), "表.xlsx")
frozenset({'xl/workbook.xml'})
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from typing import NoReturn

from healthduty.errors import SourceError
from healthduty.findings import Finding
from healthduty.said import Said
from healthduty.sources import Place

MOST_BYTES = 64 * 2**20
"""Bytes that an archive may hold when unpacked."""

MOST_RATIO = 200
"""Times its own size that an archive may unpack to, once it passes a megabyte."""

MOST_PARTS = 5_000
"""Parts an archive may have."""

_FREE = 2**20
_PIECE = 2**16
_HEADER = struct.Struct("<4s5H3L2H")
_TYPES = tuple("<!DOCTYPE".encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be"))
_OVERLAP = max(map(len, _TYPES)) - 1


def refuse(source: str, code: str, message: str, hint: str = "") -> NoReturn:
    """Refuse a file that can't be read.

    Raises:
        SourceError: always.
    """
    raise SourceError(source or "file", (Finding(code, message, place=Place(source), hint=hint),))


def measure(data: bytes, source: str = "") -> frozenset[str]:
    """Return the names of an archive's parts, once it is known to be harmless.

    Raises:
        SourceError: no archive, a broken or an encrypted one, too large, too many parts, or XML
            with a document type.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, struct.error, EOFError, NotImplementedError) as error:
        refuse(
            source,
            "file-broken",
            Said(
                f"the file can't be opened: {str(error).lower()}",
                f"文件打不开（`{str(error).lower()}`）",
            ),
        )
    if len(parts) > MOST_PARTS:
        refuse(
            source,
            "file-too-large",
            Said(
                f"the file has {len(parts)} parts, more than {MOST_PARTS}",
                f"文件有{len(parts)}个部分，超过{MOST_PARTS}",
            ),
        )
    most = min(MOST_BYTES, max(_FREE, MOST_RATIO * len(data)))
    left = most
    for part in parts:
        left -= _unpack(data, part, left, source)
        if left < 0:
            message = Said(
                f"the file unpacks to more than {most // 2**20} MB",
                f"文件解压后超过{most // 2**20} MB",
            )
            refuse(
                source,
                "file-too-large",
                message,
                Said("save it anew, without pictures", "去掉图片，重新保存"),
            )
    return frozenset(part.filename for part in parts)


def _unpack(data: bytes, part: zipfile.ZipInfo, most: int, source: str) -> int:
    """Unpack a part as long as it stays within a bound; return how many bytes were met."""
    packed = _packed(data, part, source)
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS) if part.compress_type else None
    met, tail = 0, b""
    while packed and met <= most:
        try:
            piece = unpacker.decompress(packed, _PIECE) if unpacker else packed[:_PIECE]
        except zlib.error as error:
            refuse(
                source,
                "file-broken",
                Said(
                    f"`{part.filename}` can't be unpacked: {error}",
                    f"`{part.filename}`无法解压（`{error}`）",
                ),
            )
        packed = unpacker.unconsumed_tail if unpacker else packed[_PIECE:]
        met += len(piece)
        if any(mark in tail + piece for mark in _TYPES) and part.filename.endswith("l"):
            message = Said(
                f"`{part.filename}` declares a document type: its entities are not read",
                f"`{part.filename}`声明了文档类型：其中的实体不读取",
            )
            refuse(source, "file-entities", message)
        tail = piece[-_OVERLAP:]
    return met


def _packed(data: bytes, part: zipfile.ZipInfo, source: str) -> bytes:
    """Return the packed bytes of a part, as they follow its own header."""
    if part.flag_bits & 1:
        refuse(
            source,
            "file-encrypted",
            Said("the file is encrypted", "文件已加密"),
            Said("save it without a password", "去掉密码后保存"),
        )
    if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        refuse(
            source,
            "file-broken",
            Said(
                f"`{part.filename}` is packed in an unknown way",
                f"`{part.filename}`的压缩方式无法识别",
            ),
        )
    start = part.header_offset + _HEADER.size
    if start > len(data) or not part.header_offset >= 0:
        refuse(
            source,
            "file-broken",
            Said(f"`{part.filename}` lies outside the file", f"`{part.filename}`不在文件之内"),
        )
    *_, name, extra = _HEADER.unpack_from(data, part.header_offset)
    start += name + extra
    return data[start : start + part.compress_size]
