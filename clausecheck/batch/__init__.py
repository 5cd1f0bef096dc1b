"""Many contracts at once: isolated workers, a store that outlives any kill, and one register of all.

``inputs`` (which files) -> ``run`` (what is new) -> ``pool`` (workers) -> ``work`` (one file) -> ``store`` -> ``outputs``.
"""
