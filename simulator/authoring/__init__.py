"""What an author needs beside the loader: checks that play the scenario, and its tests."""
