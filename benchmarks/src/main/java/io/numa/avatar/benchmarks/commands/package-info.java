/** What runs commands as an avatar runs them. */
@NullMarked
package io.numa.avatar.benchmarks.commands;

import org.jspecify.annotations.NullMarked;
