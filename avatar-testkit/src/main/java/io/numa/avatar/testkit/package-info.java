/**
 * Fakes: an in-memory adapter for every port, and a clock that tests set.
 *
 * <p>Tests of the product and of embedders use them. Each fake passes the same contract as the real
 * adapter. Begin with {@link io.numa.avatar.testkit.InMemoryBackend}.
 */
@NullMarked
package io.numa.avatar.testkit;

import org.jspecify.annotations.NullMarked;
