from urllib.parse import urlencode
from xml.etree.ElementTree import Element, SubElement, tostring

from flask import Blueprint, Response, redirect, render_template, request
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from forum.core import i18n, pages, site
from forum.core.access import public
from forum.core.markdown import plain
from forum.core.shared import shared
from forum.core.text import one_line
from forum.search import queries
from forum.search.parsing import LONGEST, MOST_TERMS, parse
from forum.search.snippets import marked, snippet
from forum.themes import queries as themes

bp = Blueprint("search", __name__)
bp.add_app_template_filter(plain, "plain")
bp.add_app_template_filter(snippet, "snippet")
bp.add_app_template_filter(marked, "marked")

TYPE = "application/opensearchdescription+xml"
NAMESPACE = "http://a9.com/-/spec/opensearch/1.1/"
LONGEST_NAME = 16  # of a search engine, by the specification


@bp.get("/search")
@public
@shared
def search() -> str | AnyResponse | tuple[str, int]:
    """What is found, at an address that can be passed on; `in` comes from a form that looks in one thread."""
    asked = one_line(request.args.get("q", ""))
    if within := one_line(request.args.get("in", "")):
        return redirect(f"/search?{urlencode({'q': f'in:{within} {asked}'.strip()})}")
    return _too_long(asked) if len(asked) > LONGEST else _found(asked)


def _too_long(asked: str) -> tuple[str, int]:
    return _page(asked, over=len(asked) - LONGEST), 422


def _found(asked: str) -> str:
    question = parse(asked)
    findings = None if question.empty else queries.find(question, current_user, pages.place())
    return _page(asked, question=question, findings=findings)


def _page(asked: str, **more: object) -> str:
    return render_template(
        "search/search.html",
        asked=asked,
        longest=LONGEST,
        most_terms=MOST_TERMS,
        most=queries.MOST,
        themes=themes.everything(),
        **{"over": 0, "question": None, "findings": None, **more},
    )


@bp.get("/opensearch.xml")
@public
def opensearch() -> Response:
    """What a browser needs to search here from its address bar."""
    root = Element("OpenSearchDescription", {"xmlns": NAMESPACE})
    SubElement(root, "ShortName").text = site.name()[:LONGEST_NAME]
    SubElement(root, "Description").text = site.name()
    SubElement(root, "Language").text = i18n.locale()
    SubElement(root, "InputEncoding").text = "UTF-8"
    template = f"{site.absolute('/search')}?q={{searchTerms}}"
    SubElement(root, "Url", {"type": "text/html", "method": "get", "template": template})
    return Response(tostring(root, encoding="utf-8", xml_declaration=True), content_type=f"{TYPE}; charset=utf-8")
