/** Stand-ins for the world: an in-memory adapter for every port, and a clock that can be set. */
@NullMarked
package io.numa.avatar.testkit;

import org.jspecify.annotations.NullMarked;
