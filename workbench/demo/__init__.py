"""A made-up practice history, so that the first look is not empty: always marked, always removable."""
