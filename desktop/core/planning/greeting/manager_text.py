"""A greeting as the owner enters it in LINE Official Account Manager, balloon by balloon: the text to paste, where to press a
button for a name, and for everything else what to choose and what to fill in there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from desktop.core.message import Message, message
from desktop.core.planning.actions import Action, ActionKind, written_uri
from desktop.core.planning.greeting.balloons import (
    Balloon,
    Cards,
    Coupon,
    Greeting,
    Insert,
    Part,
    Picture,
    RichMessage,
    Text,
    Video,
    kind_of,
)


@dataclass(frozen=True, slots=True)
class Field:
    """One thing to fill in: what it is called, and what goes in."""

    label: Message
    value: str


@dataclass(frozen=True, slots=True)
class ManagerBalloon:
    """What to do for one balloon.

    Args:
        index: of the balloon.
        kind: its kind, as in ``balloons.KINDS``.
        hint: which button of the manager makes such a balloon.
        pieces: of a text: words to paste, and names to press a button for.
        fields: of all others: what to fill in.
    """

    index: int
    kind: str
    hint: Message
    pieces: tuple[Part, ...] = ()
    fields: tuple[Field, ...] = ()


def manager_balloons(greeting: Greeting) -> tuple[ManagerBalloon, ...]:
    """Every balloon in its order."""
    return tuple(_balloon(index, balloon) for index, balloon in enumerate(greeting.balloons))


def press(insert: Insert) -> Message:
    """Which button to press in the manager for a name."""
    return message(f"greeting.press.{insert.value}")


def copied(balloon: ManagerBalloon, write: Callable[[Message], str]) -> str:
    """What goes to the clipboard for one balloon: its text, with the button to press written where a name goes; of all others
    the fields, one a line."""
    if balloon.kind == "text":
        return "".join(write(press(one)) if isinstance(one, Insert) else one for one in balloon.pieces)
    return "\n".join(f"{write(one.label)}\t{one.value}" for one in balloon.fields if one.value)


def _balloon(index: int, balloon: Balloon) -> ManagerBalloon:
    kind = kind_of(balloon)
    hint = message(f"greeting.manager.{kind}")
    if isinstance(balloon, Text):
        return ManagerBalloon(index, kind, hint, pieces=balloon.parts)
    return ManagerBalloon(index, kind, hint, fields=_fields(balloon))


def _fields(balloon: Balloon) -> tuple[Field, ...]:
    match balloon:
        case RichMessage():
            areas = [_action_field(number, area.action) for number, area in enumerate(balloon.areas, 1)]
            return (Field(message("greeting.field.title"), balloon.alt.strip()), *areas)
        case Cards():
            return tuple(field for number in range(len(balloon.cards)) for field in _card(balloon, number))
        case Coupon():
            until = Field(message("greeting.field.until"), balloon.until)
            return (Field(message("greeting.field.coupon"), balloon.title.strip()), until)
        case Picture():
            return (Field(message("greeting.field.address"), balloon.url.strip()),)
        case Video():
            return (Field(message("greeting.field.address"), balloon.url.strip()),)
    return ()


def _card(cards: Cards, number: int) -> tuple[Field, ...]:
    card = cards.cards[number]
    buttons = [Field(_button(action), _target(action)) for action in card.actions]
    return (
        Field(message("greeting.field.card_title", number=number + 1), card.title.strip()),
        Field(message("greeting.field.card_text", number=number + 1), card.text.strip()),
        *buttons,
    )


def _button(action: Action) -> Message:
    return message("greeting.field.button", label=action.label.strip())


def _action_field(number: int, action: Action) -> Field:
    return Field(message("greeting.field.area", number=number), _target(action))


def _target(action: Action) -> str:
    """Where an action leads or what it says."""
    match action.kind:
        case ActionKind.URI | ActionKind.CALL:
            try:
                return written_uri(action)
            except ValueError:
                return action.uri.strip()
        case ActionKind.MESSAGE | ActionKind.CLIPBOARD:
            return action.text.strip()
        case ActionKind.POSTBACK | ActionKind.DATETIME:
            return action.data
    return ""
