"""Plants the mistakes that programs make into right records, and fits what signs of them weigh."""
