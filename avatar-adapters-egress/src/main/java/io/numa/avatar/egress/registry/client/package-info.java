/** Writes the settings that make the package clients of a sandbox use the served registries. */
@NullMarked
package io.numa.avatar.egress.registry.client;

import org.jspecify.annotations.NullMarked;
