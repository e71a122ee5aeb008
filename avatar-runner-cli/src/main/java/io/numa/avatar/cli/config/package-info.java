/**
 * The configuration: one table of all keys, what is read by it from files, environment and flags,
 * and the typed result. Schema, reference page and {@code config show} come from the same table.
 */
@NullMarked
package io.numa.avatar.cli.config;

import org.jspecify.annotations.NullMarked;
