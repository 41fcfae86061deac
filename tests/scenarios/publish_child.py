"""A program of its own that works on the open job of publishing and is ended at a checkpoint without any clean-up, as a kill
ends it.

Arguments: shop file, LINE's address on this computer, token, checkpoint, which passing of it.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from desktop.line_api.client import LineClient
from desktop.line_api.publishing.publisher import Publisher
from desktop.line_api.tokens import FixedToken
from desktop.line_api.transport import LineHosts
from desktop.line_api.uploading.hooks import Hooks
from desktop.store import publishing
from desktop.store.shop_file import ShopFile
from tests.scenarios.upload_world import StillClock


def main(shop_file: str, url: str, token: str, die_at: str, nth: str) -> None:
    left = int(nth)

    def checkpoint(name: str) -> None:
        nonlocal left
        if name == die_at:
            left -= 1
            if left == 0:
                os._exit(137)

    shop = ShopFile.open(Path(shop_file))
    db = shop.writer()
    client = LineClient(FixedToken(token), hosts=LineHosts.on_this_computer(url))
    hooks = Hooks(checkpoint=checkpoint)
    job = publishing.open_job(db)
    if job is not None:
        Publisher(client, lambda work: work(db), clock=StillClock(), hooks=hooks).run(job.id)
    shop.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
