"""Addresses of a session's minutes and press summary; the rest of the matrix."""

TEXTS = """
resolutions:session-minutes        GET       staff.read
resolutions:session-press          GET       staff.read
resolutions:session-minutes-start  POST      session_text.edit
resolutions:session-press-start    POST      session_text.edit
resolutions:session-text-edit      GET,POST  session_text.edit
resolutions:session-text-follow    POST      session_text.edit
resolutions:session-text-keep      POST      session_text.edit
resolutions:session-text-submit    POST      session_text.edit
resolutions:session-text-approve   POST      session_text.approve
resolutions:session-text-send-back POST      session_text.approve
resolutions:session-text-sign      POST      session_text.sign
resolutions:session-text-print     POST      session_text.edit
resolutions:session-text-file      GET       staff.read
resolutions:session-text-versions  GET       staff.read
resolutions:delegate-minutes       GET       delegate.read
resolutions:delegate-minutes-file  GET       delegate.read
"""
