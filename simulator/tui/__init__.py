"""The app on the screen. `app.run` opens it; screens and widgets show what the practice gives back."""
