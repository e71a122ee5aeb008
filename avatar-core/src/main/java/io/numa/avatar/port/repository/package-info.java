/**
 * The ports to repositories and their hosting services: a working copy, the change that is staged
 * in it, the commit made of that change, and the change request that proposes it.
 *
 * <p>Adapters implement them, and the pipeline calls them. Each state has its own interface, which
 * only the previous state can return. Begin with {@link io.numa.avatar.port.repository.Repository}.
 */
@NullMarked
package io.numa.avatar.port.repository;

import org.jspecify.annotations.NullMarked;
