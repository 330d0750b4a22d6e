"""A command that is known in one wording only is a command that nobody remembers under load."""

import pytest
from hassil import SlotList, TextSlotList
from hassil.sample import sample_expression

from assistant.content.loader import ENGLISH
from assistant.language.sentences import load_sentences

SENTENCES = load_sentences(ENGLISH / "sentences")
INTENTS = SENTENCES.intents
ANY: dict[str, SlotList] = {
    name: TextSlotList.from_strings([name], name=name) for name in INTENTS.slot_lists
}
COMMANDS = {
    "start": "StartSet", "ready": "Ready", "stop": "Stop", "pause": "Pause", "resume": "Resume",
    "restart": "Restart", "next": "Next", "next set": "NextSet", "repeat": "Repeat",
    "skip": "Skip", "undo": "Undo", "faster": "Faster", "slower": "Slower", "louder": "Louder",
    "quieter": "Quieter", "quiet mode": "QuietMode", "clicks only": "ClicksOnly",
    "full words": "FullWords", "on demand": "TalkThrough", "how many": "HowMany",
    "how long left": "HowLong", "log": "LogSet", "same again": "SameAgain", "effort": "Effort",
    "reps left": "InReserve", "change weight": "GiveWeight", "set tempo": "SetTempo",
    "set rest": "SetRest", "pause rest": "PauseRest", "add fifteen": "AddRest",
    "skip rest": "SkipRest", "no rest timer": "RestTimerOff", "checklist": "StartChecklist",
    "why": "Why", "my back hurts": "MyBackHurts", "help": "Emergency",
    "switch user": "SwitchPerson", "last time": "LastTime", "next weight": "NextWeight",
    "summary": "ThisSession", "export": "Export", "units": "TellUnit", "switch units": "SetUnit",
    "delete my data": "DeleteMyData",
}  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_has_at_least_three_wordings(command: str) -> None:
    wordings = {
        text
        for block in INTENTS.intents[COMMANDS[command]].data
        for sentence in block.sentences
        for text in sample_expression(
            sentence.expression, ANY, {**INTENTS.expansion_rules, **block.expansion_rules}
        )
    }
    assert len(wordings) >= 3
