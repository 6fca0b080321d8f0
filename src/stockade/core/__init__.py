"""What every room speaks of: messages, findings, policies, verdicts, surrogates. Touches nothing outside."""
