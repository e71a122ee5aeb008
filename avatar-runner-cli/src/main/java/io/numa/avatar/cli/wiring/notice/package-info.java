/** Binds who is told what becomes of tasks. */
@NullMarked
package io.numa.avatar.cli.wiring.notice;

import org.jspecify.annotations.NullMarked;
