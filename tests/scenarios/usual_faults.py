"""What can befall one request to LINE, whatever it is about; each of the scenarios that end the program adds its own."""

from __future__ import annotations

from typing import Any

Faults = dict[str, dict[str, Any] | None]

USUAL: Faults = {
    "none": None,
    "cut before": {"kind": "cut_before"},
    "cut after": {"kind": "cut_after"},
    "cut midway": {"kind": "cut_midway"},
    "truncated": {"kind": "truncated_json"},
    "content type": {"kind": "wrong_content_type"},
    "gzip garbage": {"kind": "gzip_garbage"},
    "captive portal": {"kind": "captive_portal"},
    "redirect": {"kind": "redirect"},
    "500": {"kind": "status", "status": 500},
    "429": {"kind": "status", "status": 429},
}
