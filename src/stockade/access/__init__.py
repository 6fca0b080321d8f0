"""Gateway keys: their format, classes and scopes, and the question whether a presented key may pass.

Keys of providers are not its business (that is ``stockade.secrets``), nor is how keys are stored.
"""
