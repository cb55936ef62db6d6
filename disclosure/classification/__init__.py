"""Codes and names of 政府收支分类科目 as data files."""
