"""The outbox: each upload of an audience as a job whose IDs are frozen, and the plan of requests it is made of. A request is
marked `sending` and committed before it leaves, so that after any crash the file says whether LINE may have heard of it."""

from __future__ import annotations

from desktop.store.outbox.at_line import AtLine as AtLine
from desktop.store.outbox.freezing import Frozen as Frozen
from desktop.store.outbox.freezing import freeze as freeze
from desktop.store.outbox.freezing import holds_same as holds_same
from desktop.store.outbox.freezing import malformed as malformed
from desktop.store.outbox.freezing import malformed_people as malformed_people
from desktop.store.outbox.freezing import meant as meant
from desktop.store.outbox.freezing import plan_deletion as plan_deletion
from desktop.store.outbox.jobs import OPEN_STATES as OPEN_STATES
from desktop.store.outbox.jobs import PlannedRequest as PlannedRequest
from desktop.store.outbox.jobs import UploadJob as UploadJob
from desktop.store.outbox.jobs import active as active
from desktop.store.outbox.jobs import groups_in_use as groups_in_use
from desktop.store.outbox.jobs import job as job
from desktop.store.outbox.jobs import jobs as jobs
from desktop.store.outbox.jobs import local_day as local_day
from desktop.store.outbox.jobs import names_in_use as names_in_use
from desktop.store.outbox.jobs import open_job_about as open_job_about
from desktop.store.outbox.jobs import open_job_of as open_job_of
from desktop.store.outbox.jobs import open_jobs as open_jobs
from desktop.store.outbox.jobs import ops_done as ops_done
from desktop.store.outbox.jobs import requests as requests
from desktop.store.outbox.jobs import stopped_by as stopped_by
from desktop.store.outbox.jobs import unconfirmed as unconfirmed
from desktop.store.outbox.moving import accepted as accepted
from desktop.store.outbox.moving import after_restart as after_restart
from desktop.store.outbox.moving import begin_sending as begin_sending
from desktop.store.outbox.moving import give_up_plan as give_up_plan
from desktop.store.outbox.moving import move as move
from desktop.store.outbox.moving import not_at_line as not_at_line
from desktop.store.outbox.moving import ready as ready
from desktop.store.outbox.moving import resume as resume
from desktop.store.outbox.moving import settled as settled
from desktop.store.outbox.moving import start_over as start_over
from desktop.store.outbox.moving import stop_all as stop_all
from desktop.store.outbox.moving import want_cancelled as want_cancelled
from desktop.store.outbox.parts import halve as halve
from desktop.store.outbox.parts import ids_after as ids_after
from desktop.store.outbox.parts import ids_left as ids_left
from desktop.store.outbox.parts import refused_people as refused_people
