"""`System`, parameters, doses and times in, arrays and one outcome per patient out."""
