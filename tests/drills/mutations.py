"""Every guard of the program, found in its syntax tree, with a switch put into each.

The switches are those of ``switch``; the working tree stays as it is: an import hook
compiles the modules with their switches.

===========  ==========================================  =============================
kind         is                                          without it
===========  ==========================================  =============================
gate         ``Quote.objects.public(at)``                all rows
definition   ``def public`` of a QuerySet                all rows, at every door
demand       ``demand(by, "publish_edition", "…")``      nothing is demanded
check        ``user.has_perm("…")``, ``user.is_staff``   yes
override     ``def has_change_permission``               True
queryset     ``def get_queryset`` that leaves rows out   what ``super()`` gives
refusal      ``if …: raise PermissionDenied``            nobody is refused
action       ``@admin.action(permissions=["change"])``   who may see the list
decorator    ``@page``, ``@require_safe``                the bare view
door         ``admin_view(view)``                        the bare view
===========  ==========================================  =============================
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

ROOT = Path(__file__).parent.parent.parent
ROOMS = ("statements", "newsroom")

GATES = {"published", "public", "live", "ever_live", "of_desks"}
DEMANDS = {"demand", "_demand"}
CHECKS = re.compile(r"has_perm|may|has_[a-z]+_permission")
STANDINGS = {"is_staff", "is_superuser"}
OVERRIDES = re.compile(r"has_[a-z]+_permission|lookup_allowed")
NARROWING = {"filter", "exclude", "none"} | GATES
DECORATORS = {
    "csrf_exempt",
    "login_required",
    "never_cache",
    "page",
    "permission_required",
    "require_POST",
    "require_http_methods",
    "require_safe",
    "staff_page",
}


@dataclass(frozen=True)
class Point:
    """A guard: where it stands, what it is, and how it reads, on one line.

    ``nth`` counts those of a file that read the same.
    """

    path: str
    line: int
    kind: str
    text: str
    nth: int

    @property
    def id(self) -> str:
        """Stays while other lines of the file change."""
        return f"{self.path} {self.kind} {self.nth} {self.text}"

    def __str__(self) -> str:
        return f"{self.path}:{self.line} {self.kind}: {self.text}"


def find(rooms: Sequence[str] = ROOMS) -> list[Point]:
    """The guards of all modules."""
    return [
        point
        for room in rooms
        for path in sorted((ROOT / room).rglob("*.py"))
        if "migrations" not in path.parts
        for point in switched(path.read_text(), str(path.relative_to(ROOT)))[1]
    ]


def switched(source: str, path: str) -> tuple[ast.Module, list[Point]]:
    """The module with a switch in each of its guards, and the guards."""
    switcher = _Switcher(path)
    tree = switcher.visit(ast.parse(source))
    if switcher.points:
        # Behind the docstring and what must stand first of all.
        place = 0
        for place, statement in enumerate(tree.body):
            docstring = isinstance(statement, ast.Expr) and place == 0
            future = getattr(statement, "module", None) == "__future__"
            if not (docstring or future):
                break
        tree.body[place:place] = ast.parse(
            "from tests.drills import switch as __switch__"
        ).body
    return ast.fix_missing_locations(tree), switcher.points


def _name(node: ast.AST) -> str:
    """The last part of what is called: ``demand`` of ``verbs.demand(…)``."""
    if isinstance(node, ast.Call):
        return _name(node.func)
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _of_super(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Attribute) and _name(call.func.value) == "super"


def _expression(code: str) -> Any:
    return ast.parse(code, mode="eval").body


class _Switcher(ast.NodeTransformer):
    def __init__(self, path: str):
        self.path = path
        self.points: list[Point] = []
        self.classes: list[str] = []

    def note(self, node: ast.AST, kind: str, text: str = "") -> ast.Constant:
        words = " ".join((text or ast.unparse(node)).split())
        same = [p for p in self.points if (p.kind, p.text) == (kind, words)]
        point = Point(self.path, node.lineno, kind, words, len(same) + 1)
        self.points.append(point)
        return ast.Constant(point.id)

    def off(self, point: ast.Constant) -> ast.Call:
        call: ast.Call = _expression("__switch__.off()")
        call.args = [point]
        return call

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        self.classes.append(node.name)
        self.generic_visit(node)
        self.classes.pop()
        return node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        head = f"def {node.name}" + "".join(f" of {name}" for name in self.classes[-1:])
        instead: ast.stmt | None = None
        names = [argument.arg for argument in node.args.args]
        if self.classes and self.classes[-1].endswith("QuerySet"):
            if node.name in GATES:
                given = ", ".join(["self", repr(node.name), *names[1:]])
                instead = self._return(
                    self.note(node, "definition", head), f"__switch__.loose({given})"
                )
        elif OVERRIDES.fullmatch(node.name):
            instead = self._return(self.note(node, "override", head), "True")
        elif node.name == "get_queryset" and self._narrows(node):
            instead = self._return(
                self.note(node, "queryset", head), "super().get_queryset(request)"
            )
        self.generic_visit(node)
        node.decorator_list = [self._decorator(one) for one in node.decorator_list]
        if instead is not None:
            node.body.insert(1 if ast.get_docstring(node) else 0, instead)
        return node

    def _return(self, point: ast.Constant, value: str) -> ast.If:
        return ast.If(self.off(point), [ast.Return(_expression(value))], [])

    def _narrows(self, node: ast.FunctionDef) -> bool:
        """Whether it takes what ``super()`` gives and leaves rows out of it."""
        calls = [call for call in ast.walk(node) if isinstance(call, ast.Call)]
        return any(_of_super(call) for call in calls) and any(
            _name(call) in NARROWING for call in calls
        )

    def _decorator(self, node: ast.expr) -> ast.expr:
        if _name(node) not in DECORATORS:
            return node
        call: ast.Call = _expression("__switch__.decorator()")
        call.args = [self.note(node, "decorator", f"@{ast.unparse(node)}"), node]
        return call

    def visit_Expr(self, node: ast.Expr) -> ast.AST:
        if isinstance(node.value, ast.Call) and _name(node.value) in DEMANDS:
            point = self.note(node, "demand")
            self.generic_visit(node)
            return ast.If(ast.UnaryOp(ast.Not(), self.off(point)), [node], [])
        return self.generic_visit(node)

    def visit_If(self, node: ast.If) -> ast.AST:
        raised = node.body[0].exc if isinstance(node.body[0], ast.Raise) else None
        # Where the condition asks a guard, that guard has a switch of its own.
        asks = any(
            isinstance(one, ast.Call) and CHECKS.fullmatch(_name(one))
            for one in ast.walk(node.test)
        )
        point = None
        if raised is not None and _name(raised) == "PermissionDenied" and not asks:
            point = self.note(node, "refusal", f"if {ast.unparse(node.test)}: refuse")
        self.generic_visit(node)
        if point is not None:
            stands = ast.UnaryOp(ast.Not(), self.off(point))
            node.test = ast.BoolOp(ast.And(), [stands, node.test])
        return node

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        reads = isinstance(node.ctx, ast.Load) and _name(node.value) == "user"
        if node.attr in STANDINGS and reads:
            point = self.note(node, "check")
            return ast.BoolOp(ast.Or(), [self.off(point), self.generic_visit(node)])
        return self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> ast.AST:
        name = _name(node)
        method = isinstance(node.func, ast.Attribute)
        if method and name in GATES:
            point = self.note(node, "gate")
            self.generic_visit(node)
            call: ast.Call = _expression("__switch__.gate()")
            call.args = [point, node.func.value, ast.Constant(name), *node.args]
            call.keywords = node.keywords
            return call
        if method and CHECKS.fullmatch(name) and not _of_super(node):
            point = self.note(node, "check")
            return ast.BoolOp(ast.Or(), [self.off(point), self.generic_visit(node)])
        if method and name == "admin_view":
            point = self.note(node, "door")
            self.generic_visit(node)
            call = _expression("__switch__.wrapped()")
            call.args = [point, node.func, *node.args]
            return call
        if method and name == "action":
            for keyword in node.keywords:
                if keyword.arg == "permissions":
                    point = self.note(node, "action")
                    given: ast.Call = _expression("__switch__.Permissions()")
                    given.args = [point, keyword.value]
                    keyword.value = given
        return self.generic_visit(node)


class _Loader(SourceFileLoader):
    def get_code(self, fullname: str) -> CodeType:
        path = Path(self.path)
        tree, _ = switched(path.read_text(), str(path.relative_to(ROOT)))
        return compile(tree, self.path, "exec")


class _Finder(MetaPathFinder):
    def find_spec(
        self, fullname: str, path: Any, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname.split(".")[0] not in ROOMS or ".migrations" in fullname:
            return None
        spec = PathFinder.find_spec(fullname, path, target)
        if spec is not None and isinstance(spec.loader, SourceFileLoader):
            spec.loader = _Loader(spec.loader.name, spec.loader.path)
        return spec


def install() -> None:
    """From now on, modules are imported with their switches."""
    loaded = sorted(name for name in sys.modules if name.split(".")[0] in ROOMS)
    assert not loaded, f"Imported without switches already: {loaded}"
    sys.meta_path.insert(0, _Finder())
