"""`classifier drift`: do a site's scores and words still look as they did when its model was made?"""

from dataclasses import asdict

import click

from comments_service.cli.classifier.opened import Opened, opened, plain_errors, site_option
from comments_service.cli.output import json_option, print_json, print_table
from comments_service.moderation.model_watch import RECENT_DAYS, measure
from comments_service.scoring.drift import CHANGED, FEWEST, UNUSUAL_WORDS, Drift
from comments_service.scoring.live_model import LiveModel
from comments_service.scoring.references import kept_reference


@click.command()
@site_option
@click.option("--days", type=click.IntRange(1, 90), default=RECENT_DAYS, show_default=True, help="Latest days.")
@json_option
def drift(site_key: str, days: int, as_json: bool) -> None:
    """Compare the last days' scores with those when the model was made. Exit status 1 when they have moved away."""
    here = opened(site_key)
    settings = here.runtime.settings
    with plain_errors():
        model, trouble = LiveModel(settings.models_dir).of_site(site_key)
        kept = kept_reference(settings.models_dir, site_key, model[:16])
        with here.runtime.reading() as session:
            found = measure(session, here.site_id, model, kept, here.runtime.clock(), days)
    if as_json:
        told = asdict(found) | {"alarms": found.alarms} if found else None
        print_json({"site": site_key, "model": model, "trouble": trouble, "days": days, "drift": told})
    else:
        _tell(here, model, trouble, days, found)
    if found and found.alarms:
        raise SystemExit(1)


def _tell(here: Opened, model: str, trouble: str, days: int, found: Drift | None) -> None:
    if trouble:
        click.echo(f"The site's own model is not used: {trouble}")
    if found is None:
        click.echo(
            f"Too few comments to say: {FEWEST} that model {model[:16]} has judged in the last {days} days are needed,"
            " and as many before them."
        )
        return
    rows = [
        (label, psi, found.bound, "moved" if psi > found.bound else "as before") for label, psi in found.labels.items()
    ]
    words_bound = round(found.usual_unseen + UNUSUAL_WORDS, 4)
    words = "moved" if found.unseen > words_bound else "as before"
    click.echo(f"{found.comments} comments of the last {days} days beside {found.reference_comments} then.")
    print_table(["scores for", "PSI", "bound", ""], rows)
    click.echo(f"Unseen words: {found.unseen:.1%}, usual {found.usual_unseen:.1%}, bound {words_bound:.1%}: {words}.")
    if found.alarms:
        click.echo(
            f"Moved: {', '.join(found.alarms)}. Decide some of the latest comments, then"
            f" `comments-service classifier retrain{here.option}`."
        )
    elif found.bound > CHANGED:
        click.echo(f"With so few comments chance alone reaches {found.bound}; from 0.25 on more of them would tell.")
