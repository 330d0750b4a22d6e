#!/usr/bin/env python3
"""Installs the coach under a real systemd and measures how it is started, watched and ended.

    sudo .venv/bin/python scripts/bench_service.py

systemd runs as the first process of a machine made of namespaces, with a sound card made of
software; nothing on this machine is changed. Each line: what was done, seconds until the service
was as it ought to be, and what was seen. Needs root, systemd, pulseaudio, and a /usr/bin/python3
of the version that .venv has.
"""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from assistant.complaint import Complaint  # noqa: E402  (the path comes first)
from scripts.faults.machine import PROGRAM, UNIT, Machine  # noqa: E402

CONFIG = "/etc/workout-assistant/config.toml"
LITTLE_MEMORY = "60M"
LOOP_S = 30.0
MISSING_S = 25.0
SETTLED_S = 10.0
"""A reload waits until the coach has nothing more to say."""


def told(what: str, seconds: float | None, seen: str) -> None:
    """Print one line."""
    took = "-" if seconds is None else f"{seconds:5.2f} s"
    print(f"{what:34} {took:>8}  {seen}", flush=True)


def is_active(machine: Machine) -> bool:
    return machine.shown("ActiveState") == "active"


def install(machine: Machine) -> None:
    took_s = machine.seconds(
        lambda: machine.run(PROGRAM, "service", "install", "--yes"), lambda: is_active(machine)
    )
    told("service install, first start", took_s, machine.shown("StatusText"))
    stopped_s = machine.seconds(lambda: machine.run("systemctl", "stop", UNIT), lambda: True)
    told("stop", stopped_s, f"result: {machine.shown('Result')}")
    started_s = machine.seconds(lambda: machine.run("systemctl", "start", UNIT), lambda: True)
    told("start, warm", started_s, "start returns when it is ready (Type=notify)")


def reload(machine: Machine) -> None:
    machine.run("bash", "-c", f"echo '[speaking]\nvolume = 99' > {CONFIG}")
    took_s = machine.seconds(
        lambda: machine.run("systemctl", "reload", UNIT),
        lambda: "Nothing is changed" in machine.log("-n20"),
    )
    told("reload of settings that are wrong", took_s, "the old ones stay, the log says why")
    machine.run("bash", "-c", f"echo '[hearing]\nrecord_dir = \"/tmp/heard\"' > {CONFIG}")
    took_s = machine.seconds(
        lambda: machine.run("systemctl", "reload", UNIT),
        lambda: "everything heard is recorded" in machine.log("-n20") and is_active(machine),
    )
    told("reload of new settings", took_s, f"process {machine.shown('MainPID')} goes on")
    machine.run("rm", CONFIG)
    machine.run("systemctl", "reload", UNIT)


def brought_down(machine: Machine, what: str, signal: str, *, whole: bool = False) -> None:
    """Measure what becomes of a coach, or of the whole service, that gets a signal."""
    coach, before = int(machine.status["pid"]), int(machine.shown("NRestarts"))
    pid = machine.shown("MainPID") if whole else str(coach)
    took_s = machine.seconds(lambda: machine.run("kill", signal, pid), machine.listens_again(coach))
    starts = int(machine.shown("NRestarts")) - before
    lives = machine.status["restarts"]
    told(
        what, took_s, f"started again {starts} time(s) by systemd; {lives} live(s) before this one"
    )
    machine.lets_pass(SETTLED_S)


def memory(machine: Machine) -> None:
    limit = ("systemctl", "set-property", "--runtime", UNIT)
    machine.run("systemctl", "stop", UNIT)
    machine.run(*limit, f"MemoryMax={LITTLE_MEMORY}")
    killed = machine.log().count("status=9/KILL")
    killed_s = machine.seconds(
        lambda: machine.run("systemctl", "start", "--no-block", UNIT),
        lambda: machine.log().count("status=9/KILL") > killed,
    )
    told(f"memory runs out (MemoryMax={LITTLE_MEMORY})", killed_s, "the kernel ends the process")
    machine.run(*limit, "MemoryMax=500M")
    took_s = machine.seconds(lambda: None, lambda: is_active(machine))
    told("... and with enough again", took_s, f"started again {machine.shown('NRestarts')} time(s)")


def fails_at_every_start(machine: Machine) -> None:
    machine.run("bash", "-c", f"echo nonsense > {CONFIG}")
    machine.run("systemctl", "restart", "--no-block", UNIT)
    machine.lets_pass(LOOP_S)
    tries = int(machine.shown("NRestarts")) + 1
    text = machine.shown("StatusText")
    machine.run("rm", CONFIG)
    took_s = machine.seconds(lambda: None, lambda: is_active(machine))
    told(f"settings that are wrong, {LOOP_S:.0f} s", None, f'{tries} starts; "{text}"')
    told("... and right again", took_s, machine.shown("StatusText"))


def microphone_missing(machine: Machine) -> None:
    pid = machine.shown("MainPID")
    machine.lets_pass(3.0)
    noticed_s = machine.seconds(
        lambda: machine.card("suspend_microphone"),
        lambda: "has failed" in machine.shown("StatusText"),
    )
    told("microphone stalls", noticed_s, machine.shown("StatusText"))
    machine.lets_pass(MISSING_S)
    seen = f"{machine.shown('ActiveState')}: {machine.shown('StatusText')}"
    another = "another process" if machine.shown("MainPID") != pid else "the same process"
    told(f"... for {MISSING_S:.0f} s", None, f"{another}, {seen}")
    took_s = machine.seconds(
        lambda: machine.card("resume_microphone"),
        lambda: is_active(machine) and machine.shown("StatusText") == "listening",
    )
    told("... and delivers again", took_s, machine.shown("StatusText"))


def privacy(machine: Machine) -> None:
    nobody = ("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups")
    told("status asked by another user", None, machine.run(*nobody, PROGRAM, "status", check=False))
    levels = machine.log("-o", "json", "--output-fields=PRIORITY,MESSAGE", "-n200")
    warned = sum('"PRIORITY":"4"' in line and "has failed" in line for line in levels.splitlines())
    told("levels in the journal", None, f"{warned} warnings of faults with priority 4")
    told("exposure", None, machine.run("systemd-analyze", "security", UNIT).splitlines()[-1][2:])


def uninstall(machine: Machine) -> None:
    took_s = machine.seconds(
        lambda: machine.run(PROGRAM, "service", "uninstall", "--yes"), lambda: True
    )
    left = machine.run("ls", "/var/lib/workout-assistant").split()
    told("service uninstall", took_s, f"what stays: {', '.join(left)}")


def of_a_user(machine: Machine) -> None:
    def is_running() -> bool:
        return machine.run_as_person(PROGRAM, "service", "status").startswith("active")

    took_s = machine.seconds(
        lambda: machine.run_as_person(PROGRAM, "service", "install", "--user", "--yes"), is_running
    )
    told("service install --user, no login", took_s, "active, under user@.service")
    took_s = machine.seconds(
        lambda: machine.run_as_person("systemctl", "--user", "stop", UNIT), lambda: not is_running()
    )
    told("stop", took_s, machine.run_as_person(PROGRAM, "service", "status").splitlines()[0])


def main() -> int:
    if os.geteuid() != 0:
        raise Complaint("A machine of namespaces is root's to make; run this with sudo.")
    with Machine() as machine:
        print(machine.run("systemctl", "--version").splitlines()[0], flush=True)
        install(machine)
        reload(machine)
        machine.waits_for(lambda: machine.shown("StatusText") == "listening")
        machine.lets_pass(SETTLED_S)
        brought_down(machine, "coach stands still (SIGSTOP)", "-STOP")
        brought_down(machine, "libvosk ends it (SIGABRT)", "-ABRT")
        brought_down(machine, "coach killed (SIGKILL)", "-KILL")
        brought_down(machine, "its keeper killed (SIGKILL)", "-KILL", whole=True)
        memory(machine)
        machine.run("systemctl", "restart", UNIT)
        microphone_missing(machine)
        fails_at_every_start(machine)
        privacy(machine)
        uninstall(machine)
        of_a_user(machine)
    return 0


if __name__ == "__main__":
    sys.exit(main())
