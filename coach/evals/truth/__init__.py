"""The same figures computed another way, straight from what was played: no store, no `dsp.metrics`, no
`workbench.insight`, no Polars. A fault in the facts can thus not hide behind itself."""
