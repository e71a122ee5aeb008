/** What a person or a program sees of a running avatar. */
@NullMarked
package io.numa.avatar.cli.console;

import org.jspecify.annotations.NullMarked;
