/**
 * Finds the registries that this machine's package clients are set up for, in the files and
 * variables that those clients read. No client is run.
 */
@NullMarked
package io.numa.avatar.egress.registry.discovery;

import org.jspecify.annotations.NullMarked;
