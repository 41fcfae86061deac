"""The client of LINE's API that the rest of the program uses: a transport with the shop's token. A practice
shop's client speaks to this computer only, whatever token it is given."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from desktop.line_api.errors import SignInAgain
from desktop.line_api.rate_limit import Clock
from desktop.line_api.tokens import TokenSource
from desktop.line_api.transport import LINE_HOSTS, Answer, Call, Content, FileBody, LineHosts, Transport


class LineClient:
    """Sends calls with the shop's token. May be used from several threads.

    Args:
        tokens: where the token comes from.
        hosts: LINE's own hosts, or an address on this computer that the code names (never a setting).
        practice: for a practice shop: anything but this computer is refused.
        clock: for the waits of our own rate limit and the life of tokens.

    Raises:
        ValueError: if a practice shop's client is given LINE's hosts.
    """

    def __init__(
        self,
        tokens: TokenSource,
        *,
        hosts: LineHosts = LINE_HOSTS,
        practice: bool = False,
        clock: Clock | None = None,
    ) -> None:
        if practice and not hosts.local:
            raise ValueError("a practice shop never speaks to LINE")
        self._tokens = tokens
        self._transport = Transport(hosts, clock=clock)

    @property
    def local(self) -> bool:
        """Whether this client speaks to an address on this computer."""
        return self._transport.hosts.local

    def send(
        self,
        call: Call,
        *,
        path: Mapping[str, str] | None = None,
        query: Mapping[str, str | int] | None = None,
        json: Mapping[str, Any] | None = None,
        file: Callable[[], FileBody] | None = None,
        retry_key: str = "",
    ) -> Answer:
        """Send one request. A token that LINE refuses is renewed once, where it can be: a refused request was
        not processed.

        Args:
            call: the endpoint.
            path: values for the names in its path.
            query: query parameters.
            json: a JSON body.
            file: makes the body of a file upload; called once for each try.
            retry_key: a UUID by which LINE accepts the request only once in 24 hours; sending calls only.

        Raises:
            RetryLater: not processed, or a reading call without a usable answer.
            SignInAgain: LINE does not accept the token.
            Refused: LINE says no.
            OutcomeUnknown: a writing call without a usable answer.
        """

        def once() -> Answer:
            content = Content(path or {}, query or {}, json, None, file() if file else None, retry_key)
            return self._transport.exchange(call, content, self._tokens.token(self._transport))

        try:
            return once()
        except SignInAgain:
            if not self._tokens.renew():
                raise
        return once()

    @property
    def line_time(self) -> datetime | None:
        """LINE's own time as of its last answer, None before the first; this computer's clock may be wrong."""
        return self._transport.line_time

    def wait_for(self, call: Call) -> float:
        """Seconds until one more request of this kind keeps within our share of LINE's limit; 0 for at once."""
        return self._transport.wait_for(call)

    def abort(self) -> None:
        """The program closes: end every wait and every request that is under way. A request's fate is then
        unknown, and the next start looks. Callable from any thread; the client is not usable afterwards."""
        self._transport.abort()

    def close(self) -> None:
        """Close the connections kept open for the next request."""
        self._transport.close()
