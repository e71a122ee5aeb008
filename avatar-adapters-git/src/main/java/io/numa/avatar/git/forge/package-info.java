/**
 * Change requests at the services that host repositories.
 *
 * <p>Runners construct {@link io.numa.avatar.git.forge.HttpChangeRequests} and use it through the
 * core's port; no type of the HTTP client, of JSON or of a service's interface is visible outside.
 * Begin with {@link io.numa.avatar.git.forge.HttpChangeRequests}.
 */
@NullMarked
package io.numa.avatar.git.forge;

import org.jspecify.annotations.NullMarked;
