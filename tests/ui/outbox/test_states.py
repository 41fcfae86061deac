"""What an upload's row says and offers in each state."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from desktop.core.message import Message, message
from desktop.store.outbox import UploadJob
from desktop.text import use_language
from desktop.ui.outbox.states import Act, Beside, acts, badge, share, trouble

NOW = datetime(2026, 11, 20, 6, 30, tzinfo=UTC)
PLAIN = UploadJob(
    id=1, key="k", audience_id=1, audience="熟客", line_name="熟客", account=None, query="tag:熟客", state="waiting",
    members=20, ids=12, audience_group_id=None, request_id=None, line_count=None, error=None, attempts=0, confirmed=True,
    pressed_at="2026-11-20T06:20:00.000000Z", changed_at="2026-11-20T06:20:00.000000Z", next_try_at=None, ready_at=None,
    expires_at=None, op="k-0", method="create_json", perhaps_at_line=False,
)  # fmt: skip


@pytest.fixture(autouse=True)
def _language() -> None:
    use_language("zh_TW")


def job(state: str, error: Message | None = None, **more: object) -> UploadJob:
    return replace(PLAIN, state=state, error=error, **more)  # type: ignore[arg-type]


SOON = "2026-11-20T06:30:24.000000Z"


@pytest.mark.parametrize(
    ("upload", "said", "kind", "first"),
    [
        (job("waiting"), "等待傳送", "neutral", Act.CANCEL),
        (job("waiting", confirmed=False), "等您確認", "warning", Act.CONFIRM),
        (job("waiting", message("line.no_network"), next_try_at=SOON), "等待網路", "neutral", Act.CANCEL),
        (job("waiting", message("line.busy"), next_try_at=SOON), "重試 · 00:24 後", "warning", Act.RETRY),
        (job("waiting", message("line.busy", tries=2), next_try_at=SOON), "第 2 次重試 · 00:24 後", "warning", Act.RETRY),
        (job("waiting", message("line.busy"), next_try_at="2026-11-20T06:00:00.000000Z"), "重試 · 00:00 後", "warning",
         Act.RETRY),
        (job("sending"), "傳送中", "info", Act.CANCEL),
        (job("processing", audience_group_id=5), "LINE 處理中", "info", Act.DETAILS),
        (job("unknown", message("outbox.looking")), "結果未明 · 查詢中", "warning", Act.RETRY),
        (job("unknown", confirmed=False), "等您確認", "warning", Act.CONFIRM),
        (job("ready", audience_group_id=5), "可使用", "good", Act.BROADCAST),
        (job("ready", audience_group_id=5, expires_at="2026-11-19T00:00:00.000000Z"), "已過期（180 天）", "neutral",
         Act.RENEW),
        (job("action_needed", message("line.sign_in_again")), "需要處理", "error", Act.SIGN_IN),
        (job("action_needed", message("outbox.tried_often", n=5)), "需要處理", "error", Act.RETRY),
        (job("refused", message("line.bad_user_id", said="X")), "LINE 不接受", "error", Act.DETAILS),
        (job("cancelled"), "已取消", "neutral", Act.DETAILS),
    ],
)  # fmt: skip
def test_a_state_in_words_and_what_to_do(upload: UploadJob, said: str, kind: str, first: Act) -> None:
    assert badge(upload, NOW) == (said, kind)
    assert acts(upload)[0] is first
    assert acts(upload)[-1] is Act.DETAILS


def test_offline_is_no_trouble_but_a_proxy_is_told() -> None:
    assert trouble(job("waiting", message("line.dns"))) == ""
    assert share(job("waiting", message("line.dns"))) == 0.0
    told = job("waiting", message("line.proxy_sign_in"))
    assert "407" in trouble(told)
    assert share(told) is None


def test_an_error_says_what_to_do_and_that_nothing_was_lost() -> None:
    words = trouble(job("action_needed", message("line.sign_in_again")))
    assert (
        words == "LINE 連線已失效（Channel access token）。名單已保留，不會重複建立。請到設定重新連接 LINE。"
    )


@pytest.mark.parametrize(
    ("upload", "reason"),
    [
        (
            job("waiting", message("line.server", status=500, tries=2), next_try_at=SOON),
            "伺服器暫時出錯（500）",
        ),
        (job("unknown", message("line.cut", tries=1), next_try_at=SOON), "連線在途中中斷"),
        (job("unknown", message("line.timeout", tries=1), next_try_at=SOON), "太久沒有回應"),
        (job("waiting", message("line.busy", tries=1), next_try_at=SOON), "LINE 目前忙碌"),
    ],
)
def test_what_is_tried_again_says_why_and_that_nothing_is_lost_or_doubled(
    upload: UploadJob, reason: str
) -> None:
    words = trouble(upload)
    assert reason in words
    assert "名單已保留，不會重複建立" in words
    assert share(upload) is None


def test_what_waits_for_the_owner_promises_no_try() -> None:
    assert trouble(job("waiting", message("line.busy", tries=1), confirmed=False)) == ""


def test_what_line_may_have_is_said_after_cancelling() -> None:
    words = trouble(job("cancelled", message("outbox.cancelled_unknown", name="熟客 1120")))
    assert "熟客 1120" in words


def test_the_bar_fills_by_stages() -> None:
    shares = [share(job(state)) for state in ("waiting", "sending", "processing", "ready")]
    assert shares == sorted(shares, key=float)  # type: ignore[arg-type]
    assert shares[-1] == 1.0


def test_what_line_has_cannot_be_cancelled() -> None:
    assert Act.CANCEL not in acts(
        job("action_needed", message("outbox.line_failed", reason="X"), audience_group_id=5)
    )
    assert Act.CANCEL in acts(job("action_needed", message("outbox.perhaps_there", name="x")))


def test_an_audience_of_another_account_is_not_sent_to() -> None:
    assert badge(job("ready"), beside=Beside(elsewhere=True)) == ("在另一個帳號", "neutral")
    assert acts(job("ready"), Beside(elsewhere=True, can_send=True)) == (Act.DETAILS,)
