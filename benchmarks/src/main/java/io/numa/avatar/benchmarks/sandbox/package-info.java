/** Measures what the sandbox adds to commands and to whole tasks. */
@NullMarked
package io.numa.avatar.benchmarks.sandbox;

import org.jspecify.annotations.NullMarked;
