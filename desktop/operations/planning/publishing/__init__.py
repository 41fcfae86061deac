"""Publishing the planned rich menus: what a press would change, the press, what is live, who should have another menu, which
periods begin or end, and how it is taken back or restored."""

from __future__ import annotations

from desktop.operations.planning.publishing.at_line import live as live
from desktop.operations.planning.publishing.at_line import look_at_line as look_at_line
from desktop.operations.planning.publishing.at_line import read_insight as read_insight
from desktop.operations.planning.publishing.models import Live as Live
from desktop.operations.planning.publishing.models import LiveMenu as LiveMenu
from desktop.operations.planning.publishing.models import MenuImage as MenuImage
from desktop.operations.planning.publishing.models import Newly as Newly
from desktop.operations.planning.publishing.models import Obstacle as Obstacle
from desktop.operations.planning.publishing.models import Outcome as Outcome
from desktop.operations.planning.publishing.models import PeriodDue as PeriodDue
from desktop.operations.planning.publishing.models import PlannedMenu as PlannedMenu
from desktop.operations.planning.publishing.models import Pressed as Pressed
from desktop.operations.planning.publishing.models import Publication as Publication
from desktop.operations.planning.publishing.outbox import after_restart as after_restart
from desktop.operations.planning.publishing.outbox import cancel as cancel
from desktop.operations.planning.publishing.outbox import confirm as confirm
from desktop.operations.planning.publishing.outbox import existing as existing
from desktop.operations.planning.publishing.outbox import jobs as jobs
from desktop.operations.planning.publishing.outbox import waiting_for_a_press as waiting_for_a_press
from desktop.operations.planning.publishing.planning import due as due
from desktop.operations.planning.publishing.planning import newly as newly
from desktop.operations.planning.publishing.planning import plan as plan
from desktop.operations.planning.publishing.prepared import Prepared as Prepared
from desktop.operations.planning.publishing.prepared import prepared as prepared
from desktop.operations.planning.publishing.pressing import press as press
from desktop.operations.planning.publishing.pressing import refresh_links as refresh_links
from desktop.operations.planning.publishing.pressing import restore as restore
from desktop.operations.planning.publishing.pressing import take_back as take_back
from desktop.store.publishing import PublishingJob as PublishingJob
