"""Mail: one builder (compose), one way out (deliver), and who is told what (waiting_mail). Sent by the worker alone."""
