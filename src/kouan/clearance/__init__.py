"""The journey: joins the rooms into runs from a declaration to a sealed folder, and to a release."""
