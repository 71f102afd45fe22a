"""OpenID Connect: the authorization code flow with PKCE, and strict checks of the ID token.

Everything here follows OpenID Connect Core 1.0, section 3.1, and RFC 9700. Whose account a subject opens is decided in
`moderation.sso_people`.
"""

import base64
import hashlib
import secrets
import threading
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet

from comments_service.accounts.provider_requests import ProviderTrouble, get_json, post_form

# Asymmetric ones alone: "none" is no signature, and with HS256 the client's secret would be a key that others know.
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
_LEEWAY_S = 60  # between the provider's clock and ours
_KEPT = timedelta(hours=1)
_AGAIN = timedelta(minutes=1)  # an unknown key's name makes us look, but not as often as somebody likes
_KINDS = {"RSA", "EC", "OKP"}


@dataclass(frozen=True, slots=True)
class Attempt:
    """What a login that was begun must come back with, or be completed with."""

    nonce: str
    verifier: str

    @classmethod
    def new(cls) -> "Attempt":
        return cls(secrets.token_urlsafe(32), secrets.token_urlsafe(48))

    @property
    def challenge(self) -> str:
        """The verifier's digest, which the provider is shown first (RFC 7636, S256)."""
        digest = hashlib.sha256(self.verifier.encode()).digest()
        return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


@dataclass(frozen=True, slots=True)
class _Known:
    """What the provider says of itself, and when it was asked."""

    document: dict[str, Any]
    keys: KeySet
    asked_at: datetime


@dataclass
class IdentityProvider:
    """The one provider that is configured. Its document and keys are kept for an hour in each process."""

    issuer: str
    client_id: str
    client_secret: str
    _known: _Known | None = field(default=None, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def address(self, attempt: Attempt, state: str, back_to: str, now: datetime) -> str:
        """Where the person's browser goes. Raises ProviderTrouble."""
        asked = {
            "response_type": "code",
            "client_id": self.client_id,
            "redirect_uri": back_to,
            "scope": "openid email profile",
            "state": state,
            "nonce": attempt.nonce,
            "code_challenge": attempt.challenge,
            "code_challenge_method": "S256",
        }
        there = _text(self._about(now).document, "authorization_endpoint")
        if not there.startswith(("https://", self.issuer)):
            raise ProviderTrouble("named an address that is not https")
        return f"{there}{'&' if '?' in there else '?'}{urlencode(asked)}"

    def claims(self, attempt: Attempt, code: str, back_to: str, wanted: str, now: datetime) -> dict[str, Any]:
        """What the provider says of the person who came back with `code`; `wanted` is asked for where it is missing.

        Raises ProviderTrouble.
        """
        answer = self._exchanged(attempt, code, back_to, now)
        claims = self._checked(_text(answer, "id_token"), attempt.nonce, now)
        endpoint = self._about(now).document.get("userinfo_endpoint")
        if wanted not in claims and isinstance(endpoint, str):
            more = get_json(endpoint, self.issuer, token=_text(answer, "access_token"))
            if more.get("sub") != claims["sub"]:
                raise ProviderTrouble("spoke of another person")
            claims = {**more, **claims}
        return claims

    def _exchanged(self, attempt: Attempt, code: str, back_to: str, now: datetime) -> dict[str, Any]:
        about = self._about(now).document
        fields = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": back_to,
            "code_verifier": attempt.verifier,
        }
        ways = about.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
        if self.client_secret and "client_secret_basic" in ways:
            client = (self.client_id, self.client_secret)
            return post_form(_text(about, "token_endpoint"), self.issuer, fields, client=client)
        fields["client_id"] = self.client_id
        if self.client_secret:
            fields["client_secret"] = self.client_secret
        return post_form(_text(about, "token_endpoint"), self.issuer, fields)

    def _checked(self, token: str, nonce: str, now: datetime) -> dict[str, Any]:
        try:
            claims = self._decoded(token, now).claims
            jwt.JWTClaimsRegistry(
                now=int(now.timestamp()),
                leeway=_LEEWAY_S,
                iss={"essential": True, "value": self.issuer},
                aud={"essential": True, "value": self.client_id},
                exp={"essential": True},
                iat={"essential": True},
                sub={"essential": True},
                nonce={"essential": True, "value": nonce},
            ).validate(claims)
        except (JoseError, ValueError, TypeError) as error:
            raise ProviderTrouble(f"sent an ID token that is not good ({type(error).__name__})") from None
        for_others = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
        if (
            not isinstance(claims["nonce"], str)
            or claims.get("azp", "" if for_others else self.client_id) != self.client_id
        ):
            raise ProviderTrouble("sent an ID token for another client")
        return dict(claims)

    def _decoded(self, token: str, now: datetime) -> jwt.Token:
        try:
            return jwt.decode(token, self._about(now).keys, algorithms=ALGORITHMS)
        except InvalidKeyIdError:
            # The provider may have begun to use another key.
            return jwt.decode(token, self._about(now, older_than=_AGAIN).keys, algorithms=ALGORITHMS)

    def _about(self, now: datetime, older_than: timedelta = _KEPT) -> _Known:
        with self._lock:
            if self._known is None or now - self._known.asked_at >= older_than:
                self._known = self._asked(now)
            return self._known

    def _asked(self, now: datetime) -> _Known:
        document = get_json(f"{self.issuer.rstrip('/')}/.well-known/openid-configuration", self.issuer)
        if document.get("issuer") != self.issuer:
            raise ProviderTrouble("calls itself by another name than COMMENTS_OIDC_ISSUER")
        found = get_json(_text(document, "jwks_uri"), self.issuer).get("keys")
        usable = [key for key in found if _signs(key)] if isinstance(found, list) else []
        try:
            return _Known(document, KeySet.import_key_set({"keys": usable}), now)
        except (JoseError, ValueError, TypeError, KeyError):
            raise ProviderTrouble("has keys that cannot be read") from None


def _signs(key: object) -> bool:
    return isinstance(key, dict) and key.get("kty") in _KINDS and key.get("use", "sig") == "sig"


def _text(document: dict[str, Any], name: str) -> str:
    found = document.get(name)
    if not isinstance(found, str) or not found:
        raise ProviderTrouble(f"did not say its {name}")
    return found
