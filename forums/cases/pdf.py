"""Given feedback as a PDF. The same for whoever fetches it: no name of the reader, no time of fetching."""

from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape

import reportlab
from django.conf import settings
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer

# Bitstream Vera, which comes with reportlab under a free licence: our own fonts are for browsers only.
FONTS = Path(reportlab.__file__).parent / "fonts"
for name, file in (("Vera", "Vera.ttf"), ("Vera-Bold", "VeraBd.ttf")):
    pdfmetrics.registerFont(TTFont(name, str(FONTS / file)))

PLAIN = ParagraphStyle("plain", fontName="Vera", fontSize=10.5, leading=16, spaceAfter=6, splitLongWords=1)
SMALL = ParagraphStyle("small", PLAIN, fontSize=9, leading=13, textColor=HexColor("#4a524f"))
HEAD = ParagraphStyle("head", PLAIN, fontName="Vera-Bold", fontSize=12, leading=16, spaceBefore=12, keepWithNext=1)
TITLE = ParagraphStyle("title", PLAIN, fontName="Vera-Bold", fontSize=18, leading=24, spaceAfter=4)


def paper(feedback) -> bytes:
    """The file, in the language of the page. `feedback` comes with its trainer and case."""
    out = BytesIO()
    title = _("Feedback from your trainer")
    pages = SimpleDocTemplate(
        out, pagesize=A4, leftMargin=25 * mm, rightMargin=25 * mm, topMargin=24 * mm, bottomMargin=24 * mm,
        title=title, author=settings.SITE_NAME, creator=settings.SITE_NAME, producer=settings.SITE_NAME,
        subject="", invariant=1,
    )  # fmt: skip
    when = date_format(localtime(feedback.corrected_at or feedback.given_at), "j F Y")
    flow = [
        Paragraph(escape(title), TITLE),
        Paragraph(escape(feedback.case.name), PLAIN),
        Paragraph(escape(f"{feedback.signature.name}, {when}"), SMALL),
    ]
    for question, answer in feedback.parts:
        flow.append(Paragraph(escape(str(question)), HEAD))
        flow += paragraphs(answer)
    factors = [factor.text for factor in feedback.factors.all()]
    if factors:
        flow.append(Paragraph(escape(_("About these factors")), HEAD))
        flow += [Paragraph(escape(f"– {text}"), PLAIN) for text in factors]
    flow += [
        Spacer(1, 8 * mm),
        Paragraph(escape(_("This is about people. Keep it where only you can read it.")), SMALL),
    ]
    pages.build(flow)
    return out.getvalue()


def paragraphs(words: str) -> list:
    """An empty line begins a paragraph; a line that ends stays a line."""
    return [Paragraph("<br/>".join(escape(line) for line in part.split("\n")), PLAIN) for part in words.split("\n\n")]
