"""Moments as they stand in the journal: UTC as text, and the zone in which they were lived."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tzlocal import get_localzone_name


def local_zone() -> ZoneInfo:
    """The time zone of this computer; UTC where none is set."""
    try:
        return zone_named(get_localzone_name() or "UTC")
    except (ZoneInfoNotFoundError, ValueError, LookupError):
        return zone_named("UTC")


def zone_named(name: str) -> ZoneInfo:
    """The zone of that name; UTC for a name this computer does not know."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


def stamp(moment: datetime) -> str:
    """The text of an aware moment; texts sort as the moments do."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def moment(text: str) -> datetime:
    """The moment of a text, in UTC."""
    return datetime.fromisoformat(text).astimezone(UTC)


def hours_between(earlier: str, later: datetime) -> float:
    """Hours from a text to a moment; negative when the text lies ahead."""
    return (later - moment(earlier)).total_seconds() / 3600
