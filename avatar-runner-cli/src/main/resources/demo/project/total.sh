#!/bin/sh
# Prints the total of a basket in cents. Each line of the standard input
# is an article, its price in cents, and how many pieces of it there are.
total=0
while read -r article cents count; do
  total=$((total + cents))
done
echo "$total"
