"""The name of someone who left, in the texts of others: every way to call them is found, and nothing else is touched."""

import pytest

from forum.core.text import skeleton
from forum.threads.unnaming import unnamed

pytestmark = pytest.mark.one_database


@pytest.mark.parametrize(
    ("written", "left"),
    [
        ("Yes, @ada.", "Yes, a former member."),
        (
            "@Ada, (@ADA) **@ada** _@ada_ `@ada`",
            "a former member, (a former member) **a former member** _a former member_ `a former member`",
        ),
        ("> @ada\n\n- @ada", "> a former member\n\n- a former member"),
        ("@ada- and @ada...", "a former member- and a former member..."),
        ("> [ada wrote](/replies/7):\n>\n> It.", "> [a former member wrote](/replies/7):\n>\n> It."),
        (
            "> [dice ada](/replies/7): [Ada](/replies/8)",
            "> [dice a former member](/replies/7): [a former member](/replies/8)",
        ),
        ("@adam @bada ada@example.org x@ada @@ada /@ada", None),
        ("ada wrote, [ada](https://example.org), [adam wrote](/replies/7), [an @ sign](/replies/7)", None),
        ("", None),
        ("@", None),
    ],
)
def test_a_name_is_taken_out_where_it_calls_or_stands_over_a_quotation(app, written, left):
    assert unnamed(written, skeleton("ada")) == (written if left is None else left)


def test_names_of_several_scripts_and_signs(app):
    assert unnamed("@Zoë-Marie und @zoe", skeleton("zoë-marie")) == "a former member und @zoe"
    assert unnamed("@Мария, @Μαρία", skeleton("мария")) == "a former member, @Μαρία"
