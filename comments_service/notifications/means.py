"""What building and sending mails needs of its process; `runtime.Runtime` has it all."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol

from sqlalchemy.orm import Session

from comments_service.privacy.addresses import AddressVault
from comments_service.privacy.keys import Keys
from comments_service.settings import Settings


class Means(Protocol):
    """Settings, keys, clock and the database."""

    @property
    def settings(self) -> Settings: ...
    @property
    def keys(self) -> Keys: ...
    @property
    def vault(self) -> AddressVault: ...
    @property
    def clock(self) -> Callable[[], datetime]: ...
    def transaction(self) -> AbstractContextManager[Session]: ...
    def reading(self) -> AbstractContextManager[Session]: ...
