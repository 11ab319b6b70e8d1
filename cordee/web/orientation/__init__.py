"""The rule that proposes and what becomes of its proposals: adoption, disparities, local arrêtés, explanations."""
