/**
 * The verbs that the core needs from the world, and the ways they fail. Adapters implement them.
 */
@NullMarked
package io.numa.avatar.port;

import org.jspecify.annotations.NullMarked;
