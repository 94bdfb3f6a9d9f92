"""The drills by the metric that they work on."""
