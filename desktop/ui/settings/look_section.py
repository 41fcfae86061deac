"""Language, light or dark, text size."""

from __future__ import annotations

from desktop.text import LANGUAGES, t
from desktop.ui import i18n
from desktop.ui.desk import Desk
from desktop.ui.settings.section import SettingsSection
from desktop.ui.theme import TEXT_SIZES
from desktop.ui.widgets.fields import FormRows, Select

THEMES = ("system", "light", "dark")


class LookSection(SettingsSection):
    """Each choice is kept and shown at once."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, t("settings.look"))
        rows = FormRows()
        self.language = Select(t("settings.language"), [(name, i18n.NAMES[name]) for name in LANGUAGES])
        self.language.set_value(i18n.current())
        self.theme = Select(t("settings.theme"), [(name, t(f"shell.theme.{name}")) for name in THEMES])
        self.theme.set_value(desk.settings.text("theme", "system"))
        self.text_size = Select(t("settings.text_size"), [(size, f"{size}%") for size in TEXT_SIZES])
        self.text_size.set_value(desk.settings.number("text_size", 100))
        for label, field, setting in (
            ("settings.language", self.language, "language"),
            ("settings.theme", self.theme, "theme"),
            ("settings.text_size", self.text_size, "text_size"),
        ):
            rows.add(t(label), field)
            field.chosen.connect(lambda value, setting=setting: self._keep(setting, value))
        self.body.addWidget(rows)

    def _keep(self, setting: str, value: object) -> None:
        self.desk.settings.put(setting, value)
        self.desk.door.rebuild()
