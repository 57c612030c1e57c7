"""What people say to each other about records: comments, followers, notifications."""
