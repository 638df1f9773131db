"""Every warning of the extension, and how syntax rules note them on tokens. No Sphinx."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from markdown_it.token import Token

PROBLEMS: Final = "ajo_problems"
"""The key of a token's ``meta`` that holds its :class:`Problem` list."""


class AjoWarnings(Enum):
    """The subtypes of our warnings: ``suppress_warnings = ["ajo.card_empty"]``."""

    CONFIG = "config"
    """A configuration value is not usable; its default is used instead. Or an option that begins
    with ``ajo_`` does not exist; it is ignored, and the nearest name that exists is shown."""

    OUTSIDE = "outside"
    """A page, image, file or folder lies outside the repository, or leads there; it is not read,
    copied or published (``ajo_trusted_folders``)."""

    FILE = "file"
    """A file or folder that cannot be used: its name is not UTF-8, is too long or has characters
    that no page of a site can have; it cannot be read; or it links to a folder above."""

    ENCODING = "encoding"
    """A page is not UTF-8."""

    FRONT_MATTER = "front_matter"
    """A front matter entry is not valid YAML, or has a value that means nothing."""

    CARDS_UNCLOSED = "cards_unclosed"
    """A landing cards container, or a card in it, has no closing line."""

    CARDS_MARKERS = "cards_markers"
    """Colon lines of a landing cards container close more, or less, than was meant."""

    CARDS_STRAY = "cards_stray"
    """Content in a landing cards container that belongs to no card."""

    CARD_EMPTY = "card_empty"
    """A landing card, or a whole container, without content."""

    LINK_MISSING = "link_missing"
    """A link to a page or file that does not exist, or an image that names none; its text stays."""

    LINK_ANCHOR = "link_anchor"
    """A link to an id that does not exist; it leads to the heading that was meant, or to the top of
    the page."""

    LINK_UNSAFE = "link_unsafe"
    """A link, an image or an entry of a table of contents has an address with a scheme that is not
    allowed, such as `javascript:`; its text stays."""

    LINK_CASE = "link_case"
    """The name of a page, image or file is spelled otherwise than it is: in capitals, or with
    blanks.
    """

    LINK_MOVED = "link_moved"
    """A link to a page that is gone, for which ``redirects.csv`` names another one; it leads
    there."""

    UNTRANSLATED = "untranslated"
    """A translation lacks a page that it links to, or a text that it includes; that of the original
    is used."""

    REDIRECT = "redirect"
    """A line of ``redirects.csv`` that cannot be used, or that no page can be written for."""

    SITES = "sites"
    """The list of pages of a site in ``ajo_sites`` is missing or cannot be read, or names pages
    outside that site; what cannot be used is left out."""

    TOC_MISSING = "toc_missing"
    """A ``TOC.md`` entry whose page does not exist; it is left out of the navigation."""

    TOC_ENTRY = "toc_entry"
    """A line of a ``TOC.md`` is not an entry; or a group has no entries, or an id that cannot be
    the name of a folder."""

    TOC_UNLISTED = "toc_unlisted"
    """A page that no ``TOC.md`` lists, and that does not say ``hide`` or ``hidefromtoc``."""

    TOC_ABSENT = "toc_absent"
    """A repository has no ``TOC.md``; its start page and its navigation list its pages by folder.
    """

    INCLUDE_MISSING = "include_missing"
    """The file or snippet that a page includes is not there, or cannot be read."""

    INCLUDE_CYCLE = "include_cycle"
    """An included text includes itself, directly or through others."""

    INCLUDE_OUTSIDE = "include_outside"
    """A page includes a file that is not in the repository."""

    INCLUDE_LIMIT = "include_limit"
    """Includes nest too deep, or insert too much."""

    INCLUDE_INLINE = "include_inline"
    """An include or snippet does not stand alone on its line."""

    ATTRIBUTE = "attribute"
    """An attribute in braces has a value that means nothing; it is left out."""

    TABLE_CELLS = "table_cells"
    """A row of a table has more cells than the header; its last cell has the text of the rest."""

    ATTRIBUTES_STRAY = "attributes_stray"
    """Attributes of a table stand where no table is above them; they are left out."""

    ALERT_EMPTY = "alert_empty"
    """An alert without content; nothing is shown."""

    ALERT_LAZY = "alert_lazy"
    """A line without ``>`` directly below an alert; it is read as part of the alert."""

    ALERT_UNKNOWN = "alert_unknown"
    """A quote begins with ``[!WORD text]``: no alert has that name, or there is text beside it. On
    ExL pages, the text is the title of the alert; elsewhere the quote stays a quote."""

    GROUP_UNCLOSED = "group_unclosed"
    """A tab group, accordion, shade box or container has no closing line."""

    GROUP_STRAY = "group_stray"
    """A line that closes or divides a group, but belongs to none; text before the first tab, or in
    a line that is only a marker; it is shown."""

    GROUP_NESTED = "group_nested"
    """A tab group, accordion or shade box in another one of its kind."""

    GROUP_EMPTY = "group_empty"
    """A tab group without tabs, a tab without a label, or an accordion without content."""

    HEADING_ID = "heading_id"
    """The braces after a heading, or the title of an accordion, hold more than an id and classes;
    the rest is ignored."""

    DUPLICATE_ID = "duplicate_id"
    """A heading, or a text in braces, has an id that stands on the page already; a heading gets one
    from its text instead."""

    ID_UNSAFE = "id_unsafe"
    """An id has characters that ids must not have; it is changed, and links to it lead there."""

    FILE_NAME = "file_name"
    """The name of a page has characters that could be taken for markup; its address has others."""

    DIRECTIVE = "directive"
    """A directive that ExL pages may not run (``ajo_directives``), that would read what lies
    outside the source folder, or that fails; it is shown as code. Also a ``toctree`` that leads in
    a circle."""

    INTERNAL = "internal"
    """A part of this extension failed on what stands there; it is shown as text. Please report
    it."""

    LIMIT = "limit"
    """A page or a ``TOC.md`` exceeds a budget (``ajo_limits``); what is over it is left out, or
    shown as it was typed."""

    NESTING = "nesting"
    """Blocks are nested so deep that what lies deeper is shown as it was typed."""

    BADGE = "badge"
    """A badge of an unknown type, or with an address that cannot be linked to."""

    MARKER = "marker"
    """A marker ``[!DNL`` or ``[!UICONTROL`` without a closing bracket, or without a text."""

    VIDEO = "video"
    """A video without an `http(s)` address, or with text behind it; a video or another frame of a
    host that is not in `ajo_video_hosts`, which is shown as a link."""

    SLIDE = "slide"
    """A slide marker that names no slides."""

    CONTEXTUAL_HELP = "contextual_help"
    """Contextual help that is incomplete, has unknown entries, or an id that is used twice."""

    AM001 = "am001"
    """A heading has a digit, but no id (rule AM001)."""

    AM002 = "am002"
    """There is a space in the id of a heading (rule AM002)."""

    AM003 = "am003"
    """A horizontal rule (rule AM003)."""

    AM004 = "am004"
    """A table lacks a pipe or is not read as one, or its style is misplaced or unknown
    (rule AM004)."""

    AM005 = "am005"
    """The id of a heading begins with a digit (rule AM005)."""

    AM006 = "am006"
    """A control character (rule AM006)."""

    AM007 = "am007"
    """The braces after a heading hold a word without a number sign (rule AM007)."""

    AM008 = "am008"
    """A link in a heading (rule AM008)."""

    AM009 = "am009"
    """A marker such as ``[!NOTE]`` is misspelt, or stands where it is not read (rule AM009)."""

    AM010 = "am010"
    """There is a second number sign in the id of a heading (rule AM010)."""

    AM011 = "am011"
    """There is a space in or between the parts of a link (rule AM011)."""

    AM012 = "am012"
    """The two fences of a block of code are not indented alike (rule AM012)."""

    AM013 = "am013"
    """A block of code begins with more than three backticks (rule AM013)."""

    AM014 = "am014"
    """There are braces behind the language of a block of code (rule AM014)."""

    AM015 = "am015"
    """A comment does not begin right, or has no end (rule AM015)."""

    AM016 = "am016"
    """A bracket, brace or backtick has no counterpart in its paragraph (rule AM016)."""

    AM017 = "am017"
    """Something stands behind the id of a heading (rule AM017)."""

    AM018 = "am018"
    """There is no blank line above or below a quote (rule AM018)."""

    AM019 = "am019"
    """There is a space or a parenthesis in the target of a link (rule AM019)."""

    AM021 = "am021"
    """A video is on YouTube (rule AM021)."""

    AM022 = "am022"
    """Two headings of a file have the same id, written or made from their text (rule AM022)."""

    AM023 = "am023"
    """The rows of a table do not begin and end with pipes (rule AM023)."""

    AM024 = "am024"
    """The mark of a list item stands alone on its line (rule AM024)."""

    AM026 = "am026"
    """The rows of a table are not indented alike (rule AM026)."""

    AM028 = "am028"
    """An alert has no content, or a blank line splits a quote in two (rule AM028)."""

    AM029 = "am029"
    """The mark of a conflict that git could not merge (rule AM029)."""

    FENCE_UNCLOSED = "fence_unclosed"
    """A block of code has no closing line: all that follows is taken for code."""

    HEADING_TOP = "heading_top"
    """A page has no heading of the first level and no title, or several such headings."""

    HEADING_LEVEL = "heading_level"
    """A level of headings is left out."""

    EXL_ID = "exl_id"
    """Two pages have the same ``exl-id``; links by it lead to the first, by their names."""

    EXL_ID_FORM = "exl_id_form"
    """The ``exl-id`` of a page is not a UUID."""

    METADATA_FENCED = "metadata_fenced"
    """The metadata of a page stands in a block of code, where readers see it."""

    HTML_DROPPED = "html_dropped"
    """A ``<style>`` or ``<script>``, which no page gets."""

    IMAGE_ALT = "image_alt"
    """An image has no alternative text."""

    L10N_MISSING = "l10n_missing"
    """A page of the original that its translation does not have."""

    L10N_SURPLUS = "l10n_surplus"
    """A page of a translation that its original does not have."""

    L10N_BEHIND = "l10n_behind"
    """The original of a page has changed since the page was translated."""

    L10N_STRUCTURE = "l10n_structure"
    """A part of a translated page has other headings, cards, tabs, alerts, links, images, tables or
    code than the original."""

    L10N_ENGLISH = "l10n_english"
    """A text of a translated page is in English, word for word as in the original."""

    L10N_MARKUP = "l10n_markup"
    """Readers of a translated page see markup that its original does not show, or attributes have
    entities for quotation marks: machine translation has damaged them."""

    L10N_ZERO_WIDTH = "l10n_zero_width"
    """Machine translation has put zero-width spaces beside markup; readers do not get them."""

    COMMENT_UNCLOSED = "comment_unclosed"
    """An HTML comment has no end; its text is shown."""

    META_UNSAFE = "meta_unsafe"
    """An entry of the front matter has a name that no `<meta>` tag gets, or an unsafe address."""

    HTML_UNSAFE = "html_unsafe"
    """A script, an event handler or an unsafe address in raw HTML was left out."""

    HTML_UNKNOWN = "html_unknown"
    """A tag that HTML does not have, left by a conversion from another system; it is shown as what
    HTML has for it, or as its text."""

    HTML_DUPLICATE_ID = "html_duplicate_id"
    """An element of raw HTML has the id of another element of the page; it gets none."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What a syntax rule found wrong; the renderer turns it into a warning.

    It travels on a token because only the renderer knows the document, and because tokens are
    moved to their place in the page when they come from an included text.
    """

    warning: AjoWarnings
    message: str
    args: tuple[object, ...] = ()
    offset: int = 0
    """Lines below the first line of the token."""


def add_problem(
    token: Token, warning: AjoWarnings, message: str, *args: object, line: int | None = None
) -> None:
    """Note a problem on a token.

    :param token: The opening (or self-contained) token of the construct; its ``map`` is set.
    :param message: The text, with ``%`` placeholders.
    :param line: The line of the problem in the same count as the token's ``map``; its first
        line if omitted.
    """
    start = token.map[0] if token.map else 0
    offset = 0 if line is None else line - start
    problems: list[Any] = token.meta.setdefault(PROBLEMS, [])
    problems.append(Problem(warning, message, args, offset))
