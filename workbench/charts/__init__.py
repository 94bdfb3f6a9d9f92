"""Frames to HoloViews and Bokeh elements."""
