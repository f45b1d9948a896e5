"""Services whose policies say what the life of whole versions cannot: parts that end by themselves, interruptions, forms of errors."""
