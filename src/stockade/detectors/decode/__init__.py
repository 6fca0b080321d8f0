"""Reading what is written in an encoding, so that what it says can be looked at, with an exact way back.

It judges nothing: what it decodes is a finding only if some rule finds something in it. Every reading is
bounded, in size by the text itself and by a budget for what unpacks to more than it is.
"""
