/**
 * Measures plans on real history, large patches and the parts of a task, compared with native Git.
 *
 * <p>Nothing of the product depends on it, and it may look inside the product's internal packages.
 * Begin with the scripts in the folder {@code benchmarks}.
 */
@NullMarked
package io.numa.avatar.benchmarks;

import org.jspecify.annotations.NullMarked;
