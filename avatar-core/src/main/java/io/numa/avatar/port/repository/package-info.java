/**
 * The ports to repositories and their hosting services: a working copy, the change that is staged
 * in it, the commit made of that change, and the change request that proposes it.
 *
 * <p>Adapters implement them, the pipeline calls them, and each state is an interface of its own
 * that only the state before can give. Begin with {@link
 * io.numa.avatar.port.repository.Repository}.
 */
@NullMarked
package io.numa.avatar.port.repository;

import org.jspecify.annotations.NullMarked;
