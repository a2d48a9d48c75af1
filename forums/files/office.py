"""Documents of office programs: judged by the list of what is in them, and rid of who made them. Never unpacked."""

import io
import struct
from copy import copy
from zipfile import BadZipFile, ZipFile, ZipInfo

from django.utils.translation import gettext as _

from forums.files.faults import Refused

MOST_BYTES = 200 * 1024 * 1024  # unpacked, as the list tells
MOST_ENTRIES = 2_000
MOST_LIST = 1024 * 1024  # bytes of the list itself
MICROSOFT = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx", "ppt/presentation.xml": "pptx"}
OPEN = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
    b"application/vnd.oasis.opendocument.presentation": "odp",
}
SCHEMAS = "http://schemas.openxmlformats.org"
# What tells who made a document and when, and what stands there instead.
EMPTY = {
    "docProps/core.xml": f'<cp:coreProperties xmlns:cp="{SCHEMAS}/package/2006/metadata/core-properties"/>',
    "docProps/app.xml": f'<Properties xmlns="{SCHEMAS}/officeDocument/2006/extended-properties"/>',
    "docProps/custom.xml": f'<Properties xmlns="{SCHEMAS}/officeDocument/2006/custom-properties"/>',
    "meta.xml": (
        '<office:document-meta xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
        ' office:version="1.2"><office:meta/></office:document-meta>'
    ),
}
LONG_AGO = (1980, 1, 1, 0, 0, 0)
LOCAL = struct.Struct("<4s5H3L2H")  # the head of an entry
END = struct.Struct("<4s4H2LH")  # the end of the list


def kind_of(data: bytes) -> str:
    """docx, xlsx, pptx, odt, ods or odp; empty for any other archive. Raises Refused for what is too large in it."""
    with opened(data) as archive:
        entries = archive.infolist()
        if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_BYTES:
            raise Refused(_("There is too much packed in this document."))
        if sum(entry.compress_size for entry in entries) > len(data):  # entries that lie over each other
            raise damaged()
        names = {entry.filename for entry in entries}
        if any(entry.flag_bits & 1 for entry in entries) or "EncryptedPackage" in names:
            raise Refused(_("This document has a password. Save it without one."))
        if any(name.lower().endswith("vbaproject.bin") for name in names):
            raise Refused(_("There are macros in this document. Save it without them."))
        if "[Content_Types].xml" in names:
            return next((kind for name, kind in MICROSOFT.items() if name in names), "")
        if entries and entries[0].filename == "mimetype" and entries[0].file_size < 100:
            return OPEN.get(raw(archive, entries[0]), "")
    return ""


def nameless(data: bytes) -> bytes:
    """The same document; what its program wrote in it about its maker, firm and moments is empty."""
    out = io.BytesIO()
    with opened(data) as archive, ZipFile(out, "w") as fresh:
        for entry in archive.infolist():
            if entry.filename in EMPTY:
                fresh.writestr(ZipInfo(entry.filename, LONG_AGO), f'<?xml version="1.0"?>{EMPTY[entry.filename]}')
            else:
                carry(archive, entry, fresh)
    return out.getvalue()


def opened(data: bytes) -> ZipFile:
    at = data.rfind(b"PK\x05\x06", max(0, len(data) - 65_557))
    if at < 0 or len(data) < at + END.size:
        raise damaged()
    end = END.unpack_from(data, at)
    if end[4] > MOST_ENTRIES or end[5] > MOST_LIST:
        raise Refused(_("There is too much packed in this document."))
    try:
        return ZipFile(io.BytesIO(data))
    except (BadZipFile, NotImplementedError, ValueError, struct.error) as error:
        raise damaged() from error


def damaged() -> Refused:
    return Refused(_("This document is damaged. Save it again on your own device, then add it."))


def raw(archive: ZipFile, entry: ZipInfo) -> bytes:
    """The bytes of an entry as they lie in the archive, packed as they are."""
    archive.fp.seek(entry.header_offset)
    head = archive.fp.read(LOCAL.size)
    if len(head) < LOCAL.size or head[:4] != b"PK\x03\x04":
        raise damaged()
    archive.fp.seek(sum(LOCAL.unpack(head)[-2:]), io.SEEK_CUR)
    found = archive.fp.read(entry.compress_size)
    if len(found) < entry.compress_size:
        raise damaged()
    return found


def carry(archive: ZipFile, entry: ZipInfo, fresh: ZipFile) -> None:
    """Copy an entry without unpacking it; its moment and what its system wrote beside it stay behind."""
    packed, new = raw(archive, entry), copy(entry)
    new.flag_bits &= ~0x08  # the sizes stand in the head
    new.extra, new.comment, new.date_time, new.header_offset = b"", b"", LONG_AGO, fresh.fp.tell()
    fresh.fp.write(new.FileHeader(zip64=False))
    fresh.fp.write(packed)
    fresh.filelist.append(new)
    fresh.NameToInfo[new.filename] = new
    fresh.start_dir = fresh.fp.tell()
    fresh._didModify = True
