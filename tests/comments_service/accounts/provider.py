"""A small OpenID Connect provider on loopback, with RS256 keys. It can be told to cheat in every way that matters."""

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Callable
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

CLIENT, SECRET = "comments", "a secret/of:ours"
Claims = dict[str, Any]


@cache
def rsa_key(name: str) -> RSAKey:
    """A key of this name; making one takes longer than all the rest."""
    return RSAKey.generate_key(2048, {"kid": name, "use": "sig"})


class Provider:
    """What the provider knows and does. `cheat` changes the claims of the next ID token, `sign` makes the token."""

    def __init__(self) -> None:
        self.key = rsa_key("first")
        self.person: Claims = {"sub": "4711", "email": "nora@example.org", "email_verified": True, "name": "Nora N."}
        self.codes: dict[str, dict[str, str]] = {}
        self.cheat: Callable[[Claims], None] = lambda claims: None
        self.sign: Callable[[Claims], str] = self._honestly
        self.document: Claims = {}
        self.in_token, self.asked = True, 0
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.issuer = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def answers(self, method: str, path: str, fields: dict[str, str], header: str) -> tuple[int, Claims | str]:
        """Status and body, or the place of a redirect."""
        self.asked += 1
        if path == "/.well-known/openid-configuration":
            return 200, self._about()
        if path == "/keys":
            return 200, {"keys": [self.key.as_dict(private=False), {"kty": "oct", "k": "AA"}, {"kty": "new"}]}
        if path == "/authorize":
            return 303, self._agreed(fields)
        if path == "/token" and method == "POST":
            return self._token(fields, header)
        if path == "/userinfo":
            return (200, self.person) if header == "Bearer of-nora" else (401, {})
        return 404, {}

    def _about(self) -> Claims:
        places = {"authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "keys"}
        own = {name: f"{self.issuer}/{place}" for name, place in {**places, "userinfo_endpoint": "userinfo"}.items()}
        return {"issuer": self.issuer, **own, **self.document}

    def _agreed(self, fields: dict[str, str]) -> str:
        assert fields["response_type"] == "code"
        assert fields["code_challenge_method"] == "S256"
        assert "openid" in fields["scope"].split()
        code = secrets.token_urlsafe(8)
        self.codes[code] = fields
        return f"{fields['redirect_uri']}?{urlencode({'code': code, 'state': fields['state'], 'iss': self.issuer})}"

    def _token(self, fields: dict[str, str], header: str) -> tuple[int, Claims]:
        begun = self.codes.pop(fields.get("code", ""), None)
        name, _, secret = base64.b64decode(header.removeprefix("Basic ")).decode().partition(":")
        digest = hashlib.sha256(fields.get("code_verifier", "").encode()).digest()
        verified = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        right = (unquote(name), unquote(secret)) == (CLIENT, SECRET)
        if begun is None or not right or verified != begun["code_challenge"]:
            return 400, {"error": "invalid_grant"}
        now = int(time.time())
        claims = {"iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": begun["nonce"]}
        claims |= self.person if self.in_token else {"sub": self.person["sub"]}
        self.cheat(claims)
        return 200, {"access_token": "of-nora", "token_type": "Bearer", "id_token": self.sign(claims)}

    def _honestly(self, claims: Claims) -> str:
        return jwt.encode({"alg": "RS256", "kid": self.key.kid or ""}, claims, self.key)

    def unsigned(self, claims: Claims) -> str:
        """alg none: a token that anybody can write."""
        parts = [json.dumps(part).encode() for part in ({"alg": "none"}, claims)]
        return ".".join(base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in parts) + "."

    def signed_with_the_public_key(self, claims: Claims) -> str:
        """HS256 with what everybody knows as the key."""
        return jwt.encode(
            {"alg": "HS256"}, claims, OctKey.import_key(self.key.as_pem(private=False)), algorithms=["HS256"]
        )

    def signed_with_another_key(self, claims: Claims) -> str:
        return jwt.encode({"alg": "RS256", "kid": "first"}, claims, rsa_key("of somebody else"))

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self._answer(urlsplit(self.path).query)

            def do_POST(self) -> None:
                self._answer(self.rfile.read(int(self.headers["Content-Length"])).decode())

            def _answer(self, query: str) -> None:
                fields = {name: values[0] for name, values in parse_qs(query).items()}
                header = self.headers.get("Authorization", "")
                status, body = provider.answers(self.command, urlsplit(self.path).path, fields, header)
                self.send_response(status)
                if isinstance(body, str):
                    self.send_header("Location", body)
                    body = {}
                self.send_header("Content-Type", "application/json")
                self.end_headers()
                self.wfile.write(json.dumps(body).encode())

            def log_message(self, *_arguments: Any) -> None:
                """Nothing: tests read what the service logs."""

        return Handler
