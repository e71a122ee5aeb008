/** Whether the avatar lives and is ready, for the programs that watch over it. */
@NullMarked
package io.numa.avatar.server.health;

import org.jspecify.annotations.NullMarked;
