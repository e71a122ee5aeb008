/** What bridges publish and remember. */
@NullMarked
package io.numa.avatar.nats.internal.bridge;

import org.jspecify.annotations.NullMarked;
