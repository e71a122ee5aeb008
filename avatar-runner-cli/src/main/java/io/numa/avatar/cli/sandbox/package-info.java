/**
 * Tries to leave the sandboxes of this machine: the checks of {@code avatar sandbox check}.
 *
 * <p>Begin with {@code EscapeCheck}, and add one to a list of {@code EscapeChecks}.
 */
@NullMarked
package io.numa.avatar.cli.sandbox;

import org.jspecify.annotations.NullMarked;
