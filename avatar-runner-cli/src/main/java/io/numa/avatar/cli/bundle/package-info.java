/**
 * The bundle of files that an operator can give to those who help.
 *
 * <p>Begin with {@link io.numa.avatar.cli.bundle.Bundle}. Each text passes the redactor on its way
 * in.
 */
@NullMarked
package io.numa.avatar.cli.bundle;

import org.jspecify.annotations.NullMarked;
