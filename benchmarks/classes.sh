# Builds the benchmarks and sets $classes. The scripts in this folder set $home and source this file.
if command -v mvn >/dev/null 2>&1; then mvn=mvn; else mvn=$home/../mvnw; fi
(cd "$home/.." && "$mvn" -q -B -Pfast -DskipTests -pl benchmarks -am package) >&2
classes=$home/target/classes:$(cat "$home/target/class-path")

# Java takes the encoding of file names from the locale.
LC_ALL=C.UTF-8
export LC_ALL
