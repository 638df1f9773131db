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
    """A configuration value is invalid; the default is used instead. Or an option that begins with
    ``ajo_`` does not exist; it is ignored, and the warning names the nearest option that exists.
    Correct the value or the name in ``conf.py``."""

    OUTSIDE = "outside"
    """A page, image, file or folder lies outside the repository, or is a symbolic link that leads
    outside; it is not read, copied or published. Move it into the repository, or list its folder in
    ``ajo_trusted_folders``."""

    FILE = "file"
    """A file or folder cannot be used: its name is not UTF-8, is too long or has characters that
    the name of a page cannot have; it cannot be read; or it is a symbolic link to a folder that
    contains it. It is left out. Rename it, make it readable, or remove the link."""

    ENCODING = "encoding"
    """A file is not encoded in UTF-8. It is read as UTF-16 if it has that byte order mark;
    otherwise its invalid bytes are read as Windows-1252. Save the file as UTF-8."""

    FRONT_MATTER = "front_matter"
    """A front matter entry is not valid YAML, or has an invalid value; its text is used as it
    stands, or the entry is left out. Put texts with special characters in quotes."""

    CARDS_UNCLOSED = "cards_unclosed"
    """A landing cards container, or a card in it, has no closing line; it ends before the next
    card, or after its last card. Add the line of colons."""

    CARDS_MARKERS = "cards_markers"
    """A colon line of a landing cards container closes too much, or nothing, on the official site;
    the cards are shown as they were meant. Give the container more colons than its cards, or remove
    the line."""

    CARDS_STRAY = "cards_stray"
    """Content in a landing cards container belongs to no card; it is shown between the cards. Move
    it into a card, or out of the container."""

    CARD_EMPTY = "card_empty"
    """A landing card, or a whole container, has no content; it is shown empty. Fill it or delete
    it."""

    LINK_MISSING = "link_missing"
    """A link leads to a page or file that does not exist, or an image names no file; only its text
    is shown. Correct the target."""

    LINK_ANCHOR = "link_anchor"
    """A link leads to an id that does not exist on the target page; it leads to the heading that
    was meant, where that is known, or to the top of the page. Correct the id."""

    LINK_UNSAFE = "link_unsafe"
    """The address of a link, an image or a ``TOC.md`` entry has a scheme that is not allowed, such
    as `javascript:`; only its text is shown. Use an `https` address or a path."""

    LINK_CASE = "link_case"
    """A path differs from the name of the page, image or file only in capitals or spaces; the file
    is used. Write the name as the file has it, because web servers distinguish them."""

    LINK_MOVED = "link_moved"
    """A link leads to a page that no longer exists, but ``redirects.csv`` redirects it; the link
    leads to the new page. Update the link."""

    UNTRANSLATED = "untranslated"
    """A translation links to a page, or includes a text, that only the original has; the original
    is used. Translate it."""

    REDIRECT = "redirect"
    """A line of ``redirects.csv`` is invalid, or no page can be written for its old address; the
    line is left out, or works for links only. Correct or remove the line."""

    SITES = "sites"
    """The list of pages of a site in ``ajo_sites`` is missing or cannot be read, or names pages
    outside that site; the site, or these pages, are left out. Build that site first, or correct its
    path in ``ajo_sites``."""

    TOC_MISSING = "toc_missing"
    """The page of a ``TOC.md`` entry does not exist; the entry is left out of the navigation.
    Correct its path or remove it."""

    TOC_ENTRY = "toc_entry"
    """A line of a ``TOC.md`` is not an entry, or a group has no entries; it is left out of the
    navigation. Or the id of a group cannot be the name of a folder; the folder gets a similar name.
    """

    TOC_UNLISTED = "toc_unlisted"
    """No ``TOC.md`` lists a page, and its front matter has neither ``hide`` nor ``hidefromtoc``;
    the page is published, but the navigation does not show it. Add it to a ``TOC.md``, or hide it.
    """

    TOC_ABSENT = "toc_absent"
    """A repository has no ``TOC.md``; a start page and a navigation are generated from its folders.
    Write a ``TOC.md`` to choose titles and order."""

    INCLUDE_MISSING = "include_missing"
    """The file or snippet that a page includes does not exist, or cannot be read; nothing is
    inserted. Correct its name."""

    INCLUDE_CYCLE = "include_cycle"
    """An included text includes itself, directly or through other texts; the inner include is left
    out. Remove it."""

    INCLUDE_OUTSIDE = "include_outside"
    """A page includes a file outside the repository; nothing is inserted. Move the file into the
    repository, or list its folder in ``ajo_trusted_folders``."""

    INCLUDE_LIMIT = "include_limit"
    """Includes nest too deeply, or insert too much text; the rest is left out. Split the page, or
    raise ``ajo_limits``."""

    INCLUDE_INLINE = "include_inline"
    """An include or snippet does not stand alone on its line; it is shown as typed. Put it on a
    line of its own."""

    ATTRIBUTE = "attribute"
    """An attribute in braces has an invalid value; it is left out. Correct the value."""

    TABLE_CELLS = "table_cells"
    """A row of a table has more cells than the header; the surplus cells are joined with its last
    cell. Remove them, or write a pipe in a text as ``\\|``."""

    ATTRIBUTES_STRAY = "attributes_stray"
    """There is no table above the attributes of a table; they are left out. Move them below the
    table."""

    ALERT_EMPTY = "alert_empty"
    """An alert has no content; nothing is shown. Write its text, or remove the marker."""

    ALERT_LAZY = "alert_lazy"
    """A line without ``>`` stands directly below an alert; it is read as part of the alert. Begin
    it with ``>``, or put a blank line above it."""

    ALERT_UNKNOWN = "alert_unknown"
    """A quote begins with ``[!WORD text]``, but no alert has that name, or there is text beside the
    name. On ExL pages, the text becomes the title of the alert; elsewhere, the quote stays a quote.
    Write the name of an alert only."""

    GROUP_UNCLOSED = "group_unclosed"
    """A tab group, accordion, shade box or container has no closing line; it ends where the warning
    says. Add the closing line."""

    GROUP_STRAY = "group_stray"
    """A closing line or a tab belongs to no group, or text stands before the first tab or in the
    line of a marker; the closing line is left out, and the text is shown. Remove the line, or move
    the text."""

    GROUP_NESTED = "group_nested"
    """A tab group, accordion or shade box contains another one of the same kind; it is shown here,
    but not on the official site. Move it out."""

    GROUP_EMPTY = "group_empty"
    """A tab group has no tabs, a tab has no label, or an accordion has no content; the rest is
    shown. Add what is missing."""

    HEADING_ID = "heading_id"
    """The braces after a heading, or after the title of an accordion, hold more than one id and
    classes; the rest is ignored. Remove it."""

    DUPLICATE_ID = "duplicate_id"
    """An id is used twice on a page; links lead to the first place, and a heading gets an automatic
    id instead. Change one of the ids."""

    ID_UNSAFE = "id_unsafe"
    """An id has characters that are not allowed in ids; they are replaced, and links to the old id
    still work. Use letters, digits, hyphens and underscores."""

    FILE_NAME = "file_name"
    """The name of a file has characters that could be taken for markup; they are replaced in the
    address of the page. Rename the file."""

    DIRECTIVE = "directive"
    """A directive is not allowed on ExL pages, would read files outside the source folder, or
    fails; it is shown as code. If you trust the pages, list its name in ``ajo_directives``. Or a
    ``toctree`` leads in a circle; the entry that closes the circle is left out."""

    INTERNAL = "internal"
    """An error in this extension: it failed on the text at this place, which is shown without
    markup. Report it as a bug, with the text."""

    LIMIT = "limit"
    """A page or a ``TOC.md`` exceeds a limit; the rest is left out, or shown as typed. Split the
    page, or raise the limit in ``ajo_limits``."""

    NESTING = "nesting"
    """Blocks are nested too deeply; deeper blocks are shown as typed. Flatten the lists and quotes.
    """

    BADGE = "badge"
    """The type of a badge is unknown, so it is shown as informative; or its address is invalid, so
    it has no link. Correct the attribute."""

    MARKER = "marker"
    """A marker ``[!DNL`` or ``[!UICONTROL`` has no closing bracket, so its text is shown without
    the marker; or it has no text, so it is left out. Complete it."""

    VIDEO = "video"
    """A video has no `http(s)` address, or stands in the middle of a text; or the host of a video
    or frame is not in `ajo_video_hosts`, so it is shown as a link. Put the video on its own line,
    or list the host."""

    SLIDE = "slide"
    """A slide marker names no slides; it is shown as typed. Write the name of the slides in its
    parentheses."""

    CONTEXTUAL_HELP = "contextual_help"
    """Contextual help is incomplete, has unknown entries, or has an id that is used twice; it is
    left out, or its unknown lines are shown. Correct its entries."""

    AM001 = "am001"
    """A heading contains a digit, but has no id (rule AM001)."""

    AM002 = "am002"
    """The id of a heading contains a space (rule AM002)."""

    AM003 = "am003"
    """A page has a horizontal rule (rule AM003)."""

    AM004 = "am004"
    """A row of a table lacks a pipe, the lines are not parsed as a table, or the style of the table
    is misplaced or unknown (rule AM004)."""

    AM005 = "am005"
    """The id of a heading begins with a digit (rule AM005)."""

    AM006 = "am006"
    """A line contains a control character (rule AM006)."""

    AM007 = "am007"
    """The braces after a heading contain a word without ``#`` (rule AM007)."""

    AM008 = "am008"
    """A heading contains a link (rule AM008)."""

    AM009 = "am009"
    """A marker such as ``[!NOTE]`` is misspelt, or stands in a place where it has no effect (rule
    AM009)."""

    AM010 = "am010"
    """The id of a heading contains a second ``#`` (rule AM010)."""

    AM011 = "am011"
    """There is a space inside or between the brackets of a link (rule AM011)."""

    AM012 = "am012"
    """The two fences of a code block have different indentation (rule AM012)."""

    AM013 = "am013"
    """A code block begins with more than three backticks (rule AM013)."""

    AM014 = "am014"
    """There are braces after the language of a code block (rule AM014)."""

    AM015 = "am015"
    """A comment has a malformed beginning, or no end (rule AM015)."""

    AM016 = "am016"
    """A bracket, brace or backtick has no partner in its paragraph (rule AM016)."""

    AM017 = "am017"
    """Text follows the id of a heading (rule AM017)."""

    AM018 = "am018"
    """There is no blank line above or below a quote (rule AM018)."""

    AM019 = "am019"
    """The target of a link contains a space or a parenthesis (rule AM019)."""

    AM021 = "am021"
    """A video is on YouTube (rule AM021)."""

    AM022 = "am022"
    """Two headings of a file have the same id, either written or generated from their text (rule
    AM022)."""

    AM023 = "am023"
    """The rows of a table do not begin and end with pipes (rule AM023)."""

    AM024 = "am024"
    """A list marker stands alone on its line (rule AM024)."""

    AM026 = "am026"
    """The rows of a table have different indentation (rule AM026)."""

    AM028 = "am028"
    """An alert has no content, or a blank line splits a quote in two (rule AM028)."""

    AM029 = "am029"
    """A conflict marker of git was left in the file (rule AM029)."""

    FENCE_UNCLOSED = "fence_unclosed"
    """A code block has no closing line, so the rest of the page is code. Add the closing line."""

    HEADING_TOP = "heading_top"
    """A page has no heading of the first level and no title, or several such headings."""

    HEADING_LEVEL = "heading_level"
    """A heading skips a level, such as from 2 to 4."""

    EXL_ID = "exl_id"
    """Two pages have the same ``exl-id``; links by this id lead to the page whose name comes first.
    Change one of the ids."""

    EXL_ID_FORM = "exl_id_form"
    """The ``exl-id`` of a page is not a UUID; links by it work, but it has no permanent address."""

    METADATA_FENCED = "metadata_fenced"
    """The metadata of a page is in a code block, so readers see it. Remove the fence."""

    HTML_DROPPED = "html_dropped"
    """A page has a ``<style>`` or ``<script>`` element; it is left out."""

    IMAGE_ALT = "image_alt"
    """An image has no alternative text."""

    L10N_MISSING = "l10n_missing"
    """The original has a page that the translation lacks."""

    L10N_SURPLUS = "l10n_surplus"
    """The translation has a page that the original lacks."""

    L10N_BEHIND = "l10n_behind"
    """The original of a page has changed since the page was translated."""

    L10N_STRUCTURE = "l10n_structure"
    """A section of a translated page differs from the original in its headings, cards, tabs,
    alerts, links, images, tables or code."""

    L10N_ENGLISH = "l10n_english"
    """A text of a translated page is still in English, word for word as in the original."""

    L10N_MARKUP = "l10n_markup"
    """Machine translation has damaged markup: readers of a translated page see markup characters
    that the original does not show, or attributes have entities in place of quotation marks."""

    L10N_ZERO_WIDTH = "l10n_zero_width"
    """Machine translation has put zero-width spaces beside markup; they are removed from the
    output."""

    COMMENT_UNCLOSED = "comment_unclosed"
    """An HTML comment has no end; its text is shown to readers. Close it with ``-->``."""

    META_UNSAFE = "meta_unsafe"
    """An entry of the front matter has a name that is not allowed in a `<meta>` tag, or an unsafe
    address; it is left out of the head of the page. Remove the entry."""

    HTML_UNSAFE = "html_unsafe"
    """Raw HTML contains a script, an event handler or an unsafe address; it is left out. Remove it.
    """

    HTML_UNKNOWN = "html_unknown"
    """HTML has no tag of this name; often it is left over from a conversion. It is shown as the
    nearest HTML element, or as its content only. Replace it with Markdown or HTML."""

    HTML_DUPLICATE_ID = "html_duplicate_id"
    """An element of raw HTML has the id of another element of the page; its id is left out. Change
    one of the ids."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A mistake that a syntax rule has found; the renderer turns it into a warning.

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
    """Attach a problem to a token.

    :param token: The opening (or self-contained) token of the construct; its ``map`` is set.
    :param message: The text, with ``%`` placeholders.
    :param line: The line of the problem in the same count as the token's ``map``; its first
        line if omitted.
    """
    start = token.map[0] if token.map else 0
    offset = 0 if line is None else line - start
    problems: list[Any] = token.meta.setdefault(PROBLEMS, [])
    problems.append(Problem(warning, message, args, offset))
