"""The rules on sentences against the tables of the same document, in the order shown."""

from __future__ import annotations

from disclosure.check.document_rules_counts import COUNT_RULES
from disclosure.check.document_rules_evaluated import (
    attachments_are_cited_by_title,
    project_amounts_as_evaluated,
    projects_as_evaluated,
    score_as_in_table,
)
from disclosure.check.document_rules_indicators import indicator_counts_as_in_table
from disclosure.check.document_rules_items import (
    classes_as_in_table,
    fund_items_as_in_table,
    item_names_as_in_table,
    items_as_in_table,
)
from disclosure.check.document_rules_last_year import changes_against_last_year
from disclosure.check.document_rules_sections import (
    basic_expenditure_as_in_table,
    expenditure_as_in_table,
    fiscal_totals_as_in_table,
    fund_as_in_table,
    general_budget_as_in_table,
    lists_as_in_table,
    revenue_as_in_table,
    state_capital_as_in_table,
    totals_as_in_table,
)
from disclosure.check.document_rules_shares import shares_are_computed
from disclosure.check.document_rules_three_public import (
    receptions_as_in_table,
    three_public_as_in_table,
)
from disclosure.check.document_rules_told import Told
from disclosure.check.document_rules_year import charts_as_in_tables, sentences_tell_of_the_year
from disclosure.check.rule import Rule

SENTENCE_RULES: tuple[Rule[Told], ...] = (
    totals_as_in_table,
    revenue_as_in_table,
    expenditure_as_in_table,
    fiscal_totals_as_in_table,
    general_budget_as_in_table,
    classes_as_in_table,
    items_as_in_table,
    item_names_as_in_table,
    basic_expenditure_as_in_table,
    lists_as_in_table,
    fund_as_in_table,
    fund_items_as_in_table,
    state_capital_as_in_table,
    three_public_as_in_table,
    receptions_as_in_table,
    *COUNT_RULES,
    projects_as_evaluated,
    project_amounts_as_evaluated,
    score_as_in_table,
    indicator_counts_as_in_table,
    attachments_are_cited_by_title,
    sentences_tell_of_the_year,
    charts_as_in_tables,
    shares_are_computed,
    changes_against_last_year,
)
