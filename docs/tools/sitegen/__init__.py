"""What makes the generated blocks of the specification and the generated pages of the site."""
