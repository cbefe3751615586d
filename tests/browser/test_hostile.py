"""What someone writes stays text, in a real browser."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import ESSAY, open_thread, say

HOSTILE = """<script>window.hit = 1</script> <img src=x onerror="window.hit=2"> <svg onload="window.hit=3">
[a](javascript:window.hit=4) [b](JaVaScRiPt&#58;window.hit=5) <a href="javascript:window.hit=6">c</a>
![i](https://example.org/i.png) ![j](/logout) <style>body{display:none}</style> <form action="/logout"><input name=x></form>
</article></section></main><h1 id="write">taken</h1> {{7*7}} <math><mtext><table><mglyph><style><!--</style>
<img onerror=window.hit=7 src=1>
<iframe srcdoc="<script>parent.hit=8</script>"></iframe> \u202eevil\u202c"""


@pytest.mark.parametrize(("who", "stands"), [("dario", "/threads/"), ("bruno", "/waiting/")])
def test_a_hostile_reply_runs_nothing_asks_nothing_and_stays_in_its_box(context, people, server, who, stands):
    page = context(storage_state=people[who]).new_page()
    foreign = []
    page.on("request", lambda request: None if request.url.startswith(server.url) else foreign.append(request.url))
    page.goto(ESSAY)
    say(page, HOSTILE)
    box = page.locator(".prose").filter(has_text="{{7*7}}")
    expect(box).to_have_count(1)
    assert stands in page.url
    for link in box.locator("a").all():
        assert not (link.get_attribute("href") or "").lower().startswith("javascript")
        assert "nofollow" in (link.get_attribute("rel") or "")
    assert page.evaluate("window.hit") is None
    assert foreign == []
    assert page.locator("#write").count() == (stands == "/threads/")
    assert box.locator("img, script, style, form, iframe, svg, [id], [class], [onerror]").count() == 0
    assert "{{7*7}}" in box.inner_text()


def test_a_hostile_title_stays_a_title(context, people):
    page = context(storage_state=people["bruno"]).new_page()
    path = open_thread(page, "<img src=x onerror=window.hit=1> \u202etitle\u202c {{7*7}}")
    for where in (path, "/threads", "/themes/mistrust", "/"):
        page.goto(where)
        assert page.evaluate("window.hit") is None
        assert page.locator("img").count() == 0
