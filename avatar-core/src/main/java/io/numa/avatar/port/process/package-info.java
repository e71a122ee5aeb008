/** Long-lived processes with which the avatar speaks, such as coding agents. */
@NullMarked
package io.numa.avatar.port.process;

import org.jspecify.annotations.NullMarked;
