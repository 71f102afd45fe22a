"""`comments-service moderator mail`: the address at which a moderator is told what waits."""

import click

from comments_service.moderation.moderators import credentials
from comments_service.notifications.mail_choice import TooSoon, ask_address, forget_address
from comments_service.privacy.addresses import InvalidAddress
from comments_service.runtime import open_runtime
from comments_service.settings import load_settings


@click.command()
@click.argument("login")
@click.argument("address", required=False)
@click.option("--off", is_flag=True, help="Forget the address; links in the mails that went there stop working.")
def mail(login: str, address: str | None, off: bool) -> None:
    """Send LOGIN's mails from the desk to ADDRESS, once its owner has pressed the link that is sent there."""
    if bool(address) == off:
        raise click.UsageError("give either an ADDRESS or --off")
    runtime = open_runtime(load_settings())
    if address and not runtime.settings.sends_mail:
        raise click.ClickException("no mail can be sent; set COMMENTS_SMTP_URL and COMMENTS_MAIL_FROM first")
    try:
        with runtime.transaction() as session:
            known = credentials(session, login)
            if known is None or known.disabled:
                raise click.ClickException(f"LOGIN: there is no active moderator {login!r}")
            if address:
                masked = ask_address(session, known.id, address, runtime.vault, runtime.clock())
            else:
                forget_address(session, known.id, runtime.clock())
    except InvalidAddress as error:
        raise click.ClickException(f"ADDRESS: {error.message}") from None
    except TooSoon:
        raise click.ClickException("ADDRESS: a mail to confirm it was sent a moment ago; wait ten minutes") from None
    if address:
        click.echo(f"A mail is on its way to {masked}. {known.login}'s mails begin once its link was pressed.")
    else:
        click.echo(f"{known.login} gets no mails, and the links in earlier ones decide nothing any more.")
