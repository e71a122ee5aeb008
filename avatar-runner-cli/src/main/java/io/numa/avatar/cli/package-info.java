/** The command line program. */
@NullMarked
package io.numa.avatar.cli;

import org.jspecify.annotations.NullMarked;
