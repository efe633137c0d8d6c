"""Wrong quotes and right ones, made by rules that know nothing of lekti's check (`make bench-quotes`)."""
