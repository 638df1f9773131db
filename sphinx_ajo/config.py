"""The configuration: one frozen dataclass that Sphinx, the docs and the code read."""

from __future__ import annotations

import copy
import dataclasses as dc
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from weakref import WeakKeyDictionary

from sphinx_ajo.base.limits import check_limit, make_limits
from sphinx_ajo.base.problems import AjoWarnings
from sphinx_ajo.language.players import HOSTS, is_host_pattern
from sphinx_ajo.warnings_ import warn

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sphinx.application import Sphinx
    from sphinx.config import Config

    from sphinx_ajo.base.limits import Limits

PREFIX: Final = "ajo_"
"""Every configuration value of ours begins so."""

MAX_COLUMNS: Final = 12
"""The most columns a sphinx-design grid has."""

MAX_GUTTER: Final = 5
"""The widest gutter of a sphinx-design grid."""


def _one_of(*choices: str) -> Callable[[object], None]:
    def check(value: object) -> None:
        if value not in choices:
            msg = f"must be one of {', '.join(map(repr, choices))}"
            raise ValueError(msg)

    return check


def _check_tab_sync(value: object) -> None:
    if value is not False and value not in ("page", "site"):
        msg = "must be 'page', 'site' or False"
        raise ValueError(msg)


def _check_auto_bool(value: object) -> None:
    if value != "auto" and not isinstance(value, bool):
        msg = "must be 'auto', True or False"
        raise ValueError(msg)


def _check_text(value: object) -> None:
    if not isinstance(value, str):
        msg = "must be a string"
        raise ValueError(msg)


def _check_columns(value: object) -> None:
    numbers = value if isinstance(value, (list, tuple)) else ()
    if len(numbers) != 3 or not all(_is_int(n, 1, MAX_COLUMNS) for n in numbers):
        msg = f"must be three integers from 1 to {MAX_COLUMNS}"
        raise ValueError(msg)


def _check_gutter(value: object) -> None:
    if not _is_int(value, 0, MAX_GUTTER):
        msg = f"must be an integer from 0 to {MAX_GUTTER}"
        raise ValueError(msg)


def _check_html_meta(value: object) -> None:
    if isinstance(value, bool):
        return
    if not isinstance(value, (list, tuple)) or not all(isinstance(key, str) for key in value):
        msg = "must be True, False or a list of front matter keys"
        raise ValueError(msg)


SEVERITIES: Final = ("off", "info", "warning", "error")
"""What a lint rule can be set to."""

LINT_FORMATS: Final = ("text", "json", "sarif")
"""What the builder ``ajo-lint`` can write."""


def _check_lint(value: object) -> None:
    if value not in ("off", "default") and not isinstance(value, (dict, list, tuple)):
        msg = "must be 'off', 'default', a dictionary or a list of rules"
        raise ValueError(msg)


def _check_lint_rule(rule: object, severity: object) -> None:
    # whether there is such a rule is checked where the rules are
    if not isinstance(rule, str):
        msg = "there is no such rule"
        raise ValueError(msg)
    if severity not in SEVERITIES:
        msg = f"must be one of {', '.join(map(repr, SEVERITIES))}"
        raise ValueError(msg)


L10N_FORMATS: Final = (*LINT_FORMATS, "html")
"""What the builder ``ajo-l10n`` can write."""


def _some_of(*choices: str) -> Callable[[object], None]:
    def check(value: object) -> None:
        names = value.split(",") if isinstance(value, str) else value
        if not isinstance(names, (list, tuple)) or not names:
            names = [""]
        if not all(isinstance(name, str) and name.strip() in choices for name in names):
            msg = f"must be one or more of {', '.join(map(repr, choices))}"
            raise ValueError(msg)

    return check


def _check_dictionary(value: object) -> None:
    if value is not None and not isinstance(value, dict):
        msg = "must be None or a dictionary"
        raise ValueError(msg)


def _check_site(_name: object, site: object) -> None:
    if (
        not isinstance(site, dict)
        or not {"url", "pages"} <= site.keys() <= {"url", "pages", "language"}
        or not all(isinstance(value, str) for value in site.values())
    ):
        msg = "must be a dictionary with the strings 'url', 'pages' and maybe 'language'"
        raise ValueError(msg)


def _check_hosts(value: object) -> None:
    if not isinstance(value, (list, tuple)):
        msg = "must be a list of hosts"
        raise ValueError(msg)


def _check_host(host: object, _value: object) -> None:
    if not isinstance(host, str) or not is_host_pattern(host):
        msg = "must be a host such as 'video.example.com', or '*.example.com' for its subdomains"
        raise ValueError(msg)


def _check_bool(value: object) -> None:
    if not isinstance(value, bool):
        msg = "must be True or False"
        raise ValueError(msg)


def _check_directives(value: object) -> None:
    if value in ("default", "all"):
        return
    if not isinstance(value, (list, tuple)) or not all(isinstance(name, str) for name in value):
        msg = "must be 'default', 'all' or a list of names"
        raise ValueError(msg)


def _check_original(value: object) -> None:
    if value is not None and not isinstance(value, str):
        msg = "must be None or a path"
        raise ValueError(msg)


def _check_folders(value: object) -> None:
    names = value if isinstance(value, (list, tuple)) else [None]
    if not all(isinstance(name, str) and name and "\0" not in name for name in names):
        msg = "must be a list of paths"
        raise ValueError(msg)


def _check_branch(value: object) -> None:
    if not isinstance(value, bool) and not (isinstance(value, str) and value.strip()):
        msg = "must be True, False or the name of a branch"
        raise ValueError(msg)


def _is_int(value: object, low: int, high: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and low <= value <= high


def _option(
    default: Any,
    help_: str,
    *,
    rebuild: str,
    types: tuple[type, ...],
    doc_type: str,
    validator: Callable[[object], None],
    entry_validator: Callable[[object, object], None] | None = None,
) -> Any:
    return dc.field(
        default=default,
        metadata={
            "help": help_,
            "rebuild": rebuild,
            "types": types,
            "doc_type": doc_type,
            "validator": validator,
            "entry_validator": entry_validator,
        },
    )


@dc.dataclass(frozen=True, slots=True)
class AjoConfig:
    """The values of all ``ajo_*`` options of ``conf.py``, each checked."""

    dialect: str = _option(
        "auto",
        "The dialect of Markdown pages. `exl`: Experience League Markdown; MyST syntax that "
        "collides with it is off. `mixed`: MyST, with the ExL constructs that do not collide with "
        "it. `auto`: `exl` for a repository with a `metadata.md` or `TOC.md`, and for pages whose "
        "front matter has an ExL key such as `exl-id`; otherwise `mixed`.",
        rebuild="env",
        types=(str,),
        doc_type='`"auto"`, `"exl"` or `"mixed"`',
        validator=_one_of("auto", "exl", "mixed"),
    )
    directives: str | tuple[str, ...] = _option(
        "default",
        "Which directives pages of the `exl` dialect may run. `default`: those that read no file, "
        "run no code and print no raw markup. A list of names: only these; `default` in the list "
        "stands for the default ones. `all`: every directive, for repositories that you trust "
        "like `conf.py`. Any other directive is shown as code.",
        rebuild="env",
        types=(str, list, tuple),
        doc_type='`"default"`, `"all"` or a list of names',
        validator=_check_directives,
    )
    hard_breaks: bool | str = _option(
        "auto",
        "Whether a line break in the source of a paragraph is a line break for readers. `auto`: "
        "only in Experience League Markdown, as on the official site.",
        rebuild="env",
        types=(bool, str),
        doc_type='`"auto"`, `True` or `False`',
        validator=_check_auto_bool,
    )
    card_columns: tuple[int, int, int] = _option(
        (1, 2, 3),
        "How many landing cards stand side by side on small, medium and large screens.",
        rebuild="html",
        types=(list, tuple),
        doc_type="three integers from 1 to 12",
        validator=_check_columns,
    )
    card_gutter: int = _option(
        3,
        "The gap between landing cards, as a sphinx-design gutter size.",
        rebuild="html",
        types=(int,),
        doc_type="integer from 0 to 5",
        validator=_check_gutter,
    )
    icons: str = _option(
        "bundled",
        "Where the icons of `cdn.experienceleague.adobe.com/icons/` come from. `bundled`: from "
        "data in the package, without the network; an icon that the package lacks is loaded from "
        "its address. `remote`: all are loaded from their addresses. `none`: no icon is shown.",
        rebuild="html",
        types=(str,),
        doc_type='`"bundled"`, `"remote"` or `"none"`',
        validator=_one_of("bundled", "remote", "none"),
    )
    original: str | None = _option(
        None,
        "The folder of the English repository that this repository translates, absolute or "
        "relative to `conf.py`. Ids of headings, hidden entries, and missing images, files and "
        "texts are taken from there. `None`: the folder beside the repository that has the same "
        "name, but ends in `.en`, if there is one. An empty string: no folder.",
        rebuild="env",
        types=(str, type(None)),
        doc_type="`None`, a path or an empty string",
        validator=_check_original,
    )
    trusted_folders: tuple[str, ...] = _option(
        (),
        "Folders outside the repository and its original whose files pages may show, link to or "
        "include, and to which symbolic links may lead. Absolute, or relative to `conf.py`. No "
        "other file outside the repository is read, because anyone may have written the "
        "repository.",
        rebuild="env",
        types=(list, tuple),
        doc_type="a list of paths",
        validator=_check_folders,
    )
    localize_urls: bool = _option(
        True,
        "Whether links to `https://experienceleague.adobe.com/…` addresses lead to pages of your "
        "site. This applies to addresses of pages of this repository, and of the sites in "
        "{confval}`ajo_sites`.",
        rebuild="html",
        types=(bool,),
        doc_type="`True` or `False`",
        validator=_check_bool,
    )
    canonical: bool = _option(
        False,
        "Whether pages name their address on `experienceleague.adobe.com` as the canonical one, "
        "for search engines. Pages that no `TOC.md` lists have no such address.",
        rebuild="html",
        types=(bool,),
        doc_type="`True` or `False`",
        validator=_check_bool,
    )
    edit_links: bool | str = _option(
        True,
        "Whether the theme links each page to its source on GitHub. The front matter of "
        "`metadata.md` or `TOC.md` must have a `git-repo`; settings of the theme in `conf.py` "
        "take precedence. A string names the branch; `True` means `main`.",
        rebuild="html",
        types=(bool, str),
        doc_type="`True`, `False` or the name of a branch",
        validator=_check_branch,
    )
    html: str = _option(
        "convert",
        "What pages of the `exl` dialect do with raw HTML. `convert`: parse it into nodes, so "
        "that links resolve, images are copied and every output format shows it. `raw`: keep it "
        "as HTML, for HTML builders only. `escape`: show the tags as text. Scripts, event "
        "handlers and unsafe addresses are always removed.",
        rebuild="env",
        types=(str,),
        doc_type='`"convert"`, `"raw"` or `"escape"`',
        validator=_one_of("convert", "raw", "escape"),
    )
    html_meta: bool | tuple[str, ...] = _option(
        True,
        "Which front matter keys become `<meta>` tags: `True` for all, `False` for none, or a "
        "list of keys.",
        rebuild="html",
        types=(bool, list, tuple),
        doc_type="`True`, `False` or a list of keys",
        validator=_check_html_meta,
    )
    navigation: str = _option(
        "auto",
        "How much of the navigation each page contains, if the theme asks for all of it. `full`: "
        "all of it. `branch`: the entries above, beside and below the page; browsers load the "
        "other branches from a file that all pages share. `auto`: `branch` for ExL repositories "
        "of more than 200 pages or 2,000 entries, otherwise `full`, which equals the navigation "
        "of Sphinx. `off`: Sphinx's own code builds it.",
        rebuild="html",
        types=(str,),
        doc_type='`"auto"`, `"full"`, `"branch"` or `"off"`',
        validator=_one_of("auto", "full", "branch", "off"),
    )
    accelerate: bool | str = _option(
        "auto",
        "Whether faster replacements for parts of Sphinx, docutils and Python's garbage "
        "collection are used during a build; the output is the same. `auto`: in ExL repositories, "
        "and where `ajo_dialect` is `exl`. `True`: in any project. `False`: nowhere.",
        rebuild="",
        types=(str, bool),
        doc_type='`"auto"`, `True` or `False`',
        validator=_check_auto_bool,
    )
    lint: str | tuple[str, ...] | Mapping[str, str] = _option(
        "off",
        "Which rules about the source of ExL pages every build checks. `off`: none; the builder "
        "`ajo-lint` still checks them, unless `conf.py` sets this option. `default`: the rules "
        "that are on by default. A dictionary changes the defaults: it maps a rule (`*`: all "
        "others) to `off`, `info`, `warning` or `error`. A list: only these rules.",
        rebuild="env",
        types=(str, list, tuple, dict),
        doc_type='`"off"`, `"default"`, a dictionary or a list of rules',
        validator=_check_lint,
        entry_validator=_check_lint_rule,
    )
    lint_format: str | tuple[str, ...] = _option(
        "text",
        "The output formats of the builder `ajo-lint`. `text`: one line for each warning, on the "
        "error stream. `json`: the file `ajo-lint.json`. `sarif`: the file `ajo-lint.sarif`. For "
        "several formats, write a list, or a string with commas.",
        rebuild="",
        types=(str, list, tuple),
        doc_type='some of `"text"`, `"json"` and `"sarif"`',
        validator=_some_of(*LINT_FORMATS),
    )
    l10n: str | tuple[str, ...] | Mapping[str, str] = _option(
        "default",
        "What the builder `ajo-l10n` reports about a translation. `default`: everything. A "
        "dictionary changes the defaults: it maps a kind of finding (`*`: all others) to `off`, "
        "`info`, `warning` or `error`. A list: only these kinds. `off`: only links whose target "
        "exists only in the original.",
        rebuild="",
        types=(str, list, tuple, dict),
        doc_type='`"default"`, `"off"`, a dictionary or a list of kinds',
        validator=_check_lint,
        entry_validator=_check_lint_rule,
    )
    l10n_format: str | tuple[str, ...] = _option(
        "text",
        "The output formats of the builder `ajo-l10n`. `text`: one line for each finding, on the "
        "error stream. `json`, `sarif`, `html`: the files `ajo-l10n.json`, `ajo-l10n.sarif` and "
        "`ajo-l10n.html`, which has tables for people. For several formats, write a list, or a "
        "string with commas.",
        rebuild="",
        types=(str, list, tuple),
        doc_type='some of `"text"`, `"json"`, `"sarif"` and `"html"`',
        validator=_some_of(*L10N_FORMATS),
    )
    l10n_pages: str | None = _option(
        None,
        "The `ajo-pages.json` of the original, if the original itself is not beside the "
        "translation; the builder `ajo-l10n` compares the translation with it. Absolute, or "
        "relative to `conf.py`.",
        rebuild="",
        types=(str, type(None)),
        doc_type="`None` or a path",
        validator=_check_original,
    )
    limits: Mapping[str, int] | None = _option(
        None,
        "Limits for input that would take excessive time or memory, by name. Limits that are not "
        "named keep their defaults.",
        rebuild="env",
        types=(dict, type(None)),
        doc_type="`None` or a dictionary of names and integers",
        validator=_check_dictionary,
        entry_validator=check_limit,
    )
    warnings: str = _option(
        "grouped",
        "How warnings are shown. `grouped`: at the end of a build. Equal warnings about one file "
        "are one line with a count; a mistake in an included text is shown once for all pages; "
        "links to ids that a page lacks are one line for that page. `all`: each warning by "
        "itself, as soon as it occurs. The builder `ajo-lint` always shows all.",
        rebuild="",
        types=(str,),
        doc_type='`"grouped"` or `"all"`',
        validator=_one_of("grouped", "all"),
    )
    videos: str = _option(
        "click",
        "How HTML shows videos of the hosts in {confval}`ajo_video_hosts`. `click`: a placeholder "
        "with the title and a button; no other host is contacted before a reader clicks it. "
        "`load`: a frame that loads when the reader scrolls near it. `link`: a link.",
        rebuild="html",
        types=(str,),
        doc_type='`"click"`, `"load"` or `"link"`',
        validator=_one_of("click", "load", "link"),
    )
    video_hosts: tuple[str, ...] = _option(
        HOSTS,
        "The hosts whose videos and other frames pages may show, always over `https`. Videos of "
        "all other hosts are links. `*.example.com` stands for the subdomains of `example.com`, "
        "but not for `example.com` itself. Videos of YouTube play from "
        "`www.youtube-nocookie.com`.",
        rebuild="env",
        types=(list, tuple),
        doc_type="a list of hosts",
        validator=_check_hosts,
        entry_validator=_check_host,
    )
    tab_sync: str | bool = _option(
        "page",
        "Which tab groups HTML switches together. `page`: groups of the same page that have the "
        "same labels. `site`: all tabs with the same label, also on pages that a reader opens "
        "later. `False`: none.",
        rebuild="html",
        types=(str, bool),
        doc_type='`"page"`, `"site"` or `False`',
        validator=_check_tab_sync,
    )
    page_info: bool | str = _option(
        "auto",
        "Whether ExL pages show the following metadata below their title: the date of the last "
        "update, topics, intended readers, and versions. `auto`: in ExL repositories.",
        rebuild="html",
        types=(bool, str),
        doc_type='`"auto"`, `True` or `False`',
        validator=_check_auto_bool,
    )
    breadcrumbs: bool | str = _option(
        "auto",
        "Whether `html` and `dirhtml` pages show links to their parent pages above the title. "
        "`auto`: in ExL repositories, with themes that have no breadcrumbs of their own "
        "(alabaster, furo, sphinx_book_theme). `True`: in any project, with any theme.",
        rebuild="html",
        types=(bool, str),
        doc_type='`"auto"`, `True` or `False`',
        validator=_check_auto_bool,
    )
    not_found: bool | str = _option(
        "auto",
        "Whether the builders `html` and `dirhtml` write `404.html`, the page that servers show "
        "for addresses without a page. Its links begin with `html_baseurl`; if that is not set, "
        "the page is not written. `auto`: in ExL repositories. `True`: in any project.",
        rebuild="",
        types=(bool, str),
        doc_type='`"auto"`, `True` or `False`',
        validator=_check_auto_bool,
    )
    social_image: str = _option(
        "",
        "The image that social networks show for pages without a `thumbnail`: an address, or a "
        "path on the site if `html_baseurl` is set. See {confval}`ajo_machine_metadata`.",
        rebuild="html",
        types=(str,),
        doc_type="an address or a path",
        validator=_check_text,
    )
    sites: Mapping[str, Mapping[str, str]] | None = _option(
        None,
        "Other sites of the same documentation set, by names of your choice. `url` is the address "
        "where the site is published, absolute or relative to the root of this site. `pages` is "
        "its `ajo-pages.json`: a path, absolute or relative to `conf.py`, or a web address. "
        "`language` is optional; the default is the language of the list. Pages link to their "
        "translations on the other sites, and links resolve to pages of these sites. An entry for "
        "this site itself is ignored.",
        rebuild="html",
        types=(dict, type(None)),
        doc_type="`None` or a dictionary of dictionaries",
        validator=_check_dictionary,
        entry_validator=_check_site,
    )
    sites_fetch: bool = _option(
        False,
        "Whether this build downloads lists of pages that {confval}`ajo_sites` names by web "
        "address. Downloaded lists are cached beside the doctrees, and used by builds that do not "
        "download.",
        rebuild="",
        types=(bool,),
        doc_type="`True` or `False`",
        validator=_check_bool,
    )
    sitemap: str = _option(
        "auto",
        "Whether the builders `html` and `dirhtml` write `sitemap.xml`, which lists each page in "
        "all its languages. `auto`: if `html_baseurl` is set; if sphinx-sitemap writes the file, "
        "the languages are added to it. `off`: never.",
        rebuild="",
        types=(str,),
        doc_type='`"auto"` or `"off"`',
        validator=_one_of("auto", "off"),
    )
    permalinks: bool = _option(
        False,
        "Whether the builders `html` and `dirhtml` write a redirect page `exl/ID/` for each page "
        "with an `exl-id`. This address stays the same when the page moves, and the page shows "
        "it.",
        rebuild="html",
        types=(bool,),
        doc_type="`True` or `False`",
        validator=_check_bool,
    )
    search: bool = _option(
        True,
        "Whether the search of ExL repositories ranks pages first whose title or headings contain "
        "all words of the query, and shows the guide and the parent pages of each result. If the "
        "project sets `html_search_scorer`, that is kept.",
        rebuild="html",
        types=(bool,),
        doc_type="`True` or `False`",
        validator=_check_bool,
    )
    pagefind: bool = _option(
        False,
        "Whether pages have markup for Pagefind, a search for large sites: which part of the page "
        "is text, its title, and filters for guide, product, role, level and topic. Cards, badges "
        "and generated group pages are left out of the index.",
        rebuild="html",
        types=(bool,),
        doc_type="`True` or `False`",
        validator=_check_bool,
    )
    machine_metadata: bool = _option(
        False,
        "Whether pages describe themselves to social networks and search engines with Open Graph, "
        "Twitter cards and schema.org. The data comes from the front matter.",
        rebuild="html",
        types=(bool,),
        doc_type="`True` or `False`",
        validator=_check_bool,
    )
    manifest: bool = _option(
        True,
        "Whether the builders `html` and `dirhtml` write `ajo-pages.json`, a list of all pages for "
        "other programs.",
        rebuild="",
        types=(bool,),
        doc_type="`True` or `False`",
        validator=_check_bool,
    )


_KEYS: Final = tuple(PREFIX + field.name for field in dc.fields(AjoConfig))

_checked: WeakKeyDictionary[Config, tuple[dict[str, Any], AjoConfig]] = WeakKeyDictionary()
# what was checked last, for a build asks for it several times on each page


def get_option(config: Config, name: str) -> Any:
    """Return one checked value.

    :param name: The name of the option, without its prefix.
    :returns: Its value; its default if that is not valid.
    """
    field = _field(name)
    value = config[PREFIX + name]
    return field.default if _problem(field, value) else _frozen(value)


def setup_option(app: Sphinx, name: str) -> None:
    """Register one option, for a part of the extension that can be used alone.

    :param name: The name of the option, without its prefix.
    """
    if PREFIX + name in app.config:
        return
    field = _field(name)
    meta = field.metadata
    app.add_config_value(
        PREFIX + name, field.default, meta["rebuild"], types=frozenset(meta["types"])
    )

    def report(_app: Sphinx, config: Config) -> None:
        _report(config, field)

    # after the user's own handlers, which may still set values
    app.connect("config-inited", report, priority=850)


def get_ajo_config(config: Config) -> AjoConfig:
    """Return the checked configuration.

    :returns: Our part of it. A value that is not valid is replaced by its default;
        :func:`setup_config` has warned about it.
    """
    # each page asks often; values that nobody has looked up yet are not among these
    current = vars(config)
    values = {key: current[key] for key in _KEYS if key in current}
    known = _checked.get(config)
    if known is None or known[0] != values:
        values = {key: config[key] for key in _KEYS}
        checked = _check({key.removeprefix(PREFIX): value for key, value in values.items()})
        known = _checked[config] = (copy.deepcopy(values), checked)
    return known[1]


def trusted_folders(app: Sphinx) -> list[Path]:
    """Return the folders outside the repository that the user trusts."""
    return [Path(app.confdir, name) for name in get_option(app.config, "trusted_folders")]


def get_limits(config: Config) -> Limits:
    """Return the budgets of a build."""
    return make_limits(get_ajo_config(config).limits or {})


def _check(values: Mapping[str, Any]) -> AjoConfig:
    return AjoConfig(
        **{
            field.name: _frozen(_without_bad_entries(field, values[field.name]))
            for field in _fields()
            if _problem(field, values[field.name]) is None
        }
    )


def setup_config(app: Sphinx) -> None:
    """Register every option with Sphinx."""
    for field in _fields():
        setup_option(app, field.name)


def _fields() -> tuple[dc.Field[Any], ...]:
    return dc.fields(AjoConfig)


def _field(name: str) -> dc.Field[Any]:
    return next(field for field in _fields() if field.name == name)


def _frozen(value: object) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _problem(field: dc.Field[Any], value: object) -> str | None:
    try:
        field.metadata["validator"](value)
    except ValueError as error:
        return str(error)
    return None


def _entry_problems(field: dc.Field[Any], value: object) -> list[tuple[object, str]]:
    """Return the bad entries of a dictionary or list: the key, or the item, and what is wrong."""
    check = field.metadata["entry_validator"]
    if check is None or not isinstance(value, (dict, list, tuple)):
        return []
    entries = value.items() if isinstance(value, dict) else ((item, "warning") for item in value)
    found = []
    for key, item in entries:
        try:
            check(key, item)
        except ValueError as error:
            found.append((key, str(error)))
    return found


def _without_bad_entries(field: dc.Field[Any], value: object) -> object:
    bad = [key for key, _ in _entry_problems(field, value)]
    if not bad or not isinstance(value, (dict, list, tuple)):
        return value
    if isinstance(value, dict):
        return {key: item for key, item in value.items() if key not in bad}
    return [item for item in value if item not in bad]


def _report(config: Config, field: dc.Field[Any]) -> None:
    value = config[PREFIX + field.name]
    if problem := _problem(field, value):
        warn(
            AjoWarnings.CONFIG,
            "%s%s = %r: %s; using %r",
            PREFIX,
            field.name,
            value,
            problem,
            field.default,
            location=None,
        )
        return
    for key, problem in _entry_problems(field, value):
        report_entry(field.name, key, problem)


def report_entry(name: str, key: object, problem: str) -> None:
    """Warn about one entry of a dictionary or list.

    :param name: The name of the option, without its prefix.
    :param key: The key, or the item of the list.
    """
    message = "%s%s: entry %r: %s; it is left out"
    warn(AjoWarnings.CONFIG, message, PREFIX, name, key, problem, location=None)
