"""What hostile bodies are put together from."""

from __future__ import annotations

_ELEMENTS = """
a abbr address area article audio b base bdo blockquote body br button canvas caption
center cite code col dd details dialog div dl dt em embed fieldset figcaption figure
font footer form frame frameset h1 h2 h4 head header hr html i iframe image img input
ins isindex keygen label legend li link listing main map marquee menu meta meter nav
noembed noframes noscript object ol optgroup option output p param picture plaintext
portal pre progress q s section select slot source span strike strong style sub
summary sup svg table tbody td template textarea tfoot th thead time title tr track tt
u ul var video wbr xmp x-y math mi mo mtext mglyph malignmark annotation-xml desc
foreignObject animate set image use a:b circle script
"""
ELEMENTS = _ELEMENTS.split()
#: Elements whose events need nobody: (start tag without its end, its event).
ALONE = [
    ("img src=x:", "onerror"),
    ("img src=data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAACADs=", "onload"),
    ("svg", "onload"),
    ("svg><g", "onload"),
    ("video src=x:", "onerror"),
    ("video><source src=x:", "onerror"),
    ("audio src=x:", "onerror"),
    ("input autofocus", "onfocus"),
    ("select autofocus", "onfocus"),
    ("textarea autofocus", "onfocus"),
    ("a href=# id=x autofocus", "onfocus"),
    ("p tabindex=0 contenteditable autofocus", "onfocus"),
    ("details open", "ontoggle"),
    ("iframe", "onload"),
    ("iframe src=about:blank", "onload"),
    ("object data=x:", "onerror"),
    ("embed src=x:", "onload"),
    ("link rel=stylesheet href=data:text/css,", "onload"),
    ("style", "onload"),
    ("body", "onload"),
    ("body", "onpageshow"),
    ("marquee", "onstart"),
    ("svg><animate attributeName=x dur=1ms", "onbegin"),
    ("svg><set attributeName=x", "onbegin"),
    ("svg><image href=x:", "onerror"),
    ("svg><use href=x:", "onerror"),
    ("script src=x:", "onerror"),
    ("p style=animation-name:x", "onanimationstart"),
    ("p style=transition:all", "ontransitionend"),
    ("dialog open", "onclose"),
    ("button popovertarget=x", "onbeforetoggle"),
    ("p content-visibility=auto", "oncontentvisibilityautostatechange"),
]
_EVENTS = """
abort afterprint animationend animationiteration animationstart auxclick beforecopy
beforecut beforeinput beforematch beforepaste beforeprint beforetoggle beforeunload
blur cancel canplay change click close contextmenu copy cuechange cut dblclick drag
dragend dragenter dragleave dragover dragstart drop durationchange ended error focus
focusin focusout formdata gotpointercapture hashchange input invalid keydown keypress
keyup load loadeddata loadedmetadata loadstart lostpointercapture message mousedown
mouseenter mouseleave mousemove mouseout mouseover mouseup mousewheel offline online
pagehide pageshow paste pause play playing pointercancel pointerdown pointermove
pointerover pointerrawupdate pointerup popstate progress ratechange reset resize
scroll scrollend search seeked seeking select selectionchange selectstart show
slotchange stalled storage submit suspend timeupdate toggle touchcancel touchend
touchmove touchstart transitioncancel transitionend transitionrun unload volumechange
waiting webkitanimationend wheel begin end repeat x
"""
EVENTS = [f"on{name}" for name in _EVENTS.split()]
#: Attributes that take an address, and elements on which it works.
ADDRESSED = [
    ("href", "a"),
    ("href", "area"),
    ("href", "base"),
    ("href", "link rel=stylesheet"),
    ("href", "link rel=import"),
    ("xlink:href", "svg><a"),
    ("href", "svg><a"),
    ("xlink:href", "svg><use"),
    ("xlink:href", "svg><script"),
    ("href", "svg><image"),
    ("href", "math"),
    ("xlink:href", "math><mi"),
    ("from", "svg><animate attributeName=href"),
    ("to", "svg><set attributeName=href"),
    ("values", "svg><a><animate attributeName=href"),
    ("src", "iframe"),
    ("src", "embed"),
    ("src", "frame"),
    ("src", "img"),
    ("src", "script"),
    ("src", "input type=image"),
    ("src", "video"),
    ("src", "audio"),
    ("src", "track"),
    ("srcset", "img"),
    ("srcset", "picture><source"),
    ("data", "object"),
    ("codebase", "object"),
    ("code", "applet"),
    ("action", "form"),
    ("action", "isindex"),
    ("formaction", "button"),
    ("formaction", "form><input type=submit"),
    ("cite", "blockquote"),
    ("cite", "q"),
    ("cite", "del"),
    ("poster", "video"),
    ("background", "body"),
    ("background", "table"),
    ("background", "td"),
    ("longdesc", "img"),
    ("ping", "a href=/"),
    ("manifest", "html"),
    ("profile", "head"),
    ("dynsrc", "img"),
    ("lowsrc", "img"),
    ("content", "meta http-equiv=refresh name='0;url="),
    ("style", "p"),
    ("style", "a href=/"),
]

FOREIGN = (
    "<svg>",
    "<math>",
    "<svg><desc>",
    "<svg><title>",
    "<svg><foreignObject>",
    "<math><mtext>",
    "<math><mi>",
    "<math><annotation-xml encoding=text/html>",
    "<math><annotation-xml encoding='application/xhtml+xml'>",
    "<math><mtext><mglyph>",
    "<math><mtext><table><mglyph>",
    "<svg><p>",
    "<math><img>",
    "<svg></p>",
    "<math></p>",
    "<form><math><mtext></form><form>",
    "<form><math><mtext></form><form><mglyph>",
    "<select><template><svg>",
    "<table><tr><td><svg><desc><td>",
)
HIDING = (
    ("<style>", "</style>"),
    ("<style><!--", "--></style>"),
    ("<!--", "-->"),
    ("<!-- --!>", "-->"),
    ("<!-->", "-->"),
    ("<!--->", "-->"),
    ("<!---!>", "-->"),
    ("<![CDATA[", "]]>"),
    ("<![CDATA[<!--]]>", "-->"),
    ("<title>", "</title>"),
    ("<textarea>", "</textarea>"),
    ("<xmp>", "</xmp>"),
    ("<noscript>", "</noscript>"),
    ("<noembed>", "</noembed>"),
    ("<noframes>", "</noframes>"),
    ("<iframe>", "</iframe>"),
    ("<script>//", "</script>"),
    ("<script><!--<script>", "</script>-->"),
    ("<template>", "</template>"),
    ("<plaintext>", ""),
    ("<?x ", "?>"),
    ("<!x ", ">"),
    ("</x ", ">"),
    ("<%", "%>"),
    ("<select><option>", "</select>"),
    ("<svg><script>/*", "*/</script>"),
    ("<svg><style>", "</style></svg>"),
    ("<math><style>", "</style></math>"),
    ("<listing>", "</listing>"),
    ("<pre>\n\n", "</pre>"),
    ("<comment>", "</comment>"),
    ("<xml id=x>", "</xml>"),
)
#: Where a statement's own markup stands around it.
AROUND = (
    "{}",
    "<p>{}</p>",
    "<p>Before {} after.</p>",
    "<ul><li>{}</ul>",
    "<ul>{}<li>x</ul>",
    "<table>{}<tr><td>x</table>",
    "<table><tr>{}<td>x</table>",
    "<table><caption>{}</caption><tr><td>x</table>",
    "<table><colgroup>{}<tr><td>x</table>",
    "<table><td><table>{}</table></table>",
    "<h2>{}</h2>",
    "<h1><h2>{}</h1>",
    "<blockquote cite='https://news.example/'>{}</blockquote>",
    "<figure><figcaption>{}</figcaption></figure>",
    "<figure>{}</figure>",
    "<b><i>{}</b></i>",
    "<a href='https://news.example/'>{}</a>",
    "<a><b><a>{}</a></b></a>",
    '<p>“<span data-quote="0123456789">{}</span>”</p>',
    '<span data-quote="0123456789"><table>{}</table></span>',
    "<div lang=ar dir=rtl>{}</div>",
    "<q>{}</q>",
    "<pre>{}</pre>",
    "<dl><dt>{}<dd>x</dl>",
    "<sup><sub>{}</sup></sub>",
    "<select>{}</select>",
    "<select><option>{}</select>",
    "<button><p>{}</button>",
    "<form>{}</form>",
    "<form><form>{}</form></form>",
    "<object>{}</object>",
    "<frameset>{}</frameset>",
    "</p></div></td></table>{}",
    "<p <b x='1\">{}",
    "<nobr><nobr>{}</nobr>",
    "<dialog open>{}</dialog>",
    "<details open><summary>{}</summary></details>",
    "<ruby><rt>{}</ruby>",
    "<template>{}</template>",
    "<slot>{}</slot>",
    "<body><head>{}</head>",
    "<p><svg>{}</svg></p>",
    "<math><mtext>{}</mtext></math>",
    "<svg><foreignObject>{}</foreignObject></svg>",
)

SPACES = (" ", "  ", "\n", "\t", "\f", "\r\n", "/", " / ", "\x0b", "//", " \t/\n")
PLAIN = (" ", "  ", "\n", "/")
LETTERS = "\u0130\u0131\u017f\u212a\uff1c\uff1e\u2028\u200b\ufeff\xa0\xad\x01\x1b\x7f"
REFERENCES = (
    "&lt;",
    "&gt;",
    "&quot;",
    "&apos;",
    "&#60",
    "&#x3c",
    "&#x0003e;",
    "&NewLine;",
    "&Tab;",
    "&colon;",
    "&lpar;",
    "&amp;lt;",
    "&#0;",
    "&#128;",
    "&#xD800;",
    "&#x110000;",
    "&nosuch;",
    "&",
    "&#",
    "&#x",
)
SIGNS = ("<", ">", '"', "'", "`", "=", "/", "!", "--", "-->", "]]>", "<!", "</", "<?")
