"""healthduty: score the target responsibility agreements of China's health sector, exactly."""
