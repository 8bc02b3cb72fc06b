// Embedded by the package manifest.
