"""The kinds of promised work that workers take, in two groups that may be worked on by different processes.

Judging needs the model and must be quick; sending talks to other people's servers, which may be slow or hang.
"""

JUDGING = ("judge", "rescore", "models", "waves")
SENDING = ("mail", "webhook")
KINDS = (*JUDGING, *SENDING)
GROUPS = {"judging": JUDGING, "sending": SENDING}
