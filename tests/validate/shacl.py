"""Linked data as triples, against shapes of schema.org that others wrote (SHACL).

The shapes are not ours to pass on; whoever has them gives their folder.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pyshacl import validate
from rdflib import Graph, Namespace

SHAPES, KINDS = "schemarama-full.shacl", "subclasses.ttl"
#: As the shapes spell the vocabulary; what schema.org answers is fetched by nobody.
CONTEXT = {"@vocab": "http://schema.org/"}
#: A slip in them: without it no type of XML Schema is one.
_SLIP = ("<http://www.w3.org/2001/XMLSchema>", "<http://www.w3.org/2001/XMLSchema#>")

_SH = Namespace("http://www.w3.org/ns/shacl#")


def faults(blocks: Iterable[dict[str, Any]], folder: Path) -> list[str]:
    """What is wrong with blocks of JSON-LD, each taken for triples; a line each."""
    shapes = Graph().parse(
        data=(folder / SHAPES).read_text().replace(*_SLIP), format="turtle"
    )
    told = Graph().parse(
        data=(folder / KINDS).read_text().replace(*_SLIP), format="turtle"
    )
    for block in blocks:
        told.parse(data=json.dumps(block | {"@context": CONTEXT}), format="json-ld")
    _, report, _ = validate(told, shacl_graph=shapes)
    return sorted(
        f"{report.value(result, _SH.resultPath)}: "
        f"{report.value(result, _SH.value)!s:.80} "
        f"{report.value(result, _SH.resultMessage)}"
        for result in report.objects(None, _SH.result)
    )
