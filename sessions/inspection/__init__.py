"""Reading of foreign files in a process of its own with limits; knows neither Django nor the clock.

`runner` is the only door: whoever wants something of an uploaded file asks it for a named task.
"""
