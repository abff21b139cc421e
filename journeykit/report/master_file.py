"""A company's own master of slides as a file: opened only if it is nothing but slides.

A presentation is an archive that may run (macros, controls), load from elsewhere when
it is opened (linked pictures, templates), or fill the memory when it is unpacked; a
report made with it would do the same at every reader. Such a file is refused.
"""

from __future__ import annotations

import io
import re
import zipfile

from journeykit.errors import InputError

__all__ = ["checked_master"]

_MAX_PARTS = 3_000
_MAX_UNPACKED = 200_000_000
_MAX_XML = 20_000_000
_ACTIVE = re.compile(
    r"vbaProject|vbaData|activeX|/embeddings/|ctrlProps|oleObject|userCustomization"
    r"|customUI|webextension",
    re.IGNORECASE,
)
_RELATION = re.compile(r"<(?:\w+:)?Relationship\b[^>]*>")
_IS_OUTSIDE = re.compile(r"TargetMode\s*=\s*['\"]External['\"]", re.IGNORECASE)
_IS_LINK = re.compile(r"Type\s*=\s*['\"][^'\"]*/hyperlink['\"]")
_IS_WEB = re.compile(r"Target\s*=\s*['\"](?:https?://|mailto:)[^'\"]*['\"]")
_TEMPLATE = b"presentationml.template.main+xml"
_SLIDES = b"presentationml.presentation.main+xml"
_TYPES = "[Content_Types].xml"


def checked_master(content: bytes, where: str) -> bytes:
    """Return a presentation that can be opened without harm.

    Parameters
    ----------
    content
        A ``.pptx`` or ``.potx``.
    where
        What to call it in an error.

    Returns
    -------
    bytes
        The file; a template as a presentation.

    Raises
    ------
    InputError
        If it is no presentation, holds macros, controls or embedded files, loads
        anything from elsewhere, or is too large.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            _refuse_large(parts, where)
            _refuse_active(archive, parts, where)
            types = archive.read(_TYPES)
            if _SLIDES in types:
                return content
            if _TEMPLATE in types:
                return _as_slides(archive, types)
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, EOFError) as error:
        if isinstance(error, InputError):
            raise
        raise InputError("a presentation was expected, this is none", where) from error
    except (NotImplementedError, RuntimeError) as error:
        raise InputError(
            "a presentation without a password was expected", where
        ) from error
    raise InputError(
        "a presentation (.pptx or .potx) was expected, this is none", where
    )


def _refuse_large(parts: list[zipfile.ZipInfo], where: str) -> None:
    unpacked = sum(one.file_size for one in parts)
    if len(parts) > _MAX_PARTS or unpacked > _MAX_UNPACKED:
        raise InputError(
            f"a presentation of at most {_MAX_UNPACKED // 1_000_000} MB was expected, "
            f"found {unpacked // 1_000_000:,} MB",
            where,
        )


def _refuse_active(
    archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo], where: str
) -> None:
    for part in parts:
        if _ACTIVE.search(part.filename):
            raise InputError(
                "a presentation may not hold macros, controls or files "
                f"({part.filename[:80]})",
                where,
                "Save it as .pptx without them",
            )
        if not part.filename.lower().endswith((".xml", ".rels")):
            continue
        if part.file_size > _MAX_XML:
            raise InputError("a smaller presentation was expected", where)
        text = archive.read(part).decode("utf-8", "replace")
        if "<!DOCTYPE" in text or "<!ENTITY" in text or "\x00" in text:
            raise InputError("a presentation without entities was expected", where)
        if part.filename.lower().endswith(".rels"):
            _refuse_outside(text, where)


def _refuse_outside(text: str, where: str) -> None:
    for relation in _RELATION.findall(text):
        is_harmless = _IS_LINK.search(relation) and _IS_WEB.search(relation)
        if _IS_OUTSIDE.search(relation) and not is_harmless:
            raise InputError(
                "a presentation may not load anything from elsewhere (a linked "
                "picture, template or file)",
                where,
                "Break the link, so that the picture is part of the file",
            )


def _as_slides(archive: zipfile.ZipFile, types: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in archive.namelist():
            is_types = name == _TYPES
            content = types.replace(_TEMPLATE, _SLIDES) if is_types else None
            new.writestr(name, archive.read(name) if content is None else content)
    return made.getvalue()
