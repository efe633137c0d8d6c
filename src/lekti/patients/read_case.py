"""From a case file to a `Case`; every refusal is one sentence with file and line."""

from __future__ import annotations

from lekti.base.errors import InputError
from lekti.genetics.describe import read_checked
from lekti.genetics.hgvs import protein_text
from lekti.patients.case import REFERENCE, UNKNOWN, Allele, Case, Feature, Sex, Subject, When
from lekti.patients.case_schema import check_all, check_structure
from lekti.patients.measurements import check_value
from lekti.patients.phenotypes import feature_label
from lekti.patients.place import Place
from lekti.patients.privacy import refuse_private
from lekti.patients.read_course import read_course
from lekti.patients.read_values import amount, source_of, when
from lekti.patients.when import read_age
from lekti.patients.yaml_tree import read_tree


def read_case(text: str, *, name: str) -> Case:
    """Return the case in a YAML text; `name` stands for the file in messages.

    Raises `InputError` with `name`:line for broken YAML, private content, unknown keys and values
    that cannot be.
    """
    tree = read_tree(text, name=name)
    refuse_private(tree, name=name)
    check_structure(tree, name=name)
    root = Place(tree, name, 1)
    records = tuple(place.text for place in root.items("records"))
    first, second = (_allele(place, records) for place in root.items("genotype"))
    case = Case(
        id=root.need("id").text,
        source_records=records,
        subject=_subject(root.need("subject")),
        alleles=(first, second),
        features=_features(root, records),
        course=read_course(root.find("course"), records),
    )
    check_all(tree, name=name)
    return case


def _subject(place: Place) -> Subject:
    sex: Sex = place.need("sex").text  # type: ignore[assignment]
    age, weight = place.find("age"), place.find("weight")
    weight_kg = weight_age = None
    if weight is not None:
        value = weight.need("value")
        weight_kg, unit = amount(value, "a weight such as 20 kg")
        check_value("weight", weight_kg, unit, where=value.where)
        at = weight.find("at")
        weight_age = None if at is None else read_age(at.value, where=at.where)
    age_days = None if age is None else read_age(age.value, where=age.where)
    return Subject(sex, age_days, weight_kg, weight_age)


def _allele(place: Place, records: tuple[str, ...]) -> Allele:
    if not place.is_mapping:
        return REFERENCE if place.text == "reference" else UNKNOWN
    hgvs, structural, protein = place.find("hgvs"), place.find("structural"), place.find("protein")
    source = source_of(place, records, default=records[0])
    if hgvs is None:
        kind = structural.text if structural is not None else None
        return Allele("structural", structural=kind, source=source)
    told = read_checked(hgvs.text, where=hgvs.where).protein
    if protein is not None:
        told = protein_text(protein.text, where=protein.where)
    return Allele("hgvs", hgvs=hgvs.text.split()[0], source=source, protein=told)


def _features(root: Place, records: tuple[str, ...]) -> tuple[Feature, ...]:
    features: dict[str, Feature] = {}
    for place in root.items("features"):
        hpo, label = place.need("hpo"), place.find("label")
        if hpo.text in features:
            raise InputError(f"Feature {hpo.text} stands twice", where=hpo.where, expected="each HPO id once")
        features[hpo.text] = Feature(
            hpo=hpo.text,
            label=_label(hpo.text, label),
            present=place.need("present").value is True,
            onset=_onset(place.find("onset")),
            source=source_of(place, records, default=records[0]),
        )
    return tuple(features.values())


def _label(hpo: str, label: Place | None) -> str:
    known = feature_label(hpo)
    if label is None or label.text == known:
        return known or hpo
    if known is None:
        raise InputError(
            f"Label of {hpo} is refused: lekti does not know the term, so this would be free text",
            where=label.where,
            fix="Remove the label.",
        )
    raise InputError(f"Label '{label.text[:60]}' does not belong to {hpo}", where=label.where, expected=known)


def _onset(place: Place | None) -> When | None:
    if place is None:
        return None
    onset = when(place)
    return None if onset.kind == "unstated" else onset
