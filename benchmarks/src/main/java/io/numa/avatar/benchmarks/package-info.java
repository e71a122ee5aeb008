/** Measures plans on real history and on large patches. Nothing of the product depends on it. */
@NullMarked
package io.numa.avatar.benchmarks;

import org.jspecify.annotations.NullMarked;
