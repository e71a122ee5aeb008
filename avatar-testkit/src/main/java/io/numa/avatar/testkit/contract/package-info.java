/** What every adapter of a port must do, as tests to extend. */
@NullMarked
package io.numa.avatar.testkit.contract;

import org.jspecify.annotations.NullMarked;
