"""LINE's rich menu calls: menus and the default, whom they are linked to, aliases, statistics."""

from __future__ import annotations

from desktop.line_api.rich_menus.menus import CreatedMenu as CreatedMenu
from desktop.line_api.rich_menus.menus import MenuAtLine as MenuAtLine
from desktop.line_api.rich_menus.menus import clear_default as clear_default
from desktop.line_api.rich_menus.menus import create as create
from desktop.line_api.rich_menus.menus import default as default
from desktop.line_api.rich_menus.menus import delete as delete
from desktop.line_api.rich_menus.menus import each as each
from desktop.line_api.rich_menus.menus import has_picture as has_picture
from desktop.line_api.rich_menus.menus import look as look
from desktop.line_api.rich_menus.menus import set_default as set_default
from desktop.line_api.rich_menus.menus import upload as upload
from desktop.line_api.rich_menus.menus import validate as validate
