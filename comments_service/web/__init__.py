"""HTTP and nothing else: parses, calls the domain in one transaction, answers. Rules of the domain live below."""
