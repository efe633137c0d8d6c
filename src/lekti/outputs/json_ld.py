"""What search engines read of the answer page: schema.org JSON-LD.

A review is named only if one is recorded.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lekti.base.provenance import USE
from lekti.outputs.answer_notes import Notes
from lekti.outputs.answer_page import AnswerPage, Section


def json_ld(page: AnswerPage, notes: Notes, words: Mapping[str, str]) -> dict[str, Any]:
    """Return the page as a MedicalWebPage with its questions, the disease and its sources."""
    described: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": ["MedicalWebPage", "FAQPage"],
        "name": words["title"],
        "inLanguage": "en",
        "audience": {"@type": "MedicalAudience", "audienceType": "Patient"},
        "isAccessibleForFree": True,
        "accessibilityFeature": ["structuralNavigation", "tableOfContents", "alternativeText"],
        "dateModified": page.facts_checked().isoformat(),
        "usageInfo": USE,
        "about": _disease(),
        "mainEntity": [_question(section) for section in page.sections if section.heading.endswith("?")],
        "citation": [
            {"@type": "CreativeWork", "name": one.text, "identifier": one.id}
            | ({"url": one.link} if one.link else {})
            for one in notes.sources
        ],
    }
    if page.review.name:
        described["reviewedBy"] = {"@type": "Person", "name": page.review.name}
        described["lastReviewed"] = page.review.day
    return described


def _disease() -> dict[str, Any]:
    codes = (("OMIM", "256500"), ("ORPHA", "634"), ("MONDO", "MONDO:0009735"))
    return {
        "@type": "MedicalCondition",
        "name": "Netherton syndrome",
        "code": [
            {"@type": "MedicalCode", "codingSystem": system, "codeValue": value} for system, value in codes
        ],
    }


def _question(section: Section) -> dict[str, Any]:
    answer = {"@type": "Answer", "text": section.text}
    return {"@type": "Question", "name": section.heading, "acceptedAnswer": answer}
