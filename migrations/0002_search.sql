-- Small typing mistakes in searches: levenshtein_less_equal. A trusted extension, so the database's owner may add it.
CREATE EXTENSION IF NOT EXISTS fuzzystrmatch;
