"""Makes a voice model in Vosk's format from transcribed speech, with PyTorch and no Kaldi programs.

The way of the data, a module for each step:

    corpus          recordings and their texts
    wording         sentences to synthesise
    synthesis       them, spoken by espeak-ng and flite (``neural``: by voices like people)
    excerpts        single words, cut out of what people read (``alignment``: when they say them)
    augmentation    speech in rooms and noise (``noise``), at other speeds and levels
    features        what libvosk sees of a sound
    preparation     all of that, on disk
    lexicon         words to phones (``frequency``: where they come from)
    units           phones in context, two outputs of the model each
    pronouncing     all ways to speak a text, as a graph of units
    phonotactics    which phone follows which
    objective       lattice-free MMI, the slope that training climbs
    network         the acoustic model (``widening``: of a narrower one)
    training        many small steps on ``batches``, to a ``checkpoint``
    perturbation    other throats, paces, microphones and company, anew at every step
    kaldi           Kaldi's binary files, ``acoustic`` the one with the model
    graph           the words as a transducer (``graph_files``: on disk)
    export          the folder that libvosk opens
    pipeline        the command for all of this

    trials          what a model is measured on
    evaluation      how well it hears, ``baseline`` likewise for pocketsphinx
    comparison      the command that puts models side by side
"""
