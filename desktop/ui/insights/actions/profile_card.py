"""The common profile of the people of an audience: what they have more often than everybody else, and who is like them but has
not got there yet."""

from __future__ import annotations

from functools import partial

from desktop.operations.insights import profiles as asking
from desktop.operations.insights.profiles import Profile, ProfileRow
from desktop.text import t
from desktop.ui.desk import Desk
from desktop.ui.i18n import number
from desktop.ui.insights.asking import FigureCard, SmallTable, beside
from desktop.ui.insights.words import share
from desktop.ui.widgets.buttons import primary_button
from desktop.ui.widgets.labels import muted
from desktop.ui.widgets.table import Column

INSIDE, OUTSIDE = 1, 2
"""Columns of numbers that open their people."""


class ProfileCard(FigureCard):
    """See the module."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, t("insights_page.profile"), t("insights_page.profile_formula"))
        self.found: Profile | None = None
        self.query = ""
        self.told = muted(t("insights_page.profile_none"), wrap=True)
        self.body.addWidget(self.told)
        self.table = SmallTable(
            t("insights_page.profile"),
            (
                Column(t("insights_page.column.trait"), _trait),
                Column(t("insights_page.column.inside"), lambda row: _of(row, inside=True), right=True),
                Column(t("insights_page.column.outside"), lambda row: _of(row, inside=False), right=True),
                Column(t("insights_page.column.times"), _times, right=True),
                Column(t("insights_page.column.sure"), lambda row: t(f"insights_page.verdict.{row.verdict}")),
            ),
            links={
                0: lambda row: self.open_people(row.inside.query),
                INSIDE: lambda row: self.open_people(row.inside.query),
                OUTSIDE: lambda row: self.open_people(row.outside.query),
            },
            where={
                0: lambda row: row.inside.query is not None,
                INSIDE: lambda row: row.inside.query is not None,
                OUTSIDE: lambda row: row.outside.query is not None,
            },
            widths=(0, 120, 120, 80, 150),
            stretch=0,
            most=12,
        )
        self.body.addWidget(self.table)
        self.alike = primary_button(t("insights_page.build_alike"), self._build)
        self.alike.setVisible(False)
        self.body.addLayout(beside(self.alike, None))
        self.body.addStretch(1)

    def read(self, query: str | None = None) -> None:
        """Read the profile of a condition."""
        if query is not None:
            self.query = query
        if self.query:
            self.ask(partial(asking.profile, query=self.query), self.show_profile, "profile")

    def show_nothing(self) -> None:
        """No condition is chosen."""
        self.query, self.found = "", None
        self.table.show_rows(())
        self.alike.setVisible(False)
        self.told.setText(t("insights_page.profile_none"))

    def show_profile(self, found: Profile) -> None:
        """Show what was read."""
        self.found = found
        self.table.show_rows(found.rows)
        self.alike.setVisible(found.alike is not None and found.alike.people > 0)
        if found.alike is not None:
            self.alike.setText(t("insights_page.build_alike_n", n=found.alike.people))
        told = t("insights_page.profile_told", inside=found.inside.people, outside=found.outside.people)
        if not any(row.verdict == "clear" for row in found.rows):
            told += " " + t("insights_page.profile_unclear")
        self.told.setText(told)

    def _build(self) -> None:
        if self.found is not None and self.found.alike is not None:
            self.build_audience(self.found.alike.query)


def _trait(row: ProfileRow) -> str:
    if row.kind == "tag":
        return t("insights_page.trait_tag", value=row.value)
    if row.name == "gender":
        return t(f"query.value.{row.value}")
    name = t(f"query.field.{row.name}") if row.kind == "field" else row.name
    return t("insights_page.trait", name=name, value=row.value)


def _of(row: ProfileRow, *, inside: bool) -> str:
    people = row.trait.inside if inside else row.trait.outside
    part = row.trait.share_inside if inside else row.trait.share_outside
    return t("insights_page.part", n=people, share=share(part, 0))


def _times(row: ProfileRow) -> str:
    times = row.trait.times
    return t("insights_page.only_inside") if times is None else f"{number(round(times, 1))}×"
