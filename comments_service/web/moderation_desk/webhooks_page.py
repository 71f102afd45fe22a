"""Webhooks at the desk, for owners: adding them, their log, sending again, pausing, new secrets."""

from contextlib import suppress

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from comments_service.moderation.permissions import SiteChoice, sites_of
from comments_service.notifications.webhooks import deliveries, hooks
from comments_service.notifications.webhooks.events import EVENTS
from comments_service.web.access import access, identity
from comments_service.web.context import runtime
from comments_service.web.moderation_desk.blueprint import OWN, blueprint
from comments_service.web.moderation_desk.queue_page import covered
from comments_service.web.problems import Problem
from comments_service.web.wording import gettext as _
from comments_service.web.wording import ngettext


@blueprint.get("/webhooks")
@access(OWN)
def webhooks() -> ResponseReturnValue:
    return _list_page()


@blueprint.post("/webhooks")
@access(OWN)
def add_webhook() -> ResponseReturnValue:
    here = runtime()
    try:
        with here.transaction() as session:
            sites = sites_of(session, identity().site_id)
            public_id, secret = hooks.add_webhook(
                session,
                here.vault,
                _chosen(sites),
                url=request.form.get("url", "").strip(),
                events=request.form.getlist("events"),
                now=here.clock(),
            )
    except hooks.WebhookError as error:
        return _list_page(str(error))
    # Told in this answer and nowhere else: in a cookie or an address it would be kept by the browser.
    return _hook_page(public_id, secret=secret)


@blueprint.get("/webhooks/<public_id>")
@access(OWN)
def webhook(public_id: str) -> ResponseReturnValue:
    return _hook_page(public_id)


@blueprint.post("/webhooks/<public_id>")
@access(OWN)
def change_webhook(public_id: str) -> ResponseReturnValue:
    here, act = runtime(), request.form.get("act", "")
    secret = ""
    try:
        with here.transaction() as session:
            sites, now = covered(session, ""), here.clock()
            match act:
                case "ping":
                    hooks.ping(session, public_id, sites, now)
                    flash(_("A test is on its way. Load this page again in a moment to see how it went."), "notice")
                case "pause":
                    hooks.pause(session, public_id, sites, now)
                    flash(_("Paused. What happens from now on is held."), "notice")
                case "resume":
                    held = hooks.resume(session, public_id, sites, now)
                    flash(
                        ngettext("Going on, with %(num)s held event.", "Going on, with %(num)s held events.", held),
                        "notice",
                    )
                case "secret":
                    secret = hooks.renew_secret(session, here.vault, public_id, sites, now)
                case "remove":
                    hooks.remove(session, public_id, sites, now)
                    flash(_("Removed. It is told nothing more."), "notice")
                case _:
                    raise Problem(422, "unknown_act", _("Choose one of the buttons of the page."))
    except hooks.NoSuchWebhook as error:
        raise Problem(404, "no_such_webhook", str(error)) from None
    if secret:
        return _hook_page(public_id, secret=secret)
    if act == "remove":
        return redirect(url_for("moderation_desk.webhooks"), 303)
    return redirect(url_for("moderation_desk.webhook", public_id=public_id), 303)


@blueprint.post("/webhooks/<public_id>/replays")
@access(OWN)
def replay_delivery(public_id: str) -> ResponseReturnValue:
    here = runtime()
    try:
        with here.transaction() as session:
            deliveries.replay(session, request.form.get("delivery", "")[:64], covered(session, ""), here.clock())
    except deliveries.NoSuchDelivery as error:
        raise Problem(404, "no_such_delivery", str(error)) from None
    flash(_("It is sent again."), "notice")
    return redirect(url_for("moderation_desk.webhook", public_id=public_id), 303)


def _chosen(sites: list[SiteChoice]) -> int:
    wanted = request.form.get("site", "")
    for site in sites:
        if site.key == wanted or (not wanted and len(sites) == 1):
            return site.id
    raise hooks.WebhookError(_("site: choose one of your sites"))


def _list_page(error: str = "") -> ResponseReturnValue:
    with runtime().reading() as session:
        sites = sites_of(session, identity().site_id)
        found = hooks.list_webhooks(session, [site.id for site in sites])
    page = render_template(
        "desk/webhooks.html", hooks=found, sites=sites, events=EVENTS, error=error, typed=request.form
    )
    return page, 422 if error else 200


def _hook_page(public_id: str, secret: str = "") -> ResponseReturnValue:
    before = None
    with suppress(ValueError):
        before = min(int(request.args.get("before", "")), 2**62)
    with runtime().reading() as session:
        sites = covered(session, "")
        try:
            hook = hooks.find_webhook(session, public_id, sites)
        except hooks.NoSuchWebhook as error:
            raise Problem(404, "no_such_webhook", str(error)) from None
        log = deliveries.delivery_log(session, public_id, sites, before=before)
    older = log[-1].number if len(log) == deliveries.PAGE else None
    return render_template("desk/webhook.html", hook=hook, secret=secret, log=log, older=older)
