"""The words and codes of the field, as data, and the small types that every floor shares."""
