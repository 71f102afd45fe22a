"""What article pages use: the widget's script, the page without JavaScript, and the demo site."""
