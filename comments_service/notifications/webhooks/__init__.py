"""Webhooks: what happens to comments, told to the programs that a site's owner named, signed and repeated.

The form is that of Standard Webhooks (https://www.standardwebhooks.com), for which many languages have a library.
"""
