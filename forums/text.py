"""Typed text becomes safe HTML, once, when it is written. The only importer of bleach and nh3.

Markdown with raw HTML off, then our own look at every link, then two allow-lists, one behind
the other. A text that would take too long is shown as plain paragraphs instead.
"""

import html
import re
from collections.abc import Iterable, Iterator
from itertools import accumulate
from urllib.parse import urlsplit

import bleach
import nh3
from linkify_it import LinkifyIt
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

VERSION = 1  # of what is made; a command makes older HTML again

HEADINGS = {"h1": "h3", "h2": "h4", "h3": "h5", "h4": "h5", "h5": "h5", "h6": "h5"}
TAGS = {"p", "br", "hr", "strong", "em", "del", "code", "pre", "blockquote", "ul", "ol", "li", "a"}
TAGS |= {"h3", "h4", "h5", "table", "thead", "tbody", "tr", "th", "td"}
ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}, "code": {"class"}}
SCHEMES = {"http", "https", "mailto"}
REL = "nofollow noopener noreferrer ugc"

# What a text may hold before it is shown plainly.
BUDGET = (
    (2_500, re.compile(r"[*_~`]")),
    (1_200, re.compile(r"[<>&\"\\|]")),
    (270, re.compile(r"\[")),
    (1_000, re.compile(r"^[ \t]*\S", re.MULTILINE)),
    (160, re.compile(r"^[ \t]*>", re.MULTILINE)),
    (200, re.compile(r"://|www\.|@", re.IGNORECASE)),
)
DEEPEST = 20  # levels of quotes and lists in one another
LEVELS = re.compile(r"^(?:[ \t]*(?:>|[-+*](?=[ \t])|\d{1,9}[.)](?=[ \t])))+", re.MULTILINE)
BLOCKS = 800  # of all lines together
FARTHEST = 200_000  # characters, of all links together
BRACKET = re.compile(r"[\[\]]")
TARGET = re.compile(r"(?=\]\((\S*))")
LARGEST = 3_000  # cells of a table
RULER = "> \t:|-"  # all that stands in the line below the head of a table

BLOCK = re.compile(r"<(?=/?(?:p|br|hr|pre|blockquote|[uo]l|li|h[1-6]|table|t[hdr]|thead|tbody)\b)")
MARK = re.compile(
    r"(?P<address>(?:https?://|www\.)\S+)|^(?P<number>\d{1,9})(?P<dot>[.)])|^[-+#>=|:]|[\\`*_\[\]<~]|&(?=#?\w+;)",
    re.IGNORECASE,
)
LANGUAGE = re.compile(r"language-[A-Za-z0-9+#._-]{1,30}")
IGNORED = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202e\ufeff]+")


def to_html(source: str, names: Iterable[str] = ()) -> str:
    """The HTML that is stored beside `source`, and shown as it is. `names`: of the people whom it mentions."""
    source = source.encode("utf-8", "replace").decode()
    if is_dense(source):
        return paragraphs(source)
    made = bleach.clean(_markdown.render(source, {"names": mentions_of(names)}), TAGS, _kept, SCHEMES, strip=True)
    return nh3.clean(
        made, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel=REL, attribute_filter=_filtered
    ).strip()


def verbatim(plain: str) -> str:
    """The source that is shown as `plain` stands: its marks mean nothing, its addresses are links."""
    lines = (line.strip() for line in plain.split("\n"))
    return "\n".join(MARK.sub(_unmarked, line) for line in lines)


def _unmarked(found: re.Match) -> str:
    return found["address"] or f"\\{found[0]}" if found["number"] is None else f"{found['number']}\\{found['dot']}"


def mentions_of(names: Iterable[str]) -> re.Pattern | None:
    """What finds these names behind an @, the longest first; None without names."""
    longest = sorted(names, key=len, reverse=True)
    return re.compile(rf"(?<![\w@])(@(?:{'|'.join(map(re.escape, longest))})(?!\w))") if longest else None


def is_dense(source: str) -> bool:
    """Whether `source` holds more marks, lines, levels or cells than its rendering has time for."""
    if any(sum(1 for _ in kind.finditer(source)) > most for most, kind in BUDGET):
        return True
    depths = [levels(found[0]) for found in LEVELS.finditer(source)]
    if max(depths, default=0) > DEEPEST or sum(depths) > BLOCKS or reach(source) > FARTHEST:
        return True
    lines = source.split("\n")
    columns = max((line.count("|") + 1 for line in lines if "|" in line and not line.strip(RULER)), default=0)
    return columns * len(lines) > LARGEST


def levels(prefix: str) -> int:
    """How deep the beginning of a line may go: its marks, and what its indentation hangs below."""
    spaces = sum(4 if char == "\t" else 1 for char in prefix if char in " \t")
    return len(prefix.split()) + prefix.count(">") + spaces // 2


def reach(source: str) -> int:
    """How far the reader of links must look ahead: from each bracket to its other half, and along each address."""
    total, opened = sum(len(found[1]) for found in TARGET.finditer(source)), []
    for found in BRACKET.finditer(source):
        if found[0] == "[":
            opened.append(found.start())
        elif opened:
            total += found.start() - opened.pop()
    return total + sum(len(source) - start for start in opened)


def paragraphs(source: str) -> str:
    """Plain paragraphs with line breaks, and nothing else."""
    parts = (part.strip("\n") for part in re.split(r"\n\s*\n", source))
    return "\n".join(f"<p>{html.escape(part).replace(chr(10), '<br>')}</p>" for part in parts if part)


def plain(made: str, limit: int = 200) -> str:
    """The words of stored HTML on one line, cut off between words: for a list."""
    words = html.unescape(nh3.clean(made.replace("<", " <"), tags=set())).split()
    ends = list(accumulate((len(word) + 1 for word in words), initial=-1))
    fitting = sum(1 for end in ends[1:] if end <= limit)
    return " ".join(words) if fitting == len(words) else " ".join(words[:fitting])[:limit] + "…"


def words(made: str) -> str:
    """The words of stored HTML on one line, as a reader sees them: what is marked inside a word breaks none."""
    return " ".join(html.unescape(nh3.clean(BLOCK.sub(" <", made), tags=set())).split())


def link_of(href: str) -> str | None:
    """The address that a link may have, or None. Browsers overlook control characters, so they are gone first."""
    href = IGNORED.sub("", href)
    if href.lower().startswith("www."):
        href = f"https://{href}"
    try:
        parts = urlsplit(href)
    except ValueError:
        return None
    known = parts.scheme in SCHEMES and (parts.netloc or parts.scheme == "mailto")
    return href if known else None


def _our_links(state: StateCore) -> None:
    """Every link has an address that we know, or is text; headings start below those of the page."""
    for token in state.tokens:
        token.tag = HEADINGS.get(token.tag, token.tag)
        if token.children:
            token.children = list(_without_bad_links(token.children))


def _without_bad_links(tokens: list[Token]) -> Iterator[Token]:
    kept: list[bool] = []
    for token in tokens:
        if token.type == "link_open":
            href = link_of(str(token.attrs.get("href", "")))
            kept.append(href is not None)
            token.attrs["href"] = href or ""
        if token.type == "link_open" and not kept[-1]:
            continue
        if token.type == "link_close" and not kept.pop():
            continue
        token.tag = "del" if token.tag == "s" else token.tag
        yield token


def _strong_names(state: StateCore) -> None:
    """Who is mentioned stands out; not in code and not in a link."""
    if mentions := state.env.get("names"):
        for token in state.tokens:
            if token.children:
                token.children = list(_with_strong_names(token.children, mentions))


def _with_strong_names(tokens: list[Token], mentions: re.Pattern) -> Iterator[Token]:
    depth = 0
    for token in tokens:
        depth += {"link_open": 1, "link_close": -1}.get(token.type, 0)
        if token.type != "text" or depth:
            yield token
            continue
        for place, part in enumerate(mentions.split(token.content)):
            said = Token("text", "", 0, content=part)
            yield from (
                [Token("strong_open", "strong", 1), said, Token("strong_close", "strong", -1)] if place % 2 else [said]
            )


def _kept(tag: str, name: str, value: str) -> bool:
    return name in ATTRIBUTES.get(tag, ()) and (name != "class" or LANGUAGE.fullmatch(value) is not None)


def _filtered(tag: str, name: str, value: str) -> str | None:
    if name == "rel" or _kept(tag, name, value):
        return value if name != "href" or link_of(value) else None
    return None


def _www(linker: LinkifyIt, words: str, start: int) -> int:
    """How long the address is that goes on at `start`, after `www.`."""
    rest = linker.re["src_host_port_strict"] + linker.re["src_path"]
    found = re.match(rest, words[start:], re.IGNORECASE)
    return found.end() if found else 0


def _secure(linker: LinkifyIt, match) -> None:
    match.url = f"https://{match.url}"


def _for_later(url: str) -> bool:
    """Our own look decides about addresses: it drops the link and keeps its words."""
    return True


def _made() -> MarkdownIt:
    made = MarkdownIt("commonmark", {"html": False, "linkify": True, "breaks": True, "maxNesting": 5 * DEEPEST})
    made.enable(["table", "strikethrough", "linkify"]).disable(["image", "html_inline", "html_block"])
    made.validateLink = _for_later  # type: ignore[method-assign]
    made.linkify = LinkifyIt(options={"fuzzy_link": False, "fuzzy_email": False})
    made.linkify.add("www.", {"validate": _www, "normalize": _secure})
    made.core.ruler.push("our_links", _our_links)
    made.core.ruler.push("strong_names", _strong_names)
    return made


_markdown = _made()
