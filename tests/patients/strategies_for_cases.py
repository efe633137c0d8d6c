"""Random valid cases for property tests."""

from hypothesis import strategies as st

from lekti.patients.case import (
    OWN_RECORD,
    REFERENCE,
    UNKNOWN,
    Admission,
    Allele,
    Between,
    Case,
    Course,
    Dose,
    Exact,
    Feature,
    Infection,
    Measurement,
    Observation,
    Subject,
    Treatment,
    Unstated,
)
from lekti.patients.drugs import Drug, drugs
from lekti.patients.measurements import quantities
from lekti.patients.phenotypes import feature_label

RECORDS = ("PMID:40607310", "JHI:2025;1(CIS2025).23", "DOI:10.3389/fimmu.2022.864449", OWN_RECORD)
TERMS = ("HP:0000989", "HP:0040189", "HP:0001019", "HP:0003212", "HP:0009999")
IDS = st.from_regex(r"[a-z][a-z0-9_-]{0,12}", fullmatch=True)
AGES = st.one_of(
    st.integers(0, 43_000).map(float),
    st.integers(0, 1400).map(lambda months: months * 30.4375),
    st.floats(0, 43_000, allow_nan=False),
)
SOURCES = st.sampled_from(RECORDS)
WHENS = st.one_of(
    st.builds(Exact, AGES),
    st.builds(Unstated),
    st.tuples(AGES, AGES).map(lambda ends: Between(min(ends), max(ends))),
    st.builds(Between, AGES),
)
ALLELES = st.one_of(
    st.just(UNKNOWN),
    st.just(REFERENCE),
    st.builds(
        Allele,
        st.just("hgvs"),
        hgvs=st.sampled_from(["NM_006846.4:c.1302+5G>C", "c.153del", "c.1816_1820+21delinsCT", "c.238dup"]),
        protein=st.sampled_from([None, "p.?", "p.(Gln52LysfsTer6)"]),
        source=SOURCES,
    ),
    st.builds(
        Allele,
        st.just("structural"),
        structural=st.sampled_from(["SO:1000029", "SO:1000035"]),
        source=SOURCES,
    ),
)
SUBJECTS = st.builds(
    Subject,
    sex=st.sampled_from(["male", "female", "unknown"]),
    age_days=st.none() | AGES,
    weight_kg=st.floats(0.5, 299, allow_nan=False),
    weight_age_days=st.none() | AGES,
) | st.builds(Subject, age_days=AGES)


@st.composite
def features(draw: st.DrawFn) -> tuple[Feature, ...]:
    terms = draw(st.lists(st.sampled_from(TERMS), unique=True))
    return tuple(
        Feature(term, feature_label(term) or term, draw(st.booleans()), _onset(draw(WHENS)), draw(SOURCES))
        for term in terms
    )


@st.composite
def courses_of(draw: st.DrawFn, treatment_id: str, drug: Drug) -> Treatment:
    start = draw(AGES)
    return Treatment(
        id=treatment_id,
        drug=drug.id,
        dose=None,
        route=drug.route,
        interval_days=None,
        start=start,
        stop=draw(st.none() | st.floats(1, 800).map(lambda days: start + days)),
        source=draw(SOURCES),
        level=draw(st.sampled_from(sorted(drug.levels))),
    )


@st.composite
def treatments(draw: st.DrawFn, treatment_id: str) -> Treatment:
    drug = drugs()[draw(st.sampled_from(sorted(drugs())))]
    if drug.is_course:
        return draw(courses_of(treatment_id, drug))
    dose = st.sampled_from(sorted(drug.largest)).flatmap(
        lambda unit: st.builds(Dose, st.floats(0.001, drug.largest[unit]), st.just(unit))
    )
    start = draw(AGES)
    return Treatment(
        id=treatment_id,
        drug=drug.id,
        dose=draw(dose),
        route=drug.route,
        interval_days=draw(st.none() | st.floats(1, 3652)),
        start=start,
        stop=draw(st.none() | st.floats(1, 800).map(lambda days: start + days)),
        first_dose=draw(st.none() | dose),
        source=draw(SOURCES),
    )


@st.composite
def measurements(draw: st.DrawFn, event_id: str) -> Measurement:
    known = sorted(quantity.id for quantity in quantities().values() if not quantity.words_only)
    quantity = quantities()[draw(st.sampled_from(known))]
    unit = draw(st.sampled_from(quantity.units))
    assert quantity.low is not None
    assert quantity.high is not None
    share = draw(st.floats(0.001, 0.999))
    value = (quantity.low + share * (quantity.high - quantity.low)) / unit.factor
    return Measurement(
        id=event_id,
        quantity=quantity.id,
        value=value,
        unit=unit.text,
        when=draw(WHENS),
        censoring=draw(st.sampled_from(["none", "above", "below"])),
        source=draw(SOURCES),
        note=draw(st.sampled_from([None, "time_not_stated", "read_from_figure"])),
    )


@st.composite
def courses(draw: st.DrawFn) -> Course:
    treatment_ids = draw(st.lists(IDS, unique=True, max_size=3))
    ids = iter(draw(st.lists(IDS, unique=True, min_size=8, max_size=8)))
    given = tuple(draw(treatments(one)) for one in treatment_ids)
    reference = st.none() | st.sampled_from(treatment_ids) if treatment_ids else st.none()
    counts = st.none() | st.integers(1, 100)
    return Course(
        treatments=given,
        measurements=tuple(draw(measurements(next(ids))) for _ in range(draw(st.integers(0, 3)))),
        observations=draw(
            st.lists(
                st.builds(
                    Observation,
                    id=st.just(next(ids)),
                    quantity=st.sampled_from(["hair", "itch_nrs"]),
                    direction=st.sampled_from(["up", "down", "same"]),
                    when=st.builds(Unstated),
                    after=reference,
                    before=reference,
                    source=SOURCES,
                ),
                max_size=1,
            ).map(tuple)
        ),
        admissions=(
            Admission(next(ids), draw(WHENS), draw(st.sampled_from(["infection", "unstated"])), draw(counts)),
        ),
        infections=(
            Infection(
                next(ids), draw(WHENS), "skin", draw(st.sampled_from(["candida", "unstated"])), draw(counts)
            ),
        ),
    )


CASES = st.builds(
    Case,
    id=IDS,
    source_records=st.permutations(RECORDS).map(tuple),
    subject=SUBJECTS,
    alleles=st.tuples(ALLELES, ALLELES),
    features=features(),
    course=courses(),
)


def _onset(when: Exact | Between | Unstated) -> Exact | Between | None:
    return None if isinstance(when, Unstated) else when
