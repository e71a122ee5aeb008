/** Reads and writes the streams of an agent's process, with bounded memory. */
@NullMarked
package io.numa.avatar.agent.wire;

import org.jspecify.annotations.NullMarked;
