"""A small repository with a page that has every construct with a look or a behaviour."""

from __future__ import annotations

IMAGE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="400" height="200"><path d="M0 0h9v9z"/></svg>'
)

PAGE = """---
exl-id: 1
title: Everything
badgeNew: label="New" type="Positive"
---
# Everything {#everything}

:::: landing-cards-container
:::
![icon](https://cdn.experienceleague.adobe.com/icons/gear.svg)

A card

Its text is here.

[Go there](other.md)
:::
::::

>[!NOTE]
>
>A note.

>[!BEGINTABS]

>[!TAB First]

First panel.

>[!TAB Second]

Second panel.

>[!ENDTABS]

+++An accordion

Inside it.

+++

>[!BEGINSHADEBOX "A box"]

Shaded [!BADGE Beta]{type=Informative tooltip="Soon"}.

>[!ENDSHADEBOX]

![Small](a.svg){width="40" zoomable="yes"} ![Half](a.svg){width="50%"}
![High](a.svg){width="2em" height="30"}

>[!VIDEO](https://video.tv.adobe.com/v/1 "A tour")

>[!VIDEO](https://www.youtube.com/watch?v=x)

>[!VIDEO](https://elsewhere.example/v)

>[!SLIDE](slides)

>[!MORELIKETHIS]
>
>* [Other](other.md)

>[!CONTEXTUALHELP]
>id="help_one"
>title="Help"
>abstract="Some help."

| a | b |
|---|---|
| 1 | 2 |

{style="table-layout:fixed"}

<table style="width: 80%" border="1">
<tr><th colspan="2" bgcolor="#eee">Head</th></tr>
<tr><td style="width: 30%; background-color: #eef">x</td><td align="right">y</td></tr>
</table>

<div style="display: grid; gap: 1rem; border: 1px solid">
<p style="color: teal">Styled <span style="color: red">text</span></p>
<svg width="24" height="24" viewBox="0 0 24 24" fill="currentColor"><path d="M3 3h18v18H3z"/></svg>
<iframe src="http://player.vimeo.com/video/1" title="Frame"></iframe>
<iframe src="https://elsewhere.example/frame"></iframe>
<video src="https://video.tv.adobe.com/x.mp4" poster="https://elsewhere.example/p.png"></video>
<audio src="https://video.tv.adobe.com/x.mp3"></audio>
<object data="https://elsewhere.example/o"></object>
<embed src="https://elsewhere.example/e">
</div>

<details><summary>More</summary>

Folded.

</details>

```python {line-numbers="true"}
print("code")
```

- [x] done
- [ ] open

Press [!UICONTROL Save], see the [site](https://elsewhere.example/){target="_blank"}.[^1]

[^1]: A footnote.
"""

FILES = {
    "metadata.md": "---\nproduct: p\n---\n",
    "help/TOC.md": "# Guide\n\n- [Everything](everything.md)\n- Group {#group}\n"
    "  - [Other](other.md)\n- [Third](third.md)\n  - [Fourth](fourth.md)\n",
    "help/everything.md": PAGE,
    "help/other.md": "---\nexl-id: 2\n---\n# Other\n\nText.\n",
    "help/third.md": "---\nexl-id: 3\n---\n# Third\n",
    "help/fourth.md": "---\nexl-id: 4\n---\n# Fourth\n",
    "help/a.svg": IMAGE,
}
"""What :func:`sphinx_ajo.testing.write_files` writes."""

HOSTS = ["elsewhere.example", "elsewhere.example", "elsewhere.example", "elsewhere.example"]
WARNINGS = [f"a video of '{host}' is shown as a link" for host in HOSTS]
"""What a build of it warns of."""
