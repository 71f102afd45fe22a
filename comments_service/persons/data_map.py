"""The data map: every column of the database that holds something about a person, with what it is, why, how long.

`make docs` writes it into docs/privacy.md; a test fails for a column that has no entry. Erasing is `erase`'s work.
"""

from dataclasses import dataclass

ABOUT = (
    "This is everything that this comment service keeps of the person who reads the mail of this address.",
    "It was given by the person, with a comment, a follow or a notice, or made from it by the service: checks, scores"
    " of a classifier, decisions. Nothing was bought or fetched from elsewhere.",
    "It is kept to show comments under articles, to keep abuse out, to send the mails that were asked for, and to be"
    " able to answer for decisions. docs/privacy.md says for each field why and how long.",
    "Readers see name, website and text of published comments. The address is seen by nobody but, masked, by the"
    " site's moderators. Nothing is passed on to anybody else by the service.",
    "A classifier scores every comment. Where a decision's `by` says machine, nobody had looked; whoever disagrees can"
    " ask the site for a person's decision.",
    "The person may have this corrected, erased (`comments-service privacy erase`), or taken elsewhere in this form,"
    " and may complain to a data protection authority.",
)


@dataclass(frozen=True, slots=True)
class Kept:
    """Columns of one table that are kept for one reason. `columns` are names, divided by blanks."""

    table: str
    columns: str
    what: str
    why: str
    how_long: str


_WITH_COMMENT = "as long as the comment"
_UNTIL_ERASED = "until its author or the site has it erased"
_LOG = "as long as the site: it answers for decisions; erasing takes nothing from it but the note"

PERSONAL: tuple[Kept, ...] = (
    Kept("addresses", "sealed", "the author's e-mail address, encrypted", "to reach the author", _WITH_COMMENT),
    Kept(
        "addresses",
        "blind_index",
        "a keyed digest of the address; without the installation's secret it leads nowhere",
        "to find equal addresses: the same author, bans, floods, requests to disclose or erase",
        _WITH_COMMENT,
    ),
    Kept("addresses", "verified_at created_at", "when the address was first used and verified", "trust", _WITH_COMMENT),
    Kept("comments", "name website source html", "what the author wrote", "readers see it", _UNTIL_ERASED),
    Kept("comments", "address_id", "whose address came with it", "as for addresses", _UNTIL_ERASED),
    Kept(
        "comments",
        "text_digest",
        "a digest of the text",
        "to see that the same text is sent again and again",
        _UNTIL_ERASED,
    ),
    Kept(
        "sketches",
        "signature created_at",
        "a sketch of the text, 48 bytes from which it cannot be read",
        "to put alike comments before a moderator together, and to see waves of them",
        "7 days",
    ),
    Kept(
        "likeness_marks",
        "mark created_at",
        "numbers made from parts of the text and from the domains that it links to",
        "as above",
        "7 days",
    ),
    Kept("comments", "language", "the language that the text was found to be in", "the classifier", _UNTIL_ERASED),
    Kept("comments", "uncertainty", "how unsure the model was of it", "the queue's order", _UNTIL_ERASED),
    Kept("comments", "avatar badge", "a random picture's number; a badge", "readers see it", _UNTIL_ERASED),
    Kept("comments", "notify", "whether the author asked for mails", "to send them", _UNTIL_ERASED),
    Kept(
        "comments",
        "network_digest",
        "a digest of the sender's network (/24 or /48) under a key that changes daily; an IP address is never stored",
        "to slow floods down",
        "`COMMENTS_NETWORK_DAYS`, 30 days unless set otherwise",
    ),
    Kept(
        "comments",
        "public_id created_at edited_at decided_at",
        "its number, and when it was written, changed and decided about",
        "order, links, edit window",
        "as long as the thread; after an erasure an empty place keeps them, but for the change",
    ),
    Kept("revisions", "name website source written_by created_at", "what it said before", "disputes", _WITH_COMMENT),
    Kept("evidence", "weight detail", "what the checks found in it", "decisions, and their reasons", _WITH_COMMENT),
    Kept(
        "scores",
        "scores language reasons",
        "what the model said of it, and of which passages",
        "as above",
        _WITH_COMMENT,
    ),
    Kept("shadow_scores", "scores", "what a model on trial said of it", "to compare models", "90 days"),
    Kept("second_looks", "why detail", "why a person was asked to look again", "quality of decisions", _WITH_COMMENT),
    Kept("decisions", "note", "free words of a moderator for colleagues", "to agree on decisions", _UNTIL_ERASED),
    Kept(
        "decisions",
        "action reason scores model",
        "what was decided about a comment and why, the scores at the time",
        "to answer for decisions (Article 22 GDPR, Article 17 DSA)",
        _LOG,
    ),
    Kept("decisions", "moderator_id created_at", "which moderator decided, and when", "as above", _LOG),
    Kept("waves", "shows", "a domain to which many strange comments linked", "to show by what a wave is known", _LOG),
    Kept("wave_runs", "note", "free words of a moderator about a whole wave", "to agree on decisions", _LOG),
    Kept("votes", "voter_digest value", "a vote, by a digest that differs for every comment", "counts", _WITH_COMMENT),
    Kept(
        "reports",
        "reporter_digest reason note",
        "a reader's flag and words, by a digest that differs for every comment",
        "moderators look at it",
        _WITH_COMMENT,
    ),
    Kept(
        "idempotency_keys",
        "key_digest request_digest",
        "keyed digests of a request",
        "so that sending twice stores once",
        "48 hours",
    ),
    Kept(
        "follows", "sealed", "a follower's e-mail address, encrypted", "the mails that were asked for", "until it ends"
    ),
    Kept("follows", "blind_index", "a keyed digest of that address", "one follow once; few mails", "until it ends"),
    Kept(
        "follows",
        "url reply_to language created_at wanted_at asked_at asks confirmed_at told_at seen",
        "what is followed since when, and which mails were sent",
        "the mails that were asked for",
        "until it ends",
    ),
    Kept(
        "told_comments",
        "follow_id comment_id",
        "which comments a follower was told of",
        "no mail twice",
        "as the follow",
    ),
    Kept("notices", "sealed name", "address (encrypted) and name of who gave notice", "Article 16 DSA", "one year"),
    Kept("notices", "notifier", "a keyed digest of that address, or of the network", "one notice once", "as the name"),
    Kept(
        "notices",
        "explanation law language child_abuse",
        "what was said to be illegal, and why",
        "Article 16 DSA",
        "as long as the comment",
    ),
    Kept(
        "appeals",
        "text language",
        "what its author says against a decision",
        "a person examines it (Article 20 DSA)",
        _UNTIL_ERASED,
    ),
    Kept("appeal_steps", "answer", "a moderator's answer to that", "as above", _UNTIL_ERASED),
    Kept("appeal_steps", "moderator_id created_at", "which moderator decided about it, and when", "as above", _LOG),
    Kept(
        "opinions",
        "action reason note outcome",
        "what a trainee would decide about a comment, or what somebody asks colleagues about it, and what came of it",
        "a second person looks before readers see anything of it",
        _WITH_COMMENT,
    ),
    Kept("opinions", "moderator_id created_at", "who thought so, and when", "as above", _WITH_COMMENT),
    Kept("assignments", "moderator_id assigned_by created_at", "who is to decide", "as above", _WITH_COMMENT),
    Kept("claims", "moderator_id expires_at", "who is looking at a comment", "nobody works twice", "two minutes"),
    Kept(
        "notes",
        "about body address_id",
        "free words of a moderator for colleagues about a comment or its author",
        "to agree on decisions",
        "until who wrote it takes it away, or the author or the site has it erased",
    ),
    Kept("saved_views", "name query", "a view of the queue, with what it looks for", "the desk", "until it is removed"),
    Kept("notes", "moderator_id created_at", "who wrote it, and when", "as above", "as the note"),
    Kept(
        "mentions", "moderator_id created_at read_at", "which colleague was named in a note", "to tell", "as the note"
    ),
    Kept(
        "bans",
        "pattern comment_id",
        "what a rule is about: an address (keyed digest), a network (for a day: its digest), a word or a domain; the"
        " comment that it was made from",
        "abuse",
        "60 days after the rule ended",
    ),
    Kept("bans", "note made_by created_at", "why, by whom and when the rule was made", "to agree on rules", "as above"),
    Kept("rule_lists", "made_by", "who imported a block list", "as above", "as long as the list"),
    Kept(
        "rule_changes",
        "moderator_id was became note created_at",
        "which moderator changed which rule, switch or threshold of a site, from what to what, why and when; no"
        " author's address or network",
        "to answer for rules",
        "as long as the site",
    ),
    Kept("outbox", "payload key", "ids of what a mail is about; no address, no text", "to send it", "7 days when sent"),
    Kept(
        "webhook_deliveries",
        "event comment_id decision_id",
        "which events of a comment a program of the site was told of; not what it was told",
        "to send it, and to see whether it arrived",
        "30 days",
    ),
    Kept(
        "moderators", "login name password_hash language", "a moderator's account", "the desk", "as long as the account"
    ),
    Kept(
        "moderators",
        "seen_at",
        "when a moderator was last at the desk",
        "so that an owner sees unused accounts",
        "as the account",
    ),
    Kept(
        "moderators",
        "totp_sealed totp_step sso_digest",
        "the secret of the authenticator app (encrypted), the last code's time step, a digest of the account at the"
        " identity provider",
        "to log in",
        "until switched off",
    ),
    Kept(
        "moderator_sessions",
        "token_digest created_at seen_at expires_at method browser name scopes",
        'a login: when, how, with which kind of browser ("Firefox on Linux"); a token: its name, what it may do',
        "the desk; so that a moderator sees where they are logged in",
        "12 hours; a token until it expires or is revoked",
    ),
    Kept("recovery_codes", "digest", "a code for a lost second factor, as a digest", "to log in", "until used"),
    Kept(
        "passkeys",
        "credential credential_digest public_key sign_count name created_at used_at",
        "the public half of a moderator's passkey, its name, when it was last used",
        "to log in",
        "until removed",
    ),
    Kept(
        "login_challenges",
        "digest detail expires_at",
        "a random value that a browser has to answer",
        "to log in",
        "until answered; an hour at most",
    ),
    Kept("invitations", "invited_by created_at used_at", "who invited, and when it was used", "the team", "90 days"),
    Kept(
        "mail_tries",
        "recipient recipient_index",
        "to whom a mail went: the address masked, and a keyed digest of it",
        "to say why a mail did not arrive; few mails to one address",
        "30 days",
    ),
    Kept(
        "mail_tries",
        "what promised_at tried_at outcome code answer",
        "which kind of mail, when, and what the mail server said, without addresses",
        "as above",
        "30 days",
    ),
    Kept(
        "moderator_mails",
        "sealed asked",
        "a moderator's e-mail address, encrypted",
        "their mails",
        "until they forget it",
    ),
    Kept(
        "moderator_mails",
        "asked_at pace hour about began_at seen_at digest_at",
        "which mails a moderator wants, and when the last ones were promised",
        "their mails",
        "as long as the account",
    ),
    Kept(
        "decide_links",
        "moderator_id used_at decision_id",
        "which moderator was told of a comment by mail, and decided from there",
        "to answer for decisions; a link decides once",
        "30 days",
    ),
    Kept("login_failures", "subject_digest created_at", "a failed login, as a keyed digest", "guessing", "24 hours"),
    Kept(
        "suggestions",
        "text title parent website labels",
        "a text that a program's people labelled, without addresses, telephone numbers and handles",
        "to train the site's model",
        "until the site removes it; nobody is named in it, so no address leads to it",
    ),
    Kept(
        "erasures",
        "blind_index erased_at",
        "that somebody was erased: a keyed digest and a moment",
        "so that a restored backup forgets as well (Article 17)",
        "as long as the installation",
    ),
)

# Numbers, places, states and settings of the service itself. `id` and foreign keys to these rows tell about nobody.
NOT_PERSONAL: dict[str, str] = {
    "addresses": "id site_id",
    "appeals": "id reference comment_id site_id decision_id created_at settled_at",
    "appeal_steps": "id appeal_id outcome decision_id alone",
    "api_keys": "id site_id name digest per_minute scale created_at revoked_at",
    "blog_months": "id api_key_id month blog spam ham missed_spam false_positives",
    "assignments": "id comment_id settled_at",
    "bans": "id site_id kind action list_id expires_at removed_at",
    "claims": "id comment_id",
    "comments": "id site_id thread_id parent_id in_reply_to_id root_id ancestors depth html_version status awaits shown"
    " revision approved_descendants up down rank reports look_at arrival group_id wave_id thread_published",
    "decide_links": "id public_id comment_id revision cause after created_at expires_at",
    "decisions": "id comment_id site_id revision from_status to_status actor stream shown_probability undo_of batch",
    "erasures": "id site_id",
    "evidence": "id comment_id revision check_name rule_id created_at",
    "follows": "id public_id site_id",
    "heartbeats": "process role model seen_at",
    "idempotency_keys": "id site_id comment_id created_at",
    "likeness_marks": "id site_id comment_id",
    "invitations": "id digest role site_id expires_at",
    "login_challenges": "id purpose moderator_id",
    "login_failures": "id",
    "mentions": "id note_id",
    "model_states": "site_id model trouble drift measured_at",
    "mail_tries": "id outbox_id number",
    "moderator_mails": "moderator_id",
    "moderator_sessions": "id moderator_id kind",
    "moderators": "id role site_id must_change disabled created_at",
    "notes": "id site_id comment_id",
    "saved_views": "id moderator_id site_id shared is_start created_at",
    "notices": "id reference comment_id created_at settled_at",
    "passkeys": "id moderator_id",
    "recovery_codes": "id moderator_id",
    "opinions": "id comment_id site_id revision settled_at decision_id read_at",
    "outbox": "id kind created_at due_at tries lease_until lease_token last_error done_at parked_at",
    "reports": "id comment_id created_at settled_at",
    "revisions": "id comment_id revision",
    "rule_changes": "id site_id what subject undo_of",
    "rule_lists": "id site_id name action note version size expires_at created_at changed_at removed_at",
    "scores": "id comment_id revision model created_at",
    "second_looks": "id comment_id revision created_at settled_at",
    "shadow_scores": "id comment_id site_id revision model created_at",
    "sites": "id key name origins settings server_key_digest version rules_version created_at unlearn_at",
    "sketches": "comment_id group_id",
    "suggestions": "id public_id site_id api_key_id created_at",
    "threads": "id site_id url title open premoderate version count arrivals created_at",
    "told_comments": "id",
    "webhook_attempts": "id delivery_id status took_ms error created_at",
    "webhook_deliveries": "id public_id webhook_id outcome replays created_at settled_at",
    "webhooks": "id public_id site_id url events sealed former_sealed former_until created_at paused_at paused_why"
    " removed_at",
    "votes": "id comment_id created_at",
    "wave_runs": "id wave_id moderator_id action reason only_held follows up_to total left_alone reached created_at"
    " finished_at undo_by undo_at undo_reached undone_at",
    "wave_steps": "run_id comment_id decision_id",
    "waves": "id site_id kind mark began_at ended_at ended_by dismissed",
}
