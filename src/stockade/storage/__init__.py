"""The adapters of the stores: SQL (SQLite, PostgreSQL) and memory.

The only room that knows SQL. It decides nothing about what it stores and does not import the doors.
"""
