"""What the benefit desk writes: agreements, answers, papers, screenings, applications, benefits seen."""
