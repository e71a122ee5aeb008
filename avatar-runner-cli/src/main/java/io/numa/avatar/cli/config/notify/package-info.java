/** The part of the configuration that says who is told what becomes of tasks. */
@NullMarked
package io.numa.avatar.cli.config.notify;

import org.jspecify.annotations.NullMarked;
