"""A message as a file (`.eml`) that mail programs open as a draft, to be looked at and sent."""

from email.errors import MessageError
from email.message import EmailMessage
from email.policy import SMTP

ENDING = ".eml"


def as_mail(*, subject: str, body: str, to: str = "", sender: str = "") -> bytes:
    """The bytes of the file. What is no address is left out, and has to be typed in."""
    message = EmailMessage(policy=SMTP)
    message["Subject"] = " ".join(subject.split())
    for header, address in (("To", to), ("From", sender)):
        if _is_an_address(address):
            message[header] = address
    # Outlook opens it for writing instead of showing it as received.
    message["X-Unsent"] = "1"
    message.set_content(body, charset="utf-8", cte="quoted-printable")
    return message.as_bytes()


def _is_an_address(text: str) -> bool:
    probe = EmailMessage(policy=SMTP)
    try:
        probe["To"] = text
    except (ValueError, MessageError, IndexError):
        return False
    header = probe["To"]
    return len(header.addresses) == 1 and not header.defects and bool(header.addresses[0].domain)
