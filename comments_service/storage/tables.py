"""All tables by name; importing this module fills `Base.metadata`."""

from comments_service.storage.appeals import APPEAL_OUTCOMES, Appeal, AppealStep
from comments_service.storage.base import Base
from comments_service.storage.comments import (
    STATUSES,
    Address,
    Comment,
    IdempotencyKey,
    Report,
    Revision,
    Vote,
)
from comments_service.storage.erasures import Erasure
from comments_service.storage.follows import Follow, ToldComment
from comments_service.storage.judgements import Decision, Evidence, ModelState, Score, SecondLook, ShadowScore
from comments_service.storage.likeness import LikenessMark, Sketch
from comments_service.storage.logins import Invitation, LoginChallenge, Passkey, RecoveryCode
from comments_service.storage.mail_tries import MAIL_OUTCOMES, MailTry
from comments_service.storage.moderator_mail import LINK_CAUSES, MAIL_PACES, DecideLink, ModeratorMail
from comments_service.storage.moderators import ROLES, LoginFailure, Moderator, ModeratorSession
from comments_service.storage.notices import Notice
from comments_service.storage.programs import SCALES, ApiKey, BlogMonth, Suggestion
from comments_service.storage.rules import RULE_ACTIONS, RULE_KINDS, Ban, RuleChange, RuleList
from comments_service.storage.saved_views import SavedView
from comments_service.storage.sites import Site, Thread
from comments_service.storage.together import Assignment, Claim, Mention, Note, Opinion
from comments_service.storage.waves import Wave, WaveRun, WaveStep
from comments_service.storage.webhooks import OUTCOMES, Webhook, WebhookAttempt, WebhookDelivery
from comments_service.storage.work import Heartbeat, OutboxRow

__all__ = [
    "APPEAL_OUTCOMES",
    "LINK_CAUSES",
    "MAIL_OUTCOMES",
    "MAIL_PACES",
    "OUTCOMES",
    "ROLES",
    "RULE_ACTIONS",
    "RULE_KINDS",
    "SCALES",
    "STATUSES",
    "Address",
    "ApiKey",
    "Appeal",
    "AppealStep",
    "Assignment",
    "Ban",
    "Base",
    "BlogMonth",
    "Claim",
    "Comment",
    "DecideLink",
    "Decision",
    "Erasure",
    "Evidence",
    "Follow",
    "Heartbeat",
    "IdempotencyKey",
    "Invitation",
    "LikenessMark",
    "LoginChallenge",
    "LoginFailure",
    "MailTry",
    "Mention",
    "ModelState",
    "Moderator",
    "ModeratorMail",
    "ModeratorSession",
    "Note",
    "Notice",
    "Opinion",
    "OutboxRow",
    "Passkey",
    "RecoveryCode",
    "Report",
    "Revision",
    "RuleChange",
    "RuleList",
    "SavedView",
    "Score",
    "SecondLook",
    "ShadowScore",
    "Site",
    "Sketch",
    "Suggestion",
    "Thread",
    "ToldComment",
    "Vote",
    "Wave",
    "WaveRun",
    "WaveStep",
    "Webhook",
    "WebhookAttempt",
    "WebhookDelivery",
]
