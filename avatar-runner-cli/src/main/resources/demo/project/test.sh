#!/bin/sh
# Compiles and tests with a JDK only.
set -e
bin=${JAVA_HOME:+$JAVA_HOME/bin/}
"${bin}javac" -encoding UTF-8 -d build src/*.java test/*.java
"${bin}java" -cp build BasketTest
