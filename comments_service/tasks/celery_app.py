"""The Celery application. Each option carries the outage that it prevents; what a task does is in `work`."""

from collections.abc import Callable
from typing import Any

from celery import Celery

from comments_service.outbox.kinds import KINDS
from comments_service.settings import Settings

WORK = "comments.v1.work"  # versioned: an old worker never gets a message whose meaning has changed
FOLDER_TRANSPORT = "comments_service.tasks.folder_broker:Transport"


def queue_of(kind: str) -> str:
    """One queue for each kind: slow mail never stands in front of comments."""
    return f"comments.{kind}"


def celery_app(settings: Settings, work_on: Callable[[str], bool] | None = None) -> Celery:
    """A Celery application for `settings`; opens neither broker nor database.

    With `work_on` it has the one task, which calls it with a kind and rings again when it answers that time ran out
    before the work did. Without, it can only ring: web and relay load neither model nor handlers.
    """
    app = Celery("comments", set_as_current=False)
    app.conf.update(_options(settings))
    if work_on is not None:

        @app.task(name=WORK)  # type: ignore[untyped-decorator]
        def work(kind: str) -> None:
            if work_on(kind):
                # Rather the next bell than a task that outstays its time limit.
                ring(app, kind)

    return app


def ring(app: Celery, kind: str) -> None:
    """Publish one bell, once. Raises kombu's OperationalError (or OSError) within about 2 s if the broker is down."""
    app.send_task(WORK, args=[kind], queue=queue_of(kind), retry=False, ignore_result=True)


def _options(settings: Settings) -> dict[str, Any]:
    return {
        "broker_url": settings.celery_broker_url,
        **_broker(settings),
        # Acknowledging on receipt lost 2 of 20 tasks at kill -9; late, a dead worker's bell rings again.
        "task_acks_late": True,
        # Otherwise a worker child killed for memory acknowledges what it never did.
        # No endless loop: tries are counted in the database when rows are claimed, and poison is parked.
        "task_reject_on_worker_lost": True,
        # More would be held back by a process that is busy, while its neighbour has nothing to do.
        "worker_prefetch_multiplier": 1,
        # Nobody reads results; keeping them fills the broker until it refuses bells.
        "task_ignore_result": True,
        "result_backend": None,
        # Whoever can write to the broker could run code in the worker if it took pickles.
        "accept_content": ["json"],
        "task_serializer": "json",
        "result_serializer": "json",
        # Retrying to publish hung processes for good when Redis was frozen (celery #4296, #6911). The relay retries.
        "task_publish_retry": False,
        # A worker starts before its broker does, and outlives the broker's restarts, however long they take.
        "broker_connection_retry_on_startup": True,
        "broker_connection_max_retries": None,
        "broker_connection_timeout": 2,
        # A text that makes some check spin is stopped by an exception, which parks its row with a reason ...
        "task_soft_time_limit": max(1.0, settings.task_limit_s * 0.8),
        # ... and if it spins where no exception reaches, its process is ended and replaced.
        "task_time_limit": settings.task_limit_s,
        # The default exchange: the routing key is the queue. With bindings, FLUSHALL would leave a broker
        # that nothing can be published to ("table empty or key no longer exists") until somebody restarts.
        "task_queues": {queue_of(kind): {"exchange": "", "routing_key": queue_of(kind)} for kind in KINDS},
        "task_default_queue": queue_of(KINDS[0]),
        "task_default_exchange": "",
        "task_default_routing_key": queue_of(KINDS[0]),
        "task_create_missing_queues": False,
        **_worker(settings),
    }


def _broker(settings: Settings) -> dict[str, Any]:
    if settings.celery_broker_url.startswith("filesystem"):
        folder = str(settings.broker_dir.absolute())
        return {
            "broker_transport": FOLDER_TRANSPORT,
            "broker_transport_options": {
                # One folder for both: in kombu's words "in" is the worker's end, "out" the publisher's.
                "data_folder_in": folder,
                "data_folder_out": folder,
                # kombu's default is a second, which would be most of a comment's way to its readers.
                "polling_interval": settings.broker_poll_s,
            },
        }
    return {
        "broker_transport_options": {
            # Longer than any task can run, or a second worker gets the bell while the first is at it; short, so
            # that a killed machine's bells come back. There are no ETAs, which would be delivered again and again.
            "visibility_timeout": max(60, 4 * settings.task_limit_s),
            # A frozen Redis answers nothing and closes nothing; without these a publisher waits for ever.
            "socket_connect_timeout": 1,
            "socket_timeout": 2,  # above the second for which a worker's BRPOP blocks
            "retry_on_timeout": False,
            "health_check_interval": 10,
        },
    }


def _worker(settings: Settings) -> dict[str, Any]:
    return {
        "worker_pool": "prefork",  # a process can be ended when it hangs; a thread cannot
        "worker_concurrency": settings.worker_processes,
        # Loading a model can take longer than Celery's 4 s, after which it would end and restart the child for ever.
        "worker_proc_alive_timeout": 60,
        # Mails between workers about workers: with a folder as broker they would pile up unread.
        "worker_enable_remote_control": False,
        "worker_send_task_events": False,
        # A child that grew a leak is replaced long before the machine swaps.
        "worker_max_tasks_per_child": 10_000,
        # Our logs are configured by the command that started us, redaction included.
        "worker_hijack_root_logger": False,
        "worker_redirect_stdouts": False,
        "enable_utc": True,
    }
