"""What a new office begins with. `manage.py furnish` puts in what is missing, and changes nothing that stands.

| module | what it puts in |
|---|---|
| `office` | products, the fund, the index, the rules of eligibility, the lender's own row; it calls all the others |
| `checklist`, `conditions` | what is looked at before a loan is recommended; what a loan may stand on |
| `reasons`, `reason_words` | the bank of reasons for a yes and a no; the same in the further languages |
| `clauses` | what stands in an agreement |
| `templates`, `template_words` | the messages of officers; the same in the further languages |
| `partners`, `partner_words` | who else helps; the same in the further languages |
| `credit`, `institutions` | credit bureaus and their bands; banks and credit unions by number |
| `product_words` | what products are called in the further languages |
"""
