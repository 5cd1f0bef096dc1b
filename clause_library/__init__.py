"""The provisions that clausecheck ships: one YAML file a provision; README.md tells the format."""
