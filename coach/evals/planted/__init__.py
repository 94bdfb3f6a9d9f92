"""Faults that are planted into clean playing, so that whoever coaches it can be held against them."""
