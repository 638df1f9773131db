"""Attack texts of our own, made by kind x construct x place, and what finds them in the output.

Each text tries to set ``window.pwned``, or to make an element ``<x-pwned>``: neither may be found
in a page, whatever it was written in.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from justhtml import JustHTML

RUN = "window.pwned=1"
"""What an attack runs; ``window.pwned`` is undefined where all is well."""

BUILDS = (
    ("furo", "html"),
    ("pydata_sphinx_theme", "html"),
    ("sphinx_book_theme", "html"),
    ("sphinx_rtd_theme", "html"),
    ("alabaster", "html"),
    ("furo", "dirhtml"),
    ("furo", "singlehtml"),
    ("furo", "epub"),
)
"""Theme and builder: all that print HTML."""

THEMES = [theme for theme, builder in BUILDS if builder == "html"]
"""The themes that are looked at in a browser."""

MARKUP = {
    "script": f'"><script>{RUN}</script>',
    "single": f"'><script>{RUN}</script>",
    "image": f'"><img/src="x"onerror="{RUN}">',
    "handler": f'"autofocus="1"tabindex="1"onfocus="{RUN}"x="',
    "handler-single": f"'autofocus='1'tabindex='1'onfocus='{RUN}'x='",
    "element": "\"'><x-pwned></x-pwned>",
    "script-end": f"</script><script>{RUN}</script>",
    "title-end": f"</title></style></textarea><svg/onload={RUN}>",
    "comment": f"--><script>{RUN}</script><!--<script>",
    "entities": f"&quot;&gt;&lt;script&gt;{RUN}&lt;/script&gt;",
    "entities-twice": f"&amp;quot;&amp;gt;&amp;lt;script&amp;gt;{RUN}&amp;lt;/script&amp;gt;",
    "numeric": f"&#34;&#62;&#60;script&#62;{RUN}&#60;/script&#62;",
    "backtick": f'`"><script>{RUN}</script>',
    "percent": "%22%3E%3Cscript%3Ewindow.pwned=1%3C/script%3E",
    "template": "{{''.__class__}}{%25set(x)%25}${alert(1)}",
    "tex": "}\\input{/etc/passwd}\\immediate\\write18{touch${IFS}x}{",
    "tex-carets": "}^^5cinput{/etc/passwd}{",
    "bidi": "\u202eabc\u2066\u200bdef\u00ad",
}
"""Texts that try to be markup; none has a blank, so that they can stand anywhere."""

_JS = "javascript:window.pwned=1"

ADDRESSES = {
    "plain": _JS,
    "upper": "JaVaScRiPt:window.pwned=1",
    "zwsp-entity": "java&#x200B;script:window.pwned=1",
    "zwsp": "java\u200bscript:window.pwned=1",
    "zwsp-colon": "javascript&#x200B;:window.pwned=1",
    "zwsp-first": "&#x200B;javascript:window.pwned=1",
    "zwsp-percent": "java%E2%80%8Bscript:window.pwned=1",
    "two-zwsp": "java&#x200B;&#x200B;scr&#8203;ipt:window.pwned=1",
    "bom": "\ufeffjavascript:window.pwned=1",
    "joiner": "java\u200dscript:window.pwned=1",
    "tab-entity": "java&Tab;script:window.pwned=1",
    "newline-entity": "java&NewLine;script:window.pwned=1",
    "return-number": "java&#13;script:window.pwned=1",
    "control": "&#1;javascript:window.pwned=1",
    "colon-entity": "javascript&colon;window.pwned=1",
    "colon-number": "javascript&#58;window.pwned=1",
    "letter-number": "&#106;avascript:window.pwned=1",
    "letter-hex": "&#x6A;avascript:window.pwned=1",
    "twice": "java&amp;Tab;script:window.pwned=1",
    "percent-colon": "javascript%3Awindow.pwned=1",
    "slashes": "javascript://host/%0Awindow.pwned=1",
    "slashes-zwsp": "java&#x200B;script://host/%0Awindow.pwned=1",
    "vbscript": "vbscript:msgbox(1)",
    "data-html": "data:text/html,<script>window.pwned=1</script>",
    "data-base64": "data:text/html;base64,PHNjcmlwdD53aW5kb3cucHduZWQ9MTwvc2NyaXB0Pg==",
    "data-svg": "data:image/svg+xml;base64,PHN2Zy8+",
    "data-zwsp": "da&#x200B;ta:text/html,x",
    "blob": "blob:https://host.invalid/x",
    "file": "file:///etc/passwd",
    "view-source": "view-source:https://host.invalid",
    "program": "ms-msdt:/id",
    "backslash": "javascript\\:window.pwned=1",
}
"""Addresses that must not be printed, or only as what browsers take for a path."""

MARKUP_CONSTRUCTS = {
    "heading-id": "## Heading {#@}\n\n[to it](#@)",
    "heading-text": "## Heading @ text",
    "heading-class": "## Heading {#id-@N .@}",
    "end-id": "A paragraph {#@}",
    "block-attributes": "A paragraph.\n{#@ .@}",
    "text": "Some @ text.",
    "code": "Some `@` code.",
    "fence": "```@\ncode @\n```",
    "fence-attributes": '```json {class="@" id="@" highlight="@"}\n@\n```',
    "link-text": "[text @](https://example.com)",
    "link-title": "[text](https://example.com '@')",
    "link-attributes": '[text](https://example.com){class="@" id="@" title="@" target="@"}',
    "image-alt": "![@](https://example.com/x.png)",
    "image-title": '![alt](https://example.com/x.png "@")',
    "image-attributes": (
        "![alt](https://example.com/x.png)"
        '{width="@" height="@" align="@" class="@" id="@" title="@" zoomable="yes"}'
    ),
    "badge": '[!BADGE @]{type="@" tooltip="@"}',
    "control": "[!UICONTROL @] and [!DNL @]",
    "reference": "[text][@]\n\n[@]: https://example.com '@'",
    "footnote": "Text[^@].\n\n[^@]: Note @.",
    "alert": ">[!NOTE]\n>\n>Text @.",
    "alert-kind": ">[!@]\n>\n>Text.",
    "video": '>[!VIDEO](https://video.tv.adobe.com/v/1?x=@){title="@"}',
    "slide": ">[!SLIDE](@)",
    "tabs": ">[!BEGINTABS]\n\n>[!TAB @]\n\nText.\n\n>[!ENDTABS]",
    "accordion": "+++ Title @ {#@}\n\nText.\n\n+++",
    "shade-box": '>[!BEGINSHADEBOX "@"]\n\nText @.\n\n>[!ENDSHADEBOX]',
    "table": '| Head @ | b |\n|---|---|\n| @ | `@` |\n{style="@"}',
    "help": '>[!CONTEXTUALHELP]\n>id="@"\n>title="@"\n>abstract="@"\n',
    "comment": "<!-- @ -->",
    "html-text": "<p>Text @</p>",
    "html-attributes": '<p id="@" class="@" style="@" title="@" lang="@" align="@">Text</p>',
    "html-name": '<a name="@">x</a>',
    "html-link": '<a href="https://example.com" title="@" target="@" rel="@" id="@">x</a>',
    "html-image": '<img src="https://example.com/x.png" alt="@" title="@" width="@" id="@">',
    "html-details": '<details id="@"><summary>Title @</summary>Text</details>',
    "html-table": '<table id="@"><caption>@</caption><tr><td width="@" id="@">x</td></tr></table>',
    "html-svg": (
        '<svg id="@" class="@" aria-label="@" fill="@" style="@" viewBox="@">'
        '<title>@</title><path d="@" id="@"/></svg>'
    ),
    "html-frame": '<iframe src="https://example.com/@" title="@" width="@"></iframe>',
    "html-abbr": '<abbr title="@">x</abbr>',
    "html-tag": "<your-@>",
    "html-deflist": '<dl id="@"><dt id="@">Term @</dt><dd>Text</dd></dl>',
    "deflist": "Term @\n: Text @",
}
"""Constructs with ``@`` wherever a text of :data:`MARKUP` may stand, ``@N`` for a number."""

ADDRESS_CONSTRUCTS = {
    "link": "[text](@)",
    "link-angle": "[text](<@>)",
    "link-title": "[text](@ 'title')",
    "link-target": '[text](@){target="_blank"}',
    "reference": "[text][r@N]\n\n[r@N]: @",
    "autolink": "<@>",
    "image": "![alt](@)",
    "image-zoom": '![alt](@){zoomable="yes"}',
    "image-link": "[![alt](https://example.com/x.png)](@)",
    "badge": '[!BADGE text]{type=Informative url="@"}',
    "badge-bare": "[!BADGE text]{url=@}",
    "video": ">[!VIDEO](@)",
    "slide": ">[!SLIDE](@)",
    "heading": "## [text](@) {#h@N}",
    "html-link": '<a href="@">text</a>',
    "html-link-block": '<p><a href="@">text</a></p>',
    "html-image": '<img src="@" alt="alt">',
    "html-image-zoom": '<img src="@" alt="alt" class="modal-image">',
    "html-frame": '<iframe src="@">text</iframe>',
    "html-video": '<video src="@" poster="@"><source src="@"></video>',
    "html-object": '<object data="@"><embed src="@"></object>',
    "html-form": '<form action="@"><button formaction="@">text</button></form>',
    "html-base": '<base href="@"><link rel="stylesheet" href="@">',
    "html-meta": '<meta http-equiv="refresh" content="0;url=@">',
    "html-background": '<table background="@"><tr><td background="@">text</td></tr></table>',
    "html-style": "<p style=\"background: url(@); background-image:url('@')\">text</p>",
    "html-cite": '<blockquote cite="@"><p><q cite="@">text</q></p></blockquote>',
    "html-area": '<map name="m"><area href="@"></map>',
    "html-srcset": '<picture><source srcset="@"><img src="x.png" srcset="@" alt=""></picture>',
    "svg-link": '<svg><a xlink:href="@"><text>x</text></a></svg>',
    "svg-use": '<svg><use href="@"/><use xlink:href="@"/></svg>',
    "svg-image": '<svg><image href="@" xlink:href="@"/></svg>',
    "svg-animate": (
        '<svg><a id="a@N"><animate attributeName="href" to="@" values="@" from="@"/>'
        '<set attributeName="href" to="@"/><text>x</text></a></svg>'
    ),
    "svg-fill": '<svg><rect fill="url(@)" stroke="u\\rl(@)" filter="url(@)" mask="url(@)"/></svg>',
    "svg-style": '<svg style="fill:url(@)"><rect style="mask:u\\72l(@)"/><style>@</style></svg>',
}
"""Constructs with ``@`` wherever an address may stand."""

PLACES = {
    "block": "{}",
    "list": "- {}",
    "ordered": "1. First\n1. {}",
    "quote": "> {}",
    "alert": ">[!NOTE]\n>\n>{}",
    "cell": "| a | b |\n|---|---|\n| x | {} |",
    "tab": ">[!BEGINTABS]\n\n>[!TAB One]\n\n{}\n\n>[!ENDTABS]",
    "tab-label": ">[!BEGINTABS]\n\n>[!TAB {}]\n\nText\n\n>[!ENDTABS]",
    "accordion": "+++Title\n\n{}\n\n+++",
    "accordion-title": "+++{}\n\nText\n\n+++",
    "shade-box": ">[!BEGINSHADEBOX]\n\n{}\n\n>[!ENDSHADEBOX]",
    "details": "<details><summary>Title</summary>\n\n{}\n\n</details>",
    "html": "<div>{}</div>",
    "html-cell": "<table><tr><td>{}</td></tr></table>",
    "inline": "Before {} behind",
    "heading": "## Before {} behind",
    "emphasis": "**before {} behind**",
    "link": "[before {} behind](https://example.com)",
    "alt": "![before {} behind](https://example.com/x.png)",
    "footnote": "Text[^n].\n\n[^n]: Note {}",
    "card": (
        "<!-- CARDS -->\n\n* {}\n\n  A text.\n\n  [link](https://example.com)\n\n<!-- END CARDS -->"
    ),
}
"""What a construct may stand in."""

_INLINE = frozenset(
    {"cell", "tab-label", "accordion-title", "inline", "heading", "emphasis", "link", "alt"}
)
"""The places that have room for one line only."""


class Attack(NamedTuple):
    """One text."""

    kind: str
    construct: str
    place: str
    text: str


def attacks(kinds, constructs, places=PLACES, *, every=1, start=0):
    """Yield the texts of all kinds in all constructs in all places.

    :param kinds: Name → what is put into each construct.
    :param constructs: Name → Markdown with ``@``.
    :param places: Name → Markdown with ``{}``.
    :param every: Yield just one of so many: another one in each construct and place.
    :param start: Which one is the first.
    """
    number = start * 7919
    for place, frame in places.items():
        for construct, template in constructs.items():
            if place in _INLINE and "\n" in template:
                continue
            for kind, payload in kinds.items():
                number += 1
                # no multiple of the number of kinds: all kinds come to all constructs
                if number % every:
                    continue
                text = template.replace("@N", str(number)).replace("@", payload)
                yield Attack(kind, construct, place, _put(text, frame))


def _put(text, frame):
    before, _, after = frame.partition("{}")
    line = before.rpartition("\n")[2]
    indent = line if line.startswith(">") else " " * (len(line) if re.match(r"[-*\d]", line) else 0)
    lines = text.split("\n")
    return before + ("\n" + indent).join(lines) + after


def pages(found, size=25):
    """Put attacks on pages.

    :param found: The attacks.
    :param size: How many come to one page.
    :returns: Name → Markdown.
    """
    found = list(found)
    return {
        f"attack-{number}": "\n\n".join(
            [f"# Page {number}", *(attack.text + "\n" for attack in found[start : start + size])]
        )
        for number, start in enumerate(range(0, len(found), size))
    }


FRONT_MATTER = r"""---
title: 'Title "><script>window.pwned=1</script>'
description: '"><img src=x onerror=window.pwned=1>'
exl-id: '"><x-pwned>'
feature: </script><x-pwned>
badgeBeta: label="<x-pwned>" type="x" url="java&#x200B;script:window.pwned=1"
badgeSafe: label="&quot;><x-pwned>" url="https://example.com/&quot;><x-pwned>"
'"><x-pwned>': value
"onload=window.pwned=1 x": value
</script><x-pwned>: value
http-equiv: refresh
refresh: 0;url=javascript:window.pwned=1
referrer: unsafe-url
google-site-verification: token
og:image: java&#x200B;script:window.pwned=1
thumbnail: javascript:window.pwned=1
redirect: javascript:window.pwned=1
git-repo: https://github.com/a/b"><x-pwned>
level: "\x01\uFFFE\0<x-pwned>"
html_meta:
  "http-equiv=refresh": "0;url=javascript:window.pwned=1"
  "x><x-pwned>=1": "value"
  "name=a onload=window.pwned=1": "value"
---

Text of the front matter page.
"""
"""A page whose front matter attacks, by keys and by values."""


_ADDRESS_ATTRIBUTES = frozenset(
    {"action", "background", "cite", "data", "formaction", "from", "href", "poster", "src", "to"}
    | {"srcset", "values", "xlink:href", "data-url", "longdesc", "ping", "manifest", "codebase"}
)
_ALLOWED = frozenset({"ftp", "http", "https", "mailto", "sms", "tel"})
_RASTER = re.compile(r"data:image/(?:gif|jpe?g|png|webp);base64,")
_STYLE = re.compile(r"url\(|expression|@import|\\", re.IGNORECASE)


def handlers(root):
    """Return the event handlers of a page: those of the theme are on harmless pages, too."""
    return {
        (node.name, name, value)
        for node in walk(root)
        for name, value in (getattr(node, "attrs", None) or {}).items()
        if name.startswith("on")
    }


_PAGE_NAME = re.compile(r"(DOCUMENTATION_OPTIONS\.pagename = ')[^'\\<>\n]*(';)")


def scripts(root):
    """Return the texts of all scripts, without the names of pages that themes put there."""
    texts = {_text(node) for node in walk(root) if node.name == "script"}
    return {_PAGE_NAME.sub(r"\1\2", text) for text in texts} - {""}


def parse(text):
    """Parse a page as browsers do."""
    return JustHTML(text, sanitize=False).root


def walk(node):
    """Yield all nodes."""
    stack = [node]
    while stack:
        node = stack.pop()
        yield node
        stack.extend(node.children or ())
        template = getattr(node, "template_content", None)
        if template is not None:
            stack.append(template)


def _text(node):
    return "".join(str(child.data or "") for child in walk(node) if child.name == "#text").strip()


def elements(root):
    """Yield the elements that pages of others must not have, with their attributes."""
    for node in walk(root):
        if node.name in {"base", "object", "embed", "applet", "frame", "form"} and (
            node.name != "form" or "pwned" in str(node.attrs)
        ):
            yield node.name, dict(node.attrs or {})


def findings(root, harmless=()):
    """Return what must not be on a page.

    :param root: The page, parsed.
    :param harmless: The parsed pages whose scripts, handlers and elements are those of the theme.
    """
    found = []
    known_scripts = set().union(*map(scripts, harmless))
    known_handlers = set().union(*map(handlers, harmless))
    found += [("script", text[:200]) for text in scripts(root) - known_scripts]
    found += [("handler", each) for each in handlers(root) - known_handlers]
    # such as the address of the site, in the page for wrong addresses
    known_elements = [each for page in harmless for each in elements(page)]
    found += [("element", *each) for each in elements(root) if each not in known_elements]
    for node in walk(root):
        if "pwned" in str(node.name):
            found.append(("element", node.name))
        for name, value in (getattr(node, "attrs", None) or {}).items():
            found += _attribute(node, name, value or "")
    return found


def _attribute(node, name, value):
    if not re.fullmatch(r"[a-zA-Z_:][\w:.-]*", name):
        yield "attribute name", node.name, name
    if name in {"id", "for", "name"} and node.name != "meta" and re.search(r"[<>\"'`\\]", value):
        yield "id", node.name, value
    if name in _ADDRESS_ATTRIBUTES and not is_harmless(value, image=node.name == "img"):
        yield "address", node.name, name, value
    if name == "http-equiv" and value.lower() not in {"content-type", "x-ua-compatible"}:
        yield "http-equiv", value
    if name in {"style", "fill", "stroke", "filter", "mask", "clip-path"}:
        local = re.fullmatch(r"url\(\s*#[\w.:-]+\s*\)", value.strip())
        if _STYLE.search(value) and not local:
            yield "style", node.name, value


def is_harmless(address, *, image=False):
    """Tell whether an address runs nothing, as the URL standard reads it.

    :param address: The value of an attribute.
    :param image: Whether it is that of an image.
    """
    address = re.sub(r"[\t\n\r]", "", address).strip("".join(map(chr, range(0x21))))
    scheme = re.match(r"([a-z][a-z0-9+.-]*):", address, re.IGNORECASE)
    if scheme is None or scheme[1].lower() in _ALLOWED:
        return True
    return image and _RASTER.match(address) is not None


def check_pages(paths, harmless):
    """Return what must not be on any page of a site.

    :param paths: The files.
    :param harmless: Files by the same theme and builder that hold nothing of an attacker.
    """
    known = [parse(path.read_text(encoding="utf-8")) for path in harmless]
    found = {}
    for path in paths:
        if found_here := findings(parse(path.read_text(encoding="utf-8")), known):
            found[path.name] = found_here
    return found


TOC = r"""---
user-guide-title: 'Guide "><script>window.pwned=1</script>'
user-guide-description: '</script><x-pwned>'
---

# Guide "'><x-pwned> {#guide"><x-pwned>}

- [Title "'><x-pwned></script><script>window.pwned=1</script>](front.md)
- Group "'><x-pwned> {#g"onload="window.pwned=1}
  - [In a group](plain.md)
- Group ';window.pwned=1;' {#';window.pwned=1;'}
  - Deeper <script>window.pwned=1</script>
    - [Deep](deep.md)
- [Address](java&#x200B;script://x/%0Awindow.pwned=1)
- [Address](javascript://x/%0Awindow.pwned=1)
- [Address](java&Tab;script://x/%0Awindow.pwned=1)
- [Elsewhere "><x-pwned>](https://example.com/"><x-pwned>)
"""
"""A ``TOC.md`` that attacks, by titles, ids and addresses."""

REDIRECTS = """source,dest
/docs/product/old1,javascript:window.pwned=1
/docs/product/old2,"https://example.com/""><script>window.pwned=1</script>"
/docs/product/old"><x-pwned>,https://example.com/x
/docs/product/old'3,https://example.com/0;url=javascript:window.pwned=1
"""
"""A ``redirects.csv`` that attacks."""

FILE_NAMES = (
    'file"><x-pwned>',
    "file';window.pwned=1;'",
    "file<script>window.pwned=1<",
    'folder"onload="window.pwned=1/file',
    "file\\",
)
"""Names of pages, without suffix."""

IMAGE_NAME = '"><x-pwned>}\\input{x}^^5c.png'
"""The name of an image."""


def repository(texts):
    """Return a repository of ExL pages that attacks in all of its files.

    :param texts: Pages: name → Markdown.
    :returns: Path → text.
    """
    names = "\n".join(f"- [<x-pwned> of a file](<{name}.md>)" for name in FILE_NAMES[:4])
    listed = "\n".join(f"- [{name}]({name}.md)" for name in texts)
    return {
        "metadata.md": (
            "---\nsolution: 'Name \"><x-pwned></title><script>window.pwned=1</script>'\n"
            "git-repo: https://github.com/owner/repository\n---\n"
        ),
        "redirects.csv": REDIRECTS,
        "help/TOC.md": f"{TOC}{names}\n{listed}\n",
        "help/front.md": FRONT_MATTER,
        "help/plain.md": f"# Plain\n\n![An image](<{IMAGE_NAME}>)\n\n{names}\n",
        "help/deep.md": "# Deep\n\nText.\n",
        **{f"help/{name}.md": "# Name of a file\n\n## Section\n" for name in FILE_NAMES},
        **{f"help/{name}.md": text for name, text in texts.items()},
    }
