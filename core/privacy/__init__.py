"""Data about people: what there is about somebody, handing it out, and taking it away."""
