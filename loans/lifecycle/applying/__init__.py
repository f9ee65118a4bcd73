"""The form, from the first answer to the sending: typed alone, with help, or on paper."""
