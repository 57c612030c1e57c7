"""Mail that goes out: written here, sent by a job."""
