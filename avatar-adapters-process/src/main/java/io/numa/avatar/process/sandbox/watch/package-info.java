/** Ends processes whose folders become too large. */
@NullMarked
package io.numa.avatar.process.sandbox.watch;

import org.jspecify.annotations.NullMarked;
