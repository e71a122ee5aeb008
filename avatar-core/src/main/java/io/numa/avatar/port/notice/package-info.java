/** Short messages to people about what becomes of tasks. */
@NullMarked
package io.numa.avatar.port.notice;

import org.jspecify.annotations.NullMarked;
