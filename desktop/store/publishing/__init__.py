"""Publishing rich menus: frozen menus, the jobs that bring them to LINE, and what stands at LINE as far as is known."""

from __future__ import annotations

from desktop.store.publishing.jobs import OPEN_STATES as OPEN_STATES
from desktop.store.publishing.jobs import PlannedRequest as PlannedRequest
from desktop.store.publishing.jobs import PublishingJob as PublishingJob
from desktop.store.publishing.jobs import active as active
from desktop.store.publishing.jobs import job as job
from desktop.store.publishing.jobs import jobs as jobs
from desktop.store.publishing.jobs import next_request as next_request
from desktop.store.publishing.jobs import open_job as open_job
from desktop.store.publishing.jobs import requests as requests
from desktop.store.publishing.jobs import unconfirmed as unconfirmed
