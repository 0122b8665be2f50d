"""The runs that Temporal has, against the streams that the journal has: compared, and mended."""
