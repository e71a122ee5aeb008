/** Measures how fast logs reach a backend. */
@NullMarked
package io.numa.avatar.benchmarks.logs;

import org.jspecify.annotations.NullMarked;
