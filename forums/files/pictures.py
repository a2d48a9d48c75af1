"""Photos: measured before they are decoded, turned upright, and written again without anything but the picture."""

import io
import threading

from django.utils.translation import gettext as _
from PIL import Image, ImageOps
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.WebPImagePlugin import WebPImageFile

from forums.files.faults import Refused

MOST = 40_000_000  # pixels
# Opened by their own readers: they look at the head only, and leave the judgement of the size to us.
READERS = {"png": PngImageFile, "jpg": JpegImageFile, "webp": WebPImageFile}
FORMATS = {"png": ("PNG", {}), "jpg": ("JPEG", {"quality": 88}), "webp": ("WEBP", {"quality": 88})}
MODES = {"png": ("1", "L", "LA", "RGB", "RGBA", "I;16"), "jpg": ("L", "RGB"), "webp": ("RGB", "RGBA")}
desk = threading.BoundedSemaphore(2)  # a large photo takes some 300 MB while it is worked on


def made_again(kind: str, data: bytes) -> bytes:
    """The picture alone: no place, no moment, no camera, no maker. Raises Refused."""
    try:
        with desk:
            return redrawn(kind, data)
    except Refused:
        raise
    except Exception as error:  # whatever a reader of broken files may stumble over
        raise Refused(_("This photo is damaged. Save it again on your own device, then add it.")) from error


def redrawn(kind: str, data: bytes) -> bytes:
    if kind == "webp":
        measure(*size_of_webp(data))  # its reader makes room for the whole picture before it tells the size
    with READERS[kind](io.BytesIO(data)) as picture:
        measure(*picture.size)
        picture.load()
        upright = ImageOps.exif_transpose(picture)
    if upright.mode not in MODES[kind]:
        upright = upright.convert("RGBA" if kind != "jpg" and upright.has_transparency_data else "RGB")
    fresh = Image.frombytes(upright.mode, upright.size, upright.tobytes())
    name, how = FORMATS[kind]
    out = io.BytesIO()
    fresh.save(out, name, **how)
    return out.getvalue()


def measure(width: int, height: int) -> None:
    if width * height > MOST:
        raise Refused(_("This photo has too many pixels. At most 40 megapixels fit: make it smaller."))


def size_of_webp(data: bytes) -> tuple[int, int]:
    """Width and height as the head of a WebP file tells them."""
    kind, head = data[12:16], data[20:30]
    if kind == b"VP8X":
        return int.from_bytes(head[4:7], "little") + 1, int.from_bytes(head[7:10], "little") + 1
    if kind == b"VP8L":
        bits = int.from_bytes(head[1:5], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    return int.from_bytes(head[6:8], "little") & 0x3FFF, int.from_bytes(head[8:10], "little") & 0x3FFF
