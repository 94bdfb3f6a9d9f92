"""What is kept: SQLAlchemy writes, Polars frames come back."""
