"""How the shop sounds and looks: the account's image, who speaks, and the style of its pictures."""

from __future__ import annotations

from typing import Any

from desktop.core.planning.operating.sheet import Persona
from desktop.operations.planning.operating.sheets import SheetNow
from desktop.text import t
from desktop.ui.operating_plan.sheet.part_card import PartCard, ideas_button
from desktop.ui.operating_plan.writing import TextArea, fill
from desktop.ui.widgets.fields import TextField


class TextPart(PartCard):
    """A free text with ready-made first sentences.

    Args:
        part: image or pictures.
    """

    def __init__(self, part: str) -> None:
        super().__init__(t(f"operating.part.{part}"))
        self._part = part
        hint = t(f"operating_page.part_hint.{part}")
        self.area = TextArea(t(f"operating.part.{part}"), hint, 3, 8)
        self.area.written.connect(self.edited)
        self.ideas = ideas_button(part, self.area, self.edited.emit)
        self.header.addWidget(self.ideas)
        self.body.addWidget(self.area)
        self.body.addStretch(1)

    def show_sheet(self, now: SheetNow) -> None:
        self.area.set_text(getattr(now.sheet, self._part))

    def taken(self) -> dict[str, Any]:
        return {self._part: self.area.text}


class PersonaCard(PartCard):
    """Who speaks: a name, how it sounds, how it calls the customers."""

    def __init__(self) -> None:
        super().__init__(t("operating.part.persona"))
        self.name = TextField(t("operating_page.persona_name_example"), t("operating_page.persona_name"))
        self.voice = TextArea(t("operating_page.persona_voice"), t("operating_page.part_hint.persona"), 2, 6)
        self.calls = TextField(t("operating_page.persona_calls_example"), t("operating_page.persona_calls"))
        self.ideas = ideas_button("persona", self.voice, self.edited.emit)
        self.header.addWidget(self.ideas)
        self.add_field(t("operating_page.persona_name"), self.name)
        self.add_field(t("operating_page.persona_voice"), self.voice)
        self.add_field(t("operating_page.persona_calls"), self.calls)
        self.body.addStretch(1)
        for field in (self.name, self.calls):
            field.textEdited.connect(lambda _: self.edited.emit())
        self.voice.written.connect(self.edited)

    def show_sheet(self, now: SheetNow) -> None:
        persona = now.sheet.persona
        fill(self.name, persona.name)
        fill(self.calls, persona.calls_customers)
        self.voice.set_text(persona.voice)

    def taken(self) -> dict[str, Any]:
        return {"persona": Persona(self.name.text().strip(), self.voice.text, self.calls.text().strip())}
