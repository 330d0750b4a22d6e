"""What a keeper has loaded for every coach to come."""

import gc

from assistant import paths
from assistant.app.hearing import recognisers
from assistant.app.knowledge import Knowledge
from assistant.hearing.models import find_model
from assistant.hearing.recogniser import Recogniser
from assistant.hearing.vocabulary import require_vocabulary
from assistant.journal.store import people_in
from assistant.settings import Settings


class Stock:
    """The voice model and all libraries, in the memory that copies of this process share."""

    def __init__(self, knowledge: Knowledge, settings: Settings) -> None:
        """Load it.

        Raises:
            Complaint: there is no usable voice model.
        """
        model = find_model(settings.hearing.model)
        require_vocabulary(knowledge.sentences, model)
        people = people_in(paths.data_place(settings.files.data_dir))
        self.recognisers: tuple[Recogniser, ...] = recognisers(
            model, knowledge.with_people(people), settings
        )
        """Made so that the model is open; whoever hears makes recognisers of their own."""
        gc.collect()
        gc.freeze()  # what is never looked through again stays shared
