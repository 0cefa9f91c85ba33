"""What a page says of itself, once more for other sites: its title, its address."""

from __future__ import annotations

import re

from django import template
from django.template.context import Context
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

_ADDRESS = re.compile(r'<link rel="canonical" href="([^"]*)"')


@register.simple_tag(takes_context=True)
def again(context: Context, name: str) -> SafeString:
    """A block of the page as it is drawn elsewhere in it, without the site's name."""
    name_of_site = conditional_escape(context["site"]["name"])
    return mark_safe(_drawn(context, name).removesuffix(f" · {name_of_site}"))  # noqa: S308


@register.simple_tag(takes_context=True)
def canonical(context: Context) -> SafeString:
    """The address that the page gives as its own, or nothing."""
    found = _ADDRESS.search(_drawn(context, "canonical"))
    return mark_safe(found[1] if found else "")  # noqa: S308


def _drawn(context: Context, name: str) -> str:
    # Templates escape what they print, and a block holds nothing else.
    block = context.render_context[BLOCK_CONTEXT_KEY].get_block(name)
    return block.render(context).strip() if block else ""
