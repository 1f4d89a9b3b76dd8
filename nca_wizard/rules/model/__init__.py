"""What the rules are made of and what they answer with: frozen values, no behaviour but questions.

values     names, words, answers, and the scenario they make
rules      the rules as data, with their citations and sources
book       the rulebook: products, metrics, associations, questions, and all its rules
reasons    why something is said, and why other rules do not stand
results    the recommendation as it is shown, stored and printed
"""
