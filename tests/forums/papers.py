"""Files to send: good ones, and ones that are not what they seem."""

import io
import random
import struct
import zipfile
import zlib

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
PLACE = b"Nokia"  # stands in the photo of `photo`


def sent(name: str, data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, content_type="application/x-anything")


def photo(kind: str = "JPEG", size: tuple[int, int] = (60, 40)) -> bytes:
    """With the maker of the camera, the place, and a turn that must be kept."""
    marks = Image.Exif()
    marks[0x010F], marks[0x0112] = PLACE.decode(), 6
    marks.get_ifd(0x8825)[1], marks.get_ifd(0x8825)[2] = "N", (52.0, 5.0, 1.0)
    out = io.BytesIO()
    more = {"comment": b"by Noor"} if kind == "JPEG" else {}
    Image.new("RGB", size, (200, 10, 10)).save(out, kind, exif=marks, **more)
    return out.getvalue()


def huge_png() -> bytes:
    """A head that promises 2,500 megapixels, in a hundred bytes."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", 50_000, 50_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")
    )


def huge_webp() -> bytes:
    sizes = (60_000).to_bytes(3, "little") * 2
    return b"RIFF" + struct.pack("<I", 60) + b"WEBPVP8X" + struct.pack("<I", 10) + b"\0" * 4 + sizes + b"\0" * 40


def packed(entries: dict[str, bytes | str], stored: tuple[str, ...] = ()) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(name, data, zipfile.ZIP_STORED if name in stored else None)
    return out.getvalue()


def document(more: dict | None = None) -> bytes:
    """A docx that tells who made it."""
    parts = {"[Content_Types].xml": "<Types/>", "word/document.xml": "<w>Dag</w>"}
    return packed(parts | {"docProps/core.xml": "<creator>Noor de Wit</creator>"} | (more or {}))


def open_document() -> bytes:
    parts = {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<o/>", "meta.xml": "<m>Noor</m>"}
    return packed(parts, stored=("mimetype",))


def swollen(size: int) -> bytes:
    """A docx whose list tells that an entry is `size` bytes unpacked; it is not."""
    data = bytearray(document())
    at = data.rindex(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", size)
    return bytes(data)


def over_each_other(count: int) -> bytes:
    """A docx with a list of many entries that are all the same large piece of the file."""
    data = document({"large": random.Random(1).randbytes(5000)})
    begin, end = data.index(b"PK\x01\x02"), data.rindex(b"PK\x05\x06")
    entry = data[data.rindex(b"PK\x01\x02") : end]
    listed = data[begin:end] + entry * count
    size = struct.pack("<2HI", 4 + count, 4 + count, len(listed))
    return data[:begin] + listed + data[end : end + 8] + size + data[end + 16 :]
