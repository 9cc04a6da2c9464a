//! What a gateway is: its models, limits, prices and habits.
