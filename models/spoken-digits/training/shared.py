"""Puts the modules of the pipeline `digits` on the path: its audio features, augmentation and training loop."""

import sys
from pathlib import Path

DIGITS = Path(__file__).resolve().parents[2] / "digits" / "training"

if str(DIGITS) not in sys.path:
    sys.path.append(str(DIGITS))
