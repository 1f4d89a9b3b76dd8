"""What the rules are made of and what they answer with: frozen values, no behaviour but questions.

answers    what an answer is, and what is made of answers: names alone, without pydantic
values     names, words, texts, and the scenario that answers make
rules      the rules as data, with their citations and sources
book       the rulebook: products, metrics, associations, questions, and all its rules
reasons    why something is said, and why other rules do not stand
results    the recommendation as it is shown, stored and printed
"""
