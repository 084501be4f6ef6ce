"""Reads mail files and prints what they hold as JSON, with Python's email
package: a reader that shares no code with what wrote them."""

import email
import email.policy
import json
import sys


def part(message, kind):
    found = message.get_body(preferencelist=(kind,))
    return found.get_content() if found else None


def defects(message):
    """What the parser had to forgive, in the message and in every header. The
    names of files are written twice on purpose, once as webmail in China reads
    them; only what is read of them counts."""
    found = [repr(d) for p in message.walk() for d in p.defects]
    for p in message.walk():
        named = ("content-disposition", "content-type") if p.is_attachment() else ()
        found += [f"{k}: {d!r}" for k, v in p.items() if k.lower() not in named for d in v.defects]
    return found


def files(message):
    return [[f.get_filename(), f.get_content_type(), f.get_content()[:5].decode("latin-1")]
            for f in message.iter_attachments()]


def facts(path):
    with open(path, "rb") as file:
        m = email.message_from_binary_file(file, policy=email.policy.default)
    return {
        "subject": m["Subject"],
        "from": [[a.display_name, a.addr_spec] for a in m["From"].addresses],
        "to": [[a.display_name, a.addr_spec] for h in m.get_all("To", []) for a in h.addresses],
        "others": [k for k in m.keys() if k.lower() in ("cc", "bcc")],
        "ids": m.get_all("Message-ID", []),
        "dates": [h.datetime.isoformat() for h in m.get_all("Date", [])],
        "text": part(m, "plain"),
        "html": part(m, "html"),
        "files": files(m),
        "defects": defects(m),
    }


json.dump([facts(path) for path in sys.argv[1:]], sys.stdout)
