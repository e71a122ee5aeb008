/** Measures the start of the program, and what it takes while it waits. */
@NullMarked
package io.numa.avatar.benchmarks.start;

import org.jspecify.annotations.NullMarked;
